#include "schema/plan/plan.h"

void plan_add_change(struct plan *plan, bool silent, const char *format, ...)
{
	struct diff *out = plan->out;
	va_list args;

	va_start(args, format);
	*LIST_ADD(plan->arena, out->changes, out->nchanges) = (struct change){
		.text = arena_vprintf(plan->arena, format, args),
		.silent = silent,
	};
	va_end(args);
}
