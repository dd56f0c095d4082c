#include "resource/key/key.h"
#include "resource/op/import_reject.h"
#include "resource/op/inside.h"
#include "resource/write/writing.h"
#include "util/clock.h"

enum { LOOK_EVERY = 256 }; /* records between looks at the clock */

struct importing {
	struct call *call; /* whose arena serves one record */
	struct import *import;
	struct rejects *rejects;
	struct insertion *insertion;
	struct insertion *checked; /* of rows with computed columns to check */
	struct promises *promises; /* NULL: no row can refer to a later one */
	enum on_conflict on_conflict;
	bool computed; /* the table has computed columns */
	bool ended;    /* a failed record cannot be left out */
	int64_t records, inserted, updated, skipped;
	struct pace pace;
};

static enum on_conflict conflict_of(const struct call *call)
{
	const char *word = call_text(call, "on_conflict");
	enum on_conflict found = CONFLICT_UPDATE;

	while (found && (!word || strcmp(conflict_names[found], word) != 0))
		found--;
	return found;
}

/* Finds a computed column, whose value must equal the one in the record. */
static bool says_computed(const struct writing *writing)
{
	const struct table *table = writing->resource->table;

	for (size_t i = 0; i < table->ncolumns; i++)
		if (table->columns[i].generated && writing->given[i])
			return true;
	return false;
}

static enum status insert(struct importing *importing, struct writing *writing,
			  struct error *e)
{
	bool written = true;

	if (importing->computed && says_computed(writing)) {
		if (writing_insert(writing, importing->checked, e) != OK)
			return e->status;
	} else if (insertion_run(importing->insertion, writing, &written, e) !=
		   OK) {
		return e->status;
	}
	importing->inserted += written;
	importing->skipped += !written;
	return OK;
}

/* Updates the row that has a unique value of the record. */
static enum status update(struct importing *importing,
			  const struct row_key *key, struct error *e)
{
	struct writing writing;

	error_init(e, e->arena);
	writing_init(&writing, importing->call, importing->import->record,
		     true);
	writing.position = (long)importing->import->number - 1;
	writing.promises = importing->promises;
	if (writing_change(&writing, key, e) == OK)
		importing->updated++;
	return e->status;
}

/* An existing row that has no reference to resolve cannot be left out. */
static enum status settle(struct importing *importing,
			  const struct writing *writing, struct error *e)
{
	if (writing_check_deferred(writing, NULL, e) == OK)
		return OK;
	importing->ended = true;
	error_prefix(e, "%s %ld",
		     import_has_lines(importing->import) ? "line" : "record",
		     writing->position + 1);
	return e->status;
}

static enum status write_record(struct importing *importing, struct error *e)
{
	struct writing writing;
	struct row_key holder;

	writing_init(&writing, importing->call, importing->import->record,
		     false);
	writing.position = (long)importing->import->number - 1;
	writing.promises = importing->promises;
	if (writing_prepare(&writing, e) != OK)
		return e->status;
	if (insert(importing, &writing, e) == OK)
		return settle(importing, &writing, e);
	if (importing->on_conflict == CONFLICT_REJECT) {
		importing->rejects->taken +=
			engine_fault(importing->call->context->engine).kind ==
			FAULT_UNIQUE;
		return refuse_write(&writing, NULL, e);
	}
	if (!writing_conflicts(&writing, &holder))
		return refuse_write(&writing, NULL, e);
	if (importing->on_conflict == CONFLICT_UPDATE)
		return update(importing, &holder, e);
	error_init(e, e->arena);
	importing->skipped++;
	return OK;
}

/* Whether the failure concerns only this record. */
static bool is_refusal(const struct importing *importing,
		       const struct error *failure)
{
	return !importing->ended &&
	       (failure->status == INVALID || failure->status == CONFLICT ||
		failure->status == NOT_FOUND) &&
	       !engine_was_rolled_back(importing->call->context->engine);
}

static void take_over(struct error *e, const struct error *failure)
{
	struct arena *arena = e->arena;

	*e = *failure;
	e->arena = arena;
	e->message = arena_copy(arena, failure->message);
	e->reason = arena_copy(arena, failure->reason);
	e->hint = arena_copy(arena, failure->hint);
	e->suggestion = e->detail = NULL;
}

static void show_progress(struct importing *importing)
{
	const struct context *context = importing->call->context;
	const struct feed *feed = importing->call->feed;
	struct arena *arena = importing->call->arena;
	const struct arena_mark mark = arena_mark(arena);
	const char *line;
	int64_t spent;

	if (!pace_is_due(&importing->pace, &spent))
		return;
	line = arena_printf(arena, "%lld records, %lld a second",
			    (long long)importing->records,
			    (long long)(importing->records * 1000000 / spent));
	if (feed->size && feed_position(feed))
		line = arena_printf(arena, "%s, %s", line,
				    pace_text((double)feed_position(feed) /
						      (double)feed->size,
					      spent, arena));
	context->progress(context->door, line);
	arena_rewind(arena, mark);
}

