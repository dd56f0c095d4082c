#include "resource/text/slug_steps.h"

#include <stdint.h>

#include "util/text.h"

#include "slug_table.h"

/*
 * Hangul syllables are decomposed by arithmetic (The Unicode Standard,
 * section 3.12); other code points are unchanged.
 */
static size_t decompose_code(uint32_t code, uint32_t out[3])
{
	uint32_t syllable = code - 0xac00;

	out[0] = code;
	if (syllable >= 11172)
		return 1;
	out[0] = 0x1100 + syllable / 588;
	out[1] = 0x1161 + syllable % 588 / 28;
	out[2] = 0x11a7 + syllable % 28;
	return syllable % 28 ? 3 : 2;
}

static const unsigned char *code_pieces(uint32_t code)
{
	static const unsigned char vanishes[] = "\x80";

	if (code >= SLUG_LIMIT)
		return vanishes;
	return slug_pool +
	       slug_offset[slug_page[code >> 8] * 256u + (code & 0xff)];
}

/* Where pieces are put together. */
struct pieces {
	unsigned char *data;
	size_t length;
	bool marked; /* the latest piece is a combining mark's */
	bool ever_marked;
};

static void put_code(struct pieces *out, uint32_t code)
{
	const unsigned char *s = code_pieces(code);

	if (*s && *s <= 0x80 && out->marked) {
		out->data[out->length++] = 0x80;
		out->marked = false;
	}
	if (*s == 0x80)
		s++;
	for (; *s; s++) {
		out->data[out->length++] = *s;
		if (*s < 0x80)
			continue;
		out->marked = *s > 0x80;
		out->ever_marked |= out->marked;
	}
}

static void put_text(struct pieces *out, const char *text, size_t length)
{
	uint32_t codes[3];

	for (size_t i = 0, size; i < length; i += size) {
		uint32_t code = utf8_decode(text + i, length - i, &size);
		size_t n = decompose_code(code, codes);

		if (code == UTF8_BAD)
			continue;
		for (size_t j = 0; j < n; j++)
			put_code(out, codes[j] == '\'' ? '-' : codes[j]);
	}
}

/* Copies the texts of a run's marks, those of one class after another. */
static size_t sort_marks(char *out, const unsigned char *run, size_t length)
{
	size_t n = 0;

	for (int class = 0x81; class < 0x81 + SLUG_CLASSES; class ++) {
		bool take = false;

		for (size_t i = 0; i < length; i++) {
			if (run[i] > 0x80)
				take = run[i] == class;
			else if (take)
				out[n++] = (char)run[i];
		}
	}
	return n;
}

/* Puts combining marks in canonical order and takes the classes out. */
static struct slug_draft order_pieces(struct arena *arena,
				      const struct pieces *pieces)
{
	struct slug_draft out = { .data = arena_alloc(arena,
						      pieces->length + 1) };
	const unsigned char *data = pieces->data;
	size_t i = 0;

	while (i < pieces->length) {
		size_t first = i;

		if (data[i] < 0x80) {
			out.data[out.length++] = (char)data[i++];
			continue;
		}
		while (i < pieces->length && data[i] != 0x80)
			i++;
		out.length += sort_marks(out.data + out.length, data + first,
					 i - first);
		if (i < pieces->length)
			i++;
	}
	return out;
}

struct slug_draft transliterate(struct arena *arena, const char *text,
				size_t length)
{
	/* Every byte of text becomes at most SLUG_GROWTH of pieces. */
	struct pieces pieces = {
		.data = arena_alloc(arena, length * SLUG_GROWTH + 1),
	};

	put_text(&pieces, text, length);
	if (pieces.ever_marked)
		return order_pieces(arena, &pieces);
	return (struct slug_draft){ (char *)pieces.data, pieces.length };
}
