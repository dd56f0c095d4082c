/*
 * One parsed HTTP request (RFC 9110; http/wire/parse.h).  Its parts are
 * positions in the buffer, so they stay valid when the buffer moves.
 */
#ifndef HTTP_WIRE_REQUEST_H
#define HTTP_WIRE_REQUEST_H

#include <stdint.h>

#include "http/wire/slice.h"

#define HTTP_METHODS(X) \
	X(GET) X(HEAD) X(POST) X(PUT) X(PATCH) X(DELETE) X(OPTIONS)

#define HTTP_METHOD_ITEM(name) HTTP_##name,
enum http_method { HTTP_METHODS(HTTP_METHOD_ITEM) HTTP_METHOD_COUNT };
#undef HTTP_METHOD_ITEM

enum {
	REQUEST_MAX_FIELDS = 100,
	REQUEST_MAX_LINE = 8 * 1024,  /* method, target and version */
	REQUEST_MAX_HEAD = 16 * 1024, /* all field lines together */
};

/* A place in the request's bytes. */
struct request_part {
	uint32_t start, length;
};

struct request_field {
	struct request_part name, value;
};

enum request_state {
	REQUEST_LINE,
	REQUEST_FIELDS,
	REQUEST_BODY,
	REQUEST_CHUNK_SIZE,
	REQUEST_CHUNK_DATA,
	REQUEST_CHUNK_END,
	REQUEST_TRAILERS,
	REQUEST_COMPLETE,
};

struct request {
	enum http_method method;
	int minor;                       /* of HTTP/1.minor */
	struct request_part line;        /* "GET / HTTP/1.1" */
	struct request_part path, query; /* as sent; query without the ? */
	struct request_part
		authority; /* from Host, or from an absolute target */
	bool has_authority, asterisk;
	bool keep_alive;
	bool expects_continue; /* 100 must precede its body */
	struct request_field fields[REQUEST_MAX_FIELDS];
	size_t nfields;
	struct request_part body; /* with the chunks joined */

	/* If it was refused: the status to answer, and the reason. */
	int status;
	const char *reason;

	/* Private to the parser. */
	enum request_state state;
	char *data; /* the bytes at the last call */
	size_t length;
	size_t position;    /* parsed up to here */
	size_t scanned;     /* no line's end before this */
	size_t head_length; /* bytes of the field lines */
	uint64_t remaining; /* of the body or the chunk */
	uint64_t body_limit;
	bool chunked;
};

const char *http_method_name(enum http_method method);

/* The method of that name, in upper case; HTTP_METHOD_COUNT if none. */
enum http_method http_method_find(struct slice name);

/* Whether the method is safe (RFC 9110, 9.2.1): it changes nothing. */
bool http_method_is_safe(enum http_method method);

static inline struct slice request_slice(const struct request *request,
					 struct request_part span)
{
	return (struct slice){
		.data = request->data + span.start,
		.length = span.length,
	};
}

/*
 * The value of the first field of that name, in any case; data is NULL if there
 * is none.
 */
struct slice request_field(const struct request *request, const char *name);

/*
 * Whether a list field (RFC 9110, 5.6.1), which may have several lines,
 * contains the token, in any case.
 */
bool request_field_has(const struct request *request, const char *name,
		       const char *token);

#endif
