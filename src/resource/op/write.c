#include "resource/filter/related.h"
#include "resource/key/key.h"
#include "resource/model/column.h"
#include "resource/op/inside.h"
#include "resource/op/selection.h"
#include "resource/write/writing.h"
#include "util/clock.h"

enum { DATE_LENGTH = 10 }; /* YYYY-MM-DD */

void writing_init(struct writing *writing, struct call *call,
		  const struct fields *record, bool update)
{
	const struct resource *resource = call->operation->subject;
	size_t count = resource->table->ncolumns + (resource->rowid ? 1 : 0);

	*writing = (struct writing){
		.call = call,
		.resource = resource,
		.record = record,
		.values = arena_array(call->arena, count, sizeof(struct value)),
		.given = arena_array(call->arena, count, sizeof(bool)),
		.count = count,
		.update = update,
	};
}

/* A time in the form that the column's type has. */
static struct value time_of(const struct column *column, int64_t now,
			    struct arena *arena)
{
	const char *text;

	if (column->type == TYPE_INTEGER)
		return value_integer(now / 1000000);
	text = clock_text(arena, now);
	return column->type == TYPE_DATE ? value_bytes(text, DATE_LENGTH)
					 : value_text(text);
}

/* @created and @updated. */
static void fill_times(struct writing *writing)
{
	const struct table *table = writing->resource->table;
	int64_t now = 0; /* asked for once, and only where a column has it */

	for (size_t i = 0; i < table->ncolumns; i++) {
		const struct column *column = &table->columns[i];
		bool fill = column->annotations.updated ||
			    (column->annotations.created && !writing->update);

		if (!fill || (writing->given[i] && !writing->update))
			continue;
		now = now ? now : clock_now();
		writing->given[i] = true;
		writing->values[i] = time_of(column, now, writing->call->arena);
	}
}

enum status writing_prepare(struct writing *writing, struct error *e)
{
	if (writing_take(writing, e) != OK)
		return e->status;
	fill_times(writing);
	return writing_slug(writing, e);
}

/* What the records of a call share. */
struct creating {
	struct call *call;
	struct insertion *insertion;
	struct promises *promises;
};

/* Which of the nested records it was. */
static enum status name_nested(const struct nested *nested, size_t item,
			       struct error *e)
{
	const char *field = nested->parameter->name;

	if (e->status != INVALID && e->status != CONFLICT &&
	    e->status != NOT_FOUND)
		return e->status;
	if (!e->nproblems)
		error_prefix(e, "%s[%zu]", field, item);
	for (size_t i = 0; i < e->nproblems; i++) {
		const struct nesting outermost = { .field = field,
						   .item = (long)item };

		e->problems[i].within = nesting_copy(e->problems[i].within,
						     &outermost, e->arena);
	}
	return e->status;
}

static enum status create_one(const struct creating *creating,
			      const struct fields *record, size_t position,
			      struct error *e);

/* Sets the fields by which a nested record references the one around it. */
static void set_outer(const struct nested *nested, struct fields *record,
		      const struct reference *reference,
		      const struct writing *outer, struct error *e)
{
	const struct operation *operation = *nested->parameter->nested;
	const struct table *table = outer->resource->table;

	for (size_t i = 0; i < reference->ncolumns; i++) {
		const char *name = nested->parameter->fields[i];
		const struct value value = outer->stored[column_position(
			table, reference->to_columns[i])];
		int field = operation_find_field(operation, name, strlen(name));

		if (field < 0)
			continue;
		if (record->given[field] &&
		    !value_equal(record->values[field], value))
			problem_add(e, "body", "value_error", name,
				    "contradicts the record around it");
		record->given[field] = true;
		record->values[field] = value;
	}
}

static enum status create_nested(const struct creating *creating,
				 const struct nested *nested,
				 const struct writing *outer, struct error *e)
{
	struct call call = *creating->call;
	struct related part;
	struct arguments arguments = *call.arguments;

	call.operation = *nested->parameter->nested;
	call.silent = true;
	/* References must exist by now. */
	arguments.many = false;
	call.arguments = &arguments;
	INSERTION(insertion, &call, .returns = true);
	const struct creating inner = { .call = &call,
					.insertion = &insertion };
	if (!related_find(outer->resource, nested->parameter->name, call.arena,
			  &part))
		return OK;
	for (size_t i = 0; i < nested->count; i++) {
		struct fields *record = &nested->records[i];

		set_outer(nested, record, part.reference, outer, e);
		if (error_from_problems(e) != OK ||
		    create_one(&inner, record, 0, e) != OK)
			return name_nested(nested, i, e);
	}
	return OK;
}

