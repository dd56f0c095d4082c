/*
 * A lock for work that cannot run in a transaction.  It is on the database's
 * folder: it leaves no file, and closing it does not close a descriptor of the
 * database, which would release SQLite's locks (sqlite.org, "How To Corrupt",
 * 2.2).
 */
#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/file.h>
#include <unistd.h>

#include "engine/sqlite.h"

const char *engine_folder(const char *path, struct arena *arena)
{
	const char *slash = strrchr(path, '/');

	return slash ? arena_copy_n(arena, path, (size_t)(slash - path) + 1)
		     : ".";
}

enum status engine_hold(struct engine *engine, int *hold, struct error *e)
{
	ARENA(arena);

	*hold = -1;
	if (!engine->path)
		return OK;
	*hold = open(engine_folder(engine->path, &arena),
		     O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	if (*hold < 0)
		return fail(e, FAILED, "the folder of %s: %s", engine->path,
			    strerror(errno));
	for (int count = 0; flock(*hold, LOCK_EX | LOCK_NB); count++)
		if (errno != EWOULDBLOCK || !engine_wait(engine, count))
			return fail(e, BUSY, "another process is migrating %s",
				    engine->path);
	return OK;
}

void engine_release_hold(const int *hold)
{
	if (*hold >= 0)
		close(*hold);
}
