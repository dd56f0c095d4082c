#include <string.h>

#include "engine/script/guard.h"
#include "util/clock.h"
#include "util/text.h"

/* The position of a byte in the script, counted from 1. */
struct position {
	int line, column;
	const char *start; /* of its line */
	size_t length;     /* of its line */
};

static struct position position_of(const struct script *script, const char *at)
{
	struct position place = {
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

enum { SHOWN = 72 }; /* bytes of a long line that are shown */

/* Moves to the start of a character. */
static const char *character_start(const char *at, const char *first)
{
	while (at > first && (*at & 0xc0) == 0x80)
		at--;
	return at;
}

/* Cuts a long line down to the part around at. */
static void shorten_line(struct position *place, const char *at)
{
	const char *end = place->start + place->length, *start = place->start;

	if (place->length <= 200)
		return;
	if (at - start > SHOWN / 2)
		start = character_start(at - SHOWN / 2, start);
	if (end - start > SHOWN)
		end = character_start(start + SHOWN, start);
	place->start = start;
	place->length = (size_t)(end - start);
}

/* Prefixes the error with its position, and shows the line above e's own
   detail. */
static enum status point_at(const struct script *script, const char *at,
			    struct error *e)
{
	struct position place = position_of(script, at);
	size_t before;
	BUFFER(detail);

	error_prefix(e, "%s%s%d:%d", script->name ? script->name : "",
		     script->name ? ":" : "line ", place.line, place.column);
	shorten_line(&place, at);
	before = text_width(place.start, (size_t)(at - place.start));
	buffer_text(&detail, "    ");
	text_visible(&detail, place.start, place.length);
	buffer_printf(&detail, "\n    %*s^", (int)before, "");
	if (e->detail)
		buffer_printf(&detail, "\n%s", e->detail);
	e->detail = arena_copy(e->arena, detail.data);
	return e->status;
}

/* Skips white space and comments before a statement. */
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

/* The row that a failed verification returned: "    id 4, name NULL". */
static enum status fail_row(sqlite3_stmt *handle, struct error *e)
{
	BUFFER(line);
	BUFFER(shown);

	for (int i = 0; i < sqlite3_column_count(handle); i++) {
		const unsigned char *text = sqlite3_column_text(handle, i);

		buffer_printf(&line, "%s%s %s", i ? ", " : "",
			      sqlite3_column_name(handle, i),
			      text ? (const char *)text : "NULL");
	}
	buffer_text(&shown, "    ");
	text_visible(&shown, buffer_string(&line), line.length);
	fail(e, FAILED, "verification failed: this statement returned a row");
	e->detail = arena_copy(e->arena, shown.data);
	return e->status;
}

/* Statements of a script are not cached. */
static struct statement wrap_handle(struct engine *engine, sqlite3_stmt *handle)
{
	return (struct statement){
		.handle = handle,
		.engine = engine,
		.ordered = true,
	};
}

static enum status step_through(struct guard *guard, sqlite3_stmt *handle,
				struct error *e)
{
	const struct script *script = guard->script;
	struct engine *engine = guard->engine;
	struct statement statement = wrap_handle(engine, handle);
	int code;

	do {
		code = atomic_exchange(&engine->interrupted, false)
			       ? SQLITE_INTERRUPT
			       : engine_step(engine, handle);
		/* ALTER compiles all triggers and views when it runs. */
		if (code == SQLITE_ERROR && engine_stand_in(engine)) {
			sqlite3_reset(handle);
			code = SQLITE_ROW;
			continue;
		}
		if (code == SQLITE_ROW && script->verify)
			return fail_row(handle, e);
		if (code == SQLITE_ROW && script->row &&
		    script->row(script->data, &statement, e) != OK) {
			guard->elsewhere = true;
			return e->status;
		}
	} while (code == SQLITE_ROW);
	if (code == SQLITE_INTERRUPT && engine->checkpointing &&
	    !atomic_load(&engine->interrupted))
		return engine_fail_busy(engine, e);
	if (code == SQLITE_INTERRUPT)
		return fail(e, INTERRUPTED, "interrupted");
	return code == SQLITE_DONE ? OK : engine_fail(engine, code, e);
}

/* Runs a statement and then calls script->done. */
static enum status run_compiled(struct guard *guard, sqlite3_stmt *handle,
				const char *start, size_t length,
				struct error *e)
{
	const struct script *script = guard->script;
	struct engine *engine = guard->engine;
	int64_t began = clock_ticks();

	if (step_through(guard, handle, e) != OK && !guard->elsewhere &&
	    !guard->engine->misordered)
		engine->fault.statement = start;
	/* Reset, so that its writes can be committed or rolled back. */
	sqlite3_reset(handle);
	return e->status == OK && script->done
		       ? script->done(script->data, start, length,
				      clock_ticks() - began, e)
		       : e->status;
}

/* The same outside a transaction: committed after script->done. */
static enum status run_in_savepoint(struct guard *guard, sqlite3_stmt *handle,
				    const char *start, size_t length,
				    struct error *e)
{
	sqlite3 *db = guard->engine->db;
	bool failed;
	int code;

