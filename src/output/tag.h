/*
 * Values that their column's type cannot say in JSON.  A number in a TEXT
 * column, text in a BLOB column and their like are written as an object of one
 * member that names the storage class: {"$text":"abc"}.
 */
#ifndef OUTPUT_TAG_H
#define OUTPUT_TAG_H

#include <stdbool.h>

#include "util/buffer.h"
#include "util/value.h"

struct tag {
	const char *name; /* "$text" */
	enum value_kind kind;
	bool base64; /* the member is a string of base64 */
};

/* The tag of that name; NULL if there is none. */
const struct tag *tag_find(const char *name);

/*
 * Whether the plain JSON form of a value, read back as the column's type,
 * would be refused or be another value.  one_line: the form may not hold a
 * line break.
 */
bool tag_needed(enum type type, struct value value, bool one_line);

/* Appends the value, which is not NULL, as a tagged object. */
void tag_write(struct buffer *buffer, struct value value);

#endif
