#include "shell/word/commands.h"

#include "catalog/word.h"
#include "shell/command/command.h"
#include "shell/command/result.h"
#include "shell/line/terminal.h"
#include "shell/line/words.h"
#include "shell/word/outlet.h"
#include "shell/word/word.h"

enum status word_argument(const struct word_call *call, const char **out,
			  struct error *e)
{
	*out = call->nwords > 1 ? call->words[1] : NULL;
	if (call->nwords > 2)
		return fail(e, USAGE, "unexpected argument \"%s\"",
			    call->words[2]);
	return OK;
}

enum status word_alone(const struct word_call *call, struct error *e)
{
	if (call->nwords > 1)
		return fail(e, USAGE, "unexpected argument \"%s\"",
			    call->words[1]);
	return OK;
}

enum status word_need_argument(const struct word_call *call, const char **out,
			       struct error *e)
{
	if (word_argument(call, out, e) != OK)
		return e->status;
	if (*out)
		return OK;
	return word_usage(call, e);
}

enum status word_usage(const struct word_call *call, struct error *e)
{
	const struct word *word = word_of_kind(word_kind(call->words[0]));

	return fail(e, USAGE, "missing argument; usage: %s %s", word->name,
		    word->usage);
}

static enum status word_again(const struct word_call *call, struct error *e)
{
	return result_again(call->session, call->words + 1, call->nwords - 1,
			    call->arena, e);
}

static run_word *const runners[WORD_KINDS] = {
	[WORD_SET] = word_set,           [WORD_TIMING] = word_timing,
	[WORD_USE] = word_use,           [WORD_READ] = word_read,
	[WORD_HISTORY] = word_history,   [WORD_SHELL] = word_shell,
	[WORD_SQL_CHANGE] = word_sql,    [WORD_AGAIN] = word_again,
	[WORD_WATCH] = word_watch,       [WORD_EDIT] = word_edit,
	[WORD_BEGIN] = word_begin,       [WORD_COMMIT] = word_commit,
	[WORD_ROLLBACK] = word_rollback,
};

enum status commands_run_words(struct session *session,
			       const char *const *items, size_t count,
			       struct arena *arena)
{
	struct word_call call = {
		.session = session,
		.arena = arena,
		.words = items,
		.nwords = count,
	};
	run_word *run;
	enum status status;
	struct error e;

	run = runners[word_kind(items[0])];
	if (run && count == 2 &&
	    (!strcmp(items[1], "--help") || !strcmp(items[1], "-h")))
		return command_run(session,
				   (const char *[]){ "help", items[0] }, 2);
	if (!run)
		return command_run(session, items, count);
	error_init(&e, arena);
	status = run(&call, &e);
	if (e.status != OK)
		terminal_error(session, items[0], &e);
	return status;
}

static enum status report(const struct session *session, const struct error *e)
{
	terminal_error(session, "", e);
	return e->status;
}

static enum status run_split(struct session *session,
			     const struct command_words *words,
			     struct arena *arena)
{
	size_t count = words->count;
	const char *const *items = command_words(words->items, &count);
	struct outlet_state state;
	enum status status;
	struct error e;

	error_init(&e, arena);
	if (!count && words->outlet)
		fail(&e, USAGE, "no command before %s",
		     outlet_sign(words->outlet));
	if (!count)
		return words->outlet ? report(session, &e) : OK;
	if (!words->outlet)
		return commands_run_words(session, items, count, arena);
	if (outlet_open(&state, session, words, &e) != OK)
		return report(session, &e);
	status = commands_run_words(session, items, count, arena);
	/* The shell's command may end when it has read enough. */
	if (words->outlet == OUTLET_PIPE && status == CLOSED)
		status = OK;
	return outlet_close(&state, session, status, &e) == OK
		       ? status
		       : report(session, &e);
}

/* Whether a word that SQL begins with is the noun of a table. */
static bool is_noun(struct session *session, const char *text,
		    struct arena *arena)
{
	struct command_words words;
	struct error e;
	size_t count;

	error_init(&e, arena);
	if (command_words_split_plain(&text, arena, &words, &e) != OK ||
	    session_point(session, NULL, arena, &e) != OK ||
	    session_catalog(session, false, &e) != OK)
		return false;
	count = words.count;
	return catalog_find_noun(&session->catalog,
				 *command_words(words.items, &count));
}

enum status commands_run_next(struct session *session, const char **text)
{
	ARENA(arena);
	const char *begin = *text;
	struct command_words words;
	struct error e;

	error_init(&e, &arena);
	if (command_words_split(text, &arena, &words, &e) != OK)
		return report(session, &e);
	if (words.implied && is_noun(session, begin, &arena)) {
		*text = begin;
		if (command_words_split_plain(text, &arena, &words, &e) != OK)
			return report(session, &e);
	}
	return run_split(session, &words, &arena);
}
