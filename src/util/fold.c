#include "util/text.h"

struct fold_range {
	uint32_t first, last;
	unsigned step;
	int32_t delta;
};

#include "fold_table.h"

static uint32_t fold_code(uint32_t code)
{
	size_t low = 0, high = sizeof(fold_table) / sizeof(*fold_table);

	if (code < 0x80)
		return code >= 'A' && code <= 'Z' ? code + 32 : code;
	while (low < high) {
		size_t middle = (low + high) / 2;
		const struct fold_range *range = &fold_table[middle];

		if (code < range->first)
			high = middle;
		else if (code > range->last)
			low = middle + 1;
		else if ((code - range->first) % range->step == 0)
			return (uint32_t)((int32_t)code + range->delta);
		else
			break;
	}
	return code;
}

/* Takes a code point from the front of a text. */
static uint32_t next_folded(const char **text, size_t *length)
{
	size_t size;
	uint32_t code = utf8_decode(*text, *length, &size);

	*text += size;
	*length -= size;
	return fold_code(code);
}

static bool begins_with(const char *text, size_t length, const char *part,
			size_t part_length)
{
	while (part_length) {
		if (!length || next_folded(&text, &length) !=
				       next_folded(&part, &part_length))
			return false;
	}
	return true;
}

bool text_contains(const char *text, size_t length, const char *part,
		   size_t part_length)
{
	for (;;) {
		if (begins_with(text, length, part, part_length))
			return true;
		if (!length)
			return false;
		next_folded(&text, &length);
	}
}
