/* Rows that a change would be refused for, found before it is written. */
#include <string.h>

#include "migrate/autogenerate.h"
#include "util/text.h"

/* "    id 3, name ann" */
static void add_row(struct statement *row, struct buffer *out,
		    struct arena *arena)
{
	BUFFER(line);
	for (int i = 0; i < statement_columns(row); i++) {
		const char *value = statement_text(row, i, arena);
		buffer_printf(&line, "%s%s %s", i ? ", " : "",
			      statement_column_name(row, i),
			      value ? value : "NULL");
	}
	buffer_text(out, out->length ? "\n    " : "    ");
	text_visible(out, buffer_string(&line), line.length);
}

static enum status show_rows(struct engine *engine, const char *sql,
			     struct buffer *out, struct error *e)
{
	STATEMENT(row);
	ARENA(arena);
	enum step step = STEP_ROW;
	if (engine_prepare(engine, sql, &row, e))
		return e->status;
	while ((step = statement_step(row, e)) == STEP_ROW)
		add_row(row, out, &arena);
	return step == STEP_FAILED ? e->status : OK;
}

static enum status check_one(const struct autogenerate *autogenerate,
			     const struct hazard *hazard, struct error *e)
{
	struct engine *engine = autogenerate->site->context->engine;
	struct value count;
	BUFFER(rows);
	enum status status = engine_query_one(engine, hazard->count, NULL, 0,
					      autogenerate->site->arena, &count,
					      e);
	if (status || count.kind != VALUE_INTEGER || !count.integer)
		return status;
	status = show_rows(engine, hazard->show, &rows, e);
	if (status)
		return status;
	fail(e, CONFLICT, "%s, and %lld row%s in the way", hazard->text,
	     (long long)count.integer, count.integer == 1 ? " is" : "s are");
	e->detail = arena_copy(e->arena, buffer_string(&rows));
	error_hint(e,
		   "change the rows first%s; taskmgr db diff --sql shows "
		   "the SQL to write a revision by hand",
		   strstr(hazard->text, "becomes NOT NULL")
			   ? ", or say --fill TABLE.COLUMN=VALUE"
			   : "");
	return e->status;
}

enum status autogenerate_rows(const struct autogenerate *autogenerate,
			      struct error *e)
{
	enum status status = OK;
	for (size_t i = 0; !status && i < autogenerate->up.nhazards; i++)
		status = check_one(autogenerate, &autogenerate->up.hazards[i],
				   e);
	return status;
}
