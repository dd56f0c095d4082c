#include "resource/text/slug_steps.h"

#include <stdint.h>
#include <string.h>

#include "util/text.h"

#include "slug_table.h"

static int digit_value(char c, int base)
{
	if (c >= '0' && c <= '9')
		return c - '0';
	if (base == 16 && (c | 32) >= 'a' && (c | 32) <= 'f')
		return (c | 32) - 'a' + 10;
	return -1;
}

/* An entity's value is capped here, where no character is. */
enum { CODE_TOO_BIG = 0x110000 };

/*
 * Whether &#123; or &#x7b; (only the base's kind) is at the start; *size and
 * *code get its bytes and its number.
 */
static bool match_number(const char *text, size_t length, int base,
			 size_t *size, uint32_t *code)
{
	const char *start = base == 16 ? "&#x" : "&#";
	size_t first = strlen(start), i = first;

	if (length < first || memcmp(text, start, first) != 0)
		return false;
	for (*code = 0; i < length; i++) {
		int digit = digit_value(text[i], base);

		if (digit < 0)
			break;
		*code = *code * (uint32_t)base + (uint32_t)digit;
		if (*code > CODE_TOO_BIG)
			*code = CODE_TOO_BIG;
	}
	*size = i + 1;
	return i > first && i < length && text[i] == ';';
}

static bool match_name(const char *text, size_t length, size_t *size,
		       uint32_t *code)
{
	const char *end = memchr(text, ';', length < 12 ? length : 12);
	size_t low = 0, high = sizeof(entities) / sizeof(*entities);
	size_t n = end ? (size_t)(end - text) - 1 : 0;

	while (n && low < high) {
		size_t middle = (low + high) / 2;
		const char *name = entity_pool + entities[middle].name;
		int order = strncmp(text + 1, name, n);

		if (!order && !name[n]) {
			*size = n + 2;
			*code = entities[middle].code;
			return true;
		}
		if (order > 0)
			low = middle + 1;
		else
			high = middle;
	}
	return false;
}

/* base 0: names. */
static bool match_entity(const char *text, size_t length, int base,
			 size_t *size, uint32_t *code)
{
	if (*text != '&')
		return false;
	return base ? match_number(text, length, base, size, code)
		    : match_name(text, length, size, code);
}

/* Python's chr() raises for one, and then python-slugify drops the step. */
static bool has_too_big(const struct slug_draft *draft, int base)
{
	uint32_t code;

	for (size_t i = 0, size; i < draft->length; i += size) {
		if (!match_entity(draft->data + i, draft->length - i, base,
				  &size, &code))
			size = 1;
		else if (code == CODE_TOO_BIG)
			return true;
	}
	return false;
}

/* Replaces one kind of entities; the UTF-8 is never longer than they are. */
static void decode_kind(struct slug_draft *draft, int base)
{
	size_t n = 0;
	uint32_t code;

	if (has_too_big(draft, base))
		return;
	for (size_t i = 0, size; i < draft->length; i += size) {
		if (match_entity(draft->data + i, draft->length - i, base,
				 &size, &code)) {
			n += utf8_put(draft->data + n, code);
			continue;
		}
		draft->data[n++] = draft->data[i];
		size = 1;
	}
	draft->length = n;
}

/* What is left of a character beyond ASCII that an entity stood for. */
static const char *reference_text(uint32_t code)
{
	size_t low = 0;
	size_t high = sizeof(reference_code) / sizeof(*reference_code);

	while (low < high) {
		size_t middle = (low + high) / 2;

		if (reference_code[middle] == code)
			return reference_pool + reference_offset[middle];
		if (reference_code[middle] < code)
			low = middle + 1;
		else
			high = middle;
	}
	return " ";
}

static struct slug_draft decompose_all(struct arena *arena,
				       const struct slug_draft *draft)
{
	struct slug_draft out = {
		.data = arena_alloc(arena, draft->length * REFERENCE_MOST + 1),
	};

	for (size_t i = 0, size; i < draft->length; i += size) {
		uint32_t code = utf8_decode(draft->data + i, draft->length - i,
					    &size);
		const char *text = reference_text(code);

		if (code < 0x80)
			out.data[out.length++] = (char)code;
		else
			while (*text)
				out.data[out.length++] = *text++;
	}
	return out;
}

struct slug_draft decode_entities(struct arena *arena, struct slug_draft draft)
{
	decode_kind(&draft, 0);
	decode_kind(&draft, 10);
	decode_kind(&draft, 16);
	return decompose_all(arena, &draft);
}
