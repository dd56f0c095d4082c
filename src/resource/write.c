#include "resource/writing.h"

#include <string.h>

#include "util/clock.h"

static struct writing writing_new(struct call *call,
				  const struct resource *resource,
				  const struct fields *record, bool update)
{
	size_t n = resource->table->ncolumns;

	return (struct writing){
		.call = call,
		.resource = resource,
		.record = record,
		.values = arena_array(call->arena, n, sizeof(struct value)),
		.given = arena_array(call->arena, n, sizeof(bool)),
		.update = update,
	};
}

/* The value of the column that a reference leads to, for a key or a slug. */
static enum status follow(struct writing *writing,
			  const struct reference *reference,
			  struct value word, struct value *out,
			  struct error *e)
{
	struct arena *arena = writing->call->arena;
	struct engine *engine = writing->call->context->engine;
	const struct resource *to = reference->to;
	struct row_key key;

	if (key_find(engine, to, word, arena, &key, e) != OK)
		return e->status;
	return engine_query_one(
		engine,
		arena_printf(arena, "SELECT %s FROM %s WHERE %s",
			     sql_name(arena, reference->to_column->name),
			     sql_name(arena, to->table->name), to->key_where),
		key.values, (int)key.count, arena, out, e);
}

/* A reference by the column's own value must lead somewhere, too: the engine
   would refuse it, but can't say which. */
static enum status check_reference(struct writing *writing,
				   const struct reference *reference,
				   struct value value, struct error *e)
{
	struct arena *arena = writing->call->arena;
	const struct resource *to = reference->to;
	struct value found;

	if (engine_query_one(
		    writing->call->context->engine,
		    arena_printf(arena, "SELECT 1 FROM %s WHERE %s = $1",
				 sql_name(arena, to->table->name),
				 sql_name(arena, reference->to_column->name)),
		    &value, 1, arena, &found, e) != OK)
		return e->status;
	if (found.kind != VALUE_NULL)
		return OK;
	return fail(e, NOT_FOUND, "%s was not found (no %s %s)", to->title,
		    to->name, value_show(value, arena));
}

static enum status take_field(struct writing *writing,
			      const struct parameter *parameter,
			      struct value value, struct error *e)
{
	const struct table *table = writing->resource->table;
	const struct reference *reference = NULL;
	const struct column *column;
	size_t i;

	if (parameter->flags & PARAMETER_ALIAS) {
		for (i = 0; i < writing->resource->nreferences; i++) {
			reference = &writing->resource->references[i];
			if (reference->alias &&
			    strcmp(reference->alias, parameter->name) == 0)
				break;
		}
		i = reference->column;
	} else {
		column = table_find_column(table, parameter->name);
		i = column_position(table, column);
		reference = column_reference(writing->resource, i);
	}
	writing->given[i] = true;
	writing->values[i] = value;
	if (!reference || value.kind == VALUE_NULL)
		return OK;
	if (parameter->flags & PARAMETER_ALIAS || !reference->alias)
		return follow(writing, reference, value, &writing->values[i],
			      e);
	return check_reference(writing, reference, value, e);
}

static enum status take_fields(struct writing *writing, struct error *e)
{
	const struct operation *operation = writing->call->operation;

	for (size_t i = 0; i < operation->nparameters; i++) {
		const struct parameter *parameter = &operation->parameters[i];

		if (parameter->role == PARAMETER_FIELD &&
		    writing->record->given[i] &&
		    take_field(writing, parameter, writing->record->values[i],
			       e) != OK)
			return e->status;
	}
	return OK;
}

static void fill_times(struct writing *writing)
{
	const struct table *table = writing->resource->table;
	struct arena *arena = writing->call->arena;
	int64_t now = clock_now();
	const char *text = clock_text(arena, now);

	for (size_t i = 0; i < table->ncolumns; i++) {
		const struct column *column = &table->columns[i];
		bool fill = column->annotations.updated ||
			    (column->annotations.created && !writing->update);

		if (!fill || (writing->given[i] && !writing->update))
			continue;
		writing->given[i] = true;
		writing->values[i] =
			column->type == TYPE_INTEGER
				? value_integer(now / 1000000)
			: column->type == TYPE_DATE
				? value_text(arena_copy_n(arena, text, 10))
				: value_text(text);
	}
}

