#include "shell/prompt/tab_list.h"

#include <stdio.h>
#include <string.h>

#include <readline/readline.h>

#include "util/buffer.h"
#include "util/text.h"

/* For readline's hook, which takes no argument for it. */
static struct {
	const struct candidates *candidates;
	size_t lead;
} listed;

/* Of the candidate that goes on with the text after its lead. */
static const char *description_of(const char *text, size_t lead)
{
	const struct candidate *items = listed.candidates->items;

	for (size_t i = 0; i < listed.candidates->count; i++)
		if (strcmp(items[i].text + lead, text) == 0)
			return items[i].description;
	return NULL;
}

static size_t width_of(const char *text)
{
	return text_width(text, strlen(text));
}

static void add_match(struct buffer *out, const char *match,
		      const char *description, size_t width, size_t columns)
{
	BUFFER(line);

	buffer_text(&line, match);
	if (description)
		buffer_printf(&line, "%*s%s", (int)(width - width_of(match)),
			      "", description);
	/* A full line would leave the cursor in the next one. */
	buffer_add(out, buffer_string(&line),
		   text_cut(buffer_string(&line), line.length, columns - 1));
	buffer_byte(out, '\n');
}

/* One in a row, with its description. */
static void list_described(char **matches, int count, size_t lead,
			   size_t columns)
{
	size_t width = 0;
	BUFFER(out);

	for (int i = 1; i <= count; i++)
		if (width_of(matches[i]) > width)
			width = width_of(matches[i]);
	buffer_byte(&out, '\n');
	for (int i = 1; i <= count; i++)
		add_match(&out, matches[i], description_of(matches[i], lead),
			  width + 2, columns);
	fputs(buffer_string(&out), rl_outstream);
}

/* As readline does, but what the screen has no room for is only counted: in its
   callback mode readline asks whether to show it, and waits for no answer. */
static void list_in_columns(char **matches, int count, int longest, int rows,
			    int columns)
{
	int in_row = columns > longest + 2 ? (columns - 1) / (longest + 2) : 1;
	int most = in_row * (rows > 4 ? rows - 4 : 1);

	rl_display_match_list(matches, count < most ? count : most, longest);
	if (count > most)
		fprintf(rl_outstream, "and %d more\n", count - most);
}

static bool are_described(const struct candidates *candidates)
{
	for (size_t i = 0; i < candidates->count; i++)
		if (candidates->items[i].description)
			return true;
	return false;
}

/* readline's rl_compdisp_func_t; the matches begin at 1.  What is before the
   part that is completed is not repeated in each line. */
static void list_matches(char **matches, int count, int longest)
{
	size_t lead = listed.candidates->lead;
	size_t known = lead > listed.lead ? lead - listed.lead : 0;
	int rows, columns;

	rl_get_screen_size(&rows, &columns);
	for (int i = 0; i <= count; i++)
		matches[i] += known;
	if (are_described(listed.candidates) && columns > 1 &&
	    count + 2 <= rows)
		list_described(matches, count, listed.lead + known,
			       (size_t)columns);
	else
		list_in_columns(matches, count, longest - (int)known, rows,
				columns);
	for (int i = 0; i <= count; i++)
		matches[i] -= known;
	rl_forced_update_display();
}

void tab_list_prepare(const struct candidates *candidates, size_t lead)
{
	listed.candidates = candidates;
	listed.lead = lead;
	rl_completion_display_matches_hook = list_matches;
}
