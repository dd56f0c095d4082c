#include <assert.h>
#include <stdarg.h>
#include <string.h>

#include "operation/operation.h"
#include "util/text.h"

enum status call_columns(struct call *call, const struct output_column *columns,
			 size_t ncolumns, struct error *e)
{
	assert(call->operation->flags & OPERATION_COLUMNS && call->start);
	call->columns = columns;
	call->ncolumns = ncolumns;
	return call->start(call, e);
}

/* The number of values in a row. */
static size_t width_of(const struct call *call)
{
	return call->operation->flags & OPERATION_COLUMNS
		       ? call->ncolumns
		       : call->operation->ncolumns;
}

enum status call_row(struct call *call, const struct value *values,
		     struct error *e)
{
	size_t n = width_of(call);
	struct arena *arena = call->keep ? call->keep : call->arena;
	struct value *copy;

	if (call->silent)
		return OK;
	if (!call->holding)
		return writer_row(call->writer, values, e);
	if (call->spool)
		return spool_add(call->spool, values, n, e);
	if (call->quiet && call->nheld)
		return OK;
	copy = arena_array(arena, n, sizeof(*copy));
	for (size_t i = 0; i < n; i++)
		copy[i] = value_copy(values[i], arena);
	*LIST_ADD(arena, call->held, call->nheld) = copy;
	return OK;
}

void call_mark_single(struct call *call)
{
	call->one = true;
	if (!call->holding)
		writer_mark_single(call->writer);
}

void call_note(struct call *call, const char *format, ...)
{
	const char *line;
	va_list args;

	va_start(args, format);
	line = arena_vprintf(call->arena, format, args);
	va_end(args);
	if (call->holding)
		*LIST_ADD(call->arena, call->notes, call->nnotes) = line;
	else
		context_note(call->context, "%s", line);
}

static int argument_index(const struct call *call, const char *name)
{
	int i = operation_find_parameter(call->operation, name);

	assert(i >= 0);
	return i;
}

struct value call_value(const struct call *call, const char *name)
{
	int i = argument_index(call, name);

	return call->arguments->given[i] ? call->arguments->values[i]
					 : value_null();
}

bool call_flag(const struct call *call, const char *name)
{
	return call_value(call, name).integer;
}

const char *call_text(const struct call *call, const char *name)
{
	struct value value = call_value(call, name);

	return value.kind == VALUE_TEXT
		       ? arena_copy_n(call->arena, value.data, value.length)
		       : NULL;
}

const struct values *call_list(const struct call *call, const char *name)
{
	return &call->arguments->lists[argument_index(call, name)];
}

static bool in_query(const struct call *call)
{
	return strcmp(call->arguments->place, "query") == 0;
}

const char *call_spelling(const struct call *call, const char *name)
{
	const struct operation *operation = call->operation;
	int i = argument_index(call, name);

	return in_query(call) ? name
			      : parameter_spelling(&operation->parameters[i],
						   call->arena);
}

enum status call_refuse(const struct call *call, const char *name,
			const char *suggestion, struct error *e,
			const char *format, ...)
{
	const int i = argument_index(call, name);
	const struct values *list = &call->arguments->lists[i];
	struct value given = list->count ? list->items[0]
					 : call->arguments->values[i];
	struct problem *problem;
	const char *message;
	va_list args;
	BUFFER(input);

	va_start(args, format);
	message = arena_vprintf(e->arena, format, args);
	va_end(args);
	if (!in_query(call)) {
		fail(e, USAGE, "%s: %s", call_spelling(call, name), message);
		e->suggestion = suggestion;
		return USAGE;
	}
	if (given.kind == VALUE_TEXT)
		text_json(&input, given.data, given.length);
	error_init(e, e->arena);
	problem = problem_add(e, "query", "value_error",
			      arena_copy(e->arena, name), message);
	problem->input = arena_copy(e->arena, input.data);
	problem->suggestion = suggestion;
	return error_from_problems(e);
}

/* The engine may run it again, so rows of an earlier run are discarded. */
static enum status run_operation(struct engine *engine, void *data,
				 struct error *e)
{
	struct call *call = data;
	bool skip = false;

	(void)engine;
	call->nheld = 0;
	call->held = NULL;
	if (call->spool)
		spool_clear(call->spool);
	call->nnotes = 0;
	call->notes = NULL;
	call->one = false;
	if (call->before && call->before(call, &skip, e) != OK)
		return e->status;
	if (!skip && call->operation->run(call, e) != OK)
		return e->status;
	return call->after ? call->after(call, e) : OK;
}

/*
 * The same for a dry run: the operation's question describes the effect better
 * than its notes.
 */
static enum status run_dry(struct engine *engine, void *data, struct error *e)
{
	struct call *call = data;
	const char *question = NULL;

	if (call->operation->question &&
	    call->operation->question(call, &question, e) != OK)
		return e->status;
	if (run_operation(engine, data, e) != OK || !question)
		return e->status;
	call->nnotes = 0;
	call_note(call, "%s", question);
	return OK;
}