/* Columns that nobody may write: what was given of them must be what comes
   out. */
static bool is_written(const struct writing *writing, size_t i)
{
	return writing->given[i] &&
	       !writing->resource->table->columns[i].generated;
}

static enum status run_write(struct writing *writing, const char *sql,
			     const struct row_key *key,
			     struct statement **out, struct error *e)
{
	const struct resource *resource = writing->resource;
	struct engine *engine = writing->call->context->engine;
	int number = 1;

	if (engine_prepare(engine, sql, out, e) != OK)
		return e->status;
	for (size_t i = 0; i < resource->table->ncolumns; i++)
		if (is_written(writing, i))
			statement_bind(*out, number++, writing->values[i]);
	if (key)
		key_bind(*out, key, number);
	switch (statement_step(*out, e)) {
	case STEP_ROW:
		return OK;
	case STEP_DONE:
		return fail(e, CONFLICT, "a trigger kept %s from being "
			    "written", resource->name);
	case STEP_FAILED:
		break;
	}
	return refuse_fault(engine, resource, writing->values, e);
}

/* The row as it now is; computed columns that were given must agree. */
static enum status emit_written(struct writing *writing,
				struct statement *statement, struct error *e)
{
	const struct resource *resource = writing->resource;
	const struct table *table = resource->table;

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
	if (error_judge(e) != OK)
		return e->status;
	return row_emit(writing->call, resource, statement, e);
}

static const char *insert_sql(const struct writing *writing)
{
	const struct table *table = writing->resource->table;
	struct arena *arena = writing->call->arena;
	const char *comma = "";
	int number = 0;
	BUFFER(sql);

	buffer_printf(&sql, "INSERT INTO %s ", sql_name(arena, table->name));
	for (size_t i = 0; i < table->ncolumns; i++) {
		if (!is_written(writing, i))
			continue;
		buffer_printf(&sql, "%s%s", number++ ? ", " : "(",
			      sql_name(arena, table->columns[i].name));
	}
	buffer_text(&sql, number ? ") VALUES (" : "DEFAULT VALUES");
	for (int i = 1; i <= number; i++, comma = ", ")
		buffer_printf(&sql, "%s$%d", comma, i);
	if (number)
		buffer_text(&sql, ")");
	if (table->kind != TABLE_VIRTUAL)
		buffer_printf(&sql, " RETURNING %s",
			      writing->resource->select);
	return arena_copy(arena, sql.data);
}

/* RETURNING is not for virtual tables (sqlite.org/lang_returning.html). */
static enum status insert_virtual(struct writing *writing, struct error *e)
{
	const struct resource *resource = writing->resource;
	struct engine *engine = writing->call->context->engine;
	struct arena *arena = writing->call->arena;
	struct value *bound = arena_array(arena, resource->table->ncolumns,
					  sizeof(*bound));
	STATEMENT(statement);
	int number = 0;

	for (size_t i = 0; i < resource->table->ncolumns; i++)
		if (is_written(writing, i))
			bound[number++] = writing->values[i];
	if (engine_run(engine, insert_sql(writing), bound, number, e) != OK)
		return refuse_fault(engine, resource, writing->values, e);
	if (engine_prepare(engine,
			   arena_printf(arena, "SELECT %s FROM %s WHERE rowid "
					"= last_insert_rowid()",
					resource->select,
					sql_name(arena,
						 resource->table->name)),
			   &statement, e) != OK ||
	    statement_step(statement, e) == STEP_FAILED)
		return e->status;
	return emit_written(writing, statement, e);
}

