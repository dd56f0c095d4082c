#include <string.h>

#include "resource/key/key.h"
#include "resource/model/column.h"
#include "resource/write/writing.h"

static enum status reference_exists(struct call *call,
				    const struct reference *reference,
				    struct value value, bool *does,
				    struct error *e)
{
	struct arena *arena = call->arena;
	struct value found;

	if (engine_query_one(
		    call->context->engine,
		    arena_printf(
			    arena, "SELECT 1 FROM %s WHERE %s = $1",
			    sql_name(arena, reference->to->table->name),
			    sql_name(arena, reference->to_columns[0]->name)),
		    &value, 1, arena, &found, e) != OK)
		return e->status;
	*does = found.kind != VALUE_NULL;
	return OK;
}

static enum status fail_no_row(const struct reference *reference,
			       struct value value, struct error *e)
{
	fail(e, NOT_FOUND, "%s was not found", reference->to->title);
	error_reason(e, "no %s %s", reference->to->name,
		     value_show(value, e->arena));
	return e->status;
}

/*
 * A foreign key's value may be that of an existing row, a row's name, or that
 * of a later record.  The engine would refuse it too, but without naming the
 * reference.
 */
static enum status check_reference(struct writing *writing,
				   const struct reference *reference,
				   struct value *value, struct error *e)
{
	struct promises *promises = writing->promises;
	bool does = false;

	if (reference_exists(writing->call, reference, *value, &does, e) !=
		    OK ||
	    does)
		return e->status;
	if (!reference->alias && value->kind == VALUE_TEXT) {
		struct error missing;

		error_init(&missing, e->arena);
		if (reference_follow(writing->call, reference, *value, value,
				     &missing) == OK)
			return OK;
		if (missing.status != NOT_FOUND || !promises ||
		    reference->to != writing->resource) {
			*e = missing;
			return e->status;
		}
	}
	if (!promises || reference->to != writing->resource)
		return fail_no_row(reference, *value, e);
	*LIST_ADD(promises->arena, promises->items,
		  promises->count) = (struct promise){
		.reference = reference,
		.value = value_copy(*value, promises->arena),
		.record = writing->position,
	};
	return OK;
}

enum status promises_check(struct call *call, const struct promises *promises,
			   struct error *e)
{
	for (size_t i = 0; i < promises->count; i++) {
		const struct promise *promise = &promises->items[i];
		bool does = false;

		if (reference_exists(call, promise->reference, promise->value,
				     &does, e) != OK)
			return e->status;
		if (does)
			continue;
		fail_no_row(promise->reference, promise->value, e);
		error_prefix(e, "%s %ld", promises->position,
			     promise->record + 1);
		return e->status;
	}
	return OK;
}

static const struct reference *alias_reference(const struct resource *resource,
					       const char *alias)
{
	for (size_t i = 0; i < resource->nreferences; i++) {
		const struct reference *reference = &resource->references[i];

		if (reference->alias && strcmp(reference->alias, alias) == 0)
			return reference;
	}
	return NULL;
}

/* user and user_id are the same field: both may only agree. */
static void set_value(struct writing *writing, size_t i, struct value value,
		      const char *said, struct error *e)
{
	const struct table *table = writing->resource->table;

	if (writing->given[i] && !value_equal(writing->values[i], value))
		problem_add(e, "body", "value_error", said,
			    arena_printf(e->arena, "contradicts %s",
					 table->columns[i].name));
	writing->given[i] = true;
	writing->values[i] = value;
}

/* A key or a unique text, for the columns of a reference. */
static enum status take_reference(struct writing *writing,
				  const struct reference *reference,
				  struct value word, const char *said,
				  struct error *e)
{
	struct value *values = arena_array(
		writing->call->arena, reference->ncolumns, sizeof(*values));

	if (word.kind != VALUE_NULL &&
	    reference_follow(writing->call, reference, word, values, e) != OK)
		return e->status;
	for (size_t i = 0; i < reference->ncolumns; i++)
		set_value(writing, reference->columns[i], values[i], said, e);
	return OK;
}

/* Fields come in the order of the columns: the next one is where *next is. */
static const struct column *find_column(const struct table *table,
					const char *name, size_t *next)
{
	const struct column *column = *next < table->ncolumns
					      ? &table->columns[*next]
					      : NULL;

	if (!column || strcmp(column->name, name) != 0)
		column = table_find_column(table, name);
	if (column)
		*next = column_position(table, column) + 1;
	return column;
}

static enum status take_field(struct writing *writing,
			      const struct parameter *parameter,
			      struct value value, size_t *next, struct error *e)
{
	const struct resource *resource = writing->resource;
	const struct table *table = resource->table;
	const struct column *column = find_column(table, parameter->name, next);
	const struct reference *reference;
	size_t i = table->ncolumns; /* the rowid */

	if (parameter->flags & PARAMETER_ALIAS)
		return take_reference(
			writing, alias_reference(resource, parameter->name),
			value, parameter->name, e);
	if (column)
		i = column_position(table, column);
	reference = column ? column_reference(resource, i) : NULL;
	if (reference && value.kind != VALUE_NULL &&
	    check_reference(writing, reference, &value, e) != OK)
		return e->status;
	set_value(writing, i, value, parameter->name, e);
	return OK;
}

/* A key that has not the parts of one is a problem of its field. */
static enum status refuse_key(const char *field, struct error *e)
{
	const char *message = e->message;

	error_init(e, e->arena);
	problem_add(e, "body", "value_error", field, message);
	return error_from_problems(e);
}

/* A single record may refer to itself, but to no later one. */
static enum status check_own_promises(const struct writing *writing,
				      struct error *e)
{
	const struct promises *promises = writing->promises;

	for (size_t i = 0; promises && i < promises->count; i++) {
		const struct promise *promise = &promises->items[i];
		size_t at = column_position(writing->resource->table,
					    promise->reference->to_columns[0]);

		if (!writing->given[at] ||
		    !value_equal(writing->values[at], promise->value))
			return fail_no_row(promise->reference, promise->value,
					   e);
	}
	return OK;
}

enum status writing_take(struct writing *writing, struct error *e)
{
	const struct operation *operation = writing->call->operation;
	size_t next = 0;

	for (size_t i = 0; i < operation->nparameters; i++) {
		const struct parameter *parameter = &operation->parameters[i];

		if (parameter->role != PARAMETER_FIELD ||
		    !writing->record->given[i] ||
		    take_field(writing, parameter, writing->record->values[i],
			       &next, e) == OK)
			continue;
		return e->status == USAGE ? refuse_key(parameter->name, e)
					  : e->status;
	}
	if (!writing->call->arguments->many &&
	    check_own_promises(writing, e) != OK)
		return e->status;
	return error_from_problems(e);
}
