/* The Location of a record that was created. */
#ifndef HTTP_ANSWER_LOCATION_H
#define HTTP_ANSWER_LOCATION_H

#include "http/answer/reply.h"

/*
 * Adds the URL that shows the record, by its key, to the response; nothing if
 * there were several or it has none.
 */
void location_add(const struct reply *reply);

#endif
