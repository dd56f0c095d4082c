#include "migrate/print_run.h"

#include <string.h>

#include "migrate/run.h"
#include "migrate/version.h"
#include "util/buffer.h"

/* Adds a section's SQL, without the blank lines around it. */
static void add_section(struct buffer *buffer, const struct section *section)
{
	const char *text = section->text + strspn(section->text, " \t\r\n");
	size_t length = strlen(text);
	while (length && strchr(" \t\r\n", text[length - 1]))
		length--;
	buffer_add(buffer, text, length);
	if (length)
		buffer_text(buffer, "\n\n");
}

static void add_versions(struct buffer *buffer, struct run *run,
			 const struct run_step *step)
{
	struct site *site = run->site;
	struct nodes after = target_step(&site->graph, &site->current,
					 step->node, run->up, site->arena);
	struct names from = site_ids(site, &site->current);
	struct names to = site_ids(site, &after);
	struct version_changes changes = version_changes(&from, &to,
							 site->arena);
	for (size_t i = 0; i < changes.count; i++)
		buffer_text(buffer,
			    version_change_sql(&changes.items[i], site->arena));
	site->current = after;
}

/* One revision as a script of its own; the first brings the table along. */
static enum status print_step(struct call *call, struct run *run,
			      const struct run_step *step, bool first,
			      struct error *e)
{
	BUFFER(sql);
	bool keys_off = step->revision->foreign_keys_off;
	bool outside = step->revision->transaction_off;
	if (keys_off)
		buffer_text(&sql, "PRAGMA foreign_keys=OFF;\n\n");
	if (!outside)
		buffer_text(&sql, "BEGIN;\n\n");
	if (first)
		buffer_printf(&sql, "%s;\n\n", version_table_sql);
	buffer_printf(&sql, "-- %s\n\n", run_title(run, step));
	add_section(&sql, run->up ? &step->sections.up : &step->sections.down);
	add_versions(&sql, run, step);
	if (!outside)
		buffer_text(&sql, "\nCOMMIT;\n");
	if (keys_off)
		buffer_text(&sql, "\nPRAGMA foreign_keys=ON;\n");
	struct value values[] = {
		value_bytes(sql.data, sql.length),
		value_text(step->revision->id),
		value_bytes(sql.data, sql.length),
	};
	return call_row(call, values, e);
}

enum status print_run(struct call *call, bool up, const char *spec,
		      struct error *e)
{
	struct site site;
	struct run run = { .site = &site, .up = up };
	const char *colon = strchr(spec, ':');
	const char *from = up ? "base" : "current";
	if (colon)
		from = arena_copy_n(call->arena, spec, (size_t)(colon - spec));
	enum status status = !colon && up
				     ? site_load_files(call->context,
						       call->arena, &site, e)
				     : site_load(call->context, call->arena,
						 OPERATION_EMPTY, &site, e);
	struct target start = { 0 };
	if (!status)
		status = target_find(&site.graph, &site.current, from,
				     site.arena, &start, e);
	if (status)
		return status;
	site.current = start.nodes;
	status = target_find(&site.graph, &site.current,
			     colon ? colon + 1 : spec, site.arena, &run.target,
			     e);
	if (!status)
		status = run_plan(&run, e);
	bool empty = !site.current.count;
	for (size_t i = 0; !status && i < run.nsteps; i++)
		status = print_step(call, &run, &run.steps[i],
				    up && empty && !i, e);
	return status;
}
