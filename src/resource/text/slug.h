/*
 * Slugs: the part of a URL made from a title.  Identical to those of
 * python-slugify 8.0.4 with text-unidecode 1.3, so both programs find the same
 * rows.
 */
#ifndef RESOURCE_TEXT_SLUG_H
#define RESOURCE_TEXT_SLUG_H

#include <stddef.h>

#include "util/arena.h"

/*
 * The slug of a UTF-8 text, in arena: lower case ASCII letters and digits in
 * words separated by single dashes.  May be empty.  Bytes that are not UTF-8
 * are omitted, as are characters beyond the BMP that have no simpler form.
 */
const char *slug_make(struct arena *arena, const char *text, size_t length);

#endif
