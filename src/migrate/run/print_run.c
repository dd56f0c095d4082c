#include "migrate/run/print_run.h"

#include <string.h>

#include "migrate/record/version.h"
#include "migrate/run/inside.h"
#include "migrate/run/ran.h"
#include "migrate/run/run.h"
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

struct print {
	struct call *call;
	struct run run;
	bool table;    /* the first step creates alembic_version */
	bool keys_set; /* the script has set foreign keys */
	bool keys_off; /* to off */
};

/* Switches foreign keys for the step.  The sqlite3 shell starts with them off,
   taskmgr with them on.  Inside a transaction the PRAGMA does nothing, so the
   shell's own command is used. */
static void add_keys(struct buffer *sql, struct print *print, bool off,
		     bool inside)
{
	const char *word = off ? "OFF" : "ON";

	if (print->keys_set && print->keys_off == off)
		return;
	if (inside)
		buffer_printf(sql, ".dbconfig enable_fkey %s\n\n", word);
	else
		buffer_printf(sql, "PRAGMA foreign_keys=%s;\n\n", word);
	print->keys_set = true;
	print->keys_off = off;
}

/* Prints a revision, in its own transaction or as part of a single one. */
static enum status print_step(struct print *print, size_t i, struct error *e)
{
	BUFFER(sql);
	struct run *run = &print->run;
	const struct run_step *step = &run->steps[i];
	bool first = !i, last = i + 1 == run->nsteps;
	bool outside = step->revision->transaction_off;
	const struct section *section = run_part(run, step);
	struct ran ran;

	add_keys(&sql, print, step->revision->foreign_keys_off,
		 run->single && !first);
	if (run->single ? first : !outside)
		buffer_text(&sql, "BEGIN;\n\n");
	if (first && print->table)
		buffer_printf(&sql, "%s;\n\n", version_table_sql);
	buffer_printf(&sql, "-- %s\n\n", run_title(run, step));
	add_section(&sql, section);
	print_end(&sql, section, run->site->arena);
	add_versions(&sql, run, step);
	/* A step outside a transaction may set foreign keys itself. */
	print->keys_set = !outside;
	if (run->single ? last : !outside)
		buffer_text(&sql, "\nCOMMIT;\n");
	if (last && print->keys_off)
		buffer_text(&sql, "\nPRAGMA foreign_keys=ON;\n");
	ran = (struct ran){
		.revision = step->revision->id,
		.direction = run->up ? "upgrade" : "downgrade",
		.message = step->revision->message,
		.duration = -1,
		.sql = buffer_string(&sql),
	};
	return ran_row(print->call, &ran, e);
}

/* Splits A:B; a missing end is the last one in that direction. */
static void split_range(const char *spec, bool up, struct arena *arena,
			const char **from, const char **to)
{
	const char *colon = strchr(spec, ':');

	*from = up ? "base" : "current";
	*to = colon ? colon + 1 : spec;
	if (colon && colon > spec)
		*from = arena_copy_n(arena, spec, (size_t)(colon - spec));
	if (!**to)
		*to = up ? "heads" : "base";
}

static enum status plan_print(struct print *print, const char *spec,
			      struct error *e)
{
	struct run *run = &print->run;
	struct site *site = run->site;
	bool ranged = strchr(spec, ':');
	const char *from, *to;
	struct target start;

	if (!run->up && !site->engine && !ranged)
		return fail(e, USAGE,
			    "downgrade with --sql requires <fromrev>:<torev> "
			    "if there is no database");
	split_range(spec, run->up, site->arena, &from, &to);
	if (target_find(&site->graph, &site->current, from, site->arena, &start,
			e) != OK)
		return e->status;
	site->current = start.nodes;
	/* This database must be downgraded by the revisions that upgraded
	   it. */
	if (target_find(&site->graph, &site->current, to, site->arena,
			&run->target, e) != OK ||
	    run_plan(run, e) != OK ||
	    (!run->up && !ranged && run_check_edited(run, e) != OK))
		return e->status;
	print->table = run->up && !site->current.count;
	if (run->nsteps || !ranged ||
	    nodes_equal(&start.nodes, &run->target.nodes))
		return OK;
	return fail(e, USAGE, "cannot %s from %s to %s",
		    run->up ? "upgrade" : "downgrade", from, to);
}

enum status print_run(struct call *call, bool up, const char *spec,
		      struct error *e)
{
	struct site site;
	struct print print = {
		.call = call,
		.run = { .site = &site,
			 .up = up,
			 .single = call_flag(call, "single_transaction") },
	};

	if (call_text(call, "backup"))
		return fail(
			e, USAGE,
			"--sql runs nothing, so there is nothing to back up");
	/* Without FROM an upgrade is printed for an empty database. */
	if ((up && !strchr(spec, ':')
		     ? site_load_files(call->context, call->arena, &site, e)
		     : site_of(call, &site, e)) != OK ||
	    plan_print(&print, spec, e) != OK)
		return e->status;
	for (size_t i = 0; i < print.run.nsteps; i++)
		if (print_step(&print, i, e) != OK)
			return e->status;
	return OK;
}
