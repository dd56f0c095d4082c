#include "util/error.h"

#include <assert.h>
#include <stdarg.h>
#include <string.h>

static const struct {
	int exit, http;
	const char *name;
} table[STATUS_COUNT] = {
#define STATUS_ROW(name, exit, http) [name] = { exit, http, #name },
	STATUSES(STATUS_ROW)
#undef STATUS_ROW
};

int status_exit(enum status status)
{
	return table[status].exit;
}

const char *status_name(enum status status)
{
	return table[status].name;
}

int status_http(enum status status)
{
	return table[status].http;
}

void error_init(struct error *e, struct arena *arena)
{
	*e = (struct error){ .status = OK, .arena = arena };
}

void error_set(struct error *e, enum status status, const char *format, ...)
{
	va_list args;

	assert(status != OK);
	va_start(args, format);
	*e = (struct error){
		.status = status,
		.arena = e->arena,
		.message = arena_vprintf(e->arena, format, args),
	};
	va_end(args);
}

void error_set_hint(struct error *e, const char *format, ...)
{
	va_list args;

	va_start(args, format);
	e->hint = arena_vprintf(e->arena, format, args);
	va_end(args);
}

void error_suggest(struct error *e, const char *wrong, const char *names)
{
	const char *end = names ? strstr(names, ", ") : NULL;

	e->suggestion = names;
	if (!names)
		return;
	end = end ? end : strstr(names, " or ");
	end = end ? end : names + strlen(names);
	/* A key is shown in quotes. */
	if (*names == '"' && end[-1] == '"' && end - names > 1) {
		names++;
		end--;
	}
	error_replace(e, wrong,
		      arena_copy_n(e->arena, names, (size_t)(end - names)));
}

void error_replace(struct error *e, const char *wrong, const char *right)
{
	if (!right)
		return;
	e->wrong = arena_copy(e->arena, wrong);
	e->right = arena_copy(e->arena, right);
}

void error_reason(struct error *e, const char *format, ...)
{
	va_list args;

	va_start(args, format);
	e->reason = arena_vprintf(e->arena, format, args);
	va_end(args);
}

const char *error_sentence(const struct error *e)
{
	const char *reason = e->reason ? e->reason : "";

	if (e->suggestion)
		reason = arena_printf(e->arena, "%s%sdid you mean %s?", reason,
				      *reason ? "; " : "", e->suggestion);
	return *reason ? arena_printf(e->arena, "%s (%s)", e->message, reason)
		       : e->message;
}

void error_add_prefix(struct error *e, const char *format, ...)
{
	const char *prefix;
	va_list args;

	va_start(args, format);
	prefix = arena_vprintf(e->arena, format, args);
	va_end(args);
	e->message = arena_printf(e->arena, "%s: %s", prefix, e->message);
}

const struct nesting *nesting_copy(const struct nesting *nesting,
				   const struct nesting *outer,
				   struct arena *arena)
{
	struct nesting *copy;

	if (!nesting)
		return outer ? nesting_copy(outer, NULL, arena) : NULL;
	copy = arena_alloc(arena, sizeof(*copy));
	*copy = (struct nesting){
		.field = arena_copy(arena, nesting->field),
		.item = nesting->item,
		.outer = nesting_copy(nesting->outer, outer, arena),
	};
	return copy;
}

struct problem *error_problem(struct error *e)
{
	struct problem *problem;

	if (e->nproblems == PROBLEMS_LISTED) {
		/* An import may leave out millions. */
		if (!e->nunlisted++)
			e->unlisted = arena_alloc(e->arena, sizeof(*problem));
		*e->unlisted = (struct problem){ .record = -1 };
		return e->unlisted;
	}
	problem = LIST_ADD(e->arena, e->problems, e->nproblems);
	problem->record = -1;
	return problem;
}

struct problem *problem_add(struct error *e, const char *place,
			    const char *type, const char *field,
			    const char *message)
{
	struct problem *problem = error_problem(e);

	*problem = (struct problem){
		.type = type,
		.place = place,
		.record = -1,
		.field = field,
		.message = message,
	};
	return problem;
}

bool error_is_full(const struct error *e)
{
	return e->nproblems + e->nunlisted >= PROBLEMS_FOUND;
}

const char *error_unlisted(const struct error *e)
{
	if (!e->nunlisted)
		return "";
	return arena_printf(e->arena, "and %s%zu more problem%s",
			    error_is_full(e) ? "at least " : "", e->nunlisted,
			    e->nunlisted == 1 ? "" : "s");
}

enum status error_from_problems(struct error *e)
{
	size_t count = e->nproblems + e->nunlisted;

	if (!count)
		return OK;
	e->status = INVALID;
	e->message = arena_printf(e->arena, "%s%zu problem%s in the input",
				  error_is_full(e) ? "at least " : "", count,
				  count == 1 ? "" : "s");
	return INVALID;
}
