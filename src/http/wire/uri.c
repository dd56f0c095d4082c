#include "http/wire/uri.h"

#include "http/wire/grammar.h"
#include "util/text.h"

static struct slice decode(struct slice part, bool plus, struct arena *arena)
{
	char *out = arena_alloc(arena, part.length + 1);
	size_t length = 0;

	for (size_t i = 0; i < part.length; i++) {
		char byte = part.data[i];

		if (byte == '%') {
			byte = (char)(hex_value(part.data[i + 1]) << 4 |
				      hex_value(part.data[i + 2]));
			i += 2;
		} else if (byte == '+' && plus) {
			byte = ' ';
		}
		out[length++] = byte;
	}
	out[length] = '\0';
	return (struct slice){ .data = out, .length = length };
}

struct slice uri_decode(struct slice part, struct arena *arena)
{
	return decode(part, false, arena);
}

bool uri_query(struct slice query, struct arena *arena,
	       const struct pair **pairs, size_t *npairs)
{
	struct pair *list = NULL;
	size_t count = 0;

	while (query.data) {
		struct slice value = slice_cut(&query, '&');
		struct slice name;

		if (!value.length)
			continue;
		name = decode(slice_cut(&value, '='), true, arena);
		if (strlen(name.data) != name.length)
			return false;
		value = decode(value, true, arena);
		*LIST_ADD(arena, list, count) = (struct pair){
			.name = name.data,
			.text = value.data,
			.length = value.length,
		};
	}
	*pairs = list;
	*npairs = count;
	return true;
}

static bool is_unreserved(char byte)
{
	return (byte >= '0' && byte <= '9') || (byte >= 'a' && byte <= 'z') ||
	       (byte >= 'A' && byte <= 'Z') || text_one_of(byte, "-._~");
}

void uri_encode(struct buffer *buffer, const char *text, size_t length)
{
	for (size_t i = 0; i < length; i++) {
		if (is_unreserved(text[i]))
			buffer_byte(buffer, text[i]);
		else
			buffer_printf(buffer, "%%%02X",
				      (unsigned)(unsigned char)text[i]);
	}
}

void uri_encode_path(struct buffer *buffer, const char *path)
{
	const char *slash;

	while ((slash = strchr(path, '/'))) {
		uri_encode(buffer, path, (size_t)(slash - path));
		buffer_byte(buffer, '/');
		path = slash + 1;
	}
	uri_encode(buffer, path, strlen(path));
}
