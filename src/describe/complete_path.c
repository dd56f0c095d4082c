#include "describe/complete_path.h"

#include <string.h>
#include <strings.h>

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

static bool ends_in_joining_word(const char *text, const char *end)
{
	static const char *const words[] = { "and", "or", "not" };

	for (size_t i = 0; i < sizeof(words) / sizeof(*words); i++) {
		size_t length = strlen(words[i]);

		if ((size_t)(end - text) >= length &&
		    strncasecmp(end - length, words[i], length) == 0 &&
		    (end - length == text ||
		     strchr(" (", end[-(long)length - 1])))
			return true;
	}
	return false;
}

size_t complete_condition_word(const char *text)
{
	const char *start = text;
	char quote = '\0';

	for (const char *p = text; *p; p++) {
		if (quote && *p == quote)
			quote = '\0';
		else if (!quote && (*p == '"' || *p == '\''))
			quote = *p;
		if (!quote &&
		    (*p == '(' || (*p == ' ' && ends_in_joining_word(text, p))))
			start = p + 1;
	}
	return (size_t)(start - text);
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

static bool adds_related(const struct operation *operation)
{
	for (size_t i = 0; operation && i < operation->nparameters; i++)
		if (operation->parameters[i].values == VALUES_RELATED)
			return true;
	return false;
}

/* The resource at the end of the path before; NULL if there is none. */
static const struct resource *follow_path(const struct resource *resource,
					  const char *before, bool many,
					  struct arena *arena)
{
	const char *path = before + path_start(before), *dot;
	struct related part;

	for (; resource && (dot = strchr(path, '.')); path = dot + 1) {
		const char *name = arena_copy_n(arena, path,
						(size_t)(dot - path));

		resource = related_find(resource, name, arena, &part) &&
					   (many || !part.many)
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

/* Related rows: as a name, or with a dot for what follows it. */
static void offer_parts(const struct resource *resource, const char *end,
			bool many, struct arena *arena, offer_candidate *offer,
			void *data)
{
	size_t count;
	const struct related *parts = related_parts(resource, arena, &count);

	for (size_t i = 0; i < count; i++)
		if (many || !parts[i].many)
			offer(data,
			      arena_printf(arena, "%s%s", parts[i].name, end),
			      parts[i].resource->plural);
}

void complete_path(const struct catalog *catalog,
		   const struct operation *operation,
		   enum parameter_values values, const char *before,
		   struct arena *arena, offer_candidate *offer, void *data)
{
	const struct resource *resource = NULL;
	bool many = values != VALUES_PATHS;

	if (values != VALUES_COLUMNS || adds_related(operation))
		resource = follow_path(rows_resource(catalog, operation),
				       before, many, arena);
	if (resource && values != VALUES_RELATED)
		offer_columns(resource->columns, resource->ncolumns, offer,
			      data);
	else if (!resource && operation && !before[path_start(before)])
		offer_columns(operation->columns, operation->ncolumns, offer,
			      data);
	if (resource)
		offer_parts(resource, values == VALUES_RELATED ? "" : ".", many,
			    arena, offer, data);
}

const struct resource *complete_reference(const struct catalog *catalog,
					  const struct operation *operation,
					  const char *path, struct arena *arena)
{
	return follow_path(rows_resource(catalog, operation), path, false,
			   arena);
}
