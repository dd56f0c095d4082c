#include "shell/prompt/paint.h"

#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <unistd.h>
#include <wchar.h>

#include <readline/history.h>
#include <readline/readline.h>

#include "shell/line/terminal.h"
#include "shell/prompt/look.h"
#include "util/buffer.h"
#include "util/text.h"

enum {
	/* milliseconds without a key */
	PAINT_REST = 400,
	/* … and without a change of size: while a window is being dragged the
	   size that is known is not yet that of the screen (tmux: 250). */
	PAINT_RESIZED = 300,
};

/* Where things are on the screen, in rows from the prompt's. */
struct screen_place {
	int row, column;
};

/* For readline's functions, which take no argument for it. */
static struct painter {
	struct session *session;
	struct look_memory memory;
	bool highlight, check, suggest;
	bool rests;   /* no key was pressed for a while */
	bool open;    /* the word at the cursor is to be judged then */
	bool resized; /* the line has to be drawn for a new width */
	bool below;   /* something is shown that readline doesn't know */
	struct screen_place end;   /* of the line, when that was painted */
	struct screen_place point; /* and the cursor */
	char *suggestion;          /* what the line would go on with; or NULL */
} painter;

static const char *const paints[] = {
	[LOOK_NOUN] = "\033[1m",    [LOOK_VERB] = "\033[36m",
	[LOOK_OPTION] = "\033[35m", [LOOK_TEXT] = "\033[32m",
	[LOOK_WRONG] = "\033[31m",
};

#define PAINT_DIM "\033[2m"
#define PAINT_OFF "\033[0m"
/* Whether text goes on in the next row (DECAWM). */
#define PAINT_NO_WRAP "\033[?7l"
#define PAINT_WRAP "\033[?7h"

/* Moves *at to the next row if a character of that width has no room in this
   one. */
static void make_room(struct screen_place *at, int width, int columns)
{
	if (at->column + width > columns || at->column == columns)
		*at = (struct screen_place){ at->row + 1, 0 };
}

/*
 * Moves *at past text, as readline and terminals lay it out; *point gets the
 * place of the byte there.  False if they may count differently.
 */
static bool lay_out(struct screen_place *at, int columns, const char *text,
		    size_t length, size_t byte, struct screen_place *point)
{
	mbstate_t state = { 0 };
	size_t total = 0, used;

	for (size_t i = 0; i < length; i += used) {
		wchar_t wide;
		int width;

		used = mbrtowc(&wide, text + i, length - i, &state);
		width = used > MB_LEN_MAX ? -1 : wcwidth(wide);
		if (width < 0 || !used ||
		    (!width && (at->row || at->column == columns)))
			return false;
		make_room(at, width, columns);
		if (i == byte)
			*point = *at;
		at->column += width;
		total += (size_t)width;
	}
	make_room(at, 0, columns);
	if (byte == length)
		*point = *at;
	return total == text_width(text, length);
}

static void move(struct buffer *out, struct screen_place *from,
		 struct screen_place to)
{
	if (to.row < from->row)
		buffer_printf(out, "\033[%dA", from->row - to.row);
	if (to.row > from->row)
		buffer_printf(out, "\033[%dB", to.row - from->row);
	buffer_byte(out, '\r');
	if (to.column)
		buffer_printf(out, "\033[%dC", to.column);
	*from = to;
}

static void write_screen(const struct buffer *out)
{
	fwrite(buffer_string(out), 1, out->length, rl_outstream);
	fflush(rl_outstream);
}

static void erase(void)
{
	struct screen_place at = painter.point;
	BUFFER(out);

	if (!painter.below)
		return;
	painter.below = false;
	move(&out, &at, painter.end);
	buffer_text(&out, "\033[J");
	move(&out, &at, painter.point);
	write_screen(&out);
}

/* Whether readline shows the line after its prompt, and not a search, an
   argument or a list instead. */
