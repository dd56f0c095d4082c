/*
 * The source text of parsed JSON: jansson keeps neither the spelling of numbers
 * nor that of whole documents.  Except for the last two functions, the text must
 * be valid JSON.
 */
#ifndef INPUT_SOURCE_H
#define INPUT_SOURCE_H

#include <stdbool.h>
#include <stddef.h>

#include "util/arena.h"
#include "util/buffer.h"

/* A walk over the members of an object, or the items of an array. */
struct json_walk {
	const char *at, *end;
	bool object;
};

/* text may begin with white space. */
struct json_walk source_open(const char *text, const char *end);

/* The text of the next value, in the order of the source; false at the end. */
bool source_next(struct json_walk *source, const char **text, size_t *length);

/* The first character that is not white space, or end. */
const char *source_skip_space(const char *text, const char *end);

/* Appends a value without the white space between its tokens. */
void source_compact(struct buffer *buffer, const char *text, size_t length);

/* The end of the number at text by JSON's grammar; text itself if there is
   none. */
const char *source_number_end(const char *text, const char *end);

/*
 * A copy of text in which each number is replaced by 0 and blanks of the same
 * length, because jansson refuses numbers that its types can't hold.
 */
const char *source_blank_numbers(const char *text, size_t length,
				 struct arena *arena);

#endif
