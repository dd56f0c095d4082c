/*
 * Finds the operation for a method and a path.  The routes are those of the
 * catalog's operations, and the listener's own pages.
 */
#ifndef HTTP_ANSWER_ROUTER_H
#define HTTP_ANSWER_ROUTER_H

#include "catalog/catalog.h"
#include "http/wire/request.h"

struct response;
struct service;

/* A GET of a page. */
struct page_view {
	struct service *service;
	const struct page *page;
	struct arena *arena;
	struct response *response;
};

/* A page of the listener itself. */
struct page {
	const char *path;
	const char *text; /* of a page that is always the same; or NULL */
	bool open;        /* needs no token */
	bool docs;        /* left out by --no-docs */
	enum status (*show)(const struct page_view *view, struct error *e);
};

struct router_entry {
	const char *path;
	enum http_method method;
	const struct page *page; /* or: */
	const struct operation *operation;
	const struct route *route;
	const struct resource *resource; /* of the operation; or NULL */
	/* Of a route that creates a record: the route that shows it. */
	const struct route *show;
	/* Of a route that lists records: the operation that counts them. */
	const struct operation *count;
	/* Of a route that changes a record: the operation that shows it. */
	const struct operation *row;
	size_t position; /* in the catalog; the first one is used */
};

struct router {
	struct router_entry *entries; /* by path, method and position */
	size_t count;
};

/* The entries of one path, which are adjacent in the router. */
struct router_group {
	const struct router_entry *entries;
	size_t count;
};

/* Builds a router from the catalog and pages, whose last one has no path. */
void router_build(struct router *router, const struct page *pages,
		  const struct catalog *catalog, struct arena *arena);

/*
 * The entries of a decoded path, with or without a trailing slash; none if the
 * path is unknown.
 */
struct router_group router_find(const struct router *router, const char *path);

/* The entry for method, for HEAD that of GET; NULL if none. */
const struct router_entry *router_pick(struct router_group group,
				       enum http_method method);

/* The value of the Allow field: "GET, HEAD, OPTIONS". */
const char *router_allow(struct router_group group, struct arena *arena);

#endif
