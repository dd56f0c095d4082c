/* What the client wants to get: Accept (RFC 9110, 12.5.1). */
#ifndef HTTP_WIRE_ACCEPT_H
#define HTTP_WIRE_ACCEPT_H

#include "http/wire/request.h"
#include "output/writer.h"

/*
 * The format whose media type the client likes best, JSON where it is as good
 * as any; NULL where it accepts none.
 */
const struct output_format *accept_format(const struct request *request);

/* Whether a media type is named, and not only by a range with a *. */
bool accept_names(const struct request *request, const char *media_type);

#endif