/*
 * Imports one record; false at the end, or with e if nothing more can be read.
 */
static bool take_record(struct importing *importing, struct error *e)
{
	struct arena *arena = importing->call->arena;
	const struct arena_mark mark = arena_mark(arena);
	struct error failure;
	bool more = true;

	error_init(&failure, arena);
	switch (import_next(importing->import, arena, &failure)) {
	case IMPORT_RECORD:
		if (write_record(importing, &failure) != OK &&
		    !is_refusal(importing, &failure))
			more = false;
		break;
	case IMPORT_BROKEN:
		importing->rejects->broken = true;
		failure.status = INVALID;
		break;
	case IMPORT_BAD:
		failure.status = INVALID;
		break;
	case IMPORT_END:
		return false;
	case IMPORT_FAILED:
		more = false;
		break;
	}
	if (!more)
		take_over(e, &failure);
	else if (failure.status != OK)
		more = rejects_add(importing->rejects, importing->import,
				   &failure, e) == OK &&
		       !importing->rejects->broken &&
		       !rejects_are_full(importing->rejects);
	arena_rewind(arena, mark);
	importing->records++;
	return more;
}

static enum status read_all(struct importing *importing, struct error *e)
{
	const struct context *context = importing->call->context;

	pace_begin(&importing->pace);
	engine_set_bulk(context->engine, true);
	while (take_record(importing, e))
		if (context->progress && importing->records % LOOK_EVERY == 0)
			show_progress(importing);
	engine_set_bulk(context->engine, false);
	if (importing->pace.shown && context->progress)
		context->progress(context->door, NULL);
	return e->status;
}

static enum status emit_counts(const struct importing *importing,
			       struct call *call, struct error *e)
{
	const struct value values[] = {
		value_text(arena_printf(
			call->arena,
			"inserted %lld, updated %lld, skipped %lld, rejected "
			"%lld",
			(long long)importing->inserted,
			(long long)importing->updated,
			(long long)importing->skipped,
			(long long)importing->rejects->count)),
		value_integer(importing->inserted),
		value_integer(importing->updated),
		value_integer(importing->skipped),
		value_integer(importing->rejects->count),
		rejects_pack(importing->rejects, call),
	};

	call_mark_single(call);
	return call_row(call, values, e);
}

static bool refers_to_itself(const struct resource *resource)
{
	for (size_t i = 0; i < resource->nreferences; i++)
		if (resource->references[i].to == resource)
			return true;
	return false;
}

static bool has_computed(const struct table *table)
{
	for (size_t i = 0; i < table->ncolumns; i++)
		if (table->columns[i].generated)
			return true;
	return false;
}

enum status resource_import(struct call *call, struct error *e)
{
	const struct resource *resource = call->operation->subject;
	struct arguments arguments = *call->arguments;
	struct call inner = *call;
	struct promises promises = {
		.arena = call->arena,
		.position = "record",
	};
	const bool itself = refers_to_itself(resource);
	ARENA(arena);
	IMPORT(import);
	REJECTS(rejects);
	INSERTION(insertion, call, .skips = conflict_of(call) == CONFLICT_SKIP);
	INSERTION(checked, call, .returns = true);
	struct importing importing = {
		.call = &inner,
		.import = &import,
		.rejects = &rejects,
		.insertion = &insertion,
		.checked = &checked,
		.promises = itself ? &promises : NULL,
		.on_conflict = conflict_of(call),
		.computed = has_computed(resource->table),
	};

	/* An older file of rejects stays if this one cannot be read. */
	if (import_open(&import, call, e) != OK ||
	    rejects_open(&rejects, &import, call, e) != OK ||
	    (itself &&
	     engine_defer_foreign_keys(call->context->engine, e) != OK))
		return e->status;
	if (import.note)
		call_note(call, "%s", import.note);
	if (import_has_lines(&import))
		promises.position = "line";
	arguments.many = true;
	inner.arguments = &arguments;
	inner.arena = &arena;
	inner.silent = true;
	if (read_all(&importing, e) != OK ||
	    rejects_judge(&rejects, call, e) != OK ||
	    promises_check(call, &promises, e) != OK ||
	    promises_check_deferred(call, &promises, e) != OK)
		return e->status;
	return emit_counts(&importing, call, e);
}