static void show_notes(const struct call *call)
{
	static const char dry_note[] = "(dry run: nothing was changed)";
	bool dry = call->context->flags & CONTEXT_DRY_RUN;

	for (size_t i = 0; i < call->nnotes; i++)
		context_note(call->context, "%s%s%s", call->notes[i],
			     dry ? " " : "", dry ? dry_note : "");
	if (dry && !call->nnotes)
		context_note(call->context, "%s", dry_note);
}

enum status call_write(struct call *call, struct error *e)
{
	if (call->one)
		writer_mark_single(call->writer);
	if (call->spool)
		return spool_write(call->spool, width_of(call), call->writer,
				   e);
	for (size_t i = 0; i < call->nheld; i++)
		if (writer_row(call->writer, call->held[i], e) != OK)
			return e->status;
	return OK;
}

static enum status write_result(struct call *call, struct error *e)
{
	call->holding = false;
	if (call_write(call, e) != OK)
		return e->status;
	show_notes(call);
	return OK;
}

static enum status run_kept(struct engine *engine, void *data, struct error *e)
{
	struct call *call = data;

	return call->context->keep_undo
		       ? call->context->keep_undo(call, run_operation, e)
		       : run_operation(engine, call, e);
}

static enum status run_write(struct call *call, struct error *e)
{
	struct context *context = call->context;
	enum status status;

	call->holding = true;
	status = context->flags & CONTEXT_DRY_RUN
			 ? engine_dry_run(context->engine, run_dry, call, e)
			 : engine_transaction(context->engine,
					      TRANSACTION_WRITE, run_kept, call,
					      e);
	if (status != OK)
		return status;
	call->changed = !(context->flags & CONTEXT_DRY_RUN);
	return write_result(call, e);
}

static enum status open_for_call(struct call *call, struct error *e)
{
	return call->operation->flags & OPERATION_NO_DATABASE
		       ? OK
		       : context_open(call->context, call->operation->flags, e);
}

enum status operation_run_group(struct call *const *calls,
				struct error *const *errors, size_t count,
				struct error *e)
{
	struct group_member *members;
	ARENA(arena);

	if (open_for_call(calls[0], e) != OK)
		return e->status;
	members = arena_array(&arena, count, sizeof(*members));
	for (size_t i = 0; i < count; i++) {
		assert(calls[i]->operation->flags & OPERATION_WRITES);
		calls[i]->holding = true;
		members[i] = (struct group_member){ run_operation, calls[i],
						    errors[i] };
	}
	if (engine_transaction_group(calls[0]->context->engine, members, count,
				     e) != OK)
		return e->status;
	for (size_t i = 0; i < count; i++)
		if (errors[i]->status == OK)
			show_notes(calls[i]);
	return OK;
}

const struct value *call_result(const struct call *call, const char *column)
{
	const struct operation *operation = call->operation;

	for (size_t i = 0; i < operation->ncolumns && call->nheld; i++)
		if (strcmp(operation->columns[i].name, column) == 0)
			return &call->held[0][i];
	return NULL;
}

static bool writes(const struct call *call)
{
	unsigned flags = call->operation->flags;

	if (flags & OPERATION_READS_LIST && call_flag(call, "list"))
		return false;
	return flags & OPERATION_WRITES ||
	       (flags & OPERATION_WRITES_ASKED && call_flag(call, "write"));
}

/* Operations that have no transaction of their own work on the whole file, or
   on another connection's view of it. */
static enum status check_transaction(const struct call *call, struct error *e)
{
	const struct context *context = call->context;

	if (!context->engine || !engine_in_transaction(context->engine) ||
	    call->operation->flags & (OPERATION_READS | OPERATION_WRITES))
		return OK;
	fail(e, USAGE, "this cannot be done within a transaction");
	error_hint(e, "first: commit, or rollback");
	return e->status;
}

enum status operation_run(struct call *call, struct error *e)
{
	if (check_transaction(call, e) != OK || open_for_call(call, e) != OK)
		return e->status;
	if (writes(call))
		return run_write(call, e);
	if (call->operation->flags & OPERATION_READS)
		return engine_transaction(call->context->engine,
					  TRANSACTION_READ, run_operation, call,
					  e);
	return call->operation->run(call, e);
}

enum status operation_shape(struct call *call, const char *wanted,
			    struct error *e)
{
	call->columns = call->operation->columns;
	call->ncolumns = call->operation->ncolumns;
	call->shape = NULL;
	return call->operation->shape ? call->operation->shape(call, wanted, e)
				      : OK;
}

enum status operation_question(struct call *call, const char **out,
			       struct error *e)
{
	*out = NULL;
	if (!(call->operation->flags & OPERATION_CONFIRM))
		return OK;
	if (open_for_call(call, e) != OK)
		return e->status;
	return call->operation->question(call, out, e);
}
