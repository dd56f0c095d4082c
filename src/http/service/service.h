/*
 * What requests are answered from: the door's context and the edition of the
 * schema that it has now.
 */
#ifndef HTTP_SERVICE_SERVICE_H
#define HTTP_SERVICE_SERVICE_H

#include "http/answer/router.h"
#include "http/service/settings.h"
#include "http/wire/response.h"
#include "output/sink.h"

struct jobs;

/*
 * What follows from one version of the schema.  Another process may change
 * it while requests are on their way, which keep the edition that they were
 * decoded by.
 */
struct edition {
	struct arena arena;
	struct catalog catalog;
	struct router router;
	int64_t schema_version;
	struct buffer openapi; /* empty until it is asked for */
	size_t holders;
};

/* What the listener counts, since its start or now. */
struct metrics {
	uint64_t responses[6]; /* by the first digit of their status */
	size_t connections;
	size_t memory;        /* of large bodies and answers, in bytes */
	size_t reads, writes; /* that wait for a thread; set for pages */
};

struct service {
	struct context context;         /* the loop's own */
	const struct context *operator; /* gets notes of our own faults */
	const struct http_settings *settings;
	struct edition *edition;
	struct sink sink; /* the answer that the loop makes */
	struct jobs *jobs;
	struct metrics metrics;
	bool fresh;   /* the snapshot of this turn was begun */
	bool blocked; /* another process keeps the loop from reading now */
};

/*
 * Opens the database and reads the catalog.  SCHEMA if the database is behind
 * its migrations.  context and settings must outlive the service.
 */
CHECKED enum status service_open(struct service *service,
				 const struct context *context,
				 const struct http_settings *settings,
				 struct error *e);
void service_close(struct service *service);

/*
 * Begins the snapshot in which the loop reads, unless this turn has one, with
 * the edition of its schema.  A database that was replaced is opened anew.
 */
CHECKED enum status service_refresh(struct service *service, struct error *e);

/* Ends the snapshot: what is read from here on was committed by now. */
void service_rest(struct service *service);

/* Holds the edition of now; it stays until it is released. */
struct edition *edition_hold(struct service *service);
void edition_release(struct edition *edition);

#endif
