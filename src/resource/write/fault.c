#include <string.h>
#include <strings.h>

#include "resource/key/key.h"
#include "resource/model/column.h"
#include "resource/write/writing.h"

/* The column of "users.username"; NULL if the table has no such column. */
static const struct column *fault_column(const struct table *table,
					 const char *name)
{
	size_t length = strlen(table->name);

	if (strncmp(name, table->name, length) != 0 || name[length] != '.')
		return NULL;
	return table_find_column(table, name + length + 1);
}

static enum status refuse_check(const struct resource *resource,
				const char *name, struct error *e)
{
	const struct table *table = resource->table;
	const char *text = name;

	for (size_t i = 0; i < table->nchecks; i++)
		if (table->checks[i].name &&
		    strcasecmp(table->checks[i].name, name) == 0)
			text = arena_printf(e->arena, "%s (%s)", name,
					    table->checks[i].sql);
	error_init(e, e->arena);
	problem_add(e, "body", "value_error", NULL,
		    arena_printf(e->arena, "CHECK failed: %s", text));
	return error_from_problems(e);
}

static enum status refuse_field(const struct resource *resource,
				const char *name, const char *type,
				const char *message, struct error *e)
{
	const struct column *column = fault_column(resource->table, name);

	error_init(e, e->arena);
	if (column)
		problem_add(e, "body", type, column->name, message);
	else
		problem_add(e, "body", "value_error", NULL, name);
	return error_from_problems(e);
}

/*
 * The row as it would have been stored: given values, else stored ones or
 * defaults.  NULL if it cannot be computed.
 */
static struct value *refused_row(const struct writing *writing,
				 const struct row_key *key, struct arena *arena)
{
	const struct resource *resource = writing->resource;
	const struct table *table = resource->table;
	struct value *row = arena_array(arena, table->ncolumns, sizeof(*row));
	int number = key ? (int)key->count : 0;
	struct error ignored;
	STATEMENT(statement);
	BUFFER(all);
	BUFFER(plain);

	for (size_t i = 0; i < table->ncolumns; i++) {
		const struct column *column = &table->columns[i];
		const char *name = sql_name(arena, column->name);

		buffer_text(&all, i ? ", " : "SELECT ");
		if (column->generated) {
			buffer_printf(&all, "(%s)", column->generated_sql);
			continue;
		}
		buffer_text(&all, name);
		buffer_text(&plain, plain.length ? ", " : "SELECT ");
		if (writing->given[i])
			buffer_printf(&plain, "$%d AS %s", ++number, name);
		else if (key)
			buffer_text(&plain, name);
		else
			buffer_printf(&plain, "(%s) AS %s",
				      column->default_sql ? column->default_sql
							  : "NULL",
				      name);
	}
	if (key)
		buffer_printf(&plain, " FROM %s WHERE %s",
			      sql_name(arena, table->name),
			      resource->key_where);
	buffer_printf(&all, " FROM (%s) AS refused", plain.data);
	error_init(&ignored, arena);
	if (engine_prepare(writing->call->context->engine, all.data, &statement,
			   &ignored) != OK)
		return NULL;
	number = key ? (int)key->count : 0;
	if (key)
		key_bind(statement, key, 1);
	for (size_t i = 0; i < table->ncolumns; i++)
		if (writing->given[i] && !table->columns[i].generated)
			statement_bind(statement, ++number, writing->values[i]);
	if (statement_step(statement, &ignored) != STEP_ROW)
		return NULL;
	for (size_t i = 0; i < table->ncolumns; i++)
		row[i] = statement_copy(statement, (int)i, arena);
	return row;
}

bool writing_conflicts(const struct writing *writing, struct row_key *holder)
{
	struct fault fault = engine_fault(writing->call->context->engine);
	struct arena *arena = writing->call->arena;
	const struct value *row;
	const char *name;

	if (fault.kind != FAULT_UNIQUE)
		return false;
	name = arena_copy(arena, fault.name);
	row = refused_row(writing, NULL, arena);
	return row && find_unique_holder(writing, row, name, holder);
}

enum status refuse_write(const struct writing *writing,
			 const struct row_key *key, struct error *e)
{
	const struct resource *resource = writing->resource;
	struct fault fault = engine_fault(writing->call->context->engine);
	const char *name = arena_copy(e->arena, fault.name ? fault.name : "");
	const struct value *row;

	if (e->status != CONFLICT && e->status != INVALID)
		return e->status;
	switch (fault.kind) {
	case FAULT_NONE:
		break;
	case FAULT_UNIQUE:
	case FAULT_FOREIGN_KEY:
		row = refused_row(writing, key, e->arena);
		if (!row)
			break;
		return fault.kind == FAULT_UNIQUE
			       ? refuse_unique(writing, row, name, e)
			       : refuse_reference(writing, key, row, e);
	case FAULT_CHECK:
		return refuse_check(resource, name, e);
	case FAULT_NOT_NULL:
		return refuse_field(resource, name, "missing", "Field required",
				    e);
	case FAULT_TYPE:
	case FAULT_OTHER:
		return refuse_field(resource, name, "value_error", "", e);
	}
	return e->status;
}

/* How many records that wait for others are looked at, if one is missing. */
enum { PROMISES_KEPT = 10000 };

static const struct writing *keep_writing(const struct writing *writing,
					  struct arena *arena)
{
	struct writing *copy = arena_alloc(arena, sizeof(*copy));
	const size_t n = writing->count;

	*copy = *writing;
	copy->values = arena_array(arena, n, sizeof(*copy->values));
	copy->given = arena_array(arena, n, sizeof(*copy->given));
	for (size_t i = 0; i < n; i++) {
		copy->values[i] = value_copy(writing->values[i], arena);
		copy->given[i] = writing->given[i];
	}
	return copy;
}

enum status writing_check_deferred(const struct writing *writing,
				   const struct row_key *key, struct error *e)
{
	struct engine *engine = writing->call->context->engine;
	struct promises *promises = writing->promises;

	if (engine_check_deferred(engine, e) == OK)
		return OK;
	if (!promises)
		return refuse_write(writing, key, e);
	if (promises->nrecords < PROMISES_KEPT)
		*LIST_ADD(promises->arena, promises->records,
			  promises->nrecords) = keep_writing(writing,
							     promises->arena);
	error_init(e, e->arena);
	return OK;
}

enum status promises_check_deferred(struct call *call,
				    const struct promises *promises,
				    struct error *e)
{
	if (engine_check_deferred(call->context->engine, e) == OK)
		return OK;
	for (size_t i = 0; i < promises->nrecords; i++) {
		const struct writing *writing = promises->records[i];
		const struct value *row = refused_row(writing, NULL, e->arena);

		if (!row || !refuse_missing(writing, row, e))
			continue;
		error_prefix(e, "%s %ld", promises->position,
			     writing->position + 1);
		return CONFLICT;
	}
	return refuse_broken(e);
}
