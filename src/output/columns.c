/* Which columns a writer shows, by --columns. */
#include <strings.h>

#include "output/level.h"
#include "util/text.h"

enum { LISTED = 30 }; /* columns that an error names */

struct pick {
	struct writer *writer;
	struct level_filter filter;
	const struct output_column *columns;
	size_t ncolumns;
	bool text;           /* the line for people may be shown */
	struct level *level; /* of a format that nests rows; else NULL */
};

/* Columns without rows in them, and those of one row beside them. */
struct leaf {
	const struct output_column *column;
	const char *name; /* "user.age" */
	size_t place;     /* in the row */
	struct step *steps;
	size_t nsteps;
};

struct leaves {
	struct arena *arena;
	struct leaf *items;
	size_t count;
};

/* The same place, a step further. */
static struct leaf leaf_within(const struct leaf *outer, size_t place,
			       size_t width, struct arena *arena)
{
	struct leaf leaf = *outer;

	leaf.steps = arena_array(arena, outer->nsteps + 2, sizeof(struct step));
	for (size_t i = 0; i < outer->nsteps; i++)
		leaf.steps[i] = outer->steps[i];
	leaf.steps[leaf.nsteps++] = (struct step){ place, width };
	return leaf;
}

/* outer: the row that these columns are of; NULL: the result's own. */
static void add_leaves(struct leaves *leaves,
		       const struct output_column *columns, size_t ncolumns,
		       const struct leaf *outer)
{
	struct arena *arena = leaves->arena;

	for (size_t i = 0; i < ncolumns; i++) {
		const struct output_column *column = &columns[i];
		struct leaf leaf = { .place = i };

		if (outer)
			leaf = leaf_within(outer, i, ncolumns, arena);
		leaf.column = column;
		leaf.name = outer ? arena_printf(arena, "%s.%s", outer->name,
						 column->name)
				  : column->name;
		if (column->rows && !column->rows->many)
			add_leaves(leaves, column->rows->columns,
				   column->rows->ncolumns, &leaf);
		else
			*LIST_ADD(arena, leaves->items, leaves->count) = leaf;
	}
}

static struct leaves find_leaves(const struct pick *pick)
{
	struct leaves leaves = { .arena = pick->writer->arena };

	add_leaves(&leaves, pick->columns, pick->ncolumns, NULL);
	return leaves;
}

static size_t find_shown(const struct pick *pick, const char *name)
{
	const struct writer *writer = pick->writer;
	size_t i = 0;

	while (i < writer->ncolumns &&
	       strcasecmp(writer->columns[i]->name, name) != 0)
		i++;
	return i;
}

static void show_leaf(struct pick *pick, const struct leaf *leaf,
		      struct level *inner)
{
	struct writer *writer = pick->writer;
	struct output_column *column = arena_alloc(writer->arena,
						   sizeof(*column));
	size_t at = writer->ncolumns++;

	*column = *leaf->column;
	column->name = leaf->name;
	if (inner)
		column->type = TYPE_JSON;
	writer->columns[at] = column;
	writer->places[at] = leaf->place;
	writer->steps[at] = leaf->steps;
	writer->inner[at] = inner;
}

static struct level *all_rows(struct pick *pick, const struct leaf *leaf)
{
	const struct output_rows *rows = leaf->column->rows;

	return rows ? level_all(&pick->filter, rows->columns, rows->ncolumns,
				rows->many,
				arena_printf(pick->writer->arena, "%s.",
					     leaf->name))
		    : NULL;
}

static bool is_offered(const struct pick *pick,
		       const struct output_column *column)
{
	return pick->text || !(column->flags & COLUMN_TEXT);
}

static enum status unknown_column(const struct pick *pick, const char *name,
				  struct error *e)
{
	const struct leaves leaves = find_leaves(pick);
	struct close_names close;
	size_t count = 0;
	BUFFER(all);

