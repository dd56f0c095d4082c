/* One HTTP response, and its bytes. */
#ifndef HTTP_WIRE_RESPONSE_H
#define HTTP_WIRE_RESPONSE_H

#include <stdint.h>

#include "http/wire/slice.h"
#include "util/buffer.h"

enum { RESPONSE_MAX_FIELDS = 12 };

struct response {
	int status;
	const char *media_type;
	struct slice body; /* lives until the response is written */
	bool problem;      /* the body is an error's {"detail":…} */
	bool streamed;     /* the body follows, and its length is not known */
	struct {
		const char *name, *value;
	} fields[RESPONSE_MAX_FIELDS];
	size_t nfields;
};

/* How it is sent, which is the connection's to say. */
struct response_frame {
	const char *date; /* of now, as http_date gives it */
	bool head_only;   /* the body is only counted */
	bool chunked;     /* a body that is streamed comes in chunks */
	bool close;       /* nothing comes after it */
};

/* Adds a header field; name and value live as long as the body. */
void response_field(struct response *response, const char *name,
		    const char *value);

/*
 * Makes text the body.  It is data: no cache keeps it, and no page may show it
 * as anything else.  response_json is for JSON.
 */
void response_data(struct response *response, int status,
		   const char *media_type, struct slice text);
void response_json(struct response *response, int status, struct slice text);

/* Appends the response's bytes (RFC 9112, 4). */
void response_write(const struct response *response,
		    const struct response_frame *frame, struct buffer *out);

/* The reason phrase of a status (RFC 9110, 15). */
const char *http_reason(int status);

/* A time in microseconds since 1970 as an IMF-fixdate (RFC 9110, 5.6.7). */
enum { HTTP_DATE_SIZE = sizeof("Sun, 06 Nov 1994 08:49:37 GMT") };
void http_date(int64_t microseconds, char date[HTTP_DATE_SIZE]);

#endif
