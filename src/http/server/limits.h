/* What the process may use: open files and memory. */
#ifndef HTTP_SERVER_LIMITS_H
#define HTTP_SERVER_LIMITS_H

#include <stddef.h>

/*
 * Raises the limit of open files as far as most connections need and as it is
 * allowed; returns how many connections it permits, which is at most that.
 */
size_t limits_raise_files(size_t most);

/* For a process whose threads allocate and free much at each request. */
void limits_set_memory(void);

/* Returns to the system what malloc keeps of freed memory. */
void limits_return_memory(void);

#endif
