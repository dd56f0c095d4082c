#include "describe/complete_path.h"

#include "resource/filter/related.h"

/* Where the last path of a list begins; -age leaves a column out. */
static size_t path_start(const char *list)
{
	const char *comma = strrchr(list, ',');
	size_t start = comma ? (size_t)(comma + 1 - list) : 0;

	return start + (list[start] == '-');
}

size_t complete_path_word(const char *list)
{
	size_t start = path_start(list);
	const char *dot = strrchr(list + start, '.');

	return dot ? (size_t)(dot + 1 - list) : start;
}

/* The resource whose rows the operation returns, or counts. */
static const struct resource *rows_resource(const struct catalog *catalog,
					    const struct operation *operation)
{
	if (!operation)
		return NULL;
	return operation->flags & OPERATION_COUNTS
		       ? operation->subject
		       : catalog_find_columns(catalog, operation->columns);
}

/* The resource at the end of the path before; NULL if there is none. */
static const struct resource *follow_path(const struct catalog *catalog,
					  const struct operation *operation,
					  const char *before,
					  struct arena *arena)
{
	const struct resource *resource = rows_resource(catalog, operation);
	const char *path = before + path_start(before), *dot;
	struct related part;

	for (; resource && (dot = strchr(path, '.')); path = dot + 1) {
		const char *name = arena_copy_n(arena, path,
						(size_t)(dot - path));

		resource = related_find(resource, name, arena, &part)
				   ? part.resource
				   : NULL;
	}
	return resource;
}

static void offer_columns(const struct output_column *columns, size_t count,
			  offer_candidate *offer, void *data)
{
	for (size_t i = 0; i < count; i++)
		if (!(columns[i].flags & COLUMN_TEXT))
			offer(data, columns[i].name, columns[i].summary);
}

void complete_columns(const struct catalog *catalog,
		      const struct operation *operation, const char *before,
		      struct arena *arena, offer_candidate *offer, void *data)
{
	const struct resource *resource = follow_path(catalog, operation,
						      before, arena);

	if (resource)
		offer_columns(resource->columns, resource->ncolumns, offer,
			      data);
	else if (operation && !strchr(before, '.'))
		offer_columns(operation->columns, operation->ncolumns, offer,
			      data);
}

void complete_related(const struct catalog *catalog,
		      const struct operation *operation, const char *before,
		      struct arena *arena, offer_candidate *offer, void *data)
{
	const struct resource *resource = follow_path(catalog, operation,
						      before, arena);
	size_t count = 0;
	const struct related *parts = resource ? related_parts(resource, arena,
							       &count)
					       : NULL;

	for (size_t i = 0; i < count; i++)
		offer(data, parts[i].name, parts[i].resource->plural);
}
