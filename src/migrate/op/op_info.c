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
	struct stat is;
	enum status status = info_row(call, "database", call->context->url, e);
	const char *warning;

	if (status == OK)
		status = info_row(call, "engine",
				  engine_dialect(call->context->engine), e);
	if (status == OK)
		status = info_row(call, "engine version", engine_version(), e);
	warning = engine_warning(call->arena);
	if (status == OK && warning)
		status = info_row(call, "engine warning", warning, e);
	if (status == OK)
		status = info_row(call, "taskmgr version", TASKMGR_VERSION, e);
	if (status == OK && path && !stat(path, &is))
		status = info_row(call, "bytes", number_text(call, is.st_size),
				  e);
	return status;
}

static enum status info_versions(struct call *call, struct error *e)
{
	struct site site;
	enum status status = site_load(call->context, call->arena,
				       OPERATION_EMPTY, &site, e);
	bool foreign;
	size_t pending = 0;
	bool *applied;

	if (status == OK)
		status = site_leave_builtin(&site, &foreign, e);
	if (status != OK)
		return status;
	applied = site_applied(&site);
	for (size_t i = 0; i < site.graph.count; i++)
		pending += !applied[i];
	status = info_row(call, "migrations",
			  foreign       ? "none (the built-in ones do not "
					  "apply)"
			  : site.folder ? site.folder
					: "built in",
			  e);
	if (status == OK)
		status = info_row(call, "current",
				  names_text(&site.versions, "", site.arena),
				  e);
	return status != OK
		       ? status
		       : info_row(call, "pending revisions",
				  number_text(call, (long long)pending), e);
}

enum status db_info(struct call *call, struct error *e)
{
	struct row_counts counts;
	enum status status = info_file(call, e);

	if (status == OK)
		status = info_versions(call, e);
	if (status == OK)
		status = rows_count(call->context->engine, call->arena, NULL,
				    &counts, e);
	for (size_t i = 0; status == OK && i < counts.count; i++)
		status = info_row(call,
				  arena_printf(call->arena, "rows of %s",
					       counts.items[i].table),
				  number_text(call, counts.items[i].rows), e);
	return status;
}
