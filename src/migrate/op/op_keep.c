/* db backup, restore, verify, vacuum. */
#include <errno.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "engine/files.h"
#include "migrate/op/operations.h"
#include "schema/model/read.h"
#include "util/buffer.h"
#include "util/clock.h"
#include "util/text.h"

/* "app.db.2026-11-22T11-07-02.backup", numbered from the second on. */
static const char *backup_name(const struct context *context, int number,
			       struct arena *arena)
{
	const char *path = engine_path(context->url, arena);
	char *time = arena_copy(arena, clock_text(arena, clock_now()));
	const char *name;

	for (char *c = time; *c; c++)
		if (*c == ' ' || *c == ':')
			*c = *c == ' ' ? 'T' : '-';
	name = arena_printf(arena, "%s.%s.backup", path ? path : "memory",
			    time);
	return number == 1 ? name : arena_printf(arena, "%s-%d", name, number);
}

/* Shows the progress of a copy. */
struct copy_view {
	const struct context *context;
	struct pace pace;
	struct arena *arena;
};

static void show_copied(void *data, int64_t done, int64_t all)
{
	struct copy_view *view = data;
	const struct context *context = view->context;
	const struct arena_mark mark = arena_mark(view->arena);
	int64_t spent;

	if (!done || !pace_is_due(&view->pace, &spent))
		return;
	context->progress(context->door,
			  arena_printf(view->arena, "copied %s",
				       pace_text((double)done / (double)all,
						 spent, view->arena)));
	arena_rewind(view->arena, mark);
}

/* Runs a backup or a restore, and shows its progress. */
static enum status copy_whole(const struct context *context, const char *file,
			      bool restore, struct error *e)
{
	struct copy_view view = { .context = context, .arena = e->arena };
	engine_copied *copied = context->progress ? show_copied : NULL;
	enum status status;

	pace_begin(&view.pace);
	status = restore ? engine_restore(context->engine, file, copied, &view,
					  e)
			 : engine_backup(context->engine, file, copied, &view,
					 e);
	if (view.pace.shown)
		context->progress(context->door, NULL);
	return status;
}

enum status keep_backup(const struct context *context, const char *given,
			const char **copy, struct error *e)
{
	bool named = given && *given;

	if (named && engine_owns_file(context->url, given))
		return fail(e, USAGE,
			    "%s is the database itself, or a file that SQLite "
			    "keeps beside it",
			    given);
	for (int number = 1;; number++) {
		const char *file = named ? given
					 : backup_name(context, number,
						       e->arena);

		if (!named && !access(file, F_OK))
			continue;
		if (!access(file, F_OK)) {
			fail(e, FAILED, "%s: %s", file, strerror(EEXIST));
			return error_hint(e, "a backup never overwrites a "
					     "file; choose another name");
		}
		if (context->flags & CONTEXT_DRY_RUN) {
			context_note(context, "Would write %s (dry run)", file);
			*copy = NULL;
			return OK;
		}
		if (copy_whole(context, file, false, e) == OK) {
			*copy = file;
			return OK;
		}
		/* Another process may have taken the name meanwhile. */
		if (named || access(file, F_OK))
			return e->status;
		error_init(e, e->arena);
	}
}

enum status db_backup(struct call *call, struct error *e)
{
	const char *copy = NULL;
	enum status status = keep_backup(call->context, call_text(call, "file"),
					 &copy, e);

	if (status != OK || !copy)
		return status;
	struct value values[] = { value_text(copy), value_text(copy) };
	call_mark_single(call);
	return call_row(call, values, e);
}

static enum status check_restore(struct call *call, struct error *e)
{
	const char *file = call_text(call, "file");

	if (!engine_exists(file))
		return fail(e, NOT_FOUND, "%s: file not found", file);
	if (engine_owns_file(call->context->url, file))
		return fail(e, USAGE, "%s is the database itself", file);
	return engine_check_backup(file, e);
}

enum status db_restore_question(struct call *call, const char **out,
				struct error *e)
{
	*out = NULL;
	if (check_restore(call, e) != OK)
		return e->status;
	if (engine_exists(call->context->url))
		*out = arena_printf(
			call->arena, "Replace all data in %s with %s?",
			call->context->url, call_text(call, "file"));
	return OK;
}

enum status db_restore(struct call *call, struct error *e)
{
	struct context *context = call->context;
	const char *file = call_text(call, "file");
	enum status status;

