#include <stdarg.h>
#include <strings.h>

#include "operation/operation.h"

enum status context_open(struct context *context, unsigned operation_flags,
			 struct error *e)
{
	unsigned flags = 0;

	if (context->engine)
		return OK;
	if (context->flags & CONTEXT_READ_ONLY)
		flags |= ENGINE_READ_ONLY;
	else if (operation_flags & OPERATION_CREATES &&
		 !(context->flags & CONTEXT_DRY_RUN))
		flags |= ENGINE_CREATE;
	if (context->flags & CONTEXT_HASTY)
		flags |= ENGINE_HASTY;
	/* What would make it must not seem to have done so. */
	if (context->flags & CONTEXT_READ_ONLY)
		operation_flags &= ~(unsigned)OPERATION_CREATES;
	if (operation_flags & (OPERATION_EMPTY | OPERATION_CREATES) &&
	    !(flags & ENGINE_CREATE) && !engine_exists(context->url))
		return engine_open("sqlite://", 0, &context->engine, e);
	return engine_open(context->url, flags, &context->engine, e);
}

void context_close(struct context *context)
{
	struct engine *engine = context->engine;

	context->engine = NULL;
	if (engine)
		engine_close(engine);
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