static enum status create_one(const struct creating *creating,
			      const struct fields *record, size_t position,
			      struct error *e)
{
	struct call *call = creating->call;
	struct writing writing;

	writing_init(&writing, call, record, false);
	writing.promises = creating->promises;
	writing.position = (long)position;
	if (writing_prepare(&writing, e) != OK)
		return e->status;
	/* A single record's promises have been checked. */
	if (!call->arguments->many)
		writing.promises = NULL;
	if (record->nnested)
		writing.stored = arena_array(call->arena, writing.count,
					     sizeof(struct value));
	if (writing_insert(&writing, creating->insertion, e) != OK)
		return e->status;
	for (size_t i = 0; i < record->nnested; i++)
		if (create_nested(creating, &record->nested[i], &writing, e) !=
		    OK)
			return e->status;
	return OK;
}

/* Which of several records it was, if one is to blame. */
static enum status name_record(size_t position, struct error *e)
{
	if (e->status != INVALID && e->status != CONFLICT &&
	    e->status != NOT_FOUND)
		return e->status;
	error_prefix(e, "record %zu", position + 1);
	for (size_t i = 0; i < e->nproblems; i++)
		e->problems[i].record = (long)position;
	return e->status;
}

/* Begins many writes, with an arena that is rewound after each.  The rows to be
   shown go to the call's own. */
static void begin_each(struct call *call, struct arena *each)
{
	engine_set_bulk(call->context->engine, true);
	call->keep = call->arena;
	call->arena = each;
}

static void end_each(struct call *call)
{
	engine_set_bulk(call->context->engine, false);
	call->arena = call->keep;
	call->keep = NULL;
}

/*
 * Records that are read one by one: memory for one of them, the promises and
 * the rows to be shown apart.  After a bad one the others are only looked at.
 */
static enum status create_from(const struct creating *creating, struct error *e)
{
	struct call *call = creating->call;
	const struct arguments *arguments = call->arguments;
	struct fields *record = arguments->records;
	enum status status = OK;
	ARENA(arena);

	begin_each(call, &arena);
	for (size_t i = 0; status == OK && !error_is_full(e); i++) {
		const struct arena_mark mark = arena_mark(&arena);

		if (i && !arguments_next(arguments, &arena, &record, e))
			break;
		if (!e->nproblems)
			status = create_one(creating, record, i, e);
		if (status != OK)
			status = name_record(i, e);
		arena_rewind(&arena, mark);
	}
	end_each(call);
	return status == OK ? error_from_problems(e) : status;
}

enum status resource_create(struct call *call, struct error *e)
{
	const struct arguments *arguments = call->arguments;
	struct promises promises = {
		.arena = call->arena,
		.position = "record",
	};
	INSERTION(insertion, call, .returns = true);
	const struct creating creating = {
		.call = call,
		.insertion = &insertion,
		.promises = &promises,
	};

	if (!arguments->many) {
		call_mark_single(call);
		return create_one(&creating, arguments->records, 0, e);
	}
	/* Records may refer to later ones of the same table. */
	if (engine_defer_foreign_keys(call->context->engine, e) != OK)
		return e->status;
	if (arguments->intake && arguments->nrecords &&
	    create_from(&creating, e) != OK)
		return e->status;
	for (size_t i = 0; !arguments->intake && i < arguments->nrecords; i++)
		if (create_one(&creating, &arguments->records[i], i, e) != OK)
			return name_record(i, e);
	if (promises_check(call, &promises, e) != OK)
		return e->status;
	return promises_check_deferred(call, &promises, e);
}

/* Whether a column must not change once its row exists. */
static bool is_frozen(const struct resource *resource,
		      const struct column *column)
{
	return column->key || column == resource->slug ||
	       column->annotations.immutable || column->annotations.readonly;
}

static enum status read_old(struct writing *writing, const char *column,
			    const struct row_key *key, struct value *out,
			    struct error *e)
{
	const struct resource *resource = writing->resource;
	struct arena *arena = writing->call->arena;

	return engine_query_one(
		writing->call->context->engine,
		arena_printf(arena, "SELECT %s FROM %s WHERE %s", column,
			     sql_name(arena, resource->table->name),
			     resource->key_where),
		key->values, (int)key->count, arena, out, e);
}

