/* Rows that a change would be refused for, found before it is written. */
#include <string.h>

#include "migrate/autogenerate.h"
#include "migrate/rows.h"

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
	status = rows_show(engine, hazard->show, &rows, e);
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
