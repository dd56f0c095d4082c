#include "util/arena.h"

#include <assert.h>
#include <stdalign.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { BLOCK_SIZE = 16 * 1024 };

struct arena_block {
	struct arena_block *older;
	size_t size;
	alignas(max_align_t) unsigned char bytes[];
};

void arena_init(struct arena *arena)
{
	*arena = (struct arena){ .block = NULL };
}

void arena_clear(struct arena *arena)
{
	arena_rewind(arena, (struct arena_mark){ .block = NULL });
}

struct arena_mark arena_mark(const struct arena *arena)
{
	return (struct arena_mark){
		.block = arena->block,
		.used = arena->used,
	};
}

void arena_rewind(struct arena *arena, struct arena_mark mark)
{
	while (arena->block != mark.block) {
		struct arena_block *older = arena->block->older;

		free(arena->block);
		arena->block = older;
	}
	arena->used = mark.used;
}

static void out_of_memory(void)
{
	static const char message[] = "taskmgr: out of memory\n";

	fputs(message, stderr);
	exit(1);
}

static void block_add(struct arena *arena, size_t size)
{
	struct arena_block *block;

	if (size > SIZE_MAX / 2)
		out_of_memory();
	block = malloc(sizeof(*block) + size);
	if (!block)
		out_of_memory();
	block->older = arena->block;
	block->size = size;
	arena->block = block;
	arena->used = 0;
}

void *arena_alloc(struct arena *arena, size_t size)
{
	const size_t align = alignof(max_align_t);
	void *memory;

	if (size > SIZE_MAX - align)
		out_of_memory();
	size = (size + align - 1) / align * align;
	if (!arena->block || arena->block->size - arena->used < size)
		block_add(arena, size > BLOCK_SIZE ? size : BLOCK_SIZE);
	memory = arena->block->bytes + arena->used;
	arena->used += size;
	return memory;
}

void *arena_zero(struct arena *arena, size_t size)
{
	return memset(arena_alloc(arena, size), 0, size);
}

static void *arena_items(struct arena *arena, size_t count, size_t size)
{
	if (size && count > SIZE_MAX / size)
		out_of_memory();
	return arena_alloc(arena, count * size);
}

void *arena_array(struct arena *arena, size_t count, size_t size)
{
	return memset(arena_items(arena, count, size), 0, count * size);
}

char *arena_copy_n(struct arena *arena, const char *text, size_t length)
{
	char *copy = arena_alloc(arena, length + 1);

	if (length)
		memcpy(copy, text, length);
	copy[length] = '\0';
	return copy;
}

char *arena_copy(struct arena *arena, const char *text)
{
	return text ? arena_copy_n(arena, text, strlen(text)) : NULL;
}

char *arena_vprintf(struct arena *arena, const char *format, va_list args)
{
	const size_t room = arena->block ? arena->block->size - arena->used : 0;
	va_list again;
	char *text;
	int length;

	va_copy(again, args);
	/* Mostly it fits, and is then allocated where it was printed. */
	length = vsnprintf(room ? (char *)arena->block->bytes + arena->used
				: NULL,
			   room, format, args);
	assert(length >= 0);
	text = arena_alloc(arena, (size_t)length + 1);
	if ((size_t)length >= room)
		vsnprintf(text, (size_t)length + 1, format, again);
	va_end(again);
	return text;
}

char *arena_printf(struct arena *arena, const char *format, ...)
{
	va_list args;
	char *text;

	va_start(args, format);
	text = arena_vprintf(arena, format, args);
	va_end(args);
	return text;
}

/* The capacity is the power of two at or above the count, so none is kept. */
void *arena_list_add(struct arena *arena, void *list, size_t *count,
		     size_t size)
{
	size_t n = *count;

	if ((n & (n - 1)) == 0) {
		void *larger = arena_items(arena, n ? n * 2 : 1, size);

		if (n)
			memcpy(larger, list, n * size);
		list = larger;
	}
	memset((char *)list + n * size, 0, size);
	*count = n + 1;
	return list;
}
