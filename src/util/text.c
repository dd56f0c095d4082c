#include "util/text.h"

#include <stdio.h>
#include <string.h>

static const uint64_t ones = UINT64_MAX / 255; /* 0x0101… */
static const uint64_t highs = UINT64_MAX / 255 * 128;

uint32_t utf8_decode(const char *text, size_t length, size_t *size)
{
	static const uint32_t least[] = { 0, 0, 0x80, 0x800, 0x10000 };
	const unsigned char *s = (const unsigned char *)text;
	uint32_t code;
	size_t n;

	*size = 1;
	if (s[0] < 0x80)
		return s[0];
	if (s[0] < 0xc2 || s[0] > 0xf4)
		return UTF8_BAD;
	n = s[0] < 0xe0 ? 2 : s[0] < 0xf0 ? 3 : 4;
	if (length < n)
		return UTF8_BAD;
	code = s[0] & (0x7fu >> n);
	for (size_t i = 1; i < n; i++) {
		if ((s[i] & 0xc0) != 0x80)
			return UTF8_BAD;
		code = code << 6 | (s[i] & 0x3fu);
	}
	if (code < least[n] || code > 0x10ffff || (code & ~0x7ffu) == 0xd800)
		return UTF8_BAD;
	*size = n;
	return code;
}

size_t utf8_put(char out[4], uint32_t code)
{
	static const unsigned char marks[] = { 0, 0, 0xc0, 0xe0, 0xf0 };
	size_t n = code < 0x80 ? 1 : code < 0x800 ? 2 : code < 0x10000 ? 3 : 4;

	for (size_t i = n - 1; i > 0; i--) {
		out[i] = (char)(0x80 | (code & 0x3f));
		code >>= 6;
	}
	out[0] = (char)(marks[n] | code);
	return n;
}

static uint64_t read_word(const char *text)
{
	uint64_t word;

	memcpy(&word, text, sizeof(word));
	return word;
}

static bool is_ascii_word(const char *text)
{
	return !(read_word(text) & highs);
}

size_t utf8_check(const char *text, size_t length)
{
	size_t i = 0, size;

	while (i < length) {
		if (length - i >= 8 && is_ascii_word(text + i)) {
			i += 8;
			continue;
		}
		if (utf8_decode(text + i, length - i, &size) == UTF8_BAD)
			return i;
		i += size;
	}
	return length;
}

size_t utf8_length(const char *text, size_t length)
{
	size_t i = 0, count = 0, size;

	while (i < length) {
		if (length - i >= 8 && is_ascii_word(text + i)) {
			i += 8;
			count += 8;
			continue;
		}
		utf8_decode(text + i, length - i, &size);
		i += size;
		count++;
	}
	return count;
}

/* Bidirectional control characters (UAX #9, section 2). */
static bool is_bidi(uint32_t code)
{
	return code == 0x061c || code == 0x200e || code == 0x200f ||
	       (code >= 0x202a && code <= 0x202e) ||
	       (code >= 0x2066 && code <= 0x2069);
}

static size_t escape_format(char out[TEXT_ESCAPE], char kind, int digits,
			    uint32_t code)
{
	return (size_t)snprintf(out, TEXT_ESCAPE, "\\%c%0*x", kind, digits,
				code & 0xffff);
}

static size_t escape_short(char out[TEXT_ESCAPE], char letter)
{
	out[0] = '\\';
	out[1] = letter;
	return 2;
}

size_t text_escape(uint32_t code, unsigned char byte, char out[TEXT_ESCAPE])
{
	if (code == UTF8_BAD)
		return escape_format(out, 'x', 2, byte);
	if (code >= 0xa0)
		return is_bidi(code) ? escape_format(out, 'u', 4, code) : 0;
	if (code >= 0x20 && code < 0x7f)
		return 0;
	if (code == '\n')
		return escape_short(out, 'n');
	if (code == '\t')
		return escape_short(out, 't');
	if (code == '\r')
		return escape_short(out, 'r');
	return escape_format(out, 'x', 2, code);
}

/*
 * The next offset from i that text_visible changes; *escape is the replacement,
 * *size the number of bytes replaced.
 */
static size_t visible_next(const char *text, size_t length, size_t i,
			   char escape[TEXT_ESCAPE], size_t *nescape,
			   size_t *size)
{
	*nescape = 0;
	while (i < length) {
		unsigned char byte = (unsigned char)text[i];

		if (byte >= 0x20 && byte < 0x7f) {
			i++;
			continue;
		}
		*nescape = text_escape(utf8_decode(text + i, length - i, size),
				       byte, escape);
		if (*nescape)
			return i;
		i += *size;
	}
	return length;
}

void text_visible(struct buffer *buffer, const char *text, size_t length)
{
	char escape[TEXT_ESCAPE];
	size_t done = 0, nescape, size = 0;

	while (done < length) {
		size_t next = visible_next(text, length, done, escape, &nescape,
					   &size);

		buffer_add(buffer, text + done, next - done);
		buffer_add(buffer, escape, nescape);
		done = next + (nescape ? size : 0);
	}
}

static size_t plain_word(const char *text)
{
	return strcspn(text, " ");
}

void text_add_words(struct buffer *buffer, const char *text,
		    struct text_lines lines)
{
	const char *end = lines.end ? lines.end : "";
	size_t at = lines.at, blanks = 0, length;

