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

static const char *description_of(const char *match)
{
	const struct candidate *items = listed.candidates->items;

	for (size_t i = 0; i < listed.candidates->count; i++)
		if (strcmp(items[i].text + listed.lead, match) == 0)
			return items[i].description;
	return NULL;
}

static size_t width_of(const char *text)
{
	return text_width(text, strlen(text));
}

static void add_match(struct buffer *out, const char *match, size_t width,
		      size_t columns)
{
	const char *description = description_of(match);
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

/* readline's rl_compdisp_func_t; the matches begin at 1. */
static void list_matches(char **matches, int count, int longest)
{
	int rows, columns;
	size_t width = 0;
	BUFFER(out);

	(void)longest; /* in bytes */
	rl_get_screen_size(&rows, &columns);
	for (int i = 1; i <= count; i++)
		if (width_of(matches[i]) > width)
			width = width_of(matches[i]);
	buffer_byte(&out, '\n');
	for (int i = 1; i <= count; i++)
		add_match(&out, matches[i], width + 2, (size_t)columns);
	fputs(buffer_string(&out), rl_outstream);
	rl_forced_update_display();
}

static bool are_described(const struct candidates *candidates)
{
	for (size_t i = 0; i < candidates->count; i++)
		if (candidates->items[i].description)
			return true;
	return false;
}

void tab_list_prepare(const struct candidates *candidates, size_t lead)
{
	int rows, columns;

	listed.candidates = candidates;
	listed.lead = lead;
	rl_get_screen_size(&rows, &columns);
	rl_completion_display_matches_hook =
		are_described(candidates) && columns > 1 &&
				(int)candidates->count + 2 <= rows
			? list_matches
			: NULL;
}
