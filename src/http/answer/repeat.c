#include "http/answer/repeat.h"

#include "util/clock.h"

enum { KEPT = 24 * 60 * 60 }; /* seconds */

static const char table_sql[] =
	"CREATE TABLE IF NOT EXISTS _taskmgr_requests (key TEXT PRIMARY KEY, "
	"request TEXT NOT NULL, status INTEGER NOT NULL, location TEXT, "
	"media_type TEXT, body TEXT NOT NULL, created INTEGER NOT NULL)";

/* Every request with a key looks for those that are too old. */
static const char index_sql[] =
	"CREATE INDEX IF NOT EXISTS _taskmgr_requests_created "
	"ON _taskmgr_requests (created)";

static int64_t seconds_now(void)
{
	return clock_now() / 1000000;
}

static void read_answer(struct statement *statement, struct repeat *repeat,
			struct arena *arena)
{
	repeat->request = statement_text(statement, 0, arena);
	repeat->status = (int)statement_integer(statement, 1);
	repeat->location = statement_text(statement, 2, arena);
	repeat->media_type = statement_text(statement, 3, arena);
	repeat->body = statement_copy(statement, 4, arena);
}

enum status repeat_find(struct engine *engine, struct repeat *repeat,
			bool *found, struct arena *arena, struct error *e)
{
	const struct value oldest = value_integer(seconds_now() - KEPT);
	STATEMENT(statement);

	*found = false;
	if (engine_run(engine, table_sql, NULL, 0, e) != OK ||
	    engine_run(engine, index_sql, NULL, 0, e) != OK ||
	    engine_run(engine,
		       "DELETE FROM _taskmgr_requests WHERE created < $1",
		       &oldest, 1, e) != OK ||
	    engine_prepare(engine,
			   "SELECT request, status, location, media_type, "
			   "body FROM _taskmgr_requests WHERE key = $1",
			   &statement, e) != OK)
		return e->status;
	statement_bind(statement, 1, value_text(repeat->key));
	switch (statement_step(statement, e)) {
	case STEP_ROW:
		read_answer(statement, repeat, arena);
		*found = true;
		return OK;
	case STEP_DONE:
		return OK;
	case STEP_FAILED:
		break;
	}
	return e->status;
}

enum status repeat_keep(struct engine *engine, const struct repeat *repeat,
			struct error *e)
{
	const struct value values[] = {
		value_text(repeat->key),        value_text(repeat->request),
		value_integer(repeat->status),  value_text(repeat->location),
		value_text(repeat->media_type), repeat->body,
		value_integer(seconds_now()),
	};

	return engine_run(engine,
			  "INSERT INTO _taskmgr_requests (key, request, "
			  "status, location, media_type, body, created) "
			  "VALUES ($1, $2, $3, $4, $5, $6, $7)",
			  values, sizeof(values) / sizeof(values[0]), e);
}
