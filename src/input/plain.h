/*
 * Plain objects of JSON: no name or text has an escape, and no value is an
 * array or object.  Most records are plain, and reading them so is many times
 * faster than building a tree.
 */
#ifndef INPUT_PLAIN_H
#define INPUT_PLAIN_H

#include <stdbool.h>
#include <stddef.h>

enum { PLAIN_MEMBERS = 64 };

struct plain {
	struct plain_member {
		const char *name; /* without its quotes */
		size_t name_length;
		const char *value; /* as written */
		size_t length;
	} members[PLAIN_MEMBERS];
	size_t count;
	size_t length; /* of the object's text */
};

/*
 * Reads the object that text begins with.  False for anything else, be it valid
 * or not: bad UTF-8, two members of one name, an object that does not end
 * within length.
 */
bool plain_read(struct plain *plain, const char *text, size_t length);

#endif