	close_names_init(&close, name);
	for (size_t i = 0; i < leaves.count; i++) {
		if (!is_offered(pick, leaves.items[i].column))
			continue;
		close_names_offer(&close, leaves.items[i].name);
		if (++count <= LISTED)
			buffer_item(&all, leaves.items[i].name);
	}
	if (count > LISTED)
		buffer_printf(&all, " and %zu more", count - LISTED);
	fail(e, USAGE, "no column \"%s\"", name);
	error_hint(e, "columns: %s", buffer_string(&all));
	close_names_suggest(&close, e);
	return USAGE;
}

/* A column of the rows in a column of JSON: tasks.title. */
static enum level_found pick_inner(struct pick *pick, const struct leaf *leaf,
				   const char *rest)
{
	const struct output_rows *rows = leaf->column->rows;
	size_t at = find_shown(pick, leaf->name);
	struct level *inner = at < pick->writer->ncolumns
				      ? pick->writer->inner[at]
				      : level_new(pick->writer->arena,
						  rows->ncolumns, rows->many);
	enum level_found found = level_pick(&pick->filter, inner, rows->columns,
					    rows->ncolumns, rest);

	if (found == FOUND && at == pick->writer->ncolumns)
		show_leaf(pick, leaf, inner);
	return found;
}

static enum level_found pick_leaf(struct pick *pick, const struct leaf *leaf)
{
	if (find_shown(pick, leaf->name) < pick->writer->ncolumns)
		return FOUND_TWICE;
	show_leaf(pick, leaf, all_rows(pick, leaf));
	return FOUND;
}

/* The column of that name; else all columns of the row of that name; else one
   of the rows in a column. */
static enum level_found pick_flat(struct pick *pick, const char *name)
{
	const struct leaves leaves = find_leaves(pick);
	enum level_found found = FOUND_NONE;

	for (size_t i = 0; i < leaves.count; i++)
		if (strcasecmp(leaves.items[i].name, name) == 0 &&
		    is_offered(pick, leaves.items[i].column))
			return pick_leaf(pick, &leaves.items[i]);
	for (size_t i = 0; i < leaves.count && found != FOUND_TWICE; i++)
		if (name_after(leaves.items[i].name, name) &&
		    !(leaves.items[i].column->flags & COLUMN_ASKED))
			found = pick_leaf(pick, &leaves.items[i]);
	for (size_t i = 0; i < leaves.count && found == FOUND_NONE; i++) {
		const struct leaf *leaf = &leaves.items[i];
		const char *rest = name_after(name, leaf->name);

		if (leaf->column->rows && rest)
			found = pick_inner(pick, leaf, rest);
	}
	return found;
}

/* Whether there is such a column, shown or not. */
static bool is_known(const struct pick *pick, const char *name)
{
	const struct level_filter filter = { .arena = pick->writer->arena };
	struct level *level = level_new(filter.arena, pick->ncolumns, true);

	return level_pick(&filter, level, pick->columns, pick->ncolumns,
			  name) != FOUND_NONE &&
	       is_offered(pick, level->columns[0]);
}

static enum status pick_name(struct pick *pick, const char *name,
			     struct error *e)
{
	enum level_found found = FOUND_NONE;

	if (is_known(pick, name))
		found = pick->level ? level_pick(&pick->filter, pick->level,
						 pick->columns, pick->ncolumns,
						 name)
				    : pick_flat(pick, name);
	if (found == FOUND_NONE)
		return unknown_column(pick, name, e);
	return found == FOUND
		       ? OK
		       : fail(e, USAGE, "column %s is named twice", name);
}

/* Reads the list; *but: it names the columns to omit. */
static enum status read_list(struct pick *pick, const char *list, bool *but,
			     struct error *e)
{
	struct arena *arena = pick->writer->arena;

	*but = list[strspn(list, " ")] == '-';
	while (list) {
		const char *name = text_next_item(&list, arena);

		if ((*name == '-') != *but)
			return fail(e, USAGE,
				    "name either the columns to show (a,b) "
				    "or those to leave out (-a,-b), not "
				    "both");
		if (!*but) {
			if (pick_name(pick, name, e) != OK)
				return e->status;
			continue;
		}
		if (!is_known(pick, name + 1))
			return unknown_column(pick, name + 1, e);
		*LIST_ADD(arena, pick->filter.hidden,
			  pick->filter.nhidden) = name + 1;
	}
	return OK;
}

