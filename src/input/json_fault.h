/* Where text stops being JSON (RFC 8259), in the words of Python's json. */
#ifndef INPUT_JSON_FAULT_H
#define INPUT_JSON_FAULT_H

#include <stddef.h>

struct json_fault {
	const char *words; /* NULL: a complete value was read */
	size_t at;         /* the offset of the fault, or of the value's end */
	size_t string;     /* the start of the string around near */
};

/*
 * Reads the one JSON value that the text begins with, as json.loads of Python
 * does, but without its NaN and Infinity.  near: an offset of interest.
 */
struct json_fault json_fault_find(const char *text, size_t length, size_t near);

#endif
