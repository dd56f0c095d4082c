#include "input/feed.h"

#include <errno.h>
#include <sys/stat.h>
#include <unistd.h>

enum {
	BLOCK = 256 * 1024,
	MARK = 16, /* as long as the longest mark of a kind of file */
};

void feed_open(struct feed *feed, int fd, const char *name)
{
	struct stat file;

	*feed = (struct feed){ .fd = fd, .name = name, .data = "" };
	if (fstat(fd, &file) == 0 && S_ISREG(file.st_mode))
		feed->size = (uint64_t)file.st_size;
}

void feed_open_text(struct feed *feed, const char *text, size_t length)
{
	*feed = (struct feed){
		.fd = -1,
		.name = "",
		.data = text,
		.length = length,
		.size = length,
		.ended = true,
	};
}

void feed_clear(struct feed *feed)
{
	buffer_clear(&feed->block);
}

void feed_locate(const struct feed *feed, size_t at, size_t *line,
		 size_t *column)
{
	const char *text = feed->data, *end = text + at, *next;

	*line = feed->line;
	*column = feed->column;
	while ((next = memchr(text, '\n', (size_t)(end - text)))) {
		++*line;
		*column = 0;
		text = next + 1;
	}
	/* The bytes 10xxxxxx continue a character. */
	for (; text < end; text++)
		*column += (*text & 0xc0) != 0x80;
}

static void drop_consumed(struct feed *feed)
{
	struct buffer *block = &feed->block;

	if (!feed->at)
		return;
	feed_locate(feed, feed->at, &feed->line, &feed->column);
	memmove(block->data, block->data + feed->at, feed_left(feed));
	block->length -= feed->at;
	feed->passed += feed->at;
	feed->at = 0;
}

enum status feed_more(struct feed *feed, struct error *e)
{
	struct buffer *block = &feed->block;
	ssize_t n;

	if (feed->ended)
		return OK;
	drop_consumed(feed);
	n = read(feed->fd, buffer_reserve(block, BLOCK), BLOCK);
	if (n < 0)
		return errno == EINTR ? fail(e, INTERRUPTED, "interrupted")
				      : fail(e, FAILED, "%s: %s", feed->name,
					     strerror(errno));
	block->length += (size_t)n;
	block->data[block->length] = '\0';
	feed->data = block->data;
	feed->length = block->length;
	feed->ended = n == 0;
	return OK;
}

/* Fills the window up to length bytes, if the input has that many. */
static enum status feed_fill(struct feed *feed, size_t length, struct error *e)
{
	while (feed_left(feed) < length && !feed->ended)
		if (feed_more(feed, e) != OK)
			return e->status;
	return OK;
}

static bool begins(const struct feed *feed, const char *mark)
{
	const size_t length = strlen(mark);

	return feed_left(feed) >= length &&
	       memcmp(feed_rest(feed), mark, length) == 0;
}

/* Files of these kinds are not text in UTF-8. */
static const struct {
	const char *mark, *what, *hint;
} foreign[] = {
	{ "\xff\xfe", "in UTF-16, not in UTF-8",
	  "convert it first: iconv -f UTF-16 -t UTF-8" },
	{ "\xfe\xff", "in UTF-16, not in UTF-8",
	  "convert it first: iconv -f UTF-16 -t UTF-8" },
	{ "PK\3\4", "a spreadsheet or a ZIP archive",
	  "save the sheet as CSV in UTF-8, or unpack the archive" },
	{ "\xd0\xcf\x11\xe0", "an old Microsoft Office file",
	  "save the sheet as CSV in UTF-8" },
	{ "\x1f\x8b", "compressed", "decompress it first: gzip -dc" },
	{ "\x28\xb5\x2f\xfd", "compressed", "decompress it first: zstd -dc" },
	{ "\xfd\x37zXZ", "compressed", "decompress it first: xz -dc" },
	{ "SQLite format 3", "a database",
	  "list its rows first: taskmgr --db FILE NOUN list --csv" },
};

enum status feed_skip_mark(struct feed *feed, struct error *e)
{
	static const char utf8[] = "\xef\xbb\xbf";

	if (feed_fill(feed, MARK, e) != OK)
		return e->status;
	if (begins(feed, utf8))
		feed->at += strlen(utf8);
	for (size_t i = 0; i < sizeof(foreign) / sizeof(*foreign); i++) {
		if (!begins(feed, foreign[i].mark))
			continue;
		fail(e, INVALID, "%s is %s", feed->name, foreign[i].what);
		error_hint(e, "%s", foreign[i].hint);
		return e->status;
	}
	/* Its first character is one of ASCII, without a mark. */
	if (feed_left(feed) > 1 && !feed_rest(feed)[0] != !feed_rest(feed)[1]) {
		fail(e, INVALID, "%s is in UTF-16, not in UTF-8", feed->name);
		error_hint(e, "convert it first: iconv -f UTF-16%s -t UTF-8",
			   feed_rest(feed)[0] ? "LE" : "BE");
	}
	return e->status;
}