	if (check_restore(call, e) != OK)
		return e->status;
	if (context->flags & CONTEXT_DRY_RUN) {
		context_note(context, "Would restore %s (dry run)", file);
		return OK;
	}
	status = context_open(context, OPERATION_CREATES, e);
	if (status == OK && engine_is_read_only(context->engine))
		return fail(e, READONLY, "database %s cannot be written",
			    context->url);
	if (status == OK)
		status = copy_whole(context, file, true, e);
	if (status == OK)
		context_note(context, "Restored %s from %s", context->url,
			     file);
	return status;
}

/* The first few faults, and the number of all. */
struct faults {
	struct buffer *out;
	long long count;
};

static void add_fault(struct faults *faults, const char *text)
{
	enum { SHOWN = 20 };

	if (++faults->count == SHOWN + 1)
		buffer_text(faults->out, "\n    …");
	if (faults->count > SHOWN)
		return;
	buffer_text(faults->out, faults->count > 1 ? "\n    " : "    ");
	text_show(faults->out, text);
}

static enum status list_damage(struct call *call, struct faults *faults,
			       struct error *e)
{
	STATEMENT(rows);

	if (engine_verify(call->context->engine, &rows, e) != OK)
		return e->status;
	while (statement_next(rows, e)) {
		const char *text = statement_text(rows, 0, call->arena);

		if (!engine_is_false_alarm(call->context->engine, text))
			add_fault(faults, text);
	}
	return e->status;
}

/* A full-text index may read a dropped column; a missing module is not the
   database's fault. */
static void check_virtual(struct call *call, const char *table,
			  struct faults *faults)
{
	struct engine *engine = call->context->engine;
	struct value ignored;
	ERROR(failure, call->arena);

	if (engine_query_one(engine,
			     arena_printf(call->arena, "SELECT * FROM %s",
					  sql_name(call->arena, table)),
			     NULL, 0, call->arena, &ignored, &failure) != OK &&
	    !engine_missing_name(engine, failure.message, call->arena))
		add_fault(faults,
			  arena_printf(call->arena, "%s cannot be read: %s",
				       table, failure.message));
}

static enum status list_faults(struct call *call, struct faults *faults,
			       struct error *e)
{
	struct schema *schema;

	if (list_damage(call, faults, e) != OK ||
	    schema_read(call->context->engine, call->arena, &schema, e) != OK)
		return e->status;
	for (size_t i = 0; i < schema->ntables; i++)
		if (schema->tables[i].kind == TABLE_VIRTUAL)
			check_virtual(call, schema->tables[i].name, faults);
	return OK;
}

static void note_warning(struct call *call)
{
	const char *warning = engine_warning(call->arena);

	if (warning)
		call_note(call, "warning: %s", warning);
}

enum status db_verify(struct call *call, struct error *e)
{
	BUFFER(text);
	struct faults faults = { .out = &text };
	enum status status = list_faults(call, &faults, e);

	if (status != OK)
		return status;
	if (!faults.count) {
		struct value values[] = {
			value_null(),
			value_text(call->context->url),
			value_integer(true),
		};

		call_note(call, "%s is sound (%s %s).", call->context->url,
			  engine_dialect(call->context->engine),
			  engine_version());
		note_warning(call);
		call_mark_single(call);
		return call_row(call, values, e);
	}
	fail(e, FAILED, "%lld thing%s wrong with %s", faults.count,
	     faults.count == 1 ? " is" : "s are", call->context->url);
	e->detail = arena_copy(e->arena, text.data);
	return e->status;
}

static long long file_size(const struct call *call)
{
	const char *path = engine_path(call->context->url, call->arena);
	struct stat is;

	return path && !stat(path, &is) ? (long long)is.st_size : 0;
}

enum status db_vacuum(struct call *call, struct error *e)
{
	struct context *context = call->context;
	long long before;

	if (context->flags & CONTEXT_DRY_RUN) {
		context_note(context, "Would compact the file (dry run)");
		return OK;
	}
	before = file_size(call);
	if (engine_vacuum(context->engine, e) != OK)
		return e->status;
	struct value values[] = {
		value_null(),
		value_integer(file_size(call)),
		value_integer(before),
	};
	context_note(context, "%lld bytes, %lld before",
		     (long long)values[1].integer, before);
	call_mark_single(call);
	return call_row(call, values, e);
}
