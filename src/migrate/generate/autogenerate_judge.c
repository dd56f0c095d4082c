/* Refuses or notes what the change breaks. */
#include "migrate/generate/autogenerate.h"
#include "schema/diff/breakage.h"
#include "util/buffer.h"

static enum status refuse_breakages(const struct breakages *found,
				    struct error *e)
{
	const struct breakage *first = NULL;
	BUFFER(others);

	for (size_t i = 0; i < found->count; i++) {
		const struct breakage *each = &found->items[i];

		if (each->worked && first)
			buffer_printf(&others, "%s    %s",
				      others.length ? "\n" : "", each->text);
		else if (each->worked)
			first = each;
	}
	if (!first)
		return OK;
	fail(e, INVALID, "%s", first->text);
	error_hint(e, "%s", first->hint);
	if (others.length)
		e->detail = arena_copy(e->arena, others.data);
	return e->status;
}

enum status autogenerate_judge(const struct autogenerate *work, bool refused,
			       struct error *e)
{
	const struct site *site = work->site;
	struct breakages found;

	if (!*work->up.sql)
		return OK;
	if (breakages_find(work->have, work->want, &work->up, site->arena,
			   &found, e) != OK)
		return e->status;
	for (size_t i = 0; i < found.count; i++)
		if (!refused || !found.items[i].worked)
			context_note(site->context, "schema.sql: %s",
				     found.items[i].text);
	return refused ? refuse_breakages(&found, e) : OK;
}