/*
 * Fields that may not change are accepted if they equal the stored values, so
 * that a shown row can be sent back.
 */
static enum status check_frozen(struct writing *writing,
				const struct row_key *key, struct error *e)
{
	const struct resource *resource = writing->resource;
	const struct table *table = resource->table;

	for (size_t i = 0; i < writing->count; i++) {
		const struct column *column = i < table->ncolumns
						      ? &table->columns[i]
						      : NULL;
		const char *name = column ? column->name : resource->rowid;
		struct value old;

		if (!writing->given[i] ||
		    (column && !is_frozen(resource, column)))
			continue;
		if (read_old(writing,
			     column ? sql_name(writing->call->arena, name)
				    : name,
			     key, &old, e) != OK)
			return e->status;
		writing->given[i] = false;
		if (!value_equal(old, writing->values[i]))
			problem_add(e, "body", "frozen_field", name,
				    "Field is frozen");
	}
	return error_from_problems(e);
}

enum status writing_change(struct writing *writing, const struct row_key *key,
			   struct error *e)
{
	if (writing_take(writing, e) != OK ||
	    check_frozen(writing, key, e) != OK)
		return e->status;
	fill_times(writing);
	return writing_update(writing, key, e);
}

static enum status refuse_list(struct error *e)
{
	problem_add(e, "body", "model_attributes_type", NULL,
		    "Input should be a valid dictionary or object to extract "
		    "fields from")
		->hint = "update takes one record, not a list";
	return error_from_problems(e);
}

/* Changes the rows one after the other, with memory for one of them. */
static enum status change_each(struct call *call,
			       const struct selection *selection,
			       struct error *e)
{
	const struct resource *resource = call->operation->subject;
	enum status status = OK;
	ARENA(arena);

	begin_each(call, &arena);
	for (size_t i = 0; status == OK && i < selection->count; i++) {
		const struct arena_mark mark = arena_mark(&arena);
		const struct row_key *key = &selection->keys[i];
		struct writing writing;

		writing_init(&writing, call, call->arguments->records, true);
		status = writing_change(&writing, key, e);
		if (status != OK)
			error_prefix(e, "%s %s", resource->name,
				     key_text(key, call->keep));
		arena_rewind(&arena, mark);
	}
	end_each(call);
	return status;
}

static bool changes_something(const struct call *call)
{
	const struct fields *record = call->arguments->records;

	for (size_t i = 0; i < call->operation->nparameters; i++)
		if (record->given[i])
			return true;
	return false;
}

/* An empty record changes nothing in a row that is named; but rows that were
   not named are not only shown. */
static enum status select_rows(struct call *call, struct selection *out,
			       struct error *e)
{
	if (changes_something(call) || (call->arguments->records->said &&
					!selection_is_filtered(call)))
		return selection_take(call, out, e);
	fail(e, USAGE, "no field is given");
	return error_hint(e, "set one with --set FIELD=VALUE");
}

static enum status update_selected(struct call *call, struct error *e)
{
	struct selection selection;

	if (select_rows(call, &selection, e) != OK ||
	    change_each(call, &selection, e) != OK)
		return e->status;
	call->affected = (int64_t)selection.count;
	call_note(call, "Updated %s", selection_text(call, &selection));
	return OK;
}

enum status resource_update_question(struct call *call, const char **out,
				     struct error *e)
{
	struct selection selection;
	BUFFER(text);

	if (!selection_is_filtered(call))
		return OK;
	if (call->arguments->many)
		return refuse_list(e);
	if (select_rows(call, &selection, e) != OK || !selection.count)
		return e->status;
	buffer_printf(&text, "Update %s", selection_text(call, &selection));
	selection_add_captions(call, &selection, &text);
	buffer_byte(&text, '?');
	call->asked = (int64_t)selection.count;
	*out = arena_copy(call->arena, text.data);
	return OK;
}

enum status resource_update(struct call *call, struct error *e)
{
	const struct arguments *arguments = call->arguments;
	struct selection selection;
	struct writing writing;

	if (arguments->many)
		return refuse_list(e);
	if (selection_is_filtered(call))
		return update_selected(call, e);
	writing_init(&writing, call, arguments->records, true);
	if (select_rows(call, &selection, e) != OK)
		return e->status;
	call_mark_single(call);
	return writing_change(&writing, selection.keys, e);
}
