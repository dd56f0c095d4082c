#include "input/json_feed.h"

/* SQLite stores no longer text. */
static const size_t record_limit = 1000000000;

/* A scan of a value that may not be complete yet. */
struct walk {
	size_t at, depth;
	bool quoted, ended;
};

static bool is_space(char c)
{
	return c == ' ' || (c >= '\t' && c <= '\r');
}

static void walk_string(struct walk *walk, const char *text, size_t length)
{
	while (walk->at < length && text[walk->at] != '"')
		walk->at += text[walk->at] == '\\' ? 2 : 1;
	if (walk->at >= length)
		return;
	walk->at++;
	walk->quoted = false;
	walk->ended = !walk->depth;
}

/* One character outside of strings. */
static void walk_plain(struct walk *walk, char c)
{
	bool ends = !walk->depth && walk->at;

	if (c == '"' && ends) {
		walk->ended = true;
		return;
	}
	if (c == '"')
		walk->quoted = true;
	else if (c == '{' || c == '[')
		walk->depth++;
	else if ((c == '}' || c == ']') && walk->depth)
		walk->ended = !--walk->depth;
	else if (ends && (is_space(c) || c == ',' || c == '}' || c == ']')) {
		walk->ended = true;
		return;
	}
	walk->at++;
}

static void walk_on(struct walk *walk, const char *text, size_t length)
{
	while (!walk->ended && walk->at < length)
		if (walk->quoted)
			walk_string(walk, text, length);
		else
			walk_plain(walk, text[walk->at]);
}

static enum status refuse_size(const struct feed *feed, struct error *e)
{
	return fail(e, INVALID,
		    "a record is longer than %zu bytes, at byte %llu",
		    record_limit, (unsigned long long)feed_position(feed));
}

enum status feed_value(struct feed *feed, size_t *length, struct error *e)
{
	struct walk walk = { .at = 0 };

	for (;;) {
		walk_on(&walk, feed_rest(feed), feed_left(feed));
		if (walk.ended || feed->ended)
			break;
		if (feed_left(feed) > record_limit)
			return refuse_size(feed, e);
		if (feed_more(feed, e) != OK)
			return e->status;
	}
	*length = walk.ended ? walk.at : feed_left(feed);
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
		       is_space(feed_rest(feed)[length]))
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
		while (feed_left(feed) && is_space(*feed_rest(feed)))
			feed->at++;
		if (feed_left(feed) || feed->ended)
			return OK;
		if (feed_more(feed, e) != OK)
			return e->status;
	}
}
