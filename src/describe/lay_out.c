#include "describe/lay_out.h"

#include <string.h>

#include "util/text.h"

/* Names and comments come from a schema and may hold control characters. */
void help_add_words(struct buffer *out, const char *text, size_t at,
		    size_t indent)
{
	text_add_words(out, text,
		       (struct text_lines){
			       .width = HELP_WIDTH,
			       .at = at,
			       .indent = indent,
		       });
}

void help_add_row(struct buffer *out, const char *left, const char *right,
		  size_t column)
{
	size_t width = text_width(left, strlen(left)) + 2;

	buffer_text(out, "  ");
	text_show(out, left);
	if (right && *right) {
		if (width + 2 > column)
			buffer_printf(out, "\n%*s", (int)column, "");
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
	text_add_words(out, command,
		       (struct text_lines){
			       .width = HELP_WIDTH,
			       .at = strlen("  taskmgr "),
			       .indent = 6,
			       .end = " \\",
			       .word = shell_word,
		       });
	buffer_byte(out, '\n');
}
