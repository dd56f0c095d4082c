#define SQLITE_ENABLE_PREUPDATE_HOOK
#define SQLITE_ENABLE_SESSION
#include <stdlib.h>
#include <string.h>

#include "engine/change/changes.h"
#include "engine/introspect.h"
#include "engine/sqlite.h"
#include "util/buffer.h"

enum { STEPS = 100000 }; /* between two looks at the memory */

/* A table whose rows were changed. */
struct touched {
	struct touched *next;
	int64_t events;
	char name[];
};

struct changes {
	struct engine *engine;
	sqlite3_session *session;
	struct touched *tables;
	size_t limit;
	int64_t schema_version;
	bool large, failed;
};

static struct touched *find_table(struct changes *changes, const char *name)
{
	struct touched *table = changes->tables;
	size_t size = strlen(name) + 1;

	while (table && strcmp(table->name, name) != 0)
		table = table->next;
	if (table)
		return table;
	table = calloc(1, sizeof(*table) + size);
	if (!table)
		return NULL;
	memcpy(table->name, name, size);
	table->next = changes->tables;
	changes->tables = table;
	return table;
}

/* sqlite3_update_hook's: a table without a key is not in the changeset. */
static void on_update(void *data, int action, const char *database,
		      const char *name, sqlite3_int64 rowid)
{
	struct changes *changes = data;
	struct touched *table;

	(void)action;
	(void)rowid;
	if (strcmp(database, "main") != 0)
		return;
	table = find_table(changes, name);
	if (table)
		table->events++;
	else
		changes->failed = true;
}

/* sqlite3_progress_handler's: the memory for old values is limited. */
static int on_progress(void *data)
{
	struct changes *changes = data;

	if (sqlite3session_memory_used(changes->session) >
	    (sqlite3_int64)changes->limit * 8) {
		changes->large = true;
		sqlite3session_enable(changes->session, 0);
	}
	return 0;
}

void changes_drop(struct changes *changes)
{
	struct engine *engine = changes->engine;

	sqlite3session_delete(changes->session);
	sqlite3_update_hook(engine->db, NULL, NULL);
	engine_on_progress(engine, engine->progress, engine->progress_data);
	for (struct touched *table = changes->tables, *next; table;
	     table = next) {
		next = table->next;
		free(table);
	}
	free(changes);
}

enum status changes_begin(struct engine *engine, size_t limit,
			  struct changes **out, struct error *e)
{
	struct changes *changes = calloc(1, sizeof(*changes));

	if (!changes)
		return fail(e, FAILED, "out of memory");
	changes->engine = engine;
	changes->limit = limit;
	if (engine_schema_version(engine, &changes->schema_version, e) != OK ||
	    sqlite3session_create(engine->db, "main", &changes->session) !=
		    SQLITE_OK ||
	    sqlite3session_attach(changes->session, NULL) != SQLITE_OK) {
		changes_drop(changes);
		return e->status ? e->status : fail(e, FAILED, "out of memory");
	}
	sqlite3_update_hook(engine->db, on_update, changes);
	sqlite3_progress_handler(engine->db, STEPS, on_progress, changes);
	*out = changes;
	return OK;
}

static int64_t count_rows(const struct changeset *set, const char *table)
{
	sqlite3_changeset_iter *rows = NULL;
	int64_t count = 0;

	if (sqlite3changeset_start(&rows, (int)set->length, set->data) !=
	    SQLITE_OK)
		return 0;
	while (sqlite3changeset_next(rows) == SQLITE_ROW) {
		const char *name = "";
		int columns, action, indirect;

		sqlite3changeset_op(rows, &name, &columns, &action, &indirect);
		count += !table || strcmp(name, table) == 0;
	}
	sqlite3changeset_finalize(rows);
	return count;
}

/* What of a table a changeset cannot hold. */
struct limits {
	bool key, nullable_key, generated;
};

static enum status read_limits(struct engine *engine, const char *table,
			       struct limits *out, struct error *e)
{
	STATEMENT(row);
	enum step step;

	if (engine_introspect(engine, INTROSPECT_COLUMNS, table, &row, e) != OK)
		return e->status;
	while ((step = statement_step(row, e)) == STEP_ROW) {
		ARENA(arena);
		const char *type = statement_text_or_empty(row, 2, &arena);
		bool key = statement_integer(row, 5);

		out->key |= key;
		out->nullable_key |= key && !statement_integer(row, 3) &&
				     sqlite3_stricmp(type, "INTEGER") != 0;
		out->generated |= statement_integer(row, 6) > 1;
	}
	return step == STEP_DONE ? OK : e->status;
}

