#include <stdarg.h>
#include <string.h>
#include <strings.h>
#include <sys/stat.h>

#include "engine/files.h"
#include "engine/sql.h"
#include "operation/context.h"
#include "operation/operation.h"
#include "util/buffer.h"

enum { SHORT_WAIT = 30 }; /* milliseconds */

/* Opens an empty database in memory; its contents are lost. */
static enum status open_stand_in(struct context *context, struct error *e)
{
	if (engine_open("sqlite://", 0, &context->engine, e) != OK)
		return e->status;
	context->stand_in = true;
	return OK;
}

static enum status refuse_replaced(const struct context *context,
				   struct error *e)
{
	fail(e, FAILED,
	     "database %s was deleted or replaced by another process",
	     context->url);
	if (engine_in_transaction(context->engine)) {
		error_hint(e, "the transaction is lost: rollback");
		return FAILED;
	}
	error_hint(e, "run the command again");
	e->option = "";
	return FAILED;
}

static int wait_of(const struct context *context)
{
	if (context->flags & CONTEXT_SHORT_WAIT)
		return SHORT_WAIT;
	return context->wait ? *context->wait : ENGINE_WAIT;
}

enum status context_open(struct context *context, unsigned operation_flags,
			 struct error *e)
{
	bool creates = operation_flags & OPERATION_CREATES;
	unsigned flags = 0;

	if (context->engine)
		return engine_is_current(context->engine)
			       ? OK
			       : refuse_replaced(context, e);
	context->opened_read_only = context->flags & CONTEXT_READ_ONLY;
	/* Creating it must not appear to succeed. */
	if (context->opened_read_only) {
		flags |= ENGINE_READ_ONLY;
		creates = false;
	} else if (creates && !(context->flags & CONTEXT_DRY_RUN)) {
		flags |= ENGINE_CREATE;
	}
	if ((creates || operation_flags & OPERATION_EMPTY) &&
	    !(flags & ENGINE_CREATE) && !engine_exists(context->url))
		return open_stand_in(context, e);
	if (engine_open_within(context->url, flags, wait_of(context),
			       &context->engine, e) != OK)
		return e->status;
	if (context->most_nested)
		engine_limit_nested(context->engine, context->most_nested);
	return OK;
}

bool context_refresh(struct context *context)
{
	bool read_only = context->flags & CONTEXT_READ_ONLY;

	if (!context->engine || engine_in_transaction(context->engine) ||
	    (!context->stand_in && read_only == context->opened_read_only &&
	     engine_is_current(context->engine)))
		return false;
	context_close(context);
	return true;
}

void context_renew(struct context *context)
{
	ARENA(arena);

	if (context->engine && !engine_in_transaction(context->engine) &&
	    engine_path(context->url, &arena))
		context_close(context);
}

void context_close(struct context *context)
{
	struct engine *engine = context->engine;

	context->engine = NULL;
	context->stand_in = false;
	if (engine)
		engine_close(engine);
}

const char *context_problem(const struct context *context,
			    const struct problem *problem, struct arena *arena)
{
	BUFFER(out);

	if (!context->print_problem)
		return problem->message;
	context->print_problem(problem, &out);
	return arena_copy(arena, buffer_string(&out));
}

void context_note(const struct context *context, const char *format, ...)
{
	ARENA(arena);
	va_list args;

	va_start(args, format);
	context->note(context->door, arena_vprintf(&arena, format, args));
	va_end(args);
}

static bool is_one_of(const char *answer, const char *const *words)
{
	while (*words && strcasecmp(answer, *words) != 0)
		words++;
	return *words != NULL;
}

bool context_ask(const struct context *context, const char *question, bool *yes)
{
	static const char *const agree[] = { "y", "yes", NULL };
	static const char *const deny[] = { "", "n", "no", NULL };
	const char *answer;
	ARENA(arena);

	question = arena_printf(&arena, "%s [y/N]", question);
	while ((answer = context->ask(context->door, question, &arena))) {
		*yes = is_one_of(answer, agree);
		if (*yes || is_one_of(answer, deny))
			return true;
		context_note(context, "Please answer y or n.");
	}
	return false;
}

void context_guard(struct context *context, struct reading *reading,
		   const char *file)
{
	*reading = (struct reading){ file, context->reading };
	context->reading = reading;
}

static bool is_reading(const struct context *context, const char *file)
{
	const struct reading *r = context->reading;

	while (r && !file_is_same(strcmp(r->file, "-") ? r->file : "/dev/stdin",
				  file))
		r = r->outer;
	return r || (context->config && file_is_same(context->config, file));
}

/* The revisions are read to judge the state of the database. */
static bool is_migration(const struct context *context, const struct call *call,
			 const char *file)
{
	ARENA(arena);

	if (!context->migrations)
		return false;
	return file_is_in(file, arena_printf(&arena, "%s/versions",
					     context->migrations)) ||
	       (call && call->operation->flags & OPERATION_COMPARES &&
		file_is_in(file, context->migrations));
}

/* Whether the call names the file in another place than the option. */
static bool is_argument(const struct call *call, const char *option,
			const char *file)
{
	const struct operation *operation = call->operation;
	ARENA(arena);

	for (size_t i = 0; i < operation->nparameters; i++) {
		const struct parameter *p = &operation->parameters[i];
		const struct value *said = &call->arguments->values[i];

		if (p->values == VALUES_FILES && said->kind == VALUE_TEXT &&
		    strcmp(p->name, option) != 0 &&
		    file_is_same(file, arena_copy_n(&arena, said->data,
						    said->length)))
			return true;
	}
	return false;
}

enum status context_check_output(const struct context *context,
				 const struct call *call, const char *option,
				 const char *file, struct error *e)
{
	const char *what = NULL;
	struct stat is;

	/* A pipe or a terminal may well be both ends. */
	if (stat(file, &is) == 0 && !S_ISREG(is.st_mode))
		return OK;
	if (context->url && engine_owns_file(context->url, file))
		what = "the database itself, or a file that SQLite keeps next "
		       "to it";
	else if (is_reading(context, file) ||
		 is_migration(context, call, file) ||
		 (call && is_argument(call, option, file)))
		what = "a file that the same command reads or writes";
	if (!what)
		return OK;
	fail(e, USAGE, "--%s %s is %s", option, file, what);
	return error_hint(e, "write to another file");
}
