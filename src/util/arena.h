/*
 * An arena: memory that is given back all at once.  One serves one request
 * (an argv, a REPL line, an HTTP request); what is made in it is never freed
 * alone.  Running out of memory ends the process: it is the one place below
 * main that may.
 */
#ifndef UTIL_ARENA_H
#define UTIL_ARENA_H

#include <stdarg.h>
#include <stddef.h>

struct arena_block;

struct arena {
	struct arena_block *block; /* the newest; older ones behind it */
	size_t used;               /* bytes taken of the newest */
};

/* A point to go back to: what was made after it is given up. */
struct arena_mark {
	struct arena_block *block;
	size_t used;
};

/* An empty arena in the caller's storage; arena_clear gives everything back. */
void arena_init(struct arena *arena);
void arena_clear(struct arena *arena);

struct arena_mark arena_mark(const struct arena *arena);
void arena_rewind(struct arena *arena, struct arena_mark mark);

/* size bytes, aligned for any type; arena_zero's are zero. */
void *arena_alloc(struct arena *arena, size_t size);
void *arena_zero(struct arena *arena, size_t size);

/* count items of size bytes, zeroed; the product may not overflow. */
void *arena_array(struct arena *arena, size_t count, size_t size);

/* A NUL-terminated copy of text, or of its first length bytes. */
char *arena_copy(struct arena *arena, const char *text);
char *arena_copy_n(struct arena *arena, const char *text, size_t length);

char *arena_printf(struct arena *arena, const char *format, ...)
	__attribute__((format(printf, 2, 3)));
char *arena_vprintf(struct arena *arena, const char *format, va_list args)
	__attribute__((format(printf, 2, 0)));

static inline void arena_clear_scoped(struct arena *arena)
{
	arena_clear(arena);
}

/* Declares an arena that is cleared where its block ends. */
#define ARENA(name) \
	__attribute__((cleanup(arena_clear_scoped))) struct arena name; \
	arena_init(&(name))

/*
 * Room for one more in a list that doubles: LIST_ADD(arena, list, count)
 * gives a pointer to the new, zeroed item.
 */
void *arena_list_add(struct arena *arena, void *list, size_t *count,
		     size_t size);
#define LIST_ADD(arena, list, count) \
	((list) = arena_list_add((arena), (list), &(count), sizeof(*(list))), \
	 &(list)[(count)-1])

#endif
