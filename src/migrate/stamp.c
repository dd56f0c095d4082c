#include "migrate/stamp.h"

#include <string.h>

static enum status put_file(const struct site *site,
			    const struct revision *revision,
			    const struct record *old, bool again,
			    size_t *changed, struct error *e)
{
	if (revision->recorded || (old && !again))
		return OK;
	const char *text;
	struct sections sections;
	enum status status = site_text(site, revision, &text, &sections, e);
	if (status)
		return status;
	struct record record = {
		.revision = revision->id,
		.message = revision->message,
		.applied_at = old ? old->applied_at : NULL,
		.duration = old ? old->duration : 0,
		.sum = revision_sum(&sections, site->arena),
		.body = text,
	};
	if (old && old->sum && !strcmp(old->sum, record.sum))
		return OK;
	++*changed;
	return record_put(site->engine, &record, e);
}

enum status stamp_records(const struct site *site, bool again, size_t *changed,
			  struct error *e)
{
	struct records records;
	bool *applied = site_applied(site);
	*changed = 0;
	enum status status = record_ensure(site->engine, e);
	if (!status)
		status = record_all(site->engine, site->arena, &records, e);
	for (size_t i = 0; !status && i < site->graph.count; i++) {
		const struct revision *revision =
			site->graph.nodes[i].revision;
		const struct record *old = record_find(&records, revision->id);
		if (applied[i])
			status = put_file(site, revision, old, again, changed,
					  e);
		else if (old)
			status = record_remove(site->engine, revision->id, e);
	}
	return status;
}
