#include "schema/plan/plan.h"

#include "schema/text/spelling.h"

void plan_write(struct plan *plan, const char *sql)
{
	statement_write(plan->sql, sql);
	if (!plan->independent)
		statement_write(plan->proof, sql);
}

void plan_writef(struct plan *plan, const char *format, ...)
{
	va_list args;

	va_start(args, format);
	plan_write(plan, arena_vprintf(plan->arena, format, args));
	va_end(args);
}

void plan_write_script(struct plan *plan, const char *sql)
{
	buffer_text(plan->sql, sql);
	buffer_text(plan->proof, sql);
}

static void add_change(struct plan *plan, bool silent, const char *format,
		       va_list args) __attribute__((format(printf, 3, 0)));

static void add_change(struct plan *plan, bool silent, const char *format,
		       va_list args)
{
	struct diff *out = plan->out;

	*LIST_ADD(plan->arena, out->changes, out->nchanges) = (struct change){
		.text = arena_vprintf(plan->arena, format, args),
		.silent = silent,
	};
}

void plan_report(struct plan *plan, const char *format, ...)
{
	va_list args;

	va_start(args, format);
	add_change(plan, false, format, args);
	va_end(args);
}

void plan_add_change(struct plan *plan, bool silent, const char *format, ...)
{
	va_list args;

	va_start(args, format);
	add_change(plan, silent, format, args);
	va_end(args);
}
