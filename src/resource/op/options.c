#include "resource/op/making.h"

#include "resource/filter/related.h"

static const struct value zero = { .kind = VALUE_INTEGER, .integer = 0 };

void making_filter(struct making *making, unsigned flags)
{
	making_add(making, (struct parameter){
				   .name = "where",
				   .summary = "only matching rows: 'age>=30'",
				   .role = PARAMETER_OPTION,
				   .type = TYPE_TEXT,
				   .values = VALUES_CONDITIONS,
				   .flags = PARAMETER_REPEATED | flags,
			   });
	making_add(making, (struct parameter){
				   .name = "search",
				   .metavar = "TEXT",
				   .summary = "only rows with this text in "
					      "any column",
				   .role = PARAMETER_OPTION,
				   .type = TYPE_TEXT,
				   .flags = flags,
			   });
}

void making_selection(struct making *making)
{
	/* A request cannot be asked whether it intends to change that many. */
	static const struct value most = { .kind = VALUE_INTEGER,
					   .integer = 1000 };

	making_filter(making, PARAMETER_ROWS);
	making_add(making, (struct parameter){
				   .name = "all",
				   .summary = "all rows",
				   .role = PARAMETER_OPTION,
				   .type = TYPE_BOOLEAN,
				   .flags = PARAMETER_ROWS,
			   });
	making_add(making,
		   (struct parameter){
			   .name = "max_affected",
			   .metavar = "N",
			   .summary = "change nothing if there are more "
				      "than N rows",
			   .role = PARAMETER_OPTION,
			   .type = TYPE_INTEGER,
			   .flags = PARAMETER_ROWS | PARAMETER_BOUND,
			   .minimum = &zero,
			   .request = &most,
		   });
}

void making_groups(struct making *making)
{
	static const struct {
		const char *name, *summary;
	} lists[] = {
		{ "by", "count groups: completed, user.age, created.month" },
		{ "sum", "the sum of these columns" },
		{ "avg", "their average" },
		{ "min", "their smallest value" },
		{ "max", "their largest value" },
	};

	for (size_t i = 0; i < sizeof(lists) / sizeof(*lists); i++)
		making_add(making, (struct parameter){
					   .name = lists[i].name,
					   .metavar = "COLUMNS",
					   .summary = lists[i].summary,
					   .role = PARAMETER_OPTION,
					   .type = TYPE_TEXT,
					   .values = VALUES_PATHS,
				   });
	making_add(making, (struct parameter){
				   .name = "sort",
				   .metavar = "COLUMNS",
				   .summary = "sort groups by these columns of "
					      "the result",
				   .role = PARAMETER_OPTION,
				   .type = TYPE_TEXT,
			   });
	making_add(making, (struct parameter){
				   .name = "limit",
				   .metavar = "N",
				   .summary = "show at most N groups",
				   .role = PARAMETER_OPTION,
				   .type = TYPE_INTEGER,
				   .minimum = &zero,
			   });
}

void making_page(struct making *making)
{
	making_add(making,
		   (struct parameter){
			   .name = "sort",
			   .summary = "sort by these; -COLUMN for descending",
			   .role = PARAMETER_OPTION,
			   .type = TYPE_TEXT,
			   .values = VALUES_COLUMNS,
		   });
	making_add(making, (struct parameter){
				   .name = "limit",
				   .metavar = "N",
				   .summary = "show at most N rows",
				   .role = PARAMETER_OPTION,
				   .type = TYPE_INTEGER,
				   .minimum = &zero,
			   });
	making_add(making, (struct parameter){
				   .name = "offset",
				   .metavar = "N",
				   .summary = "skip the first N rows",
				   .role = PARAMETER_OPTION,
				   .type = TYPE_INTEGER,
				   .minimum = &zero,
			   });
	making_add(making, (struct parameter){
				   .name = "after",
				   .metavar = "CURSOR",
				   .summary = "continue a list cut by "
					      "--limit",
				   .role = PARAMETER_OPTION,
				   .type = TYPE_TEXT,
			   });
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
	const char *example = related_example(making->resource);

	making_add(making,
		   (struct parameter){
			   .name = "with",
			   .metavar = "RELATED",
			   .summary = arena_printf(
				   making->arena,
				   "related rows too, such as %s", example),
			   .role = PARAMETER_OPTION,
			   .type = TYPE_TEXT,
			   .values = VALUES_RELATED,
			   .flags = PARAMETER_REPEATED,
		   });
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
