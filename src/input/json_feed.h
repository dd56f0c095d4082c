/* Where records of JSON end in a feed. */
#ifndef INPUT_JSON_FEED_H
#define INPUT_JSON_FEED_H

#include "input/feed.h"

/* Consumes white space. */
CHECKED enum status feed_skip_space(struct feed *feed, struct error *e);

/*
 * Brings the JSON value that starts at the window's rest into it whole: *length
 * is its length, or that of all the rest where the value has no end.  What is
 * between its brackets and quotes is not judged.
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
