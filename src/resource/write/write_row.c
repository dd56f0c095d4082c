#include "resource/key/key.h"
#include "resource/model/column.h"
#include "resource/write/writing.h"

/* Whether a column is written: generated ones are not, a given value must only
   equal the result. */
static bool is_written(const struct writing *writing, size_t i)
{
	const struct table *table = writing->resource->table;

	return writing->given[i] &&
	       (i == table->ncolumns || !table->columns[i].generated);
}

static const char *written_name(const struct writing *writing, size_t i)
{
	const struct table *table = writing->resource->table;

	return i == table->ncolumns
		       ? writing->resource->rowid
		       : sql_name(writing->call->arena, table->columns[i].name);
}

/*
 * What RETURNING is to give: the row, and the key that finds it.  SQLite's
 * RETURNING shows values as they were bound, before affinities and triggers
 * have changed them, and until 3.41 a rowid as a real where the table's first
 * column is one; an expression does not suffer from that.
 */
static void add_returning(const struct writing *writing, struct buffer *sql)
{
	const struct resource *resource = writing->resource;
	const struct table *table = resource->table;
	struct arena *arena = writing->call->arena;

	buffer_printf(sql, " RETURNING %s", resource->select);
	if (rowid_of(resource))
		buffer_printf(sql, ", coalesce(%s, NULL)", rowid_of(resource));
	for (size_t i = 0; i < table->nkey; i++)
		buffer_printf(
			sql, ", coalesce(%s, NULL)",
			sql_name(arena, table->columns[table->key[i]].name));
}

/* RETURNING is not for virtual tables (sqlite.org/lang_returning.html). */
static bool can_return(const struct writing *writing)
{
	return writing->resource->table->kind != TABLE_VIRTUAL;
}

/* The row that was just written, where RETURNING could not give it. */
static enum status select_again(struct writing *writing,
				const struct row_key *key,
				struct statement **out, struct error *e)
{
	const struct resource *resource = writing->resource;
	struct arena *arena = writing->call->arena;

	statement_release(*out);
	*out = NULL;
	if (engine_prepare(writing->call->context->engine,
			   arena_printf(arena, "SELECT %s FROM %s WHERE %s",
					resource->select,
					sql_name(arena, resource->table->name),
					key ? resource->key_where
					    : "rowid = last_insert_rowid()"),
			   out, e) != OK)
		return e->status;
	if (key)
		key_bind(*out, key, 1);
	return statement_step(*out, e) == STEP_FAILED ? e->status : OK;
}

static enum status run_write(struct writing *writing, const char *sql,
			     const struct row_key *key, struct statement **out,
			     struct error *e)
{
	const struct resource *resource = writing->resource;
	struct engine *engine = writing->call->context->engine;
	int number = 1;

	if (engine_prepare(engine, sql, out, e) != OK)
		return e->status;
	for (size_t i = 0; i < writing->count; i++)
		if (is_written(writing, i))
			statement_bind(*out, number++, writing->values[i]);
	if (key)
		key_bind(*out, key, number);
	switch (statement_step(*out, e)) {
	case STEP_ROW:
		return OK;
	case STEP_DONE:
		if (!can_return(writing))
			return select_again(writing, key, out, e);
		return fail(e, CONFLICT,
			    "a trigger or conflict clause kept "
			    "%s from being written",
			    resource->name);
	case STEP_FAILED:
		break;
	}
	return refuse_write(writing, key, e);
}

/*
 * Reads the stored row by the key from RETURNING.  If there is none (a trigger
 * deleted it), *row is unchanged.
 */
static enum status read_again(struct writing *writing, struct statement **again,
			      struct statement **row, struct error *e)
{
	const struct resource *resource = writing->resource;
	int keys = (int)(key_count(resource) + (resource->handle ? 1 : 0));
	int first = statement_columns(*row) - keys;

	if (!keys || first < (int)resource->ncolumns || first < 1)
		return OK;
	if (engine_prepare(writing->call->context->engine, resource->select_one,
			   again, e) != OK)
		return e->status;
	for (int i = 0; i < keys; i++)
		statement_bind(*again, i + 1, statement_value(*row, first + i));
	switch (statement_step(*again, e)) {
	case STEP_ROW:
		*row = *again;
		return OK;
	case STEP_DONE:
		return OK;
	case STEP_FAILED:
		break;
	}
	return e->status;
}

/*
 * To its end, though its row is known: a full-text index that a trigger feeds
 * is only written there, and SQLite refuses to do it in a reset.
 */
static enum status end_write(struct statement *statement, struct error *e)
{
	enum step step;

	do
		step = statement_step(statement, e);
	while (step == STEP_ROW);
	return step == STEP_DONE ? OK : e->status;
}

/* Emits the stored row; given values of computed columns must equal it. */
static enum status emit_written(struct writing *writing,
				struct statement *written, struct error *e)
{
	const struct resource *resource = writing->resource;
	const struct table *table = resource->table;
	struct statement *statement = written;
	STATEMENT(again);