	sqlite3_exec(db, "SAVEPOINT taskmgr", NULL, NULL, NULL);
	run_compiled(guard, handle, start, length, e);
	/* A failed statement keeps what OR FAIL keeps, or has rolled back all. */
	failed = e->status && !guard->engine->fault.statement;
	if (sqlite3_get_autocommit(db))
		return e->status;
	code = sqlite3_exec(db, failed ? "ROLLBACK" : "RELEASE taskmgr", NULL,
			    NULL, NULL);
	if (code != SQLITE_OK && e->status == OK)
		engine_fail(guard->engine, code, e);
	if (!sqlite3_get_autocommit(db))
		sqlite3_exec(db, "ROLLBACK", NULL, NULL, NULL);
	return e->status;
}

static const char *text_end(const char *text)
{
	const char *end = text + strlen(text);

	while (end > text && strchr(" \t\r\n", end[-1]))
		end--;
	return end;
}

/* Where the statement that did not compile is wrong. */
static const char *error_place(struct engine *engine, const char *start)
{
	static const char no_table[] = "no such table: ";
	const char *message = sqlite3_errmsg(engine->db), *place = NULL;
	int offset = sqlite3_error_offset(engine->db);

	if (offset > 0)
		return start + offset;
	if (strcmp(message, "incomplete input") == 0)
		return text_end(start);
	if (strncmp(message, no_table, strlen(no_table)) == 0)
		place = strcasestr(start, message + strlen(no_table));
	return place ? place : start;
}

/*
 * What most often precedes a syntax error whose token begins a line: the line
 * before lacks its comma or semicolon, or the last one of a list has one.
 */
static void hint_line_before(const char *start, const char *at, struct error *e)
{
	const char *p = at;

	while (p > start && (p[-1] == ' ' || p[-1] == '\t'))
		p--;
	if (p == start || p[-1] != '\n' ||
	    !strstr(e->message, ": syntax error"))
		return;
	if (*at == ')')
		error_hint(e, "remove the comma before it, if there is one");
	else
		error_hint(e, "check whether the line before it lacks a comma "
			      "or a semicolon");
}

/* Whether to show the text that was running when it failed. */
static bool shows_text(const struct guard *guard, const struct error *e)
{
	return !guard->elsewhere &&
	       !(guard->script->typed &&
		 (e->status == INTERRUPTED || e->status == BUSY ||
		  e->status == NO_SPACE || e->status == READONLY));
}

/* Checks a statement and prepares it for its run. */
static enum status begin_statement(struct guard *guard, sqlite3_stmt *handle,
				   const char *start, const char *rest,
				   struct error *e)
{
	const struct script *script = guard->script;
	struct statement statement = wrap_handle(guard->engine, handle);

	if (guard_statement(guard, handle, start, e) != OK || !script->begin)
		return e->status;
	if (script->begin(script->data, &statement, skip_blank(rest), e) != OK)
		guard->elsewhere = true;
	return e->status;
}

static enum status run_next_statement(struct guard *guard, const char **text,
				      struct error *e)
{
	struct engine *engine = guard->engine;
	const struct script *script = guard->script;
	const char *start = skip_blank(*text), *tail = NULL;
	sqlite3_stmt *handle = NULL;
	bool alone;
	int code;

	guard->writes = guard->checkpoints = false;
	code = engine_compile(engine, start, 0, &handle, &tail);
	if (code != SQLITE_OK) {
		const char *at = error_place(engine, start);

		engine_fail(engine, code, e);
		hint_line_before(start, at, e);
		return point_at(script, at, e);
	}
	*text = tail;
	if (!handle) /* only a comment, or nothing */
		return OK;
	engine->checkpointing = guard->checkpoints;
	engine->checkpoint_wait = engine->wait;
	alone = script->alone && guard->writes &&
		sqlite3_get_autocommit(engine->db);
	if (begin_statement(guard, handle, start, tail, e) == OK)
		(alone ? run_in_savepoint : run_compiled)(
			guard, handle, start, (size_t)(tail - start), e);
	sqlite3_finalize(handle);
	engine->checkpointing = false;
	return e->status == OK || !shows_text(guard, e)
		       ? e->status
		       : point_at(script, start, e);
}

enum status engine_script(struct engine *engine, const struct script *script,
			  struct error *e)
{
	struct guard guard = { .engine = engine, .script = script };
	const char *text = script->text;

	engine_clear_fault(engine);
	guard_begin(&guard);
	while (*text && run_next_statement(&guard, &text, e) == OK)
		;
	if (script->alone && !sqlite3_get_autocommit(engine->db)) {
		sqlite3_exec(engine->db, "ROLLBACK", NULL, NULL, NULL);
		if (e->status == OK)
			fail(e, INVALID,
			     "%s: a transaction was begun and not ended",
			     script->name ? script->name : "script");
	}
	/* Restoring defer_foreign_keys would forget them. */
	if (e->status == OK && guard.changed && script->guard &&
	    engine_check_deferred(engine, e) != OK)
		error_prefix(e, "%s", script->name ? script->name : "script");
	guard_end(&guard);
	return e->status;
}
