/*
 * A feed that gets its text in pieces, and what the readers of src/input make
 * of a text, as text: it must not depend on the pieces.
 */
#ifndef TESTS_FUZZ_PIECES_H
#define TESTS_FUZZ_PIECES_H

#include <sys/socket.h>
#include <unistd.h>

#include "input/delimited.h"
#include "input/json_feed.h"

/* Each read from the descriptor returns one piece; -1 if there are too many. */
static inline int pieces_open(const char *text, size_t length, size_t first,
			      size_t others)
{
	int ends[2];
	ssize_t n = 0;

	if (socketpair(AF_UNIX, SOCK_SEQPACKET, 0, ends) < 0)
		return -1;
	for (size_t at = 0; at < length && n >= 0; at += (size_t)n) {
		size_t size = at ? others : first;

		if (size > length - at || !size)
			size = length - at;
		n = send(ends[1], text + at, size, MSG_DONTWAIT);
	}
	close(ends[1]);
	if (n < 0) {
		close(ends[0]);
		return -1;
	}
	return ends[0];
}

static inline void show(struct buffer *out, const char *name, const char *text,
			size_t length)
{
	buffer_printf(out, "%s %zu:", name, length);
	buffer_add(out, text, length);
	buffer_byte(out, '\n');
}

static inline void show_row(struct buffer *out, const struct delimited *rows)
{
	buffer_printf(out, "row at line %zu\n", rows->line);
	for (size_t i = 0; i < rows->nfields; i++)
		show(out, rows->fields[i].bare ? "bare" : "field",
		     rows->text.data + rows->fields[i].start,
		     rows->fields[i].length);
	show(out, "of", rows->source, rows->source_length);
}

static inline enum status read_rows(struct feed *feed, bool tsv, bool blanks,
				    struct buffer *out, struct error *e)
{
	struct delimited rows __attribute__((cleanup(delimited_clear)));
	char separator = '\t';
	enum delimited_step step;

	if (feed_skip_mark(feed, e) != OK ||
	    (!tsv && delimited_guess(feed, &separator, e) != OK)) {
		rows = (struct delimited){ .feed = NULL };
		return e->status;
	}
	delimited_open(&rows, feed, separator, tsv);
	rows.blanks = blanks;
	buffer_printf(out, "separator %d\n", separator);
	while ((step = delimited_next(&rows, e)) == DELIMITED_ROW ||
	       step == DELIMITED_BAD) {
		if (step == DELIMITED_ROW)
			show_row(out, &rows);
		else
			show(out, rows.reason, rows.source, rows.source_length);
	}
	return e->status;
}

/* Values, each with what follows it, or lines. */
static inline enum status read_json(struct feed *feed, bool lines,
				    struct buffer *out, struct error *e)
{
	size_t length, line, column;
	bool last = false;

	if (feed_skip_mark(feed, e) != OK)
		return e->status;
	for (;;) {
		if (feed_skip_space(feed, e) != OK || !feed_left(feed))
			return e->status;
		if ((lines ? feed_line(feed, &length, e)
			   : feed_value(feed, &length, e)) != OK ||
		    feed_is_last(feed, length, &last, e) != OK)
			return e->status;
		feed_locate(feed, feed->at, &line, &column);
		buffer_printf(out, "byte %llu, line %zu, column %zu, %s\n",
			      (unsigned long long)feed_position(feed), line,
			      column, last ? "last" : "not last");
		show(out, "value", feed_rest(feed), length);
		feed->at += length;
	}
}

enum reader {
	READ_CSV,
	READ_TSV,
	READ_BLANKS,
	READ_VALUES,
	READ_LINES,
	READERS
};

static inline void read_feed(struct feed *feed, enum reader reader,
			     struct buffer *out)
{
	ARENA(arena);
	struct error e;

	error_init(&e, &arena);
	if ((reader < READ_VALUES
		     ? read_rows(feed, reader != READ_CSV,
				 reader == READ_BLANKS, out, &e)
		     : read_json(feed, reader == READ_LINES, out, &e)) != OK)
		buffer_printf(out, "failed: %s\n", e.message);
	feed_clear(feed);
}

static inline void read_whole(const char *text, size_t length,
			      enum reader reader, struct buffer *out)
{
	struct feed feed;

	feed_open_text(&feed, text, length);
	read_feed(&feed, reader, out);
}

/* False if there are too many pieces. */
static inline bool read_pieces(const char *text, size_t length, size_t first,
			       size_t others, enum reader reader,
			       struct buffer *out)
{
	struct feed feed;
	int fd = pieces_open(text, length, first, others);

	if (fd < 0)
		return false;
	feed_open(&feed, fd, "");
	read_feed(&feed, reader, out);
	close(fd);
	return true;
}

#endif
