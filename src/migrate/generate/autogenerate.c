#include "migrate/generate/autogenerate.h"

#include <string.h>

#include "migrate/revision/folder.h"
#include "schema/model/read.h"

enum status autogenerate_load(const struct site *site, struct autogenerate *out,
			      struct error *e)
{
	if (site_guard(site, e) != OK || site_require_head(site, e) != OK)
		return e->status;
	return autogenerate_read(site, out, e);
}

enum status autogenerate_read(const struct site *site, struct autogenerate *out,
			      struct error *e)
{
	const char *text;

	*out = (struct autogenerate){ .site = site };
	if (site_guard(site, e) != OK ||
	    folder_read(site->context->migrations, FOLDER_SCHEMA, site->arena,
			&text, e) != OK ||
	    context_open(site->context, OPERATION_EMPTY, e) != OK ||
	    schema_read(site->context->engine, site->arena, &out->have, e) !=
		    OK ||
	    schema_read_text(text, FOLDER_SCHEMA, out->have, site->arena,
			     &out->want, e) != OK)
		return e->status;
	for (size_t i = 0; i < out->want->nwarnings; i++)
		context_note(site->context, "%s", out->want->warnings[i]);
	return OK;
}

static const char *table_after(const struct autogenerate *work,
			       const char *table)
{
	for (size_t i = 0; i < work->nrenames; i++)
		if (!work->renames[i].column &&
		    strcmp(work->renames[i].table, table) == 0)
			return work->renames[i].to;
	return table;
}

static struct rename *reverse_renames(const struct autogenerate *work)
{
	struct rename *back = arena_array(work->site->arena, work->nrenames,
					  sizeof(*back));

	for (size_t i = 0; i < work->nrenames; i++) {
		const struct rename *rename = &work->renames[i];

		back[i] = (struct rename){
			.table = table_after(work, rename->table),
			.column = rename->column ? rename->to : NULL,
			.to = rename->column ? rename->column : rename->table,
		};
	}
	return back;
}

enum status autogenerate_down(struct autogenerate *work, struct error *e)
{
	struct arena *arena = work->site->arena;
	struct diff_options options = {
		.renames = reverse_renames(work),
		.nrenames = work->nrenames,
		.column_order = work->column_order,
		.ordered = work->up.reordered,
		.nordered = work->up.nreordered,
		.fill_zero = true,
	};

	if (diff_compute(work->want, work->have, &options, arena, &work->down,
			 e) != OK)
		return e->status;
	return diff_prove(work->have, work->want, &work->up, &work->down, e);
}
