#include <assert.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "engine/sqlite.h"

enum { MAX_IDLE = 64 }; /* released statements that are cached */

static void statement_free(struct statement *statement)
{
	sqlite3_finalize(statement->handle);
	free(statement);
}

void engine_drop_idle(struct engine *engine)
{
	while (engine->idle) {
		struct statement *next = engine->idle->next;

		statement_free(engine->idle);
		engine->idle = next;
	}
	engine->nidle = 0;
}

static struct statement *take_idle(struct engine *engine, const char *sql,
				   size_t length)
{
	struct statement **link = &engine->idle;

	for (; *link; link = &(*link)->next) {
		struct statement *found = *link;

		if (found->length != length ||
		    memcmp(sqlite3_sql(found->handle), sql, length) != 0)
			continue;
		*link = found->next;
		engine->nidle--;
		return found;
	}
	return NULL;
}

/* Retries after schema changes by other processes. */
enum { MAX_SCHEMA_CHANGES = 1000 };

/*
 * SQLite reports any error as SQLITE_SCHEMA while it has not read the schema,
 * which "SELECT nope" doesn't need; the message tells them apart.
 */
static bool is_schema_change(const struct engine *engine)
{
	return strcmp(sqlite3_errmsg(engine->db),
		      sqlite3_errstr(SQLITE_SCHEMA)) == 0;
}

int engine_compile(struct engine *engine, const char *sql, unsigned flags,
		   sqlite3_stmt **out, const char **tail)
{
	int code;

	for (int i = 0; i < MAX_SCHEMA_CHANGES; i++) {
		code = sqlite3_prepare_v3(engine->db, sql, -1, flags, out,
					  tail);
		if (code == SQLITE_SCHEMA && i > 0 && !is_schema_change(engine))
			code = SQLITE_ERROR;
		if (code != SQLITE_SCHEMA &&
		    (code != SQLITE_ERROR || !engine_stand_in(engine)))
			break;
	}
	/* Restores the message, which a search may have replaced. */
	if (code != SQLITE_ERROR)
		return code;
	code = sqlite3_prepare_v3(engine->db, sql, -1, flags, out, tail);
	return code == SQLITE_SCHEMA ? SQLITE_ERROR : code;
}

int engine_step(struct engine *engine, sqlite3_stmt *handle)
{
	int code;

	if (!engine_may_step(engine, handle))
		return SQLITE_ERROR;
	engine->compared = NULL;
	for (int i = 0; i < MAX_SCHEMA_CHANGES; i++) {
		code = sqlite3_step(handle);
		if (code != SQLITE_SCHEMA)
			break;
	}
	engine->lends_nothing = false;
	engine->reverted |= code != SQLITE_ROW && code != SQLITE_DONE;
	engine->misordered = engine->compared;
	return engine->misordered ? SQLITE_ERROR : code;
}

/* Whether $1, $2 … come in this order, so that their numbers are SQLite's. */
static bool is_ordered(sqlite3_stmt *handle)
{
	const int count = sqlite3_bind_parameter_count(handle);
	char name[16];

	for (int i = 1; i <= count; i++) {
		const char *is = sqlite3_bind_parameter_name(handle, i);

		snprintf(name, sizeof(name), "$%d", i);
		if (!is || strcmp(is, name) != 0)
			return false;
	}
	return true;
}

/* The program's own SQL fits its own tables, unless another program has made
   one of that name. */
static void hint_own_table(const char *sql, struct error *e)
{
	const char *name = strstr(sql, "_taskmgr_");

	if (name && strncmp(e->message, "no such column", 14) == 0)
		error_hint(e,
			   "the table %.*s was created by another program; "
			   "rename it",
			   (int)strspn(name, "abcdefghijklmnopqrstuvwxyz_"),
			   name);
}

enum status engine_prepare(struct engine *engine, const char *sql,
			   struct statement **out, struct error *e)
{
	struct statement *statement = take_idle(engine, sql, strlen(sql));
	int code;

