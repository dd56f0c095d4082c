/*
 * An arena: memory that is freed all at once.  Each request (an argv, a REPL
 * line, an HTTP request) has one; nothing in it is freed separately.  Running
 * out of memory ends the process, which only this room and main may do.
 */
#ifndef UTIL_ARENA_H
#define UTIL_ARENA_H

#include <stdarg.h>
#include <stddef.h>

struct arena_block;

struct arena {
	struct arena_block *block; /* the newest, linked to the older ones */
	size_t used;               /* bytes used of the newest */
};

/* A point to return to: arena_rewind frees everything allocated after it. */
struct arena_mark {
	struct arena_block *block;
	size_t used;
};

/* Initializes an empty arena in the caller's storage; arena_clear frees
   everything. */
void arena_init(struct arena *arena);
void arena_clear(struct arena *arena);

struct arena_mark arena_mark(const struct arena *arena);
void arena_rewind(struct arena *arena, struct arena_mark mark);

/* Allocates size bytes, aligned for any type; arena_zero clears them. */
void *arena_alloc(struct arena *arena, size_t size);
void *arena_zero(struct arena *arena, size_t size);

/* Allocates count zeroed items of size bytes; overflow ends the process. */
void *arena_array(struct arena *arena, size_t count, size_t size);

/* A NUL-terminated copy of text (NULL: of none), or of its first length
   bytes. */
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

/* Declares an arena that is cleared at the end of its block. */
#define ARENA(name) \
	__attribute__((cleanup(arena_clear_scoped))) struct arena name; \
	arena_init(&(name))

/*
 * Appends to a list that doubles: LIST_ADD(arena, list, count) returns a
 * pointer to the new, zeroed item.
 */
void *arena_list_add(struct arena *arena, void *list, size_t *count,
		     size_t size);
#define LIST_ADD(arena, list, count) \
	((list) = arena_list_add((arena), (list), &(count), sizeof(*(list))), \
	 &(list)[(count)-1])

#endif
