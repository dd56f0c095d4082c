/* db info. */
#include <sys/stat.h>

#include "migrate/op/operations.h"
#include "migrate/record/site.h"
#include "migrate/watch/rows.h"
#include "util/version.h"

static enum status info_row(struct call *call, const char *item,
			    const char *value, struct error *e)
{
	struct value values[] = {
		value_text(arena_printf(call->arena, "%-24s %s", item, value)),
		value_text(item),
		value_text(value),
	};

	return call_row(call, values, e);
}

static const char *number_text(const struct call *call, long long value)
{
	return arena_printf(call->arena, "%lld", value);
}

static enum status info_file(struct call *call, struct error *e)
{
	const char *path = engine_path(call->context->url, call->arena);
	const char *warning = engine_warning(call->arena);
	struct stat is;

	if (info_row(call, "database", call->context->url, e) != OK ||
	    info_row(call, "engine", engine_dialect(call->context->engine),
		     e) != OK ||
	    info_row(call, "engine version", engine_version(), e) != OK ||
	    (warning && info_row(call, "engine warning", warning, e) != OK) ||
	    info_row(call, "taskmgr version", TASKMGR_VERSION, e) != OK)
		return e->status;
	return path && !stat(path, &is)
		       ? info_row(call, "bytes", number_text(call, is.st_size),
				  e)
		       : OK;
}

static enum status info_versions(struct call *call, struct error *e)
{
	struct site site;
	bool foreign;
	size_t pending = 0;
	bool *applied;

	if (site_of(call, &site, e) != OK ||
	    site_leave_builtin(&site, &foreign, e) != OK)
		return e->status;
	applied = site_applied(&site);
	for (size_t i = 0; i < site.graph.count; i++)
		pending += !applied[i];
	if (info_row(call, "migrations",
		     foreign       ? "none (the built-in ones do not apply)"
		     : site.folder ? site.folder
				   : "built in",
		     e) != OK ||
	    info_row(call, "current",
		     names_text(&site.versions, "", site.arena), e) != OK)
		return e->status;
	return info_row(call, "pending revisions",
			number_text(call, (long long)pending), e);
}

enum status db_info(struct call *call, struct error *e)
{
	struct row_counts counts;

	if (info_file(call, e) != OK || info_versions(call, e) != OK ||
	    rows_count(call->context->engine, call->arena, NULL, &counts, e) !=
		    OK)
		return e->status;
	for (size_t i = 0; i < counts.count; i++)
		if (info_row(call,
			     arena_printf(call->arena, "rows of %s",
					  counts.items[i].table),
			     number_text(call, counts.items[i].rows), e) != OK)
			return e->status;
	return OK;
}