	for (const char *p = text; *p; p += length + blanks) {
		length = lines.word ? lines.word(p) : plain_word(p);
		size_t width = text_width(p, length);

		if (blanks && at + blanks + width + strlen(end) > lines.width) {
			buffer_printf(buffer, "%s\n", end);
			blanks = lines.indent;
			at = 0;
		}
		buffer_printf(buffer, "%*s", (int)blanks, "");
		text_visible(buffer, p, length);
		at += blanks + width;
		blanks = strspn(p + length, " ");
	}
}

bool text_is_plain(const char *text, size_t length)
{
	char escape[TEXT_ESCAPE];
	size_t nescape, size;

	return visible_next(text, length, 0, escape, &nescape, &size) == length;
}

/* Whether eight bytes are ASCII of which none is escaped in JSON. */
static bool is_json_word(uint64_t word)
{
	const uint64_t quote = word ^ ones * '"';
	const uint64_t backslash = word ^ ones * '\\';
	uint64_t marks = word - ones * 0x20;

	marks |= (quote - ones) | (backslash - ones);
	return !((word | marks) & highs);
}

/* The end of the run from i on that can be copied unchanged. */
static size_t json_run(const char *text, size_t length, size_t i)
{
	size_t size;

	while (i < length) {
		unsigned char byte = (unsigned char)text[i];

		if (length - i >= 8 && is_json_word(read_word(text + i))) {
			i += 8;
			continue;
		}
		if (byte < 0x20 || byte == '"' || byte == '\\')
			return i;
		size = 1;
		if (byte >= 0x80 &&
		    utf8_decode(text + i, length - i, &size) == UTF8_BAD)
			return i;
		i += size;
	}
	return length;
}

/* All of less than eight bytes, in a word. */
static uint64_t read_short(const char *text, size_t length)
{
	uint32_t first, last;
	uint64_t word = ones * ' ';

	if (length >= sizeof(first)) {
		memcpy(&first, text, sizeof(first));
		memcpy(&last, text + length - sizeof(last), sizeof(last));
		return (uint64_t)first << 32 | last;
	}
	for (size_t i = 0; i < length; i++)
		word = word << 8 | (unsigned char)text[i];
	return word;
}

static bool is_json(const char *text, size_t length)
{
	if (length < sizeof(uint64_t))
		return is_json_word(read_short(text, length));
	for (size_t i = 0; i + sizeof(uint64_t) < length; i += sizeof(uint64_t))
		if (!is_json_word(read_word(text + i)))
			return false;
	return is_json_word(read_word(text + length - sizeof(uint64_t)));
}

bool text_json_plain(struct buffer *buffer, const char *text, size_t length)
{
	char *out;

	if (!is_json(text, length))
		return false;
	out = buffer_reserve(buffer, length + 2);
	out[0] = '"';
	if (length)
		memcpy(out + 1, text, length);
	memcpy(out + 1 + length, "\"", 2);
	buffer->length += length + 2;
	return true;
}

static void json_escape(struct buffer *buffer, unsigned char byte)
{
	static const char letters[] = {
		['\b'] = 'b', ['\t'] = 't', ['\n'] = 'n',  ['\f'] = 'f',
		['\r'] = 'r', ['"'] = '"',  ['\\'] = '\\',
	};

	if (byte >= 0x80)
		buffer_text(buffer, "\\ufffd");
	else if (letters[byte])
		buffer_add(buffer, (char[]){ '\\', letters[byte] }, 2);
	else
		buffer_printf(buffer, "\\u%04x", byte);
}

void text_json_inside(struct buffer *buffer, const char *text, size_t length)
{
	size_t done = 0;

	while (done < length) {
		size_t next = json_run(text, length, done);

		buffer_add(buffer, text + done, next - done);
		if (next < length)
			json_escape(buffer, (unsigned char)text[next++]);
		done = next;
	}
}

void text_json(struct buffer *buffer, const char *text, size_t length)
{
	if (text_json_plain(buffer, text, length))
		return;
	buffer_byte(buffer, '"');
	text_json_inside(buffer, text, length);
	buffer_byte(buffer, '"');
}

char *text_hex(char *out, const void *data, size_t length)
{
	static const char digits[] = "0123456789abcdef";
	const unsigned char *bytes = data;

	for (size_t i = 0; i < length; i++) {
		*out++ = digits[bytes[i] >> 4];
		*out++ = digits[bytes[i] & 15];
	}
	return out;
}

static bool is_plain_for_shell(char c)
{
	return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
	       (c >= '0' && c <= '9') || (c && strchr("_@%+=:,./-", c));
}

void text_shell(struct buffer *buffer, const char *text)
{
	size_t plain = 0;

	while (is_plain_for_shell(text[plain]))
		plain++;
	if (plain && !text[plain]) {
		buffer_add(buffer, text, plain);
		return;
	}
	buffer_byte(buffer, '\'');
	for (; *text; text++) {
		if (*text == '\'')
			buffer_text(buffer, "'\\'");
		buffer_byte(buffer, *text);
	}
	buffer_byte(buffer, '\'');
}

const char *text_next_item(const char **list, struct arena *arena)
{
	const char *start = *list + strspn(*list, " ");
	size_t length = strcspn(start, ",");

	*list = start[length] ? start + length + 1 : NULL;
	while (length && start[length - 1] == ' ')
		length--;
	return arena_copy_n(arena, start, length);
}
