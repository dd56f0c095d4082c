#include <string.h>

#include "engine/guard.h"
#include "util/clock.h"
#include "util/text.h"

/* Where in the script a byte stands, as a person counts: from 1. */
struct place {
	int line, column;
	const char *start; /* of its line */
	size_t length;     /* of its line */
};

static struct place place_of(const struct script *script, const char *at)
{
	struct place place = {
		.line = script->first_line ? script->first_line : 1,
		.start = script->text,
	};

	for (const char *p = script->text; p < at; p++) {
		if (*p == '\n') {
			place.line++;
			place.start = p + 1;
		}
	}
	place.column =
		(int)utf8_length(place.start, (size_t)(at - place.start)) + 1;
	place.length = strcspn(place.start, "\r\n");
	return place;
}

/* The error that e holds happened at a place: say so, and show it above what
   e has to show. */
static enum status point_at(const struct script *script, const char *at,
			    struct error *e)
{
	struct place place = place_of(script, at);
	size_t before = text_width(place.start, (size_t)(at - place.start));
	BUFFER(detail);

	error_prefix(e, "%s%s%d:%d", script->name ? script->name : "",
		     script->name ? ":" : "line ", place.line, place.column);
	if (place.length > 200)
		return e->status;
	buffer_text(&detail, "    ");
	text_visible(&detail, place.start, place.length);
	buffer_printf(&detail, "\n    %*s^", (int)before, "");
	if (e->detail)
		buffer_printf(&detail, "\n%s", e->detail);
	e->detail = arena_copy(e->arena, detail.data);
	return e->status;
}

/* The first byte of a statement: behind white space and comments. */
static const char *skip_blank(const char *text)
{
	for (;;) {
		text += strspn(text, " \t\r\n\f;");
		if (text[0] == '-' && text[1] == '-') {
			text += strcspn(text, "\n");
		} else if (text[0] == '/' && text[1] == '*') {
			const char *end = strstr(text + 2, "*/");

			text = end ? end + 2 : text + strlen(text);
		} else {
			return text;
		}
	}
}

static enum status step_through(struct engine *engine, sqlite3_stmt *handle,
				const struct script *script, struct error *e)
{
	int code;

	do {
		code = atomic_exchange(&engine->interrupted, false)
			       ? SQLITE_INTERRUPT
			       : engine_step(handle);
		if (code == SQLITE_ROW && script->verify)
			return fail(e, FAILED,
				    "the verification failed: this statement "
				    "gives a row");
	} while (code == SQLITE_ROW);
	if (code == SQLITE_INTERRUPT)
		return fail(e, INTERRUPTED, "interrupted");
	return code == SQLITE_DONE ? OK : engine_fail(engine, code, e);
}

static enum status run_one(const struct guard *guard, const char **text,
			   struct error *e)
{
	struct engine *engine = guard->engine;
	const struct script *script = guard->script;
	const char *start = skip_blank(*text), *tail = NULL;
	int64_t began = clock_ticks();
	sqlite3_stmt *handle = NULL;
	int code = engine_compile(engine, start, 0, &handle, &tail);

	if (code != SQLITE_OK) {
		int offset = sqlite3_error_offset(engine->db);

		engine_fail(engine, code, e);
		return point_at(script, start + (offset > 0 ? offset : 0), e);
	}
	*text = tail;
	if (!handle) /* only a comment, or nothing */
		return OK;
	if (guard_statement(guard, handle, start, e) == OK &&
	    (!script->begin ||
	     script->begin(script->data, start, (size_t)(tail - start), e) ==
		     OK) &&
	    step_through(engine, handle, script, e) != OK)
		engine->fault.statement = start;
	sqlite3_finalize(handle);
	if (e->status == OK && script->done &&
	    script->done(script->data, start, (size_t)(tail - start),
			 clock_ticks() - began, e) == OK)
		return OK;
	return e->status == OK ? OK : point_at(script, start, e);
}

enum status engine_script(struct engine *engine, const struct script *script,
			  struct error *e)
{
	struct guard guard = { .engine = engine, .script = script };
	const char *text = script->text;

	engine->fault = (struct fault){ .kind = FAULT_NONE };
	guard_begin(&guard);
	while (*text && run_one(&guard, &text, e) == OK)
		;
	if (script->alone && !sqlite3_get_autocommit(engine->db)) {
		sqlite3_exec(engine->db, "ROLLBACK", NULL, NULL, NULL);
		if (e->status == OK)
			fail(e, INVALID,
			     "%s: a transaction was begun and not ended",
			     script->name ? script->name : "script");
	}
	/* Putting defer_foreign_keys back would forget them. */
	if (e->status == OK && guard.changed && script->guard &&
	    engine_check_deferred(engine, e) != OK)
		error_prefix(e, "%s", script->name ? script->name : "script");
	guard_end(&guard);
	return e->status;
}
