#include "describe/lay_out.h"

#include <stdbool.h>
#include <string.h>

#include "util/text.h"

/* Names and comments come from a schema and may hold control characters. */
static void add_text(struct buffer *out, const char *text)
{
	text_visible(out, text, strlen(text));
}

static void add_line(struct buffer *out, const char *end, size_t indent)
{
	buffer_printf(out, "%s\n%*s", end, (int)indent, "");
}

/* Adds words of the lengths that next finds, each line but the last ended by
   `end`. */
static void add_words(struct buffer *out, const char *text, size_t at,
		      size_t indent, const char *end,
		      size_t (*next)(const char *text))
{
	bool begins = true;

	for (const char *p = text; *p;) {
		size_t length = next(p);
		size_t width = text_width(p, length);

		if (!begins && at + 1 + width + strlen(end) > HELP_WIDTH) {
			add_line(out, end, indent);
			at = indent;
			begins = true;
		}
		if (!begins)
			buffer_byte(out, ' ');
		at += width + !begins;
		begins = false;
		text_visible(out, p, length);
		p += length;
		p += strspn(p, " ");
	}
}

static size_t plain_word(const char *text)
{
	return strcspn(text, " ");
}

void help_add_words(struct buffer *out, const char *text, size_t at,
		    size_t indent)
{
	add_words(out, text, at, indent, "", plain_word);
}

void help_add_row(struct buffer *out, const char *left, const char *right,
		  size_t column)
{
	size_t width = text_width(left, strlen(left)) + 2;

	buffer_text(out, "  ");
	add_text(out, left);
	if (right && *right) {
		if (width + 2 > column)
			add_line(out, "", column);
		else
			buffer_printf(out, "%*s", (int)(column - width), "");
		help_add_words(out, right, column, column);
	}
	buffer_byte(out, '\n');
}

/* Up to a blank outside quotes. */
static size_t shell_word(const char *text)
{
	size_t length = 0;
	char quote = 0;

	for (; text[length] && (quote || text[length] != ' '); length++) {
		if (text[length] == '\\' && quote != '\'' && text[length + 1])
			length++;
		else if (text[length] == quote)
			quote = 0;
		else if (!quote && strchr("'\"", text[length]))
			quote = text[length];
	}
	return length;
}

void help_add_example(struct buffer *out, const char *command)
{
	buffer_text(out, "  taskmgr ");
	add_words(out, command, strlen("  taskmgr "), 6, " \\", shell_word);
	buffer_byte(out, '\n');
}
