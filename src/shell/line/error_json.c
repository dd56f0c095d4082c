#include "shell/line/error_json.h"

#include <ctype.h>
#include <string.h>

#include "describe/json_maker.h"
#include "shell/line/fix.h"
#include "shell/line/problem.h"
#include "shell/line/words.h"

static const char *lower(const char *text, struct arena *arena)
{
	char *copy = arena_copy(arena, text);

	for (char *c = copy; *c; c++)
		*c = (char)tolower((unsigned char)*c);
	return copy;
}

/* code, field, value, message. */
static void add_problem(struct json_maker *json, const struct problem *problem)
{
	ARENA(arena);
	BUFFER(message);

	problem_print(problem, &message);
	json_add_text(json, "code", problem->type);
	json_add_text_or_null(json, "field", problem_field(problem, &arena));
	json_add_raw(json, "value", problem->input ? problem->input : "null");
	json_add_text(json, "message", buffer_string(&message));
}

/* The same of an error that is not a problem of the input. */
static void add_error(struct json_maker *json, const struct error *e,
		      struct arena *arena)
{
	json_add_text(json, "code", lower(status_name(e->status), arena));
	json_add_text_or_null(json, "field", e->field);
	if (e->value)
		json_add_raw(json, "value", e->value);
	else
		json_add_text_or_null(json, "value", e->wrong);
	json_add_text(json, "message", error_sentence(e));
}

static void add_fix(struct json_maker *json, const struct session *session,
		    const struct error *e, struct arena *arena)
{
	struct command_words words;

	if (!fix_command(session, e, arena, &words)) {
		json_add_raw(json, "fix", "null");
		return;
	}
	json_open(json, "fix", '[');
	for (size_t i = 0; i < words.count; i++)
		json_add_text(json, NULL, words.items[i]);
	json_close(json, ']');
}

/* The name that a problem's suggestion replaces is its field's. */
static struct error with_suggestion(const struct error *e, struct arena *arena)
{
	struct error copy = *e;

	copy.arena = arena;
	for (size_t i = 0; i < e->nproblems && !copy.wrong; i++)
		if (e->problems[i].suggestion && e->problems[i].field)
			error_suggest(&copy, e->problems[i].field,
				      e->problems[i].suggestion);
	return copy;
}

void error_json(const struct session *session, const char *command,
		const struct error *e, struct buffer *out)
{
	ARENA(arena);
	struct json_maker json = { .out = out };
	const struct error full = with_suggestion(e, &arena);

	json_open(&json, NULL, '{');
	if (e->nproblems == 1)
		add_problem(&json, e->problems);
	else
		add_error(&json, e, &arena);
	json_add_integer(&json, "status", status_exit(e->status));
	if (*session->where)
		json_add_text(&json, "where",
			      arena_copy_n(&arena, session->where,
					   strlen(session->where) - 2));
	json_add_text_or_null(&json, "command", *command ? command : NULL);
	json_add_text_or_null(
		&json, "hint",
		e->hint ? session_name_program(session, e->hint, &arena)
			: NULL);
	add_fix(&json, session, &full, &arena);
	json_add_text(&json, "detail", e->detail);
	if (e->nproblems > 1) {
		json_open(&json, "problems", '[');
		for (size_t i = 0; i < e->nproblems; i++) {
			json_open(&json, NULL, '{');
			add_problem(&json, &e->problems[i]);
			json_close(&json, '}');
		}
		json_close(&json, ']');
	}
	json_close(&json, '}');
	buffer_byte(out, '\n');
}
