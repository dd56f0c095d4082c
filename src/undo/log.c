#include "undo/log.h"

#include "engine/introspect.h"
#include "util/clock.h"

/* Entries that can be undone; older ones are deleted now and then. */
#define KEPT "100"
enum { TRIM_EVERY = 16 };

static const char table_sql[] =
	"CREATE TABLE IF NOT EXISTS _taskmgr_undo (id INTEGER PRIMARY KEY, "
	"at TEXT NOT NULL, command TEXT NOT NULL, rows INTEGER NOT NULL, "
	"undone INTEGER NOT NULL DEFAULT 0, reason TEXT, "
	"fingerprint INTEGER NOT NULL, changes BLOB NOT NULL)";

static const char newest_sql[] =
	"SELECT id, undone FROM _taskmgr_undo ORDER BY id DESC LIMIT 1";

/* Undone entries are always the newest, so not all need to be read. */
static const char drop_undone_sql[] =
	"DELETE FROM _taskmgr_undo WHERE id > (SELECT coalesce(max(id), 0) "
	"FROM _taskmgr_undo WHERE undone = 0)";

static const char trim_sql[] = "DELETE FROM _taskmgr_undo WHERE id <= "
			       "(SELECT max(id) FROM _taskmgr_undo) - " KEPT;

static const char insert_sql[] =
	"INSERT INTO _taskmgr_undo (at, command, rows, reason, fingerprint, "
	"changes) VALUES ($1, $2, $3, $4, $5, $6)";

/* Deletes what can no longer be done again, and at times old entries. */
static enum status delete_old(struct engine *engine, struct error *e)
{
	STATEMENT(newest);
	enum step step;

	if (engine_prepare(engine, newest_sql, &newest, e) != OK)
		return e->status;
	step = statement_step(newest, e);
	if (step != STEP_ROW)
		return step == STEP_DONE ? OK : e->status;
	if (statement_integer(newest, 1) &&
	    engine_exec(engine, drop_undone_sql, e) != OK)
		return e->status;
	return statement_integer(newest, 0) % TRIM_EVERY == 0
		       ? engine_exec(engine, trim_sql, e)
		       : OK;
}

enum status undo_log_add(struct engine *engine, const struct undo_entry *entry,
			 struct arena *arena, struct error *e)
{
	const struct changeset *set = &entry->set;
	struct value values[] = {
		value_text(clock_text(arena, clock_now())),
		value_text(entry->command),
		value_integer(set->rows),
		value_text(set->reason),
		value_integer(set->fingerprint),
		value_bytes(set->data, set->length),
	};

	values[5].kind = VALUE_BLOB;
	if ((!engine_has_table(engine, "_taskmgr_undo") &&
	     engine_exec(engine, table_sql, e) != OK) ||
	    delete_old(engine, e) != OK)
		return e->status;
	return engine_run(engine, insert_sql, values, 6, e);
}

static void read_entry(struct statement *row, struct arena *arena,
		       struct undo_entry *out)
{
	struct value data = statement_value(row, 6);
	size_t length = data.kind == VALUE_BLOB ? data.length : 0;

	*out = (struct undo_entry){
		.id = statement_integer(row, 0),
		.at = statement_text_or_empty(row, 1, arena),
		.command = statement_text_or_empty(row, 2, arena),
		.set = { .data = length ? arena_copy_n(arena, data.data, length)
					: NULL,
			 .length = length,
			 .rows = statement_integer(row, 3),
			 .reason = statement_text(row, 4, arena),
			 .fingerprint = statement_integer(row, 5) },
		.undone = statement_integer(row, 7),
	};
}

enum status undo_log_read(struct engine *engine, bool undone, int64_t limit,
			  bool data, struct arena *arena,
			  struct undo_entry **out, size_t *count,
			  struct error *e)
{
	STATEMENT(row);

	*count = 0;
	if (!engine_has_table(engine, "_taskmgr_undo") ||
	    engine_prepare(engine,
			   "SELECT id, at, command, rows, reason, fingerprint, "
			   "CASE WHEN $3 THEN changes END, undone FROM "
			   "_taskmgr_undo WHERE (undone <> 0) = $1 AND id > "
			   "(SELECT max(id) FROM _taskmgr_undo) - " KEPT
			   " ORDER BY "
			   "CASE WHEN $1 THEN id ELSE -id END LIMIT $2",
			   &row, e) != OK)
		return e->status;
	statement_bind(row, 1, value_integer(undone));
	statement_bind(row, 2, value_integer(limit));
	statement_bind(row, 3, value_integer(data));
	while (statement_next(row, e))
		read_entry(row, arena, LIST_ADD(arena, *out, *count));
	return e->status;
}

enum status undo_log_mark(struct engine *engine, int64_t id, bool undone,
			  struct error *e)
{
	const struct value values[] = { value_integer(id),
					value_integer(undone) };

	return engine_run(engine,
			  "UPDATE _taskmgr_undo SET undone = $2 WHERE id = $1",
			  values, 2, e);
}
