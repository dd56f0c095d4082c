#include "output/level.h"

#include <strings.h>

const char *name_after(const char *name, const char *head)
{
	size_t length = strlen(head);

	return strncasecmp(name, head, length) == 0 && name[length] == '.'
		       ? name + length + 1
		       : NULL;
}

bool level_hides(const struct level_filter *filter, const char *prefix,
		 const char *name)
{
	const size_t length = strlen(prefix);

	for (size_t i = 0; i < filter->nhidden; i++)
		if (strncasecmp(filter->hidden[i], prefix, length) == 0 &&
		    strcasecmp(filter->hidden[i] + length, name) == 0)
			return true;
	return false;
}

struct level *level_new(struct arena *arena, size_t ncolumns, bool many)
{
	struct level *level = arena_zero(arena, sizeof(*level));

	level->columns = arena_array(arena, ncolumns, sizeof(*level->columns));
	level->places = arena_array(arena, ncolumns, sizeof(*level->places));
	level->inner = arena_array(arena, ncolumns, sizeof(*level->inner));
	level->values = arena_array(arena, ncolumns, sizeof(*level->values));
	level->width = ncolumns;
	level->many = many;
	return level;
}

static void level_add(struct level *level, const struct output_column *column,
		      size_t place, struct level *inner)
{
	level->columns[level->ncolumns] = column;
	level->places[level->ncolumns] = place;
	level->inner[level->ncolumns++] = inner;
}

/* The column of that name with rows in it, or without; ncolumns: none. */
static size_t find_column(const struct output_column *columns, size_t ncolumns,
			  const char *name, bool rows)
{
	size_t i = 0;

	while (i < ncolumns && (!columns[i].rows == rows ||
				strcasecmp(columns[i].name, name) != 0))
		i++;
	return i;
}

static struct level *inner_all(const struct level_filter *filter,
			       const struct output_column *column,
			       const char *prefix, const char *name)
{
	return column->rows
		       ? level_all(filter, column->rows->columns,
				   column->rows->ncolumns, column->rows->many,
				   arena_printf(filter->arena, "%s%s.", prefix,
						name))
		       : NULL;
}

struct level *level_all(const struct level_filter *filter,
			const struct output_column *columns, size_t ncolumns,
			bool many, const char *prefix)
{
	struct level *level = level_new(filter->arena, ncolumns, many);

	for (size_t i = 0; i < ncolumns; i++) {
		const struct output_column *column = &columns[i];

		if (column->flags & COLUMN_ASKED ||
		    (column->flags & COLUMN_TEXT && !filter->text) ||
		    (!column->rows &&
		     find_column(columns, ncolumns, column->name, true) <
			     ncolumns) ||
		    level_hides(filter, prefix, column->name))
			continue;
		level_add(level, column, i,
			  inner_all(filter, column, prefix, column->name));
	}
	return level;
}

static size_t find_place(const struct level *level, size_t place)
{
	size_t i = 0;

	while (i < level->ncolumns && level->places[i] != place)
		i++;
	return i;
}

static enum level_found pick_within(const struct level_filter *filter,
				    struct level *level,
				    const struct output_column *columns,
				    size_t place, const char *rest)
{
	const struct output_rows *rows = columns[place].rows;
	size_t at = find_place(level, place);
	struct level *inner = at < level->ncolumns
				      ? level->inner[at]
				      : level_new(filter->arena, rows->ncolumns,
						  rows->many);
	enum level_found found = level_pick(filter, inner, rows->columns,
					    rows->ncolumns, rest);

	if (found == FOUND && at == level->ncolumns)
		level_add(level, &columns[place], place, inner);
	return found;
}

enum level_found level_pick(const struct level_filter *filter,
			    struct level *level,
			    const struct output_column *columns,
			    size_t ncolumns, const char *name)
{
	size_t place = find_column(columns, ncolumns, name, true);

	if (place == ncolumns)
		place = find_column(columns, ncolumns, name, false);
	if (place < ncolumns) {
		if (find_place(level, place) < level->ncolumns)
			return FOUND_TWICE;
		level_add(level, &columns[place], place,
			  inner_all(filter, &columns[place], "", name));
		return FOUND;
	}
	for (size_t i = 0; i < ncolumns; i++) {
		const char *rest = columns[i].rows
					   ? name_after(name, columns[i].name)
					   : NULL;
		enum level_found found = rest ? pick_within(filter, level,
							    columns, i, rest)
					      : FOUND_NONE;

		if (found != FOUND_NONE)
			return found;
	}
	return FOUND_NONE;
}
