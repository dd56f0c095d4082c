#include <stdlib.h>
#include <string.h>

#include "migrate/revision/revision.h"
#include "util/buffer.h"

const char *names_text(const struct names *names, const char *none_text,
		       struct arena *arena)
{
	BUFFER(text);

	if (!names->count)
		return none_text;
	for (size_t i = 0; i < names->count; i++)
		buffer_item(&text, names->items[i]);
	return arena_copy_n(arena, text.data, text.length);
}

const char *names_few(const struct names *names, struct arena *arena)
{
	struct names few = *names;

	if (few.count > NAMES_FEW)
		few.count = NAMES_FEW;
	if (few.count == names->count)
		return names_text(names, "", arena);
	return arena_printf(arena, "%s and %zu more",
			    names_text(&few, "", arena),
			    names->count - few.count);
}

void names_add(struct names *names, const char *name, struct arena *arena)
{
	*LIST_ADD(arena, names->items, names->count) = arena_copy(arena, name);
}

bool names_have(const struct names *names, const char *name)
{
	for (size_t i = 0; i < names->count; i++)
		if (strcmp(names->items[i], name) == 0)
			return true;
	return false;
}

struct names names_split(const char *text, struct arena *arena)
{
	struct names names = { 0 };

	while (*(text += strspn(text, ", \t"))) {
		size_t length = strcspn(text, ", \t");

		*LIST_ADD(arena, names.items,
			  names.count) = arena_copy_n(arena, text, length);
		text += length;
	}
	return names;
}

static int compare_names(const void *a, const void *b)
{
	return strcmp(*(const char *const *)a, *(const char *const *)b);
}

void names_sort(struct names *names)
{
	if (names->count)
		qsort(names->items, names->count, sizeof(*names->items),
		      compare_names);
}
