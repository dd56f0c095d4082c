/* The files of a database: its own and those that SQLite keeps beside it. */
#include <libgen.h>
#include <limits.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "engine/sqlite.h"

enum { MAX_LINKS = 40 }; /* as Linux follows them */

static bool is_same_inode(const char *a, const char *b)
{
	struct stat one, other;

	return stat(a, &one) == 0 && stat(b, &other) == 0 &&
	       one.st_dev == other.st_dev && one.st_ino == other.st_ino;
}

/* Whether both names are one file, which may not exist yet. */
static bool is_same_file(const char *a, const char *b, struct arena *arena)
{
	if (is_same_inode(a, b))
		return true;
	return strcmp(basename(arena_copy(arena, a)),
		      basename(arena_copy(arena, b))) == 0 &&
	       is_same_inode(dirname(arena_copy(arena, a)),
			     dirname(arena_copy(arena, b)));
}

const char *engine_file_resolve(const char *path, struct arena *arena)
{
	char link[PATH_MAX];
	ssize_t length;

	/* realpath fails where the last link's target does not exist. */
	for (int links = 0; links < MAX_LINKS; links++) {
		length = readlink(path, link, sizeof(link) - 1);
		if (length < 0)
			break;
		link[length] = '\0';
		path = link[0] == '/'
			       ? arena_copy(arena, link)
			       : arena_printf(arena, "%s/%s",
					      dirname(arena_copy(arena, path)),
					      link);
	}
	return path;
}

bool engine_owns_file(const char *url, const char *file)
{
	static const char *const suffixes[] = { "", "-wal", "-shm",
						"-journal" };
	ARENA(arena);
	const char *path = engine_path(url, &arena);

	if (!path)
		return false;
	path = engine_file_resolve(path, &arena);
	file = engine_file_resolve(file, &arena);
	for (size_t i = 0; i < sizeof(suffixes) / sizeof(*suffixes); i++)
		if (is_same_file(
			    arena_printf(&arena, "%s%s", path, suffixes[i]),
			    file, &arena))
			return true;
	return false;
}
