#include "engine/engine.h"
#include "util/buffer.h"

struct bulk {
	struct statement *insert;
	int ncolumns;
};

enum status bulk_begin(struct engine *engine, struct arena *arena,
		       const char *table, const char *const *columns,
		       int ncolumns, struct bulk **out, struct error *e)
{
	struct bulk *bulk = arena_zero(arena, sizeof(*bulk));
	BUFFER(sql);

	buffer_printf(&sql, "INSERT INTO %s (", sql_name(arena, table));
	for (int i = 0; i < ncolumns; i++)
		buffer_printf(&sql, "%s%s", i ? ", " : "",
			      sql_name(arena, columns[i]));
	buffer_text(&sql, ") VALUES (");
	for (int i = 0; i < ncolumns; i++)
		buffer_printf(&sql, "%s$%d", i ? ", " : "", i + 1);
	buffer_text(&sql, ")");
	bulk->ncolumns = ncolumns;
	*out = bulk;
	return engine_prepare(engine, sql.data, &bulk->insert, e);
}

enum status bulk_row(struct bulk *bulk, const struct value *values,
		     struct error *e)
{
	statement_reset(bulk->insert);
	for (int i = 0; i < bulk->ncolumns; i++)
		statement_bind(bulk->insert, i + 1, values[i]);
	return statement_step(bulk->insert, e) == STEP_FAILED ? e->status : OK;
}

enum status bulk_end(struct bulk *bulk, struct error *e)
{
	if (bulk->insert)
		statement_release(bulk->insert);
	bulk->insert = NULL;
	return e->status;
}
