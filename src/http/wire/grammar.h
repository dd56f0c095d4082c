/*
 * Classes of bytes, and what the parser's files share: parse.c calls the rules
 * of the grammar in request_line.c, fields.c and chunk.c.
 */
#ifndef HTTP_WIRE_GRAMMAR_H
#define HTTP_WIRE_GRAMMAR_H

#include "http/wire/parse.h"

enum byte_class {
	BYTE_TOKEN = 1,  /* RFC 9110, 5.6.2: tchar */
	BYTE_TARGET = 2, /* RFC 3986, 3.3: pchar, and "/" and "?" */
	BYTE_VALUE = 4,  /* RFC 9110, 5.5: field-vchar, SP, HTAB */
	BYTE_HEX = 8,
	BYTE_HOST = 16, /* RFC 3986, 3.2.2: host and port */
};

extern const unsigned char byte_classes[256];

static inline bool byte_is(char byte, enum byte_class class)
{
	return byte_classes[(unsigned char)byte] & class;
}

/* The number of bytes at the start of slice that are of the class. */
size_t slice_span(struct slice slice, enum byte_class class);

/* The value of a hexadecimal digit. */
int hex_value(char digit);

/* Refuses the request for a reason; returns false for the caller to return. */
static inline bool request_refuse(struct request *request, int status,
				  const char *reason)
{
	request->status = status;
	request->reason = reason;
	return false;
}

struct request_part request_part_of(const struct request *request,
				    struct slice slice);

/* Parses the line "GET /path?query HTTP/1.1", without its CRLF. */
bool parse_request_line(struct request *request, struct slice line);

/* Parses a field line.  parse_trailer checks one and ignores it. */
bool parse_field(struct request *request, struct slice line);
bool parse_trailer(struct request *request, struct slice line);

/* Evaluates the fields about the connection and the body's framing. */
bool parse_meaning(struct request *request);

/* Parses the line with a chunk's size and extensions. */
bool parse_chunk_size(struct request *request, struct slice line);

/* Whether text is a host with an optional port, or "".  Nothing is resolved. */
bool authority_is_valid(struct slice text);

#endif
