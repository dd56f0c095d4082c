#include "http/answer/router.h"

#include <stdlib.h>

#include "resource/model/resource.h"

static int compare(const void *a, const void *b)
{
	const struct router_entry *one = a, *other = b;
	int order = strcmp(one->path, other->path);

	if (order)
		return order;
	if (one->method != other->method)
		return one->method < other->method ? -1 : 1;
	return one->position < other->position ? -1 : 1;
}

static const struct route *get_route(const struct operation *operation)
{
	for (size_t i = 0; operation && i < operation->nroutes; i++) {
		if (!strcmp(operation->routes[i].method, "GET"))
			return &operation->routes[i];
	}
	return NULL;
}

/* Sets the related operations on the same resource that the answer may need. */
static void find_others(struct router_entry *entry,
			const struct catalog *catalog)
{
	const struct operation *operation = entry->operation;
	const struct operation *show = catalog_find_flag(
		catalog, operation->subject, OPERATION_SHOWS);

	entry->resource = operation->subject;
	if (operation->flags & OPERATION_LISTS)
		entry->count = catalog_find_flag(catalog, operation->subject,
						 OPERATION_COUNTS);
	if (operation->flags & OPERATION_WRITES) {
		if (entry->route->status == 201)
			entry->show = get_route(show);
		else if (!entry->route->rows)
			entry->row = show;
	}
}

static void add_routes(struct router *router, struct arena *arena,
		       const struct operation *operation,
		       const struct catalog *catalog)
{
	for (size_t i = 0; i < operation->nroutes; i++) {
		const struct route *route = &operation->routes[i];
		struct router_entry *entry = LIST_ADD(arena, router->entries,
						      router->count);

		*entry = (struct router_entry){
			.path = route->path,
			.method = http_method_find(slice_of(route->method)),
			.operation = operation,
			.route = route,
			.position = router->count,
		};
		find_others(entry, catalog);
	}
}

void router_build(struct router *router, const struct page *pages,
		  const struct catalog *catalog, struct arena *arena)
{
	*router = (struct router){ .count = 0 };
	for (; pages->path; pages++)
		*LIST_ADD(arena, router->entries,
			  router->count) = (struct router_entry){
			.path = pages->path,
			.method = HTTP_GET,
			.page = pages,
		};
	for (size_t i = 0; i < catalog->noperations; i++)
		add_routes(router, arena, catalog->operations[i], catalog);
	if (router->count)
		qsort(router->entries, router->count, sizeof(*router->entries),
		      compare);
}

static struct router_group find_exact(const struct router *router,
				      const char *path)
{
	struct router_group group = { .entries = router->entries };
	size_t low = 0, high = router->count;

	while (low < high) {
		size_t middle = low + (high - low) / 2;

		if (strcmp(router->entries[middle].path, path) < 0)
			low = middle + 1;
		else
			high = middle;
	}
	group.entries += low;
	while (low + group.count < router->count &&
	       !strcmp(group.entries[group.count].path, path))
		group.count++;
	return group;
}

struct router_group router_find(const struct router *router, const char *path)
{
	struct router_group group = find_exact(router, path);
	size_t length = strlen(path);
	char other[REQUEST_MAX_LINE + 2];

	/*
	 * Not a redirect: it would have to name a host, which the client
	 * chooses.
	 */
	if (group.count || length < 2 || length >= sizeof(other) - 1 ||
	    !strcmp(path + length - 2, "//"))
		return group;
	memcpy(other, path, length + 1);
	if (other[length - 1] == '/')
		other[length - 1] = '\0';
	else
		memcpy(other + length, "/", 2);
	return find_exact(router, other);
}

const struct router_entry *router_pick(struct router_group group,
				       enum http_method method)
{
	if (method == HTTP_HEAD)
		method = HTTP_GET;
	for (size_t i = 0; i < group.count; i++) {
		if (group.entries[i].method == method)
			return group.entries + i;
	}
	return NULL;
}

const char *router_allow(struct router_group group, struct arena *arena)
{
	const char *allow = "";

	for (int i = 0; i < HTTP_OPTIONS; i++) {
		enum http_method method = (enum http_method)i;

		if (router_pick(group, method))
			allow = arena_printf(arena, "%s%s, ", allow,
					     http_method_name(method));
	}
	return arena_printf(arena, "%sOPTIONS", allow);
}
