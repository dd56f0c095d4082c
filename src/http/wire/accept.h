/* Content negotiation by Accept (RFC 9110, 12.5.1). */
#ifndef HTTP_WIRE_ACCEPT_H
#define HTTP_WIRE_ACCEPT_H

#include "http/wire/request.h"
#include "output/writer.h"

/*
 * The format whose media type the client prefers, JSON if several are equally
 * good; NULL if it accepts none.
 */
const struct output_format *accept_format(const struct request *request);

/* Whether gzip is accepted, and preferred to a plain body (12.5.3). */
bool accept_gzip(const struct request *request);

#define MEDIA_PROBLEM "application/problem+json"

/* Whether Accept names MEDIA_PROBLEM itself, not just a range with a *. */
bool accept_problem(const struct request *request);

#endif
