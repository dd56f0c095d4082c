/* The steps of slug_make that need tables; private to it. */
#ifndef RESOURCE_TEXT_SLUG_STEPS_H
#define RESOURCE_TEXT_SLUG_STEPS_H

#include <stdbool.h>
#include <stddef.h>

#include "util/arena.h"

/* Text on its way through the steps. */
struct slug_draft {
	char *data;
	size_t length;
};

/*
 * NFKD, then text-unidecode: ASCII, with a blank for characters that only
 * separate words.  An apostrophe in the text becomes a dash; others stay.
 */
struct slug_draft transliterate(struct arena *arena, const char *text,
				size_t length);

/*
 * Replaces HTML entities, the named ones first, then &#233; then &#xe9;, and
 * decomposes their characters (NFKD).  Overwrites draft's storage.
 */
struct slug_draft decode_entities(struct arena *arena, struct slug_draft draft);

#endif
