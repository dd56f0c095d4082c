/* The files of migrations/, as the build put them into the program. */
#ifndef MIGRATE_BUILTIN_H
#define MIGRATE_BUILTIN_H

#include <stddef.h>

struct builtin_file {
	const char *name; /* "schema.sql", "versions/1f2e…_initial.sql" */
	const char *data; /* a NUL stands behind it */
	size_t length;
};

extern const struct builtin_file builtin_files[];
extern const size_t builtin_nfiles;

#endif