	if (statement) {
		*out = statement;
		return OK;
	}
	statement = calloc(1, sizeof(*statement));
	if (!statement)
		return fail(e, FAILED, "out of memory");
	statement->engine = engine;
	code = engine_compile(engine, sql, SQLITE_PREPARE_PERSISTENT,
			      &statement->handle, NULL);
	if (code != SQLITE_OK) {
		free(statement);
		(void)engine_fail(engine, code, e);
		hint_own_table(sql, e);
		return e->status;
	}
	assert(statement->handle);
	statement->length = strlen(sqlite3_sql(statement->handle));
	statement->ordered = is_ordered(statement->handle);
	*out = statement;
	return OK;
}

void statement_release(struct statement *statement)
{
	struct engine *engine = statement->engine;
	struct statement **oldest = &engine->idle;

	sqlite3_reset(statement->handle);
	sqlite3_clear_bindings(statement->handle);
	statement->refused = 0;
	if (engine->nidle == MAX_IDLE) {
		assert(*oldest);
		while ((*oldest)->next)
			oldest = &(*oldest)->next;
		statement_free(*oldest);
		*oldest = NULL;
		engine->nidle--;
	}
	statement->next = engine->idle;
	engine->idle = statement;
	engine->nidle++;
}

void statement_reset(struct statement *statement)
{
	sqlite3_reset(statement->handle);
	statement->refused = 0;
}

static int parameter_index(const struct statement *statement, int number)
{
	char name[16];

	if (statement->ordered)
		return number;
	snprintf(name, sizeof(name), "$%d", number);
	return sqlite3_bind_parameter_index(statement->handle, name);
}

static void bind_value(struct statement *statement, int number,
		       struct value value, sqlite3_destructor_type how)
{
	sqlite3_stmt *handle = statement->handle;
	const int index = parameter_index(statement, number);
	int code = SQLITE_OK;

	assert(index > 0);
	switch (value.kind) {
	case VALUE_NULL:
		code = sqlite3_bind_null(handle, index);
		break;
	case VALUE_INTEGER:
		code = sqlite3_bind_int64(handle, index, value.integer);
		break;
	case VALUE_REAL:
		code = sqlite3_bind_double(handle, index, value.real);
		break;
	case VALUE_TEXT:
		code = sqlite3_bind_text64(handle, index, value.data,
					   value.length, how, SQLITE_UTF8);
		break;
	case VALUE_BLOB:
		code = sqlite3_bind_blob64(handle, index,
					   value.length ? value.data : "",
					   value.length, how);
		break;
	}
	/* A value that is too big makes the step fail. */
	if (code != SQLITE_OK)
		statement->refused = code;
}

void statement_bind(struct statement *statement, int number, struct value value)
{
	bind_value(statement, number, value, SQLITE_TRANSIENT);
}

void statement_lend(struct statement *statement, int number, struct value value)
{
	bind_value(statement, number, value, SQLITE_STATIC);
}

enum step statement_step(struct statement *statement, struct error *e)
{
	struct engine *engine = statement->engine;
	int code;

	/* Exchanging costs more than a row. */
	if (atomic_load_explicit(&engine->interrupted, memory_order_relaxed) &&
	    atomic_exchange(&engine->interrupted, false)) {
		fail(e, INTERRUPTED, "interrupted");
		return STEP_FAILED;
	}
	if (statement->refused) {
		engine_fail(engine, statement->refused, e);
		return STEP_FAILED;
	}
	code = engine_step(engine, statement->handle);
	if (code == SQLITE_ROW)
		return STEP_ROW;
	if (code == SQLITE_DONE)
		return STEP_DONE;
	if ((code & 0xff) == SQLITE_INTERRUPT)
		atomic_store(&engine->interrupted, false);
	engine_fail(engine, code, e);
	return STEP_FAILED;
}

enum status statement_finish(struct statement *statement, struct error *e)
{
	enum step step;

	do
		step = statement_step(statement, e);
	while (step == STEP_ROW);
	return step == STEP_DONE ? OK : e->status;
}

int statement_columns(const struct statement *statement)
{
	return sqlite3_column_count(statement->handle);
}

const char *statement_column_name(const struct statement *statement, int column)
{
	return sqlite3_column_name(statement->handle, column);
}

const char *statement_column_type(const struct statement *statement, int column)
{
	return sqlite3_column_decltype(statement->handle, column);
}

const char *statement_column_table(const struct statement *statement,
				   int column)
{
	return sqlite3_column_table_name(statement->handle, column);
}

int statement_parameters(const struct statement *statement)
{
	return sqlite3_bind_parameter_count(statement->handle);
}

