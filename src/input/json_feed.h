/* Where records of JSON end in a feed. */
#ifndef INPUT_JSON_FEED_H
#define INPUT_JSON_FEED_H

#include "input/feed.h"

/* Consumes white space. */
CHECKED enum status feed_skip_space(struct feed *feed, struct error *e);

/*
 * Extends the window until it has the whole JSON value that starts at its rest.
 * *length is the value's length, or that of the rest if the value does not end.
 * What is between its brackets and quotes is not checked.
 */
CHECKED enum status feed_value(struct feed *feed, size_t *length,
			       struct error *e);

/* The same of a line, without its line feed. */
CHECKED enum status feed_line(struct feed *feed, size_t *length,
			      struct error *e);

/* Whether only white space follows the first length bytes. */
CHECKED enum status feed_is_last(struct feed *feed, size_t length, bool *last,
				 struct error *e);

#endif
