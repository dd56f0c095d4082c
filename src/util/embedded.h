/* Files that the build embeds in the program (util/embed.sh). */
#ifndef UTIL_EMBEDDED_H
#define UTIL_EMBEDDED_H

#include <stddef.h>

struct embedded_file {
	const char
		*name; /* relative to the embedded folder: "versions/x.sql" */
	const char *data; /* followed by a NUL */
	size_t length;    /* in bytes, without that NUL */
};

#endif
