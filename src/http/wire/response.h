/* One HTTP response, and its bytes. */
#ifndef HTTP_WIRE_RESPONSE_H
#define HTTP_WIRE_RESPONSE_H

#include <stdint.h>

#include "http/wire/slice.h"
#include "util/buffer.h"

enum { RESPONSE_MAX_FIELDS = 20 };

struct response {
	int status;
	const char *media_type;
	struct slice body;    /* lives until the response is written */
	bool problem;         /* the body is an error: {"detail":…} */
	bool gzip;            /* the body is sent compressed */
	bool packed;          /* it is compressed already, and has a cache */
	struct buffer *cache; /* keeps it in its other coding; or NULL */
	bool streamed;        /* the body follows; its length is unknown */
	struct {
		const char *name, *value;
	} fields[RESPONSE_MAX_FIELDS];
	size_t nfields;
};

/* How a response is sent on its connection. */
struct response_frame {
	const char *date; /* the current time, by http_date */
	bool head_only;   /* only the length of the body is sent */
	bool chunked;     /* a streamed body is sent in chunks */
	bool close;       /* the connection is closed after it */
};

/* Adds a header field.  name and value must live as long as the body. */
void response_field(struct response *response, const char *name,
		    const char *value);

/*
 * Sets text as the body: data that caches must not store and browsers must not
 * interpret.  response_json does so for JSON.
 */
void response_data(struct response *response, int status,
		   const char *media_type, struct slice text);
void response_json(struct response *response, int status, struct slice text);

/* Appends the response's bytes to out (RFC 9112, 4). */
void response_write(const struct response *response,
		    const struct response_frame *frame, struct buffer *out);

/* The reason phrase of a status (RFC 9110, 15). */
const char *http_reason(int status);

extern const char http_months[12][4]; /* "Jan" */

/* A time in microseconds since 1970 as an IMF-fixdate (RFC 9110, 5.6.7). */
enum { HTTP_DATE_SIZE = sizeof("Sun, 06 Nov 1994 08:49:37 GMT") };
void http_date(int64_t microseconds, char date[HTTP_DATE_SIZE]);

#endif
