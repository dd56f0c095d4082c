#include "engine/files.h"

#include <libgen.h>
#include <limits.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "engine/engine.h"

enum { MAX_LINKS = 40 }; /* as Linux follows them */

static bool is_same_inode(const char *a, const char *b)
{
	struct stat one, other;

	return stat(a, &one) == 0 && stat(b, &other) == 0 &&
	       one.st_dev == other.st_dev && one.st_ino == other.st_ino;
}

static const char *folder_of(const char *path, struct arena *arena)
{
	return dirname(arena_copy(arena, path));
}

const char *file_resolve(const char *path, struct arena *arena)
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
					      folder_of(path, arena), link);
	}
	return path;
}

bool file_is_same(const char *a, const char *b)
{
	ARENA(arena);

	if (is_same_inode(a, b))
		return true;
	a = file_resolve(a, &arena);
	b = file_resolve(b, &arena);
	return strcmp(basename(arena_copy(&arena, a)),
		      basename(arena_copy(&arena, b))) == 0 &&
	       is_same_inode(folder_of(a, &arena), folder_of(b, &arena));
}

bool file_is_in(const char *file, const char *folder)
{
	ARENA(arena);

	return access(file, F_OK) == 0 &&
	       is_same_inode(folder_of(file_resolve(file, &arena), &arena),
			     folder);
}

bool engine_owns_file(const char *url, const char *file)
{
	static const char *const suffixes[] = { "", "-wal", "-shm",
						"-journal" };
	ARENA(arena);
	const char *path = engine_path(url, &arena);

	if (!path)
		return false;
	path = file_resolve(path, &arena);
	for (size_t i = 0; i < sizeof(suffixes) / sizeof(*suffixes); i++)
		if (file_is_same(
			    arena_printf(&arena, "%s%s", path, suffixes[i]),
			    file))
			return true;
	return false;
}
