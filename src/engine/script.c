#include <string.h>

#include "engine/sqlite.h"
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

/* The error that e holds happened at a place: say so, and show it. */
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
	e->detail = arena_copy(e->arena, detail.data);
	return e->status;
}

static int refuse(struct engine *engine, const char *why, const char *hint)
{
	engine->refusal = why;
	engine->refusal_hint = hint;
	return SQLITE_DENY;
}

static const char outside_hint[] = "put \"-- transaction: off\" into the "
				   "header to run it outside of one";

/* sqlite3_set_authorizer's callback: what would end or leave the transaction
   is refused, with the header key that allows it. */
static int guard(void *data, int action, const char *a, const char *b,
		 const char *c, const char *d)
{
	struct engine *engine = data;

	(void)b;
	(void)c;
	(void)d;
	switch (action) {
	case SQLITE_TRANSACTION:
		return refuse(engine,
			      "BEGIN, COMMIT and ROLLBACK are not "
			      "allowed inside a transaction",
			      outside_hint);
	case SQLITE_ATTACH:
	case SQLITE_DETACH:
		return refuse(engine,
			      "ATTACH and DETACH are not allowed "
			      "inside a transaction",
			      outside_hint);
	case SQLITE_PRAGMA:
		if (sqlite3_stricmp(a, "foreign_keys") == 0 && b)
			return refuse(engine,
				      "PRAGMA foreign_keys does "
				      "nothing inside a transaction",
				      "put \"-- foreign_keys: off\" into the "
				      "header");
		if (sqlite3_stricmp(a, "journal_mode") == 0 && b)
			return refuse(engine,
				      "PRAGMA journal_mode is not "
				      "allowed inside a transaction",
				      outside_hint);
	}
	return SQLITE_OK;
}

static const char *skip_blank(const char *text)
{
	return text + strspn(text, " \t\r\n\f;");
}

static enum status run_one(struct engine *engine, const struct script *script,
			   const char **text, struct error *e)
{
	const char *start = skip_blank(*text), *tail = NULL;
	sqlite3_stmt *handle = NULL;
	int code = sqlite3_prepare_v2(engine->db, start, -1, &handle, &tail);

	if (code != SQLITE_OK) {
		int offset = sqlite3_error_offset(engine->db);

		engine_fail(engine, code, e);
		return point_at(script, start + (offset > 0 ? offset : 0), e);
	}
	*text = tail;
	if (!handle) /* only a comment, or nothing */
		return OK;
	do {
		code = atomic_exchange(&engine->interrupted, false)
			       ? SQLITE_INTERRUPT
			       : sqlite3_step(handle);
	} while (code == SQLITE_ROW);
	if (code == SQLITE_INTERRUPT)
		fail(e, INTERRUPTED, "interrupted");
	else if (code != SQLITE_DONE)
		engine_fail(engine, code, e);
	engine->fault.statement = e->status ? start : NULL;
	/* The authorizer is not asked about this one. */
	if (e->status && script->guard && !sqlite3_strnicmp(start, "VACUUM", 6))
		error_hint(e, "%s", outside_hint);
	sqlite3_finalize(handle);
	return e->status == OK ? OK : point_at(script, start, e);
}

enum status engine_script(struct engine *engine, const struct script *script,
			  struct error *e)
{
	const char *text = script->text;

	/* Migrations may edit the stored schema; nothing else may. */
	sqlite3_db_config(engine->db, SQLITE_DBCONFIG_DEFENSIVE, 0, NULL);
	if (script->guard)
		sqlite3_set_authorizer(engine->db, guard, engine);
	while (*text && run_one(engine, script, &text, e) == OK)
		;
	if (script->guard)
		sqlite3_set_authorizer(engine->db, NULL, NULL);
	sqlite3_db_config(engine->db, SQLITE_DBCONFIG_DEFENSIVE, 1, NULL);
	return e->status;
}