static bool shows_line(void)
{
	return !RL_ISSTATE(RL_STATE_ISEARCH | RL_STATE_NSEARCH |
			   RL_STATE_NUMERICARG | RL_STATE_COMPLETING |
			   RL_STATE_DONE) &&
	       rl_prompt && rl_line_buffer &&
	       strcmp(rl_display_prompt, rl_prompt) == 0;
}

/* Lays out the prompt and the line: *begin is where the line begins; false as
   lay_out. */
static bool lay_out_line(int columns, struct screen_place *begin,
			 struct screen_place *end, struct screen_place *point)
{
	*begin = (struct screen_place){ 0, 0 };
	if (!lay_out(begin, columns, rl_prompt, strlen(rl_prompt), 0, point))
		return false;
	*end = *begin;
	return lay_out(end, columns, rl_line_buffer, (size_t)rl_end,
		       (size_t)rl_point, point);
}

/* The newest command in the history that begins with the line. */
static const char *find_suggestion(const char *line, size_t length)
{
	if (!painter.suggest || !length || rl_point != rl_end)
		return NULL;
	for (int i = history_length; i-- > 0;) {
		const char *old = history_get(history_base + i)->line;

		if (strncmp(old, line, length) == 0 && old[length] &&
		    !strchr(old, '\n'))
			return old + length;
	}
	return NULL;
}

/* Paints the line over readline's, and leaves the cursor at its end. */
static void paint_line(struct buffer *out, const char *line, size_t length,
		       const struct look *look)
{
	size_t at = 0;

	for (size_t i = 0; i < look->count && painter.highlight; i++) {
		const struct look_span *span = &look->spans[i];

		buffer_add(out, line + at, span->begin - at);
		buffer_text(out, paints[span->kind]);
		buffer_add(out, line + span->begin, span->end - span->begin);
		buffer_text(out, PAINT_OFF);
		at = span->end;
	}
	buffer_add(out, line + at, length - at);
}

/* The part of text that fits into columns. */
static void add_cut(struct buffer *out, const char *paint, const char *text,
		    int columns)
{
	size_t length = columns > 0
				? text_cut(text, strlen(text), (size_t)columns)
				: 0;

	/* The terminal may draw it wider than it was counted. */
	buffer_text(out, PAINT_NO_WRAP);
	buffer_text(out, paint);
	buffer_add(out, text, length);
	buffer_text(out, PAINT_OFF PAINT_WRAP);
}

/* What is not readline's: the suggestion after the line, the reason below. */
static void paint_rest_of_screen(struct buffer *out, struct screen_place *at,
				 int columns, const char *why)
{
	/* Where the line fills its last row, the cursor is still in it. */
	bool full = painter.end.column == 0;

	if (!full)
		buffer_text(out, "\033[J");
	if (painter.suggestion && !full)
		add_cut(out, PAINT_DIM, painter.suggestion,
			columns - 1 - painter.end.column);
	if (why) {
		buffer_text(out, full ? "\r\n\n" : "\r\n");
		add_cut(out, painter.highlight ? paints[LOOK_WRONG] : PAINT_DIM,
			why, columns - 1);
		at->row = painter.end.row + 1;
	} else {
		at->row = painter.end.row - full;
	}
	painter.below = why || painter.suggestion;
}

static void keep_suggestion(const char *suggestion)
{
	free(painter.suggestion);
	painter.suggestion = suggestion && text_is_plain(suggestion,
							 strlen(suggestion))
				     ? strdup(suggestion)
				     : NULL;
}

static void paint(int rows, int columns)
{
	const size_t length = (size_t)rl_end;
	struct screen_place begin, at;
	struct look look;
	ARENA(arena);
	BUFFER(out);

	if (!lay_out_line(columns, &begin, &painter.end, &painter.point) ||
	    painter.end.row + 2 >= rows)
		return;
	look_at_line(painter.session, rl_line_buffer, (size_t)rl_point,
		     painter.rests, painter.check, &painter.memory, &arena,
		     &look);
	painter.open = look.open && painter.check;
	keep_suggestion(find_suggestion(rl_line_buffer, length));
	at = painter.point;
	move(&out, &at, begin);
	paint_line(&out, rl_line_buffer, length, &look);
	paint_rest_of_screen(&out, &at, columns, look.why);
	move(&out, &at, painter.point);
	write_screen(&out);
}

