/* db backup, restore, verify, vacuum. */
#include <sys/stat.h>

#include "migrate/keep.h"
#include "migrate/operations.h"
#include "util/clock.h"

const char *keep_name(const struct context *context, const char *given,
		      struct arena *arena)
{
	if (given && *given)
		return given;
	const char *path = engine_path(context->url, arena);
	char *time = arena_copy(arena, clock_text(arena, clock_now()));
	for (char *c = time; *c; c++)
		if (*c == ' ' || *c == ':')
			*c = *c == ' ' ? 'T' : '-';
	return arena_printf(arena, "%s.%s.backup", path ? path : "memory",
			    time);
}

enum status keep_backup(const struct context *context, const char *file,
			struct error *e)
{
	if (context->flags & CONTEXT_DRY_RUN) {
		context_note(context, "Would write %s (dry run)", file);
		return OK;
	}
	enum status status = engine_backup(context->engine, file, e);
	if (!status)
		context_note(context, "Backup in %s", file);
	return status;
}

enum status db_backup(struct call *call, struct error *e)
{
	return keep_backup(call->context,
			   keep_name(call->context, call_text(call, "file"),
				     call->arena), e);
}

enum status db_restore_question(struct call *call, const char **out,
				struct error *e)
{
	(void)e;
	*out = NULL;
	if (engine_exists(call->context->url))
		*out = arena_printf(call->arena, "Replace all that is in %s "
				    "by %s?", call->context->url,
				    call_text(call, "file"));
	return OK;
}

enum status db_restore(struct call *call, struct error *e)
{
	struct context *context = call->context;
	const char *file = call_text(call, "file");
	if (!engine_exists(file))
		return fail(e, NOT_FOUND, "%s: there is no such file", file);
	if (context->flags & CONTEXT_DRY_RUN) {
		context_note(context, "Would restore %s (dry run)", file);
		return OK;
	}
	enum status status = context_open(context, OPERATION_CREATES, e);
	if (!status && engine_is_read_only(context->engine))
		return fail(e, READONLY, "database %s cannot be written",
			    context->url);
	if (!status)
		status = engine_restore(context->engine, file, e);
	if (!status)
		context_note(context, "Restored %s from %s", context->url,
			     file);
	return status;
}

enum status db_verify(struct call *call, struct error *e)
{
	STATEMENT(faults);
	long long count = 0;
	enum status status = engine_verify(call->context->engine, &faults, e);
	enum step step = status ? STEP_FAILED : STEP_ROW;
	while (!status && (step = statement_step(faults, e)) == STEP_ROW) {
		struct value text = statement_copy(faults, 0, call->arena);
		struct value values[] = { text, text };
		status = call_row(call, values, e);
		count++;
	}
	if (status || step == STEP_FAILED)
		return e->status;
	if (count)
		return fail(e, FAILED, "%lld thing%s wrong with %s", count,
			    count == 1 ? " is" : "s are",
			    call->context->url);
	call_note(call, "%s is sound.", call->context->url);
	return OK;
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
	if (context->flags & CONTEXT_DRY_RUN) {
		context_note(context, "Would pack the file anew (dry run)");
		return OK;
	}
	if (!engine_exists(context->url))
		return fail(e, SCHEMA, "database %s does not exist",
			    context->url);
	enum status status = context_open(context, 0, e);
	long long before = file_size(call);
	if (!status)
		status = engine_vacuum(context->engine, e);
	if (!status)
		context_note(context, "%lld bytes, %lld before",
			     file_size(call), before);
	return status;
}