/* Whether it keeps the content of a virtual table, such as an index of text. */
static enum status is_shadow(struct engine *engine, const char *table,
			     bool *out, struct error *e)
{
	const struct value name = value_text(table);
	struct value found;
	ARENA(arena);

	if (engine_query_one(engine,
			     "SELECT 1 FROM sqlite_master WHERE "
			     "rootpage = 0 AND type = 'table' AND "
			     "substr($1, 1, length(name) + 1) = name || '_'",
			     &name, 1, &arena, &found, e) != OK)
		return e->status;
	*out = found.kind != VALUE_NULL;
	return OK;
}

/* The reason why the changes of a table's rows are not all in the set. */
static enum status judge_table(struct engine *engine,
			       const struct touched *table,
			       struct changeset *set, struct arena *arena,
			       struct error *e)
{
	struct limits limits = { .key = false };
	bool shadow = false;

	if (read_limits(engine, table->name, &limits, e) != OK ||
	    is_shadow(engine, table->name, &shadow, e) != OK)
		return e->status;
	if (shadow)
		set->reason = "it changed a virtual table";
	else if (!limits.key)
		set->reason = arena_printf(arena, "%s has no primary key",
					   table->name);
	else if (limits.generated)
		set->reason = arena_printf(arena, "%s has computed columns",
					   table->name);
	else if (limits.nullable_key &&
		 count_rows(set, table->name) < table->events)
		set->reason = arena_printf(arena, "keys of %s may be NULL",
					   table->name);
	return OK;
}

static enum status judge(const struct changes *changes, struct changeset *set,
			 struct arena *arena, struct error *e)
{
	int64_t version;

	if (engine_schema_version(changes->engine, &version, e) != OK)
		return e->status;
	if (changes->large || set->length > changes->limit)
		set->reason = "it changed too much";
	else if (changes->failed)
		set->reason = "there was not enough memory";
	else if (version != changes->schema_version)
		set->reason = "it changed the schema";
	for (const struct touched *t = changes->tables; t && !set->reason;
	     t = t->next)
		if (judge_table(changes->engine, t, set, arena, e) != OK)
			return e->status;
	return OK;
}

enum status changes_end(struct changes *changes, struct arena *arena,
			struct changeset *out, struct error *e)
{
	void *data = NULL;
	int length = 0, code;

	*out = (struct changeset){ .data = NULL };
	code = changes->large ? SQLITE_OK
			      : sqlite3session_changeset(changes->session,
							 &length, &data);
	if (length)
		out->data = arena_copy_n(arena, data, (size_t)length);
	out->length = (size_t)length;
	sqlite3_free(data);
	out->rows = count_rows(out, NULL);
	/* The hook would see what is asked now. */
	sqlite3session_enable(changes->session, 0);
	if (judge(changes, out, arena, e) == OK && code != SQLITE_OK &&
	    !out->reason)
		out->reason = "SQLite could not record it";
	changes_drop(changes);
	return e->status;
}

/* FNV-1a, 64 bits. */
static uint64_t mix(uint64_t hash, const char *text)
{
	for (; *text; text++)
		hash = (hash ^ (unsigned char)*text) * UINT64_C(1099511628211);
	return hash;
}

static enum status mix_table(struct engine *engine, const char *name,
			     uint64_t *hash, struct error *e)
{
	const struct value table = value_text(name);
	struct value sql;
	ARENA(arena);

	if (engine_query_one(engine,
			     "SELECT sql FROM sqlite_master WHERE "
			     "type = 'table' AND name = $1 COLLATE NOCASE",
			     &table, 1, &arena, &sql, e) != OK)
		return e->status;
	*hash = mix(mix(*hash, name), sql.kind == VALUE_TEXT ? sql.data : "");
	return OK;
}

enum status changes_fingerprint(struct engine *engine,
				const struct changeset *set, int64_t *out,
				struct error *e)
{
	sqlite3_changeset_iter *rows = NULL;
	uint64_t hash = UINT64_C(14695981039346656037);
	const char *last = "";
	ARENA(arena);

	if (sqlite3changeset_start(&rows, (int)set->length, set->data) !=
	    SQLITE_OK)
		return fail(e, FAILED, "the changes cannot be read");
	while (e->status == OK && sqlite3changeset_next(rows) == SQLITE_ROW) {
		const char *name = "";
		int columns, action, indirect;

		sqlite3changeset_op(rows, &name, &columns, &action, &indirect);
		if (strcmp(name, last) == 0)
			continue;
		last = arena_copy(&arena, name);
		mix_table(engine, name, &hash, e);
	}
	sqlite3changeset_finalize(rows);
	*out = (int64_t)(hash >> 1);
	return e->status;
}
