/* Finds rows that a change would fail for, before it is written. */
#include "migrate/generate/autogenerate.h"
#include "migrate/watch/rows.h"
#include "schema/text/token.h"

/* The answered rename that moved the rows there, or NULL. */
static const struct rename *find_answer(const struct autogenerate *work,
					const struct hazard *hazard)
{
	const struct rename *found = NULL;

	for (size_t i = work->ngiven; i < work->nrenames; i++) {
		const struct rename *rename = &work->renames[i];

		if (!name_equal(rename->table, hazard->table))
			continue;
		if (!rename->column)
			found = rename;
		else if (tokens_name(span_of(hazard->about), rename->to))
			return rename;
	}
	return found;
}

/* "if t was not renamed, use …; otherwise ", or "". */
static const char *rename_hint(const struct autogenerate *work,
			       const struct hazard *hazard)
{
	const struct rename *rename = find_answer(work, hazard);
	struct arena *arena = work->site->arena;

	if (!rename)
		return "";
	return arena_printf(
		arena, "if %s%s%s was not renamed, use --rename %s; otherwise ",
		rename->table, rename->column ? "." : "",
		rename->column ? rename->column : "",
		autogenerate_option(rename->table, rename->column, "", arena));
}

/* ", or use --fill …", or "". */
static const char *fill_hint(const struct hazard *hazard, struct arena *arena)
{
	const struct fill *fill = &hazard->fill;

	return fill->table ? arena_printf(arena, ", or use --fill %s",
					  autogenerate_option(fill->table,
							      fill->column,
							      "VALUE", arena))
			   : "";
}

/* An expression of schema.sql fails for some values. */
static enum status refuse_rows(struct error *e)
{
	if (e->status == FAILED) {
		e->status = CONFLICT;
		error_hint(e, "change the rows first, or schema.sql");
	}
	return e->status;
}

static enum status check_hazard(const struct autogenerate *work,
				const struct hazard *hazard, struct error *e)
{
	struct engine *engine = work->site->context->engine;
	struct value count;
	BUFFER(rows);
	enum status status = engine_query_one(engine, hazard->count, NULL, 0,
					      work->site->arena, &count, e);

	if (status == OK && (count.kind != VALUE_INTEGER || !count.integer))
		return OK;
	if (status == OK)
		status = rows_show(engine, hazard->show, &rows, e);
	if (status != OK) {
		error_prefix(e, "%s", hazard->text);
		return refuse_rows(e);
	}
	fail(e, CONFLICT, "%s, and %lld row%s in the way", hazard->text,
	     (long long)count.integer, count.integer == 1 ? " is" : "s are");
	e->detail = arena_copy(e->arena, buffer_string(&rows));
	return error_hint(e,
			  "%schange %s first%s; taskmgr db diff --sql shows "
			  "the SQL to write a revision by hand",
			  rename_hint(work, hazard),
			  hazard->given ? "schema.sql" : "the rows",
			  fill_hint(hazard, e->arena));
}

enum status autogenerate_rows(const struct autogenerate *work, struct error *e)
{
	struct engine *engine = work->site->context->engine;
	const struct diff *up = &work->up;
	enum status status = row_copies_make(engine, up->copies, up->ncopies,
					     e);

	if (status != OK)
		status = refuse_rows(e);
	for (size_t i = 0; status == OK && i < up->nhazards; i++)
		status = check_hazard(work, &up->hazards[i], e);
	row_copies_drop(engine, up->copies, up->ncopies);
	return status;
}
