#include "migrate/record/stamp.h"

#include <string.h>

#include "migrate/record/version.h"

static enum status update_record(const struct site *site,
				 const struct revision *revision,
				 const struct record *old, bool again,
				 struct names *changed, struct error *e)
{
	const char *text;
	struct sections sections;
	enum status status;
	struct record record;

	if (revision->recorded || (old && !again))
		return OK;
	status = site_text(site, revision, &text, &sections, e);
	if (status != OK)
		return status;
	record = (struct record){
		.revision = revision->id,
		.message = revision->message,
		.applied_at = old ? old->applied_at : NULL,
		.duration = old ? old->duration : 0,
		.sum = revision_sum(revision, &sections, site->arena),
		.body = text,
	};
	if (old && old->sum && strcmp(old->sum, record.sum) == 0)
		return OK;
	names_add(changed, revision->id, site->arena);
	return record_put(site->engine, &record, e);
}

/*
 * Gives every applied revision a record and deletes all others.  With again,
 * records that differ from their file are rewritten.
 */
static enum status stamp_records(const struct site *site, bool again,
				 struct names *changed, struct error *e)
{
	struct records records;
	bool *applied = site_applied(site);

	*changed = (struct names){ 0 };
	if (record_ensure(site->engine, e) != OK ||
	    record_all(site->engine, site->arena, &records, e) != OK)
		return e->status;
	for (size_t i = 0; i < site->graph.count; i++) {
		const struct revision *revision = site->graph.nodes[i].revision;
		const struct record *old = record_find(&records, revision->id);

		if (applied[i] ? update_record(site, revision, old, again,
					       changed, e) != OK
			       : old && record_remove(site->engine,
						      revision->id, e) != OK)
			return e->status;
	}
	return OK;
}

struct stamping {
	struct site *site;
	struct nodes to;
	const char *operation;
	bool again;
	struct names changed; /* revisions with a new record */
};

static enum status write_stamp(struct engine *engine, void *data,
			       struct error *e)
{
	struct stamping *stamping = data;
	struct site after = *stamping->site;
	struct names from, to = site_ids(&after, &stamping->to);
	struct version_changes changes;
	struct log_entry entry;

	after.current = stamping->to;
	after.unknown = (struct names){ 0 };
	if (version_ensure(engine, e) != OK ||
	    version_read(engine, after.arena, &from, e) != OK)
		return e->status;
	changes = version_changes(&from, &to, after.arena);
	/* A stamp that changes nothing is not logged. */
	if (version_apply(engine, &changes, e) != OK ||
	    stamp_records(&after, stamping->again, &stamping->changed, e) !=
		    OK ||
	    (!changes.count && !stamping->changed.count))
		return e->status;
	entry = (struct log_entry){
		.operation = stamping->operation,
		.from = names_text(&from, "", after.arena),
		.to = names_text(&to, "", after.arena),
	};
	return log_add(engine, &entry, e);
}

static enum status run_stamp(struct stamping *stamping, struct error *e)
{
	struct site *site = stamping->site;
	enum status status = context_open(site->context, OPERATION_CREATES, e);

	site->engine = site->context->engine;
	if (status != OK)
		return status;
	if (site->context->flags & CONTEXT_DRY_RUN)
		return engine_dry_run(site->engine, write_stamp, stamping, e);
	return engine_transaction(site->engine, TRANSACTION_WRITE, write_stamp,
				  stamping, e);
}

enum status stamp_nodes(struct site *site, const struct nodes *to,
			struct error *e)
{
	struct stamping stamping = {
		.site = site,
		.to = *to,
		.operation = "stamp",
	};
	struct names ids = site_ids(site, to);

	if (run_stamp(&stamping, e) != OK)
		return e->status;
	context_note(site->context, "Running stamp_revision %s -> %s%s",
		     names_text(&site->versions, "", site->arena),
		     names_text(&ids, "", site->arena),
		     site->context->flags & CONTEXT_DRY_RUN ? " (dry run)"
							    : "");
	return OK;
}

enum status stamp_repair(struct site *site, struct names *changed,
			 struct error *e)
{
	struct stamping stamping = {
		.site = site,
		.to = site->current,
		.operation = "repair",
		.again = true,
	};
	enum status status = run_stamp(&stamping, e);

	*changed = stamping.changed;
	return status;
}
