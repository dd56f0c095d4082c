/* Which columns a writer shows, by --columns. */
#include "output/format.h"

#include <strings.h>

#include "util/text.h"

struct pick {
	struct writer *writer;
	const struct output_column *columns;
	size_t ncolumns;
	bool text; /* the line for people may be shown */
	bool *named;
};

static void pick_add(struct pick *pick, size_t place)
{
	struct writer *writer = pick->writer;

	writer->columns[writer->ncolumns] = &pick->columns[place];
	writer->places[writer->ncolumns++] = place;
}

static bool is_offered(const struct pick *pick, size_t place)
{
	return pick->text || !(pick->columns[place].flags & COLUMN_TEXT);
}

static enum status unknown_column(const struct pick *pick, const char *name,
				  struct error *e)
{
	struct close_names close;
	BUFFER(all);

	close_names_init(&close, name);
	for (size_t i = 0; i < pick->ncolumns; i++) {
		if (!is_offered(pick, i))
			continue;
		close_names_offer(&close, pick->columns[i].name);
		buffer_printf(&all, "%s%s", all.length ? ", " : "",
			      pick->columns[i].name);
	}
	fail(e, USAGE, "no column \"%s\"", name);
	error_hint(e, "columns: %s", buffer_string(&all));
	close_names_suggest(&close, e);
	return USAGE;
}

/* Column names ignore case, as in SQL. */
static enum status find_column(const struct pick *pick, const char *name,
			       size_t *place, struct error *e)
{
	for (size_t i = 0; i < pick->ncolumns; i++) {
		*place = i;
		if (is_offered(pick, i) &&
		    strcasecmp(pick->columns[i].name, name) == 0)
			return OK;
	}
	return unknown_column(pick, name, e);
}

/* The next name in a comma-separated list, without blanks around it. */
static const char *next_name(struct arena *arena, const char **list)
{
	const char *start = *list + strspn(*list, " ");
	size_t length = strcspn(start, ",");

	*list = start[length] ? start + length + 1 : NULL;
	while (length && start[length - 1] == ' ')
		length--;
	return arena_copy_n(arena, start, length);
}

/* Reads the list; *but: it names the columns to omit. */
static enum status read_list(struct pick *pick, const char *list, bool *but,
			     struct error *e)
{
	*but = list[strspn(list, " ")] == '-';
	while (list) {
		const char *name = next_name(pick->writer->arena, &list);
		size_t place;

		if ((*name == '-') != *but)
			return fail(e, USAGE,
				    "--columns takes either columns "
				    "to show (a,b) or to leave out "
				    "(-a,-b), not both");
		if (find_column(pick, name + *but, &place, e) != OK)
			return e->status;
		if (pick->named[place] && !*but)
			return fail(e, USAGE, "--columns names %s twice", name);
		pick->named[place] = true;
		if (!*but)
			pick_add(pick, place);
	}
	return OK;
}

static enum status pick_rest(struct pick *pick, struct error *e)
{
	for (size_t i = 0; i < pick->ncolumns; i++)
		if (is_offered(pick, i) && !pick->named[i] &&
		    !(pick->columns[i].flags & COLUMN_ASKED))
			pick_add(pick, i);
	if (!pick->writer->ncolumns)
		return fail(e, USAGE, "--columns hides every column");
	return OK;
}

/* Shows only the line for people, if there is one. */
static bool pick_text(struct pick *pick)
{
	for (size_t i = 0; i < pick->ncolumns; i++) {
		if (!(pick->columns[i].flags & COLUMN_TEXT))
			continue;
		pick_add(pick, i);
		return true;
	}
	return false;
}

enum status columns_pick(struct writer *writer,
			 const struct output_column *columns, size_t ncolumns,
			 struct error *e)
{
	const char *list = writer->options->columns;
	struct pick pick = {
		.writer = writer,
		.columns = columns,
		.ncolumns = ncolumns,
		.text = true,
		.named = arena_array(writer->arena, ncolumns, sizeof(bool)),
	};
	bool but = true;

	for (size_t i = 0; i < ncolumns; i++)
		pick.text &= (columns[i].flags & COLUMN_TEXT) != 0;
	if (!list && writer->format->row == text_row && pick_text(&pick))
		return OK;
	if (list && read_list(&pick, list, &but, e) != OK)
		return e->status;
	return but ? pick_rest(&pick, e) : OK;
}
