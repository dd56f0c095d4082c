#include "undo/undo.h"

#include <inttypes.h>
#include <string.h>

#include "undo/log.h"
#include "util/number.h"

enum { LIMIT = 1 << 20 }; /* bytes of a command's changes that are kept */

/* What was done, even if nothing can be kept of it. */
static enum status keep_entry(struct call *call, const struct changeset *set,
			      struct error *e)
{
	const struct undo_entry entry = { .command = call->context->command,
					  .set = *set };

	if (!set->length && !set->reason)
		return OK;
	return undo_log_add(call->context->engine, &entry, call->arena, e);
}

enum status undo_keep(struct call *call, engine_work *work, struct error *e)
{
	struct engine *engine = call->context->engine;
	const bool bulk = call->operation->flags & OPERATION_BULK;
	struct changes *changes = NULL;
	struct changeset set = { .reason = "it imported a file",
				 .rows = -changes_total(engine) };

	if (call->operation->flags & OPERATION_UNDOES)
		return work(engine, call, e);
	if (!bulk && changes_begin(engine, LIMIT, &changes, e) != OK)
		return e->status;
	if (work(engine, call, e) != OK) {
		if (changes)
			changes_drop(changes);
		return e->status;
	}
	if (bulk)
		set.rows += changes_total(engine);
	else if (changes_end(changes, call->arena, &set, e) != OK)
		return e->status;
	return keep_entry(call, &set, e);
}

enum { ID, AT, COMMAND, ROWS, STATE, TEXT, NCOLUMNS };

static const struct output_column columns[] = {
	[ID] = { .name = "id",
		 .type = TYPE_INTEGER,
		 .summary = "larger for a later command" },
	[AT] = { .name = "at",
		 .type = TYPE_DATETIME,
		 .summary = "when the command ran, in UTC" },
	[COMMAND] = { .name = "command",
		      .type = TYPE_TEXT,
		      .summary = "the command" },
	[ROWS] = { .name = "rows",
		   .type = TYPE_INTEGER,
		   .summary = "rows that it changed" },
	[STATE] = { .name = "state",
		    .type = TYPE_TEXT,
		    .summary = "done, undone, or why it cannot be undone" },
	[TEXT] = { .name = "text", .type = TYPE_TEXT, .flags = COLUMN_TEXT },
};

/* "2 rows", with what was typed before it. */
static const char *describe_entry(const struct undo_entry *entry,
				  struct arena *arena)
{
	return arena_printf(arena, "%s (%" PRId64 " row%s)", entry->command,
			    entry->set.rows, entry->set.rows == 1 ? "" : "s");
}

static enum status write_entry(struct call *call,
			       const struct undo_entry *entry,
			       const char *state, const char *text,
			       struct error *e)
{
	const struct value row[NCOLUMNS] = {
		[ID] = value_integer(entry->id),
		[AT] = value_text(entry->at),
		[COMMAND] = value_text(entry->command),
		[ROWS] = value_integer(entry->set.rows),
		[STATE] = value_text(state),
		[TEXT] = value_text(text),
	};

	return call_row(call, row, e);
}

static enum status refuse_entry(const struct undo_entry *entry,
				const char *reason, struct error *e)
{
	fail(e, CONFLICT, "\"%s\" cannot be undone: %s", entry->command,
	     reason);
	error_hint(e, "taskmgr undo --list shows what can");
	return CONFLICT;
}

/* Takes an entry back, or does it again. */
static enum status run_entry(struct call *call, const struct undo_entry *entry,
			     bool back, struct error *e)
{
	struct engine *engine = call->context->engine;
	int64_t fingerprint;

	if (entry->set.reason)
		return refuse_entry(entry, entry->set.reason, e);
	if (changes_fingerprint(engine, &entry->set, &fingerprint, e) != OK)
		return e->status;
	if (fingerprint != entry->set.fingerprint)
		return refuse_entry(entry, "its tables were changed since", e);
	/* First, as it has the reason if nothing can be written. */
	if (undo_log_mark(engine, entry->id, back, e) != OK)
		return e->status;
	if (changes_apply(engine, &entry->set, back, e) != OK)
		error_prefix(e, "%s", entry->command);
	return e->status;
}

