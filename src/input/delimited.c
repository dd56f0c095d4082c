#include "input/delimited.h"

enum {
	ROW_LIMIT = 64 * 1024 * 1024, /* bytes; more is an unclosed quote */
	GROWTH = 256 * 1024,
	NO_QUOTE = '\0', /* which text must not contain */
};

static const char unclosed[] = "a quote is opened here but not closed";
static const char stray[] = "a stray quote: in a quoted field it is doubled, "
			    "in any other there is none";
static const char nul[] = "text must not contain NUL";

static int no_space(unsigned char c)
{
	(void)c;
	return 0;
}

static void start_parser(struct delimited *delimited)
{
	struct csv_parser *parser = &delimited->parser;

	csv_init(parser, CSV_STRICT | CSV_STRICT_FINI | CSV_EMPTY_IS_NULL);
	csv_set_space_func(parser, no_space);
	csv_set_delim(parser, (unsigned char)delimited->separator);
	/* How much its buffer grows by; the default is 128 bytes. */
	csv_set_blk_size(parser, GROWTH);
	if (delimited->tsv)
		csv_set_quote(parser, NO_QUOTE);
}

void delimited_open(struct delimited *delimited, struct feed *feed,
		    char separator, bool tsv)
{
	*delimited = (struct delimited){
		.feed = feed,
		.separator = separator,
		.tsv = tsv,
	};
	start_parser(delimited);
}

void delimited_clear(struct delimited *delimited)
{
	csv_free(&delimited->parser);
	buffer_clear(&delimited->text);
	buffer_clear(&delimited->spans);
}

/* \t, \n, \r and \\ of TSV; a backslash before anything else is itself. */
static size_t unescape(char *text, size_t length)
{
	static const char letters[] = "tnr\\", bytes[] = "\t\n\r\\";
	size_t n = 0;

	for (size_t i = 0; i < length; i++) {
		const char *letter = text[i] == '\\' && i + 1 < length
					     ? strchr(letters, text[i + 1])
					     : NULL;

		if (letter && *letter) {
			text[n++] = bytes[letter - letters];
			i++;
		} else {
			text[n++] = text[i];
		}
	}
	return n;
}

static void add_field(void *text, size_t length, void *data)
{
	struct delimited *delimited = data;
	struct buffer *row = &delimited->text;
	struct delimited_field field = {
		.start = row->length,
		.length = length,
		.bare = !text,
	};

	if (text)
		buffer_add(row, text, length);
	buffer_byte(row, '\0');
	if (delimited->tsv && text && memchr(text, '\\', length)) {
		/* \N alone is NULL, as PostgreSQL's COPY and MySQL have it. */
		field.bare = length == 2 && memcmp(text, "\\N", 2) == 0;
		field.length = unescape(row->data + field.start, length);
	}
	buffer_add(&delimited->spans, &field, sizeof(field));
	delimited->nfields++;
}

static void end_row(int end, void *data)
{
	(void)end;
	((struct delimited *)data)->complete = true;
}

/* The end of the line that starts at text, its line feed or carriage return
   included; NULL if it isn't there. */
static const char *line_end(const char *text, const char *end)
{
	while (text < end && *text != '\n' && *text != '\r')
		text++;
	return text < end ? text + 1 : NULL;
}

/*
 * The next line from *next on, in the window that starts at the row: \r\n is
 * one line end.  Length 0 is the end of the text.
 */
static enum status read_line(struct delimited *delimited, size_t next,
			     size_t *length, struct error *e)
{
	struct feed *feed = delimited->feed;
	size_t seen = 0;

	for (;;) {
		const char *start = feed_rest(feed) + next;
		const char *stop = feed->data + feed->length;
		const char *end = line_end(start + seen, stop);

		if (end && end[-1] == '\r' && end < stop && *end == '\n')
			end++;
		/* A line feed may follow in the next block. */
		if (end && (end[-1] == '\n' || end < stop || feed->ended)) {
			*length = (size_t)(end - start);
			return OK;
		}
		seen = (size_t)(stop - start) - (end ? 1 : 0);
		if (feed->ended) {
			*length = seen;
			return OK;
		}
		if (feed_more(feed, e) != OK)
			return error_status(e);
	}
}