const char *statement_parameter_name(const struct statement *statement,
				     int number)
{
	return sqlite3_bind_parameter_name(statement->handle, number);
}

bool statement_writes(const struct statement *statement)
{
	return !sqlite3_stmt_readonly(statement->handle);
}

/* Into the caller's storage: a copy would cost as much as the reading. */
static inline void read_value(sqlite3_value *cell, struct value *out)
{
	switch (sqlite3_value_type(cell)) {
	case SQLITE_INTEGER:
		out->kind = VALUE_INTEGER;
		out->integer = sqlite3_value_int64(cell);
		return;
	case SQLITE_FLOAT:
		out->kind = VALUE_REAL;
		out->real = sqlite3_value_double(cell);
		return;
	case SQLITE_TEXT:
		out->kind = VALUE_TEXT;
		out->data = (const char *)sqlite3_value_text(cell);
		break;
	case SQLITE_BLOB:
		out->kind = VALUE_BLOB;
		out->data = sqlite3_value_blob(cell);
		break;
	default:
		*out = value_null();
		return;
	}
	out->length = (size_t)sqlite3_value_bytes(cell);
}

struct value engine_value(sqlite3_value *cell)
{
	struct value value;

	read_value(cell, &value);
	return value;
}

void statement_values(struct statement *statement, size_t first, size_t count,
		      struct value *out)
{
	/* Only this thread uses the connection, so the value needs no mutex;
	   each sqlite3_column_… would lock it. */
	for (size_t i = 0; i < count; i++)
		read_value(sqlite3_column_value(statement->handle,
						(int)(first + i)),
			   &out[i]);
}

struct value statement_value(struct statement *statement, int column)
{
	struct value value;

	statement_values(statement, (size_t)column, 1, &value);
	return value;
}

struct value statement_copy(struct statement *statement, int column,
			    struct arena *arena)
{
	return value_copy(statement_value(statement, column), arena);
}

const char *statement_text(struct statement *statement, int column,
			   struct arena *arena)
{
	const unsigned char *text = sqlite3_column_text(statement->handle,
							column);

	return text ? arena_copy(arena, (const char *)text) : NULL;
}

const char *statement_text_or_empty(struct statement *statement, int column,
				    struct arena *arena)
{
	const char *text = statement_text(statement, column, arena);

	return text ? text : "";
}

int64_t statement_integer(struct statement *statement, int column)
{
	return sqlite3_column_int64(statement->handle, column);
}

/* The values must outlive its use. */
static enum status prepare_bound(struct engine *engine, const char *sql,
				 const struct value *values, int nvalues,
				 struct statement **out, struct error *e)
{
	enum status status = engine_prepare(engine, sql, out, e);

	if (status != OK)
		return status;
	assert(*out);
	for (int i = 0; i < nvalues; i++)
		statement_lend(*out, i + 1, values[i]);
	return OK;
}

enum status engine_run(struct engine *engine, const char *sql,
		       const struct value *values, int nvalues, struct error *e)
{
	STATEMENT(statement);

	return prepare_bound(engine, sql, values, nvalues, &statement, e) == OK
		       ? statement_finish(statement, e)
		       : e->status;
}

enum status engine_exec(struct engine *engine, const char *sql, struct error *e)
{
	return engine_run(engine, sql, NULL, 0, e);
}

enum status engine_query_one(struct engine *engine, const char *sql,
			     const struct value *values, int nvalues,
			     struct arena *arena, struct value *out,
			     struct error *e)
{
	STATEMENT(statement);

	*out = value_null();
	if (prepare_bound(engine, sql, values, nvalues, &statement, e) != OK)
		return e->status;
	switch (statement_step(statement, e)) {
	case STEP_ROW:
		*out = statement_copy(statement, 0, arena);
		return OK;
	case STEP_DONE:
		return OK;
	case STEP_FAILED:
		break;
	}
	return e->status;
}

bool engine_was_rolled_back(const struct engine *engine)
{
	return sqlite3_get_autocommit(engine->db);
}

int64_t engine_changes(const struct engine *engine)
{
	return sqlite3_changes64(engine->db);
}

int64_t engine_last_key(const struct engine *engine)
{
	return sqlite3_last_insert_rowid(engine->db);
}
