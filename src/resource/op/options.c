#include "resource/op/making.h"

#include "resource/filter/related.h"

const struct value making_zero = { .kind = VALUE_INTEGER, .integer = 0 };

/* A request cannot be asked whether it intends to change that many. */
static const struct value most = { .kind = VALUE_INTEGER, .integer = 1000 };

/* The tables are laid out by hand. */
/* clang-format off */

static const struct parameter filter_options[] = {
	OPTION("where", TYPE_TEXT, "only matching rows: 'age>=30'",
	       .values = VALUES_CONDITIONS, .flags = PARAMETER_REPEATED),
	OPTION("search", TYPE_TEXT, "only rows with this text in any column",
	       .metavar = "TEXT"),
};

static const struct parameter selection_options[] = {
	OPTION("all", TYPE_BOOLEAN, "all rows", .flags = PARAMETER_ROWS),
	NUMBER_OPTION("max_affected",
		      "change nothing if there are more than N rows",
		      .flags = PARAMETER_ROWS | PARAMETER_BOUND,
		      .request = &most),
};

#define COLUMNS_OPTION(a_name, a_summary) \
	OPTION(a_name, TYPE_TEXT, a_summary, .values = VALUES_PATHS)

static const struct parameter group_options[] = {
	COLUMNS_OPTION("by", "count groups: completed, user.age, created.month"),
	COLUMNS_OPTION("sum", "the sum of these columns"),
	COLUMNS_OPTION("avg", "their average"),
	COLUMNS_OPTION("min", "their smallest value"),
	COLUMNS_OPTION("max", "their largest value"),
	OPTION("sort", TYPE_TEXT, "sort groups by these columns of the result",
	       .values = VALUES_COLUMNS),
	NUMBER_OPTION("limit", "show at most N groups",
		      .flags = PARAMETER_LIMIT),
};

static const struct parameter page_options[] = {
	OPTION("sort", TYPE_TEXT, "sort by these; -COLUMN for descending",
	       .values = VALUES_PATHS, .flags = PARAMETER_PAGE),
	NUMBER_OPTION("limit", "show at most N rows",
		      .flags = PARAMETER_PAGE | PARAMETER_LIMIT),
	NUMBER_OPTION("offset", "skip the first N rows",
		      .flags = PARAMETER_PAGE | PARAMETER_START),
	OPTION("after", TYPE_TEXT, "continue a list cut by a limit",
	       .metavar = "CURSOR", .flags = PARAMETER_PAGE | PARAMETER_START),
};

/* clang-format on */

void making_filter(struct making *making, unsigned flags)
{
	const size_t first = making->nparameters;

	MAKING_ADD_ALL(making, filter_options);
	for (size_t i = first; i < making->nparameters; i++)
		making->parameters[i].flags |= flags;
}

void making_selection(struct making *making)
{
	making_filter(making, PARAMETER_ROWS);
	MAKING_ADD_ALL(making, selection_options);
}

void making_groups(struct making *making)
{
	MAKING_ADD_ALL(making, group_options);
}

void making_page(struct making *making)
{
	MAKING_ADD_ALL(making, page_options);
}

/* "user", "tasks": what a row names or is named by. */
static const char *related_example(const struct resource *resource)
{
	for (size_t i = 0; i < resource->nreferences; i++)
		if (resource->references[i].alias)
			return resource->references[i].alias;
	return resource->nlinks ? resource->links[0].verb : "RELATED";
}

void making_related(struct making *making)
{
	const char *summary = arena_printf(making->arena,
					   "related rows too, such as %s",
					   related_example(making->resource));

	making_add(making,
		   (struct parameter)OPTION(
			   "with", TYPE_TEXT, summary, .metavar = "RELATED",
			   .values = VALUES_RELATED,
			   .flags = PARAMETER_REPEATED | PARAMETER_PAGE));
}

void making_nested(struct making *making)
{
	size_t count;
	const struct related *parts = related_parts(making->resource,
						    making->arena, &count);

	for (size_t i = 0; i < count; i++)
		if (parts[i].many)
			making_add(making,
				   (struct parameter){
					   .name = parts[i].name,
					   .role = PARAMETER_FIELD,
					   .flags = PARAMETER_HIDDEN,
					   .fields = making_columns(
						   making,
						   parts[i].resource->table,
						   parts[i].reference),
					   .nested = &parts[i].resource->create,
				   });
}
