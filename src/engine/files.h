/* Names of files: a database's, and which of them are the same file. */
#ifndef ENGINE_FILES_H
#define ENGINE_FILES_H

#include <stdbool.h>

#include "util/arena.h"

/* Follows path's symbolic links, the last of which may point to nothing. */
const char *file_resolve(const char *path, struct arena *arena);

/* Whether both names are one file, which may not exist yet. */
bool file_is_same(const char *a, const char *b);

/* Whether the file exists and is in the folder itself. */
bool file_is_in(const char *file, const char *folder);

/*
 * Whether file is url's database or one of the files that the engine keeps
 * beside it, through any path, symbolic or hard link, whether or not it exists
 * yet.
 */
bool engine_owns_file(const char *url, const char *file);

#endif
