/*
 * Values that plain JSON cannot represent for their column's type.  A number in
 * a TEXT column, text in a BLOB column and the like are written as an object
 * with one member named after the storage class: {"$text":"abc"}.
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

/* The tag of that name, or NULL. */
const struct tag *tag_find(const char *name);

/*
 * Whether a value's plain JSON, read back as the column's type, would be
 * refused or change. one_line: it must not contain a line break.
 */
bool tag_needed(enum type type, struct value value, bool one_line);

/* Appends a value other than NULL as a tagged object. */
void tag_write(struct buffer *buffer, struct value value);

#endif