static bool can_paint(void)
{
	int waiting = 0;

	/* A key that readline has read ahead is used without paint_key. */
	if (rl_pending_input)
		return false;
	return (painter.highlight || painter.check || painter.suggest) &&
	       shows_line() && text_is_plain(rl_line_buffer, (size_t)rl_end) &&
	       /* Lines that are pasted are readline's alone. */
	       (ioctl(fileno(rl_instream), FIONREAD, &waiting) < 0 || !waiting);
}

static void redisplay(void)
{
	int rows, columns;

	rl_redisplay();
	rl_get_screen_size(&rows, &columns);
	if (columns > 0 && can_paint())
		paint(rows, columns);
}

/* The right arrow at the end of the line takes the suggestion. */
static int take_suggestion(int count, int key)
{
	/* Keys that came at once may have changed the line since. */
	const char *now = find_suggestion(rl_line_buffer, (size_t)rl_end);

	if (!now || !painter.suggestion || strcmp(now, painter.suggestion) != 0)
		return rl_forward_char(count, key);
	rl_insert_text(painter.suggestion);
	return 0;
}

/* Every key that moves forward, as the user's inputrc has it. */
static void bind_keys(Keymap map)
{
	static const char *const keys[] = { "\033[C", "\033OC", "\006" };

	for (size_t i = 0; i < sizeof(keys) / sizeof(keys[0]); i++)
		if (rl_function_of_keyseq(keys[i], map, NULL) ==
		    rl_forward_char)
			rl_bind_keyseq_in_map(keys[i], take_suggestion, map);
}

void paint_start(struct session *session)
{
	painter.session = session;
	arena_init(&painter.memory.arena);
	rl_initialize();
	bind_keys(emacs_standard_keymap);
	bind_keys(vi_insertion_keymap);
}

void paint_begin(bool second)
{
	const struct settings *settings = &painter.session->current;
	/* Without colours the line is readline's alone. */
	bool can = !second && !terminal_is_dumb() &&
		   terminal_has_colour(settings, isatty(fileno(rl_outstream)));

	arena_clear(&painter.memory.arena);
	painter.memory = (struct look_memory){ .items = NULL };
	arena_init(&painter.memory.arena);
	painter.highlight = can && setting_is_on(settings->highlight);
	painter.check = can && setting_is_on(settings->check);
	painter.suggest = can && setting_is_on(settings->suggest);
	painter.rests = painter.open = painter.below = false;
	painter.resized = false;
	rl_redisplay_function = can ? redisplay : rl_redisplay;
}

/* Draws the line from its first row.  readline would begin where that was at
   the old width. */
static void draw_again(void)
{
	struct screen_place begin, end, point;
	int rows, columns;
	BUFFER(out);

	painter.resized = false;
	rl_reset_screen_size();
	rl_get_screen_size(&rows, &columns);
	if (columns <= 0 || terminal_is_dumb() || !shows_line() ||
	    !lay_out_line(columns, &begin, &end, &point)) {
		rl_resize_terminal();
		return;
	}
	/* From the corner, tmux would keep what J erases for a wider screen. */
	move(&out, &point, (struct screen_place){ 0, 1 });
	buffer_text(&out, "\033[J\r\033[K");
	write_screen(&out);
	painter.below = false;
	rl_forced_update_display();
}

void paint_resize(void)
{
	painter.resized = true;
}

int paint_wait(void)
{
	if (painter.resized)
		return PAINT_RESIZED;
	return painter.open && !painter.rests ? PAINT_REST : -1;
}

void paint_key(void)
{
	if (painter.resized)
		draw_again();
	erase();
	painter.rests = painter.open = false;
}

void paint_rest(void)
{
	if (painter.resized) {
		draw_again();
		return;
	}
	erase();
	painter.rests = true;
	redisplay();
}
