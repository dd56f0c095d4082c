/* db status, log. */
#include <string.h>

#include "migrate/op/operations.h"
#include "migrate/record/site.h"
#include "migrate/run/ran.h"
#include "util/buffer.h"
#include "util/text.h"

struct state {
	const char *word; /* applied, pending, missing, edited */
	const struct record *record;
};

static enum status read_revision_state(const struct site *site, size_t node,
				       bool applied,
				       const struct records *records,
				       struct state *out, struct error *e)
{
	const struct revision *revision = site->graph.nodes[node].revision;
	bool edited = false;

	*out = (struct state){ applied ? "applied" : "pending", NULL };
	if (!applied)
		return OK;
	out->record = record_find(records, revision->id);
	if (revision->recorded)
		out->word = "missing";
	else if (out->record && out->record->sum &&
		 site_is_edited(site, revision, out->record->sum, &edited, e) !=
			 OK)
		return e->status;
	if (edited)
		out->word = "edited";
	return OK;
}

static enum status status_row(struct call *call, const char *revision,
			      const char *message, const struct state *state,
			      struct error *e)
{
	const struct record *record = state->record;
	const char *applied_at = record ? record->applied_at : NULL;
	struct value values[] = {
		value_text(arena_printf(call->arena, "%-8s %-19s  %s%s%s",
					state->word,
					applied_at ? applied_at : "", revision,
					*message ? ", " : "", message)),
		value_text(revision),
		value_text(state->word),
		value_text(applied_at),
		ran_milliseconds(record ? record->duration : -1),
		value_text(message),
	};

	return call_row(call, values, e);
}

enum status db_status(struct call *call, struct error *e)
{
	const struct state unknown = { "missing", NULL };
	struct site site;
	struct records records = { 0 };
	bool *applied;

	if (site_load_to_look(call, &site, e) != OK ||
	    record_all(site.engine, site.arena, &records, e) != OK)
		return e->status;
	site_note_empty(&site);
	applied = site_applied(&site);
	for (size_t i = 0; i < site.graph.count; i++) {
		const struct revision *revision = site.graph.nodes[i].revision;
		struct state state;

		if (read_revision_state(&site, i, applied[i], &records, &state,
					e) != OK ||
		    status_row(call, revision->id, revision->message, &state,
			       e) != OK)
			return e->status;
	}
	for (size_t i = 0; i < site.unknown.count; i++)
		if (status_row(call, site.unknown.items[i], "", &unknown, e) !=
		    OK)
			return e->status;
	return OK;
}

static const char *log_text(struct call *call, struct value *columns)
{
	const char *texts[8];
	double seconds;
	const char *line;
	BUFFER(visible);

	for (size_t i = 0; i < 8; i++)
		texts[i] = columns[i].kind == VALUE_TEXT ? columns[i].data : "";
	seconds = (double)columns[4].integer / 1e6;
	line = arena_printf(call->arena, "%s  %s %s -> %s  %.3f s  %s%s%s%s%s",
			    texts[0], texts[1], texts[2], texts[3],
			    columns[4].kind == VALUE_INTEGER ? seconds : 0.0,
			    texts[6], *texts[6] ? "@" : "", texts[7],
			    *texts[5] ? "  FAILED: " : "", texts[5]);
	text_show(&visible, line);
	return arena_copy(call->arena, buffer_string(&visible));
}

enum status db_log(struct call *call, struct error *e)
{
	STATEMENT(rows);
	struct value limit = call_value(call, "limit");
	enum status status;

	if (limit.kind != VALUE_NULL && limit.integer < 0)
		return fail(e, USAGE, "--limit must be 0 or more");
	status = log_open(call->context->engine,
			  limit.kind == VALUE_NULL ? -1 : limit.integer, &rows,
			  e);
	if (status != OK || !rows)
		return status;
	while (statement_next(rows, e)) {
		struct value values[9];

		for (int i = 0; i < 8; i++)
			values[i + 1] = statement_copy(rows, i, call->arena);
		values[0] = value_text(log_text(call, values + 1));
		if (values[5].kind == VALUE_INTEGER)
			values[5] = ran_milliseconds(values[5].integer);
		if (call_row(call, values, e) != OK)
			return e->status;
	}
	return e->status;
}