static enum status create_one(struct call *call,
			      const struct resource *resource,
			      const struct fields *record, struct error *e)
{
	struct writing writing = writing_new(call, resource, record, false);
	STATEMENT(statement);

	if (take_fields(&writing, e) != OK)
		return e->status;
	fill_times(&writing);
	if (writing_slug(&writing, e) != OK)
		return e->status;
	if (resource->table->kind == TABLE_VIRTUAL)
		return insert_virtual(&writing, e);
	if (run_write(&writing, insert_sql(&writing), NULL, &statement, e) !=
	    OK)
		return e->status;
	return emit_written(&writing, statement, e);
}

enum status resource_create(struct call *call, struct error *e)
{
	const struct arguments *arguments = call->arguments;

	if (!arguments->many)
		call_one(call);
	for (size_t i = 0; i < arguments->nrecords; i++) {
		if (create_one(call, call->operation->subject,
			       &arguments->records[i], e) == OK)
			continue;
		if (!arguments->many)
			return e->status;
		error_prefix(e, "record %zu", i + 1);
		for (size_t k = 0; k < e->nproblems; k++)
			e->problems[k].record = (long)i;
		return e->status;
	}
	return OK;
}

/* Whether a column may change once the row is there. */
static bool is_frozen(const struct resource *resource,
		      const struct column *column)
{
	return column->key || column == resource->slug ||
	       column->annotations.immutable || column->annotations.readonly;
}

/*
 * Fields that may not change are accepted where they equal what is there, so
 * that what was shown can be sent back.
 */
static enum status drop_frozen(struct writing *writing,
			       const struct row_key *key, struct error *e)
{
	const struct resource *resource = writing->resource;
	const struct table *table = resource->table;
	struct arena *arena = writing->call->arena;

	for (size_t i = 0; i < table->ncolumns; i++) {
		const struct column *column = &table->columns[i];
		struct value old;

		if (!writing->given[i] || !is_frozen(resource, column))
			continue;
		if (engine_query_one(
			    writing->call->context->engine,
			    arena_printf(arena, "SELECT %s FROM %s WHERE %s",
					 sql_name(arena, column->name),
					 sql_name(arena, table->name),
					 resource->key_where),
			    key->values, (int)key->count, arena, &old, e) !=
		    OK)
			return e->status;
		writing->given[i] = false;
		if (!value_equal(old, writing->values[i]))
			problem_add(e, "frozen_field", column->name,
				    "Field is frozen");
	}
	return error_judge(e);
}

static const char *update_sql(const struct writing *writing)
{
	const struct resource *resource = writing->resource;
	const struct table *table = resource->table;
	struct arena *arena = writing->call->arena;
	int number = 0;
	BUFFER(sql);

	buffer_printf(&sql, "UPDATE %s SET ", sql_name(arena, table->name));
	for (size_t i = 0; i < table->ncolumns; i++) {
		if (!is_written(writing, i))
			continue;
		number++;
		buffer_printf(&sql, "%s%s = $%d", number > 1 ? ", " : "",
			      sql_name(arena, table->columns[i].name), number);
	}
	if (!number)
		return arena_printf(arena, "SELECT %s FROM %s WHERE %s",
				    resource->select,
				    sql_name(arena, table->name),
				    resource->key_where);
	buffer_printf(&sql, " WHERE %s RETURNING %s",
		      key_where(resource, number + 1, arena),
		      resource->select);
	return arena_copy(arena, sql.data);
}

enum status resource_update(struct call *call, struct error *e)
{
	const struct resource *resource = call->operation->subject;
	const struct arguments *arguments = call->arguments;
	struct writing writing = writing_new(call, resource,
					     &arguments->records[0], true);
	struct row_key key;
	STATEMENT(statement);

	if (arguments->many)
		return fail(e, INVALID, "update takes one record, not a list");
	if (key_find(call->context->engine, resource,
		     call_value(call, resource->key_name), call->arena, &key,
		     e) != OK ||
	    take_fields(&writing, e) != OK ||
	    drop_frozen(&writing, &key, e) != OK)
		return e->status;
	fill_times(&writing);
	call_one(call);
	if (run_write(&writing, update_sql(&writing), &key, &statement, e) !=
	    OK)
		return e->status;
	return emit_written(&writing, statement, e);
}
