#include "resource/key/key.h"
#include "resource/model/column.h"
#include "resource/write/writing.h"
#include "schema/text/token.h"

/* Whether a column is written: generated ones are not, a given value must only
   equal the result. */
static bool is_written(const struct writing *writing, size_t i)
{
	const struct table *table = writing->resource->table;

	return writing->given[i] &&
	       (i == table->ncolumns || !table->columns[i].generated);
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

	buffer_printf(sql, " RETURNING %s", resource->select);
	if (rowid_of(resource))
		buffer_printf(sql, ", coalesce(%s, NULL)", rowid_of(resource));
	for (size_t i = 0; i < table->nkey; i++)
		buffer_printf(sql, ", coalesce(%s, NULL)",
			      resource->quoted[table->key[i]]);
}

/* RETURNING is not for virtual tables (sqlite.org/lang_returning.html). */
static bool can_return(const struct writing *writing)
{
	return writing->resource->table->kind != TABLE_VIRTUAL;
}

/* Whether the key of a new row is the engine's number for it.  A trigger may
   delete the row, which only RETURNING has then. */
static bool knows_key(const struct writing *writing)
{
	const struct resource *resource = writing->resource;
	const struct table *table = resource->table;

	return table->kind == TABLE_ORDINARY && !table->ntriggers &&
	       (resource->rowid || table_rowid_column(table));
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

static enum step step_write(const struct writing *writing,
			    const struct row_key *key,
			    struct statement *statement, struct error *e)
{
	int number = 1;

	for (size_t i = 0; i < writing->count; i++)
		if (is_written(writing, i))
			statement_lend(statement, number++, writing->values[i]);
	if (key)
		key_bind(statement, key, number);
	return statement_step(statement, e);
}

/* No statement has failed, so an earlier fault must not explain this. */
static enum status fail_kept_out(const struct writing *writing, struct error *e)
{
	engine_clear_fault(writing->call->context->engine);
	return fail(e, CONFLICT,
		    "a trigger or conflict clause kept %s from being written",
		    writing->resource->name);
}

/* Runs the prepared *out, and leaves there what has the row. */
static enum status run_write(struct writing *writing, const struct row_key *key,
			     struct statement **out, struct error *e)
{
	switch (step_write(writing, key, *out, e)) {
	case STEP_ROW:
		return OK;
	case STEP_DONE:
		return can_return(writing) ? fail_kept_out(writing, e)
					   : select_again(writing, key, out, e);
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
	if (!*again && engine_prepare(writing->call->context->engine,
				      resource->select_one, again, e) != OK)
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

/* Whether given is the computed value; or spells it, as CSV does for a column
   without a type. */
static bool is_computed(struct value given, struct value computed,
			struct arena *arena)
{
	const struct parameter number = { .type = TYPE_NUMERIC };

	if (value_equal(given, computed))
		return true;
	return given.kind == VALUE_TEXT &&
	       (computed.kind == VALUE_INTEGER ||
		computed.kind == VALUE_REAL) &&
	       !parameter_value(&number,
				arena_copy_n(arena, given.data, given.length),
				arena, &given) &&
	       value_equal(given, computed);
}

/* A given value of a computed column must be what was computed. */
static void check_computed(const struct writing *writing, size_t at,
			   struct statement *statement, struct error *e)
{
	const struct resource *resource = writing->resource;
	const char *name = resource->table->columns[at].name;

	for (size_t i = 0; i < resource->ncolumns; i++)
		if (name_equal(resource->columns[i].name, name) &&
		    !is_computed(writing->values[at],
				 statement_value(statement, (int)i),
				 writing->call->arena))
			problem_add(e, "body", "frozen_field", name,
				    "Field is computed");
}

/* Keeps the shown columns of the row for those that will reference it. */
static void keep_row(struct writing *writing, struct statement *statement)
{
	const struct resource *resource = writing->resource;
	const struct table *table = resource->table;

	for (size_t i = 0; i < resource->ncolumns; i++) {
		const struct column *column = table_find_column(
			table, resource->columns[i].name);

		if (column)
			writing->stored[column_position(table, column)] =
				statement_copy(statement, (int)i,
					       writing->call->arena);
	}
}

/* Emits the statement's row. */
static enum status emit_row(struct writing *writing,
			    struct statement *statement, struct error *e)
{
	const struct resource *resource = writing->resource;
	const struct table *table = resource->table;

	for (size_t i = 0; i < table->ncolumns; i++)
		if (table->columns[i].generated && writing->given[i])
			check_computed(writing, i, statement, e);
	if (error_from_problems(e) != OK)
		return e->status;
	if (writing->stored)
		keep_row(writing, statement);
	return row_emit(writing->call, resource, statement, resource->ncolumns,
			arena_array(writing->call->arena, resource->ncolumns,
				    sizeof(struct value)),
			e);
}

/* Emits the row that written returned, as the statement *again reads it. */
static enum status emit_written(struct writing *writing,
				struct statement *written,
				struct statement **again, struct error *e)
{
	struct statement *statement = written;

	if (read_again(writing, again, &statement, e) != OK ||
	    emit_row(writing, statement, e) != OK)
		return e->status;
	/* A full-text index that a trigger feeds is only written at the end, and
	   SQLite refuses to do it in a reset. */
	return statement_finish(written, e);
}

static void add_insert(const struct writing *writing, struct buffer *sql)
{
	const struct resource *resource = writing->resource;
	size_t number = 0;

	buffer_text(sql, "INSERT INTO ");
	buffer_text(sql, sql_name(writing->call->arena, resource->table->name));
	for (size_t i = 0; i < writing->count; i++) {
		if (!is_written(writing, i))
			continue;
		buffer_text(sql, number++ ? ", " : " (");
		buffer_text(sql, resource->quoted[i]);
	}
	buffer_text(sql, number ? ") VALUES (" : " DEFAULT VALUES");
	for (size_t i = 1; i <= number; i++) {
		buffer_text(sql, i > 1 ? ", $" : "$");
		buffer_number(sql, i);
	}
	buffer_text(sql, number ? ")" : "");
}

bool *insertion_columns(const struct call *call)
{
	const struct resource *resource = call->operation->subject;

	return arena_array(call->arena, resource->table->ncolumns + 1,
			   sizeof(bool));
}

void insertion_clear(struct insertion *insertion)
{
	if (insertion->statement)
		statement_release(insertion->statement);
	if (insertion->again)
		statement_release(insertion->again);
	insertion->statement = insertion->again = NULL;
}

static enum status prepare_insertion(struct insertion *insertion,
				     const struct writing *writing,
				     struct error *e)
{
	const size_t size = writing->count * sizeof(*insertion->given);
	BUFFER(sql);

	if (insertion->statement &&
	    memcmp(insertion->given, writing->given, size) == 0)
		return OK;
	insertion_clear(insertion);
	memcpy(insertion->given, writing->given, size);
	add_insert(writing, &sql);
	/* Virtual tables have no such clauses. */
	if (insertion->skips && can_return(writing))
		buffer_text(&sql, " ON CONFLICT DO NOTHING");
	if (insertion->returns && can_return(writing) && !knows_key(writing))
		add_returning(writing, &sql);
	return engine_prepare(writing->call->context->engine, sql.data,
			      &insertion->statement, e);
}

static void insertion_reset(struct insertion *insertion)
{
	statement_reset(insertion->statement);
	if (insertion->again)
		statement_reset(insertion->again);
}

enum status insertion_run(struct insertion *insertion, struct writing *writing,
			  bool *written, struct error *e)
{
	struct engine *engine = writing->call->context->engine;
	enum step step;

	if (prepare_insertion(insertion, writing, e) != OK)
		return e->status;
	step = step_write(writing, NULL, insertion->statement, e);
	statement_reset(insertion->statement);
	if (step == STEP_FAILED)
		return e->status;
	*written = engine_changes(engine) > 0;
	return *written || insertion->skips ? OK : fail_kept_out(writing, e);
}

/*
 * Without RETURNING, which has SQLite make a table in memory for each row: in a
 * batch that is a third of the time.
 */
static enum status insert_by_key(struct writing *writing,
				 struct insertion *insertion, struct error *e)
{
	struct engine *engine = writing->call->context->engine;

	if (step_write(writing, NULL, insertion->statement, e) == STEP_FAILED)
		return refuse_write(writing, NULL, e);
	if (!engine_changes(engine))
		return fail_kept_out(writing, e);
	if (writing_check_deferred(writing, NULL, e) != OK ||
	    (!insertion->again &&
	     engine_prepare(engine, writing->resource->select_one,
			    &insertion->again, e) != OK))
		return e->status;
	statement_bind(insertion->again, 1,
		       value_integer(engine_last_key(engine)));
	switch (statement_step(insertion->again, e)) {
	case STEP_ROW:
		return emit_row(writing, insertion->again, e);
	case STEP_DONE:
		return fail_kept_out(writing, e);
	case STEP_FAILED:
		break;
	}
	return e->status;
}

static enum status insert_row(struct writing *writing,
			      struct insertion *insertion, struct error *e)
{
	if (knows_key(writing))
		return insert_by_key(writing, insertion, e);
	if (run_write(writing, NULL, &insertion->statement, e) != OK ||
	    writing_check_deferred(writing, NULL, e) != OK)
		return e->status;
	return emit_written(writing, insertion->statement, &insertion->again,
			    e);
}

enum status writing_insert(struct writing *writing, struct insertion *insertion,
			   struct error *e)
{
	enum status status;

	if (prepare_insertion(insertion, writing, e) != OK)
		return e->status;
	status = insert_row(writing, insertion, e);
	/* What has read the row is no longer the INSERT. */
	if (can_return(writing))
		insertion_reset(insertion);
	else
		insertion_clear(insertion);
	return status;
}

static const char *update_sql(const struct writing *writing)
{
	const struct resource *resource = writing->resource;
	const char *table = sql_name(writing->call->arena,
				     resource->table->name);
	struct arena *arena = writing->call->arena;
	size_t number = 0;
	BUFFER(sql);

	buffer_printf(&sql, "UPDATE %s SET ", table);
	for (size_t i = 0; i < writing->count; i++) {
		if (!is_written(writing, i))
			continue;
		buffer_text(&sql, number++ ? ", " : "");
		buffer_text(&sql, resource->quoted[i]);
		buffer_text(&sql, " = $");
		buffer_number(&sql, number);
	}
	/* Without changes the row is only shown. */
	if (!number)
		return resource->select_one;
	buffer_printf(&sql, " WHERE %s",
		      key_where(resource, (int)number + 1, arena));
	if (can_return(writing))
		add_returning(writing, &sql);
	return arena_copy(arena, sql.data);
}

enum status writing_update(struct writing *writing, const struct row_key *key,
			   struct error *e)
{
	STATEMENT(statement);
	STATEMENT(again);

	if (engine_prepare(writing->call->context->engine, update_sql(writing),
			   &statement, e) != OK ||
	    run_write(writing, key, &statement, e) != OK ||
	    writing_check_deferred(writing, key, e) != OK)
		return e->status;
	return emit_written(writing, statement, &again, e);
}
