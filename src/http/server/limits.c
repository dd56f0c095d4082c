#include "http/server/limits.h"

#include <malloc.h>
#include <sys/resource.h>

enum {
	OWN_FILES = 64,            /* for the database, the listener … */
	MALLOC_KEEPS = 512 * 1024, /* bytes, until limits_return_memory */
};

size_t limits_raise_files(size_t most)
{
	struct rlimit limit;
	size_t own;

	if (getrlimit(RLIMIT_NOFILE, &limit))
		return most;
	if (limit.rlim_cur < most + OWN_FILES) {
		limit.rlim_cur = most + OWN_FILES;
		if (limit.rlim_max < limit.rlim_cur)
			limit.rlim_cur = limit.rlim_max;
		if (setrlimit(RLIMIT_NOFILE, &limit))
			getrlimit(RLIMIT_NOFILE, &limit);
	}
	if (limit.rlim_cur >= most + OWN_FILES)
		return most;
	own = limit.rlim_cur / 2 < OWN_FILES ? limit.rlim_cur / 2 : OWN_FILES;
	return limit.rlim_cur - own;
}

/*
 * Otherwise malloc keeps a megabyte or two for each thread, and returns memory
 * to the system after one answer that the next answer needs again.
 */
void limits_set_memory(void)
{
#ifdef __GLIBC__
	mallopt(M_ARENA_MAX, 2);
	mallopt(M_MMAP_THRESHOLD, MALLOC_KEEPS);
	mallopt(M_TRIM_THRESHOLD, MALLOC_KEEPS);
#endif
}

void limits_return_memory(void)
{
#ifdef __GLIBC__
	malloc_trim(0);
#endif
}
