/*
 * UTF-8 (RFC 3629), display width (Unicode UAX #11), and suggestions for
 * mistyped names.
 */
#ifndef UTIL_TEXT_H
#define UTIL_TEXT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include "util/arena.h"
#include "util/buffer.h"

struct error;

/*
 * Decodes the code point at text, which has length > 0 bytes; *size is the
 * number of its bytes.  Invalid UTF-8 (overlong, surrogate, beyond U+10FFFF,
 * truncated) gives UTF8_BAD and size 1.
 */
enum { UTF8_BAD = 0x110000 };
uint32_t utf8_decode(const char *text, size_t length, size_t *size);

/* Encodes a code point, even a surrogate; returns the number of bytes. */
size_t utf8_put(char out[4], uint32_t code);

/* The offset of the first byte that is not UTF-8; length if all are. */
size_t utf8_check(const char *text, size_t length);

/* Whether byte is one of those in set; NUL, which ends the set, never is. */
static inline bool text_one_of(char byte, const char *set)
{
	return byte && strchr(set, byte);
}

/* Bytes of ASCII, in every locale; white space is JSON's. */
static inline bool text_is_digit(char byte)
{
	return byte >= '0' && byte <= '9';
}

static inline bool text_is_hex(char byte)
{
	return text_is_digit(byte) || (byte >= 'a' && byte <= 'f') ||
	       (byte >= 'A' && byte <= 'F');
}

static inline bool text_is_space(char byte)
{
	return byte == ' ' || byte == '\t' || byte == '\n' || byte == '\r';
}

/* Continues a hash, which begins as TEXT_HASH: FNV-1a,
   http://www.isthe.com/chongo/tech/comp/fnv/ */
#define TEXT_HASH UINT64_C(14695981039346656037)
static inline uint64_t text_hash(uint64_t hash, const char *text, size_t length)
{
	for (size_t i = 0; i < length; i++)
		hash = (hash ^ (unsigned char)text[i]) *
		       UINT64_C(1099511628211);
	return hash;
}

/* The number of code points (Python's len, SQL's length). */
size_t utf8_length(const char *text, size_t length);

/*
 * The width of one line of text in terminal columns, independent of the
 * locale.  East Asian wide characters and emoji are 2, combining marks and
 * format characters 0, a ZWJ sequence or one with VS16 is 2. Control characters
 * and bad bytes count as their text_visible escapes.
 */
size_t text_width(const char *text, size_t length);

/*
 * The length in bytes of the longest prefix that is at most width columns wide
 * and does not cut a cluster.
 */
size_t text_cut(const char *text, size_t length, size_t width);

/*
 * Appends text that cannot control a terminal: C0, DEL, C1 and bad bytes become
 * \n, \t, \x1b and the like, bidirectional controls \u202e; all else is
 * unchanged.
 */
void text_visible(struct buffer *buffer, const char *text, size_t length);
static inline void text_show(struct buffer *buffer, const char *text)
{
	text_visible(buffer, text, strlen(text));
}

/* How words are laid out in lines. */
struct text_lines {
	size_t width;    /* the most columns */
	size_t at;       /* the column of the first word */
	size_t indent;   /* of the lines after the first */
	const char *end; /* ends every line but the last; may be NULL */
	/* The length of a word; NULL: words end at a blank. */
	size_t (*word)(const char *text);
};

/* Appends words separated by blanks, as text_visible does; a word that does not
   fit in the width begins a new line. */
void text_add_words(struct buffer *buffer, const char *text,
		    struct text_lines lines);

/*
 * The next item of a comma-separated list, without blanks around it, in arena;
 * *list is moved after it, to NULL at the end.
 */
const char *text_next_item(const char **list, struct arena *arena);

/*
 * The escape that text_visible writes for a code point whose first byte is
 * byte; returns its length, 0 if the code point is unchanged.
 */
enum { TEXT_ESCAPE = 8 };
size_t text_escape(uint32_t code, unsigned char byte, char out[TEXT_ESCAPE]);

/* Whether text_visible would leave text unchanged. */
bool text_is_plain(const char *text, size_t length);

/* Writes two hexadecimal digits for each byte; returns the end, without a NUL. */
char *text_hex(char *out, const void *data, size_t length);

/* Appends text as one word of a POSIX shell, quoted only if necessary. */
void text_shell(struct buffer *buffer, const char *text);

/* Appends text as a quoted JSON string; bad bytes become \ufffd. */
void text_json(struct buffer *buffer, const char *text, size_t length);

/* The same without the quotes. */
void text_json_inside(struct buffer *buffer, const char *text, size_t length);

/* As text_json if text is ASCII without characters that JSON escapes; otherwise
   appends nothing and returns false. */
bool text_json_plain(struct buffer *buffer, const char *text, size_t length);

/* Whether text contains part, ignoring case (Unicode's simple mapping). */
bool text_contains(const char *text, size_t length, const char *part,
		   size_t part_length);

/* The edit distance of two names (Damerau-Levenshtein, ignoring case). */
size_t name_distance(const char *a, const char *b);

/*
 * Collects the up to three names nearest to an unknown one, for "did you mean".
 * close_names_list returns "a, b or c", NULL if none is near.
 */
struct close_names {
	const char *wanted;
	const char *names[3];
	size_t distances[3];
	size_t count;
};
void close_names_init(struct close_names *close, const char *wanted);
void close_names_offer(struct close_names *close, const char *name);
/* The same, but shown appears in place of name. */
void close_names_offer_as(struct close_names *close, const char *name,
			  const char *shown);
const char *close_names_list(const struct close_names *close,
			     struct arena *arena);
/* Sets the names as the suggestion of e. */
void close_names_suggest(const struct close_names *close, struct error *e);

#endif
