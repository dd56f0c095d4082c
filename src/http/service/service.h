/*
 * What all requests share: the context and the current edition of the schema.
 */
#ifndef HTTP_SERVICE_SERVICE_H
#define HTTP_SERVICE_SERVICE_H

#include "http/answer/router.h"
#include "http/service/settings.h"
#include "http/service/tokens.h"
#include "http/wire/response.h"
#include "output/sink.h"

struct jobs;

enum { PAGES_MOST = 16 };

/*
 * Everything derived from one version of the schema.  Another process may
 * change the schema at any time; a request keeps the edition that it was
 * decoded by.
 */
struct edition {
	struct arena arena;
	struct catalog catalog;
	struct router router;
	int64_t schema_version;
	struct buffer openapi;      /* empty until it is requested */
	struct buffer openapi_gzip; /* the same, compressed */
	size_t holders;
};

/*
 * What the listener counts: responses since its start, the others as they are
 * now.
 */
struct metrics {
	uint64_t responses[6]; /* by the first digit of the status */
	size_t connections;
	size_t memory; /* bytes of large bodies and answers */
	size_t reads,
		writes; /* requests waiting for a thread, as of this page */
};

struct service {
	struct context context;         /* the loop's own */
	const struct context *operator; /* gets our own faults */
	const struct http_settings *settings;
	struct tokens tokens;
	struct edition *edition;
	struct sink sink; /* for the answers that the loop makes */
	struct buffer expanded[PAGES_MOST]; /* files of /docs, once needed */
	struct jobs *jobs;
	struct metrics metrics;
	bool fresh;   /* the snapshot of this turn is open */
	bool blocked; /* another process prevents the loop from reading */
};

/*
 * Opens the database and reads the catalog.  SCHEMA if the database is not at
 * head.  context and settings must outlive the service.
 */
CHECKED enum status service_open(struct service *service,
				 const struct context *context,
				 const struct http_settings *settings,
				 struct error *e);
void service_close(struct service *service);

/*
 * Begins this turn's snapshot, if it is not open, and loads the edition of its
 * schema.  Reopens the database if its file was replaced.
 */
CHECKED enum status service_refresh(struct service *service, struct error *e);

/* Ends the snapshot: later reads see everything committed so far. */
void service_rest(struct service *service);

/* Takes a reference to the current edition. */
struct edition *edition_hold(struct service *service);
void edition_release(struct edition *edition);

#endif