/* Whether a leaf or a row that it is of is left out. */
static bool is_left_out(const struct pick *pick, const char *name)
{
	for (size_t i = 0; i < pick->filter.nhidden; i++)
		if (name_after(name, pick->filter.hidden[i]))
			return true;
	return level_hides(&pick->filter, "", name);
}

static void pick_all(struct pick *pick)
{
	const struct leaves leaves = find_leaves(pick);
	const unsigned asked = pick->writer->format->row == insert_row
				       ? COLUMN_ASKED | COLUMN_COMPUTED
				       : COLUMN_ASKED;

	for (size_t i = 0; i < leaves.count; i++) {
		const struct leaf *leaf = &leaves.items[i];

		if (is_offered(pick, leaf->column) &&
		    !(leaf->column->flags & asked) &&
		    !is_left_out(pick, leaf->name))
			show_leaf(pick, leaf, all_rows(pick, leaf));
	}
}

/* Shows only the line for people, if there is one. */
static bool pick_text(struct pick *pick)
{
	for (size_t i = 0; i < pick->ncolumns; i++) {
		const struct leaf leaf = {
			.column = &pick->columns[i],
			.name = pick->columns[i].name,
			.place = i,
		};

		if (!(pick->columns[i].flags & COLUMN_TEXT))
			continue;
		show_leaf(pick, &leaf, NULL);
		return true;
	}
	return false;
}

/* The columns of a format that nests rows are those of the outermost level. */
static void show_level(struct writer *writer, const struct level *level)
{
	writer->columns = level->columns;
	writer->places = level->places;
	writer->inner = level->inner;
	writer->ncolumns = level->ncolumns;
}

static void make_room(struct writer *writer, size_t count)
{
	struct arena *arena = writer->arena;

	writer->columns = arena_array(arena, count, sizeof(*writer->columns));
	writer->places = arena_array(arena, count, sizeof(*writer->places));
	writer->steps = arena_array(arena, count, sizeof(*writer->steps));
	writer->inner = arena_array(arena, count, sizeof(*writer->inner));
	writer->values = arena_array(arena, count, sizeof(*writer->values));
	writer->texts = arena_array(arena, count, sizeof(*writer->texts));
}

static enum status pick_columns(struct pick *pick, struct error *e)
{
	struct writer *writer = pick->writer;
	const char *list = writer->options->columns;
	bool but = true;

	if (writer->format->nests)
		pick->level = level_new(writer->arena, pick->ncolumns, true);
	if (list && read_list(pick, list, &but, e) != OK)
		return e->status;
	if (but && writer->format->nests)
		pick->level = level_all(&pick->filter, pick->columns,
					pick->ncolumns, true, "");
	else if (but)
		pick_all(pick);
	if (pick->level)
		show_level(writer, pick->level);
	return writer->ncolumns ? OK : fail(e, USAGE, "no column is left");
}

enum status columns_pick(struct writer *writer,
			 const struct output_column *columns, size_t ncolumns,
			 struct error *e)
{
	const struct output_format *format = writer->format;
	struct pick pick = {
		.writer = writer,
		.columns = columns,
		.ncolumns = ncolumns,
		.text = true,
	};

	/* An INSERT has its own table's columns, which come first. */
	while (format->row == insert_row && columns[pick.ncolumns - 1].rows)
		pick.ncolumns--;
	for (size_t i = 0; i < pick.ncolumns; i++)
		pick.text &= (columns[i].flags & COLUMN_TEXT) != 0;
	pick.filter = (struct level_filter){
		.text = pick.text,
		.arena = writer->arena,
	};
	make_room(writer, writer->format->nests ? pick.ncolumns
						: find_leaves(&pick).count);
	if (!writer->options->columns && format->row == text_row &&
	    pick_text(&pick))
		return OK;
	return pick_columns(&pick, e);
}
