#include "input/json_feed.h"

#include "util/text.h"

/* SQLite stores no longer text. */
static const size_t record_limit = 1000000000;

/* A scan of a value that may not be complete yet. */
struct value_scan {
	size_t at, depth;
	bool quoted, ended;
};

static void scan_string(struct value_scan *scan, const char *text,
			size_t length)
{
	while (scan->at < length && text[scan->at] != '"')
		scan->at += text[scan->at] == '\\' ? 2 : 1;
	if (scan->at >= length)
		return;
	scan->at++;
	scan->quoted = false;
	scan->ended = !scan->depth;
}

/* One character outside of strings. */
static void scan_plain(struct value_scan *scan, char c)
{
	bool ends = !scan->depth && scan->at;

	if (c == '"' && ends) {
		scan->ended = true;
		return;
	}
	if (c == '"')
		scan->quoted = true;
	else if (c == '{' || c == '[')
		scan->depth++;
	else if ((c == '}' || c == ']') && scan->depth)
		scan->ended = !--scan->depth;
	else if (ends &&
		 (text_is_space(c) || c == ',' || c == '}' || c == ']')) {
		scan->ended = true;
		return;
	}
	scan->at++;
}

static void scan_on(struct value_scan *scan, const char *text, size_t length)
{
	while (!scan->ended && scan->at < length)
		if (scan->quoted)
			scan_string(scan, text, length);
		else
			scan_plain(scan, text[scan->at]);
}

static enum status refuse_size(const struct feed *feed, struct error *e)
{
	return fail(e, INVALID,
		    "a record is longer than %zu bytes, at byte %llu",
		    record_limit, (unsigned long long)feed_position(feed));
}

enum status feed_value(struct feed *feed, size_t *length, struct error *e)
{
	struct value_scan scan = { .at = 0 };

	for (;;) {
		scan_on(&scan, feed_rest(feed), feed_left(feed));
		if (scan.ended || feed->ended)
			break;
		if (feed_left(feed) > record_limit)
			return refuse_size(feed, e);
		if (feed_more(feed, e) != OK)
			return e->status;
	}
	*length = scan.ended ? scan.at : feed_left(feed);
	return OK;
}

enum status feed_line(struct feed *feed, size_t *length, struct error *e)
{
	size_t seen = 0;

	for (;;) {
		const char *start = feed_rest(feed);
		const char *end = memchr(start + seen, '\n',
					 feed_left(feed) - seen);

		seen = feed_left(feed);
		*length = end ? (size_t)(end - start) : seen;
		if (end || feed->ended)
			return OK;
		if (seen > record_limit)
			return refuse_size(feed, e);
		if (feed_more(feed, e) != OK)
			return e->status;
	}
}

enum status feed_is_last(struct feed *feed, size_t length, bool *last,
			 struct error *e)
{
	for (;;) {
		while (length < feed_left(feed) &&
		       text_is_space(feed_rest(feed)[length]))
			length++;
		*last = length == feed_left(feed);
		if (!*last || feed->ended)
			return OK;
		if (feed_more(feed, e) != OK)
			return e->status;
	}
}

enum status feed_skip_space(struct feed *feed, struct error *e)
{
	for (;;) {
		while (feed_left(feed) && text_is_space(*feed_rest(feed)))
			feed->at++;
		if (feed_left(feed) || feed->ended)
			return OK;
		if (feed_more(feed, e) != OK)
			return e->status;
	}
}
