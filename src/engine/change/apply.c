#define SQLITE_ENABLE_PREUPDATE_HOOK
#define SQLITE_ENABLE_SESSION
#include <string.h>

#include "engine/change/changes.h"
#include "engine/sqlite.h"
#include "util/buffer.h"
#include "util/text.h"

enum { LISTED = 10 }; /* conflicts that are named */

/* Rows that prevent a change. */
struct conflicts {
	struct buffer lines;
	size_t count;
};

static const char *reason_of(int conflict)
{
	switch (conflict) {
	case SQLITE_CHANGESET_DATA:
		return "was changed since";
	case SQLITE_CHANGESET_NOTFOUND:
		return "was deleted since";
	case SQLITE_CHANGESET_CONFLICT:
		return "exists again";
	case SQLITE_CHANGESET_CONSTRAINT:
		return "would have a value that another row has, or that is "
		       "not allowed";
	}
	return "would refer to a row that is missing";
}

static struct buffer *begin_line(struct conflicts *conflicts)
{
	if (++conflicts->count > LISTED)
		return NULL;
	buffer_text(&conflicts->lines,
		    conflicts->count > 1 ? "\n    " : "    ");
	return &conflicts->lines;
}

/* The key of the row that a change is about: "1", "1,x". */
static void add_key(struct buffer *out, sqlite3_changeset_iter *row, int action,
		    int columns)
{
	unsigned char *is_key = NULL;
	bool first = true;

	sqlite3changeset_pk(row, &is_key, NULL);
	for (int i = 0; is_key && i < columns; i++) {
		sqlite3_value *value = NULL;
		const char *text;

		if (!is_key[i])
			continue;
		if (action == SQLITE_INSERT)
			sqlite3changeset_new(row, i, &value);
		else
			sqlite3changeset_old(row, i, &value);
		text = value ? (const char *)sqlite3_value_text(value) : NULL;
		buffer_text(out, first ? " " : ",");
		text = text ? text : "NULL";
		text_show(out, text);
		first = false;
	}
}

/* Goes on, so that all conflicting rows are known. */
static int on_conflict(void *data, int conflict, sqlite3_changeset_iter *row)
{
	struct buffer *out = begin_line(data);
	const char *table = NULL;
	int columns = 0, action = 0, indirect;

	if (!out)
		return SQLITE_CHANGESET_OMIT;
	if (conflict != SQLITE_CHANGESET_FOREIGN_KEY)
		sqlite3changeset_op(row, &table, &columns, &action, &indirect);
	buffer_text(out, table ? table : "a row");
	add_key(out, row, action, table ? columns : 0);
	buffer_printf(out, " %s", reason_of(conflict));
	return SQLITE_CHANGESET_OMIT;
}

static enum status fail_conflicts(struct conflicts *conflicts, struct error *e)
{
	if (!conflicts->count)
		return OK;
	fail(e, CONFLICT, "%zu conflicting row%s, nothing was changed",
	     conflicts->count, conflicts->count == 1 ? "" : "s");
	e->detail = arena_copy(e->arena, buffer_string(&conflicts->lines));
	return CONFLICT;
}

static int apply(struct engine *engine, const struct changeset *set, bool back,
		 struct conflicts *conflicts)
{
	void *inverse = NULL;
	void *data = set->data;
	int length = (int)set->length, code;

	if (back) {
		code = sqlite3changeset_invert(length, data, &length, &inverse);
		if (code != SQLITE_OK)
			return code;
		data = inverse;
	}
	code = sqlite3changeset_apply(engine->db, length, data, NULL,
				      on_conflict, conflicts);
	sqlite3_free(inverse);
	return code;
}

/* The same without triggers and enforced foreign keys. */
static int apply_alone(struct engine *engine, const struct changeset *set,
		       bool back, struct conflicts *conflicts)
{
	sqlite3 *db = engine->db;
	int keys = 1, triggers = 1, code;

	sqlite3_db_config(db, SQLITE_DBCONFIG_ENABLE_FKEY, -1, &keys);
	sqlite3_db_config(db, SQLITE_DBCONFIG_ENABLE_TRIGGER, -1, &triggers);
	sqlite3_db_config(db, SQLITE_DBCONFIG_ENABLE_FKEY, 0, NULL);
	sqlite3_db_config(db, SQLITE_DBCONFIG_ENABLE_TRIGGER, 0, NULL);
	code = apply(engine, set, back, conflicts);
	sqlite3_db_config(db, SQLITE_DBCONFIG_ENABLE_FKEY, keys, NULL);
	sqlite3_db_config(db, SQLITE_DBCONFIG_ENABLE_TRIGGER, triggers, NULL);
	return code;
}

static void on_violation(void *data, const struct violation *violation)
{
	struct buffer *out = begin_line(data);
	const char *key = violation->key;

	if (!out)
		return;
	buffer_printf(out, "%s ", violation->table);
	if (key)
		text_show(out, key);
	else
		buffer_printf(out, "%lld", (long long)violation->rowid);
	buffer_printf(out, " refers to a row of %s that would be missing",
		      violation->parent ? violation->parent : "no table");
}

static enum status count_violations(struct engine *engine,
				    struct conflicts *out, struct error *e)
{
	return engine_foreign_key_check(engine, on_violation, out, e);
}

/* Violations that existed before are no reason to refuse. */
static enum status judge_violations(struct engine *engine,
				    const struct changeset *set, bool back,
				    struct conflicts *after, struct error *e)
{
	struct conflicts before = { .count = 0 }, ignored = { .count = 0 };
	enum status status = engine_exec(engine, "ROLLBACK TO undo", e);

	if (status == OK)
		status = count_violations(engine, &before, e);
	if (status == OK && after->count > before.count)
		status = fail_conflicts(after, e);
	if (status == OK &&
	    apply_alone(engine, set, back, &ignored) != SQLITE_OK)
		status = fail(e, FAILED, "the changes cannot be applied");
	buffer_clear(&before.lines);
	buffer_clear(&ignored.lines);
	return status;
}

/* The connection has no message for it. */
static enum status fail_code(int code, struct error *e)
{
	enum status status = FAILED;

	if ((code & 0xff) == SQLITE_INTERRUPT)
		return fail(e, INTERRUPTED, "interrupted");
	if ((code & 0xff) == SQLITE_FULL)
		status = NO_SPACE;
	return fail(e, status, "the changes cannot be applied: %s",
		    sqlite3_errstr(code));
}

static enum status apply_checked(struct engine *engine,
				 const struct changeset *set, bool back,
				 struct conflicts *conflicts, struct error *e)
{
	int code = apply_alone(engine, set, back, conflicts);

	if (code != SQLITE_OK)
		return fail_code(code, e);
	if (fail_conflicts(conflicts, e) != OK ||
	    count_violations(engine, conflicts, e) != OK || !conflicts->count)
		return e->status;
	return judge_violations(engine, set, back, conflicts, e);
}

enum status changes_apply(struct engine *engine, const struct changeset *set,
			  bool back, struct error *e)
{
	struct conflicts conflicts = { .count = 0 };

	if (!set->length)
		return OK;
	if (engine_exec(engine, "SAVEPOINT undo", e) != OK)
		return e->status;
	if (apply_checked(engine, set, back, &conflicts, e) == OK &&
	    engine_exec(engine, "RELEASE undo", e) != OK)
		e->detail = NULL;
	buffer_clear(&conflicts.lines);
	return e->status;
}
