/* db check, diff, schema. */
#include <string.h>

#include "migrate/generate/autogenerate.h"
#include "migrate/generate/dump.h"
#include "migrate/op/operations.h"
#include "migrate/run/replay.h"
#include "schema/model/read.h"
#include "util/buffer.h"
#include "util/text.h"

static enum status load_compared(struct call *call, struct site *site,
				 struct autogenerate *work, struct error *e)
{
	if (site_of(call, site, e) != OK)
		return e->status;
	return autogenerate_load(site, work, e);
}

static const char *list_changes(const struct diff *diff, struct arena *arena)
{
	BUFFER(text);

	for (size_t i = 0; i < diff->nchanges; i++) {
		if (diff->changes[i].silent)
			continue;
		if (text.length)
			buffer_text(&text, ", ");
		buffer_text(&text, diff->changes[i].text);
	}
	return arena_copy(arena, buffer_string(&text));
}

static enum status fail_changes(const struct diff *diff, const char *what,
				const char *hint, struct arena *arena,
				struct error *e)
{
	fail(e, SCHEMA, "%s: %s", what, list_changes(diff, arena));
	return error_hint(e, "%s", hint);
}

/* Compares the database, or the revisions' schema, with schema.sql. */
static enum status check_wanted(struct call *call, struct autogenerate *work,
				struct error *e)
{
	enum status status = autogenerate_up(work, false, e);

	if (status == INVALID)
		/* A change that cannot be written is still a change. */
		return e->status = SCHEMA;
	if (status == OK && *work->up.sql)
		status = fail_changes(
			&work->up, "New upgrade operations detected",
			"run: taskmgr db revision --autogenerate -m \"…\"",
			call->arena, e);
	return status;
}

/* Compares the database with the schema of its revisions. */
static enum status check_drift(struct call *call, const struct site *site,
			       struct schema *have, struct error *e)
{
	const struct diff_options options = { .column_order = true };
	struct schema *made;
	struct diff diff;
	enum status status = site_require_known(site, e);

	if (status == OK)
		status = replay_up(site, &site->current, &made, e);
	if (status == OK)
		status = diff_compute(made, have, &options, call->arena, &diff,
				      e);
	if (status == INVALID)
		return e->status = SCHEMA;
	if (status == OK && *diff.sql)
		status = fail_changes(
			&diff, "The database was changed outside its revisions",
			"undo the change, or write a revision and stamp it",
			call->arena, e);
	return status;
}

/* Runs the revisions up and down, and compares them with schema.sql. */
static enum status check_all(struct call *call, const struct site *site,
			     struct autogenerate *work, struct error *e)
{
	struct nodes heads = graph_heads(&site->graph, call->arena);

	if (replay_round(site, &heads, &work->have, e) != OK)
		return e->status;
	return check_wanted(call, work, e);
}

/* Needs no schema.sql. */
static enum status read_have(const struct site *site, struct schema **out,
			     struct error *e)
{
	if (site_guard(site, e) != OK ||
	    context_open(site->context, OPERATION_EMPTY, e) != OK)
		return e->status;
	return schema_read(site->context->engine, site->arena, out, e);
}

enum status db_check(struct call *call, struct error *e)
{
	struct site site;
	struct autogenerate work = { .have = NULL };
	bool all = call_flag(call, "all"), drift = call_flag(call, "drift");

	if (site_of(call, &site, e) != OK ||
	    (all     ? autogenerate_read(&site, &work, e)
	     : drift ? read_have(&site, &work.have, e)
		     : autogenerate_load(&site, &work, e)) != OK ||
	    (drift && check_drift(call, &site, work.have, e) != OK) ||
	    (all && check_all(call, &site, &work, e) != OK) ||
	    (!all && !drift && check_wanted(call, &work, e) != OK))
		return e->status;
	context_note(call->context,
		     drift && !all ? "The database matches its revisions."
				   : "No new upgrade operations detected.");
	return OK;
}

static enum status diff_row(struct call *call, struct value text,
			    const char *change, struct error *e)
{
	struct value values[] = { text, value_text(change) };

	return call_row(call, values, e);
}

enum status db_diff(struct call *call, struct error *e)
{
	struct site site;
	struct autogenerate work;
	bool sql = call_flag(call, "sql");

	if (load_compared(call, &site, &work, e) != OK ||
	    autogenerate_options(&work, call, e) != OK ||
	    autogenerate_up(&work, sql, e) != OK)
		return e->status;
	if (sql && *work.up.sql) {
		const char *text = arena_copy_n(call->arena, work.up.sql,
						strlen(work.up.sql) - 1);

		return diff_row(call, value_exact(text), text, e);
	}
	for (size_t i = 0; !sql && i < work.up.nchanges; i++) {
		const struct change *change = &work.up.changes[i];

		if (!change->silent && diff_row(call, value_text(change->text),
						change->text, e) != OK)
			return e->status;
	}
	return OK;
}

static enum status fail_unknown_table(const struct schema *schema,
				      const char *name, struct error *e)
{
	struct close_names close;

	fail(e, NOT_FOUND, "unknown table \"%s\"", name);
	close_names_init(&close, name);
	for (size_t i = 0; i < schema->ntables; i++)
		close_names_offer(&close, schema->tables[i].name);
	close_names_suggest(&close, e);
	return e->status;
}

enum status db_schema(struct call *call, struct error *e)
{
	const char *name = call_text(call, "table");
	const struct table *only;
	struct schema *schema;

	if (schema_read(call->context->engine, call->arena, &schema, e) != OK)
		return e->status;
	only = name ? schema_find_table(schema, name) : NULL;
	if (name && !only)
		return fail_unknown_table(schema, name, e);
	for (size_t i = 0; i < schema->ntables; i++) {
		const struct table *table = &schema->tables[i];
		const char *sql;

		if (only && table != only)
			continue;
		sql = dump_table(table, call->arena);
		const struct value values[] = {
			value_exact(sql),
			value_text(table->name),
			value_text(sql),
		};
		if (call_row(call, values, e) != OK)
			return e->status;
	}
	return OK;
}
