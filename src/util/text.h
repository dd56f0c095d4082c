/*
 * UTF-8 (RFC 3629), display width (Unicode UAX #11), and names that were
 * nearly right.
 */
#ifndef UTIL_TEXT_H
#define UTIL_TEXT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "util/arena.h"
#include "util/buffer.h"

struct error;

/*
 * The code point at text, which has length > 0 bytes; *size gets its bytes.
 * Bytes that are no UTF-8 (overlong, surrogate, beyond U+10FFFF, cut) give
 * UTF8_BAD and size 1.
 */
enum { UTF8_BAD = 0x110000 };
uint32_t utf8_decode(const char *text, size_t length, size_t *size);

/* Writes a code point's UTF-8 bytes, also a surrogate's; gives their number. */
size_t utf8_put(char out[4], uint32_t code);

/* Where the first byte that is not UTF-8 stands; length if all are. */
size_t utf8_check(const char *text, size_t length);

/* The number of code points (Python's len, SQL's length). */
size_t utf8_length(const char *text, size_t length);

/*
 * Terminal columns of one line of text.  East Asian wide and emoji are 2,
 * combining marks and format characters 0, a ZWJ sequence or one with VS16
 * is 2.  Independent of the locale.  Control characters and bad bytes count
 * as what text_visible makes of them.
 */
size_t text_width(const char *text, size_t length);

/*
 * The bytes of the longest head of text that is at most width columns wide
 * and does not cut a cluster.
 */
size_t text_cut(const char *text, size_t length, size_t width);

/*
 * Appends text so that it cannot drive a terminal: C0, DEL, C1 and bad bytes
 * become \n, \t, \x1b and the like, bidirectional controls \u202e; all else
 * stays.
 */
void text_visible(struct buffer *buffer, const char *text, size_t length);

/*
 * The escape that text_visible writes for a code point, of which byte is the
 * first byte; gives its length, 0 where the code point stays as it is.
 */
enum { TEXT_ESCAPE = 8 };
size_t text_escape(uint32_t code, unsigned char byte, char out[TEXT_ESCAPE]);

/* Whether text has nothing that text_visible would change. */
bool text_is_plain(const char *text, size_t length);

/* Appends text as one word of a POSIX shell, in quotes only where it needs
   them. */
void text_shell(struct buffer *buffer, const char *text);

/* Appends text as a JSON string with its quotes; bad bytes become \ufffd. */
void text_json(struct buffer *buffer, const char *text, size_t length);

/* Whether part is in text, without regard to case (Unicode's simple mapping). */
bool text_contains(const char *text, size_t length, const char *part,
		   size_t part_length);

/* Edits between two names (Damerau-Levenshtein, case folded). */
size_t name_distance(const char *a, const char *b);

/*
 * Gathers the up to three names nearest to one that isn't known, for a "did
 * you mean".  close_names_list gives "a, b or c", NULL where nothing is near.
 */
struct close_names {
	const char *wanted;
	const char *names[3];
	size_t distances[3];
	size_t count;
};
void close_names_init(struct close_names *close, const char *wanted);
void close_names_offer(struct close_names *close, const char *name);
/* Another name of what is shown in its place. */
void close_names_offer_as(struct close_names *close, const char *name,
			  const char *shown);
const char *close_names_list(const struct close_names *close,
			     struct arena *arena);
/* Makes them the suggestion of the error that e holds. */
void close_names_suggest(const struct close_names *close, struct error *e);

#endif
