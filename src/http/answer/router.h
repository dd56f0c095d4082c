/*
 * Which operation a method and a path ask for.  The routes are those of the
 * catalog's operations, and the few pages that the listener itself has.
 */
#ifndef HTTP_ANSWER_ROUTER_H
#define HTTP_ANSWER_ROUTER_H

#include "catalog/catalog.h"
#include "http/wire/request.h"

struct response;
struct service;

/* A page of the listener's own, for GET. */
struct page {
	const char *path;
	enum status (*show)(struct service *service, const struct page *page,
			    struct arena *arena, struct response *response,
			    struct error *e);
};

struct router_entry {
	const char *path;
	enum http_method method;
	const struct page *page; /* or: */
	const struct operation *operation;
	const struct route *route;
	const struct resource *resource; /* of the operation's noun; or NULL */
	/* Of a route that makes a record: where it is shown. */
	const struct route *show;
	/* Of a route that lists records: what counts them. */
	const struct operation *count;
	/* Of a route that changes one: what shows it. */
	const struct operation *row;
	size_t position; /* in the catalog: the first one wins */
};

struct router {
	struct router_entry *entries; /* by path, method and position */
	size_t count;
};

/* What one path has: the entries of a router that stand together. */
struct router_group {
	const struct router_entry *entries;
	size_t count;
};

/* A router over pages, ended by one without a path, and the catalog. */
void router_build(struct router *router, const struct page *pages,
		  const struct catalog *catalog, struct arena *arena);

/*
 * The entries of a decoded path, with a slash at its end or without.  A count
 * of 0: there is nothing.
 */
struct router_group router_find(const struct router *router, const char *path);

/* The entry that answers method, GET's for HEAD; NULL if none. */
const struct router_entry *router_pick(struct router_group group,
				       enum http_method method);

/* The value of Allow: "GET, HEAD, OPTIONS". */
const char *router_allow(struct router_group group, struct arena *arena);

#endif