static enum status read_count(const struct call *call, int64_t *out,
			      struct error *e)
{
	const char *text = call_text(call, "count");

	*out = 1;
	if (text &&
	    (parse_integer(text, strlen(text), out) != PARSED || *out < 1))
		return fail(e, USAGE, "N must be a whole number from 1, not %s",
			    text);
	return OK;
}

static enum status refuse_count(size_t n, const char *word, struct error *e)
{
	if (!n)
		return fail(e, NOT_FOUND, "nothing can be %s", word);
	return fail(e, NOT_FOUND, "only %zu command%s can be %s", n,
		    n == 1 ? "" : "s", word);
}

static enum status run_entries(struct call *call, bool back, struct error *e)
{
	const char *did = back ? "Undone" : "Done again";
	struct undo_entry *entries = NULL;
	int64_t count;
	size_t n = 0;

	if (read_count(call, &count, e) != OK ||
	    undo_log_read(call->context->engine, !back, count, true,
			  call->arena, &entries, &n, e) != OK)
		return e->status;
	if (n < (size_t)count)
		return refuse_count(n, back ? "undone" : "done again", e);
	for (size_t i = 0; i < n; i++) {
		const char *text = arena_printf(
			call->arena, "%s: %s", did,
			describe_entry(&entries[i], call->arena));

		if (run_entry(call, &entries[i], back, e) != OK ||
		    write_entry(call, &entries[i], back ? "undone" : "done",
				text, e) != OK)
			return e->status;
	}
	return OK;
}

/* The newest first, those that were undone before the others. */
static enum status list_entries(struct call *call, bool undone, struct error *e)
{
	struct undo_entry *entries = NULL;
	size_t n = 0;

	if (undo_log_read(call->context->engine, undone, INT64_MAX, false,
			  call->arena, &entries, &n, e) != OK)
		return e->status;
	for (size_t i = 0; i < n; i++) {
		const struct undo_entry *entry =
			&entries[undone ? n - 1 - i : i];
		const char *state = entry->set.reason ? entry->set.reason
				    : undone          ? "undone"
						      : "done";
		const char *text = arena_printf(
			call->arena, "%s  %s: %s", entry->at,
			describe_entry(entry, call->arena), state);

		if (write_entry(call, entry, state, text, e) != OK)
			return e->status;
	}
	return OK;
}

static enum status run_undo(struct call *call, struct error *e)
{
	if (!call_flag(call, "list"))
		return run_entries(call, true, e);
	return list_entries(call, true, e) == OK ? list_entries(call, false, e)
						 : e->status;
}

static enum status run_redo(struct call *call, struct error *e)
{
	return run_entries(call, false, e);
}

/* The tables are laid out by hand. */
/* clang-format off */

#define COUNT_PARAMETER \
	{ .name = "count", .metavar = "N", .summary = "how many commands", \
	  .role = PARAMETER_ARGUMENT, .type = TYPE_INTEGER, \
	  .default_text = "1" }

static const struct parameter undo_parameters[] = {
	COUNT_PARAMETER,
	{ .name = "list", .summary = "list the commands instead",
	  .role = PARAMETER_OPTION, .type = TYPE_BOOLEAN },
};

static const struct parameter redo_parameters[] = {
	COUNT_PARAMETER,
};

#define COLUMNS .columns = columns, .ncolumns = NCOLUMNS

static const struct operation operations[] = {
	{ .noun = "undo", .verb = "",
	  .summary = "Undo what the last commands changed",
	  .example = "undo", .parameters = undo_parameters, .nparameters = 2,
	  COLUMNS, .flags = OPERATION_WRITES | OPERATION_READS |
			    OPERATION_UNDOES | OPERATION_READS_LIST,
	  .run = run_undo },
	{ .noun = "redo", .verb = "",
	  .summary = "Do again what was undone",
	  .example = "redo", .parameters = redo_parameters, .nparameters = 1,
	  COLUMNS, .flags = OPERATION_WRITES | OPERATION_UNDOES,
	  .run = run_redo },
};

/* clang-format on */

const struct operation *undo_operations(size_t *count)
{
	*count = sizeof(operations) / sizeof(*operations);
	return operations;
}