	if (read_again(writing, &again, &statement, e) != OK)
		return e->status;
	for (size_t i = 0; i < resource->ncolumns; i++) {
		const char *name = resource->columns[i].name;
		const struct column *column = table_find_column(table, name);
		size_t at;

		if (!column || !column->generated)
			continue;
		at = column_position(table, column);
		if (writing->given[at] &&
		    !value_equal(writing->values[at],
				 statement_value(statement, (int)i)))
			problem_add(e, "frozen_field", name,
				    "Field is computed");
	}
	if (error_from_problems(e) != OK)
		return e->status;
	if (row_emit(writing->call, resource, statement,
		     row_new(writing->call, resource), e) != OK)
		return e->status;
	return end_write(written, e);
}

static const char *plain_insert_sql(const struct writing *writing)
{
	const struct table *table = writing->resource->table;
	struct arena *arena = writing->call->arena;
	int number = 0;
	BUFFER(sql);

	buffer_printf(&sql, "INSERT INTO %s ", sql_name(arena, table->name));
	for (size_t i = 0; i < writing->count; i++)
		if (is_written(writing, i))
			buffer_printf(&sql, "%s%s", number++ ? ", " : "(",
				      written_name(writing, i));
	buffer_text(&sql, number ? ") VALUES (" : "DEFAULT VALUES");
	for (int i = 1; i <= number; i++)
		buffer_printf(&sql, "%s$%d", i > 1 ? ", " : "", i);
	buffer_text(&sql, number ? ")" : "");
	return arena_copy(arena, sql.data);
}

static const char *insert_sql(const struct writing *writing)
{
	BUFFER(sql);

	buffer_text(&sql, plain_insert_sql(writing));
	if (can_return(writing))
		add_returning(writing, &sql);
	return arena_copy(writing->call->arena, sql.data);
}

void insertion_clear(struct insertion *insertion)
{
	if (insertion->statement)
		statement_release(insertion->statement);
	insertion->statement = NULL;
}

static enum status prepare_insertion(struct insertion *insertion,
				     const struct writing *writing,
				     struct error *e)
{
	const char *sql;
	const size_t size = writing->count * sizeof(*insertion->given);

	if (insertion->statement &&
	    memcmp(insertion->given, writing->given, size) == 0)
		return OK;
	insertion_clear(insertion);
	memcpy(insertion->given, writing->given, size);
	sql = plain_insert_sql(writing);
	/* Virtual tables have no such clause. */
	if (insertion->skips && can_return(writing))
		sql = arena_printf(writing->call->arena,
				   "%s ON CONFLICT DO NOTHING", sql);
	return engine_prepare(writing->call->context->engine, sql,
			      &insertion->statement, e);
}

enum status insertion_run(struct insertion *insertion, struct writing *writing,
			  bool *written, struct error *e)
{
	struct engine *engine = writing->call->context->engine;
	struct statement *statement;
	int number = 1;
	enum step step;

	if (prepare_insertion(insertion, writing, e) != OK)
		return e->status;
	statement = insertion->statement;
	for (size_t i = 0; i < writing->count; i++)
		if (is_written(writing, i))
			statement_bind(statement, number++, writing->values[i]);
	step = statement_step(statement, e);
	statement_reset(statement);
	if (step == STEP_FAILED)
		return e->status;
	*written = engine_changes(engine) > 0;
	return OK;
}

enum status writing_insert(struct writing *writing, struct error *e)
{
	STATEMENT(statement);

	if (run_write(writing, insert_sql(writing), NULL, &statement, e) !=
		    OK ||
	    writing_check_deferred(writing, NULL, e) != OK)
		return e->status;
	return emit_written(writing, statement, e);
}

static const char *update_sql(const struct writing *writing)
{
	const struct resource *resource = writing->resource;
	const char *table = sql_name(writing->call->arena,
				     resource->table->name);
	struct arena *arena = writing->call->arena;
	int number = 0;
	BUFFER(sql);

	buffer_printf(&sql, "UPDATE %s SET ", table);
	for (size_t i = 0; i < writing->count; i++) {
		if (!is_written(writing, i))
			continue;
		number++;
		buffer_printf(&sql, "%s%s = $%d", number > 1 ? ", " : "",
			      written_name(writing, i), number);
	}
	/* Without changes the row is only shown. */
	if (!number)
		return resource->select_one;
	buffer_printf(&sql, " WHERE %s",
		      key_where(resource, number + 1, arena));
	if (can_return(writing))
		add_returning(writing, &sql);
	return arena_copy(arena, sql.data);
}

enum status writing_update(struct writing *writing, const struct row_key *key,
			   struct error *e)
{
	STATEMENT(statement);

	if (run_write(writing, update_sql(writing), key, &statement, e) != OK ||
	    writing_check_deferred(writing, key, e) != OK)
		return e->status;
	return emit_written(writing, statement, e);
}