static bool is_blank(const char *line, size_t length)
{
	for (size_t i = 0; i < length; i++)
		if (line[i] != '\n' && line[i] != '\r')
			return false;
	return true;
}

static void start_row(struct delimited *delimited)
{
	delimited->text.length = 0;
	delimited->spans.length = 0;
	delimited->nfields = 0;
	delimited->complete = false;
	delimited->line = delimited->lines + 1;
}

/* Skips the row's first line, which is first bytes long. */
static enum delimited_step refuse_line(struct delimited *delimited,
				       size_t first, const char *reason)
{
	csv_free(&delimited->parser);
	start_parser(delimited);
	delimited->source = feed_rest(delimited->feed);
	delimited->source_length = first;
	delimited->reason = delimited->tsv ? nul : reason;
	delimited->lines = delimited->line;
	delimited->feed->at += first;
	return DELIMITED_BAD;
}

static bool is_parsed(struct delimited *delimited, const char *line,
		      size_t length)
{
	return csv_parse(&delimited->parser, line, length, add_field, end_row,
			 delimited) == length;
}

/* The row whose first line is first bytes long. */
static enum delimited_step read_row(struct delimited *delimited, size_t first,
				    struct error *e)
{
	struct feed *feed = delimited->feed;
	size_t done = 0, length = first;

	start_row(delimited);
	while (length && done < ROW_LIMIT) {
		if (!is_parsed(delimited, feed_rest(feed) + done, length))
			return refuse_line(delimited, first,
					   done ? unclosed : stray);
		done += length;
		delimited->lines++;
		if (delimited->complete)
			break;
		if (read_line(delimited, done, &length, e) != OK)
			return DELIMITED_FAILED;
	}
	if (!delimited->complete &&
	    (length ||
	     csv_fini(&delimited->parser, add_field, end_row, delimited) != 0))
		return refuse_line(delimited, first, unclosed);
	delimited->fields = (const void *)delimited->spans.data;
	delimited->source = feed_rest(feed);
	delimited->source_length = done;
	feed->at += done;
	return DELIMITED_ROW;
}

/* The row of a blank line, for which the parser has none. */
static enum delimited_step take_blank(struct delimited *delimited,
				      size_t length)
{
	start_row(delimited);
	add_field(NULL, 0, delimited);
	delimited->fields = (const void *)delimited->spans.data;
	delimited->source = feed_rest(delimited->feed);
	delimited->source_length = length;
	delimited->lines++;
	delimited->feed->at += length;
	return DELIMITED_ROW;
}

enum delimited_step delimited_next(struct delimited *delimited, struct error *e)
{
	struct feed *feed = delimited->feed;

	for (;;) {
		size_t length;

		if (read_line(delimited, 0, &length, e) != OK)
			return DELIMITED_FAILED;
		if (!length)
			return DELIMITED_END;
		if (!is_blank(feed_rest(feed), length))
			return read_row(delimited, length, e);
		if (delimited->blanks)
			return take_blank(delimited, length);
		feed->at += length;
		delimited->lines++;
	}
}

enum status delimited_guess(struct feed *feed, char *separator, struct error *e)
{
	static const char separators[] = ",;\t|";
	size_t counts[sizeof(separators)] = { 0 }, most = 0;
	struct delimited line = { .feed = feed };
	const char *text, *found;
	bool quoted = false;
	size_t length;

	if (read_line(&line, 0, &length, e) != OK)
		return e->status;
	text = feed_rest(feed);
	for (size_t i = 0; i < length; i++) {
		quoted ^= text[i] == '"';
		found = quoted || !text[i] ? NULL : strchr(separators, text[i]);
		if (found)
			counts[found - separators]++;
	}
	for (size_t i = 1; separators[i]; i++)
		if (counts[i] > counts[most])
			most = i;
	*separator = separators[most];
	return OK;
}
