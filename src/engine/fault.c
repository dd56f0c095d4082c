#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "engine/sqlite.h"

static const struct {
	int code;
	enum status status;
	enum fault_kind fault;
} codes[] = {
	{ SQLITE_CONSTRAINT_UNIQUE, CONFLICT, FAULT_UNIQUE },
	{ SQLITE_CONSTRAINT_PRIMARYKEY, CONFLICT, FAULT_UNIQUE },
	{ SQLITE_CONSTRAINT_ROWID, CONFLICT, FAULT_UNIQUE },
	{ SQLITE_CONSTRAINT_FOREIGNKEY, CONFLICT, FAULT_FOREIGN_KEY },
	{ SQLITE_CONSTRAINT_NOTNULL, INVALID, FAULT_NOT_NULL },
	{ SQLITE_CONSTRAINT_CHECK, INVALID, FAULT_CHECK },
	{ SQLITE_CONSTRAINT_DATATYPE, INVALID, FAULT_TYPE },
	{ SQLITE_CONSTRAINT, INVALID, FAULT_OTHER },
	{ SQLITE_MISMATCH, INVALID, FAULT_TYPE },
	{ SQLITE_TOOBIG, INVALID, FAULT_NONE },
	{ SQLITE_BUSY, BUSY, FAULT_NONE },
	{ SQLITE_LOCKED, BUSY, FAULT_NONE },
	{ SQLITE_READONLY, READONLY, FAULT_NONE },
	{ SQLITE_FULL, NO_SPACE, FAULT_NONE },
	/* A reader, too, needs room for the index of the log. */
	{ SQLITE_IOERR_SHMSIZE, NO_SPACE, FAULT_NONE },
	{ SQLITE_INTERRUPT, INTERRUPTED, FAULT_NONE },
};

static const size_t ncodes = sizeof(codes) / sizeof(codes[0]);

/* The row of an extended code: its own, or that of its primary code. */
static size_t code_row(int code)
{
	for (size_t i = 0; i < ncodes; i++)
		if (codes[i].code == code)
			return i;
	for (size_t i = 0; i < ncodes; i++)
		if (codes[i].code == (code & 0xff))
			return i;
	return ncodes;
}

/* RESTRICT fails with a trigger's code. */
static int extended_code(sqlite3 *db)
{
	int code = sqlite3_extended_errcode(db);

	return code == SQLITE_CONSTRAINT_TRIGGER &&
			       strcmp(sqlite3_errmsg(db),
				      "FOREIGN KEY constraint failed") == 0
		       ? SQLITE_CONSTRAINT_FOREIGNKEY
		       : code;
}

/* ADD COLUMN reports violations by a RAISE without a code. */
static int raised_code(const char *message)
{
	if (strcmp(message, "CHECK constraint failed") == 0)
		return SQLITE_CONSTRAINT_CHECK;
	if (strcmp(message, "NOT NULL constraint failed") == 0)
		return SQLITE_CONSTRAINT_NOTNULL;
	return SQLITE_ERROR;
}

/* Records the violated constraint for engine_fault. */
static void note_fault(struct engine *engine, int code)
{
	const char *message = sqlite3_errmsg(engine->db);
	const char *colon = strstr(message, "constraint failed: ");
	size_t row = code_row(code);

	free(engine->fault_name);
	engine->fault_name = strdup(
		colon ? colon + sizeof("constraint failed: ") - 1 : message);
	engine->fault = (struct fault){
		.kind = row < ncodes ? codes[row].fault : FAULT_NONE,
		.name = engine->fault_name,
	};
}

struct fault engine_fault(const struct engine *engine)
{
	return engine->fault;
}

void engine_clear_fault(struct engine *engine)
{
	engine->fault = (struct fault){ .kind = FAULT_NONE };
}

bool engine_overflowed(const struct engine *engine)
{
	return strcmp(sqlite3_errmsg(engine->db), "integer overflow") == 0;
}

/* SQLite's last attempt was to read what it could not create. */
static const char *why_not(const struct engine *engine)
{
	ARENA(arena);
	int number = sqlite3_system_errno(engine->db);

	if (access(engine_folder(engine->path, &arena), W_OK) != 0)
		number = errno;
	return number ? strerror(number) : sqlite3_errmsg(engine->db);
}

/* What the schema names, not the statement: "main.t" is how SQLite resolves a
   foreign key's parent, and a table in a view or a trigger. */
static void hint_schema(struct error *e)
{
	if (strstr(e->message, "foreign key mismatch"))
		error_hint(e, "the columns that it references need a PRIMARY "
			      "KEY or a UNIQUE index; taskmgr db schema shows "
			      "them");
	else if (strstr(e->message, "no such table: main."))
		error_hint(e, "a view, a trigger or a foreign key uses it; "
			      "taskmgr db schema shows which");
}

/* An unclosed quote: SQLite's message has all the text from there on. */
static bool is_unclosed(const char *message)
{
	static const char token[] = "unrecognized token: \"";

	return strncmp(message, token, strlen(token)) == 0 &&
	       strchr("'\"`[", message[strlen(token)]);
}

/* SQLite's message, with a hint if the schema uses what is missing. */
static enum status fail_words(struct engine *engine, struct error *e)
{
	const char *name;

	if (engine->compared)
		fail(e, FAILED, "no such collation sequence: %s",
		     engine->compared);
	else if (is_unclosed(sqlite3_errmsg(engine->db)))
		fail(e, FAILED, "this quote is never closed");
	else
		fail(e, FAILED, "%s", sqlite3_errmsg(engine->db));
	engine->compared = NULL;
	hint_schema(e);
	name = engine_missing_name(engine, e->message, e->arena);
	if (name)
		error_hint(e,
			   "SQLite has no %s; only a program that defines "
			   "it can do this",
			   name);
	return FAILED;
}

enum status engine_fail_busy(struct engine *engine, struct error *e)
{
	fail(e, BUSY, "database %s is busy: another program is writing to it",
	     engine->path ? engine->path : "in memory");
	error_hint(e, "try again");
	e->option = "";
	return BUSY;
}

enum status engine_fail(struct engine *engine, int code, struct error *e)
{
	const char *path = engine->path ? engine->path : "in memory";
	int number;
	size_t row;

	if (engine->refusal) {
		fail(e, INVALID, "%s", engine->refusal);
		error_hint(e, "%s", engine->refusal_hint);
		engine->refusal = NULL;
		return INVALID;
	}
	if (engine->compared)
		return fail_words(engine, e);
	code = code == SQLITE_ERROR ? raised_code(sqlite3_errmsg(engine->db))
				    : extended_code(engine->db);
	row = code_row(code);
	note_fault(engine, code);
	/* The wait for a lock ends with Ctrl-C, too. */
	if (row < ncodes && codes[row].status == BUSY &&
	    atomic_exchange(&engine->interrupted, false))
		return fail(e, INTERRUPTED, "interrupted");
	if (row < ncodes && codes[row].status == BUSY)
		return engine_fail_busy(engine, e);
	if (row < ncodes && codes[row].status == READONLY)
		return fail(e, READONLY, "database %s cannot be written: %s",
			    path, sqlite3_errmsg(engine->db));
	if (row < ncodes && codes[row].status == NO_SPACE) {
		fail(e, NO_SPACE, "database %s: no space left on the disk",
		     path);
		error_hint(e, "free some space");
		return NO_SPACE;
	}
	if (row < ncodes && codes[row].status == INTERRUPTED)
		return fail(e, INTERRUPTED, "interrupted");
	if (row < ncodes)
		return fail(e, codes[row].status, "%s",
			    sqlite3_errmsg(engine->db));
	if ((code & 0xff) == SQLITE_ERROR)
		return fail_words(engine, e);
	/* From ATTACH, whose message names the file. */
	if ((code & 0xff) == SQLITE_CANTOPEN &&
	    strchr(sqlite3_errmsg(engine->db), ':'))
		return fail(e, FAILED, "%s", sqlite3_errmsg(engine->db));
	if ((code & 0xff) == SQLITE_CANTOPEN && engine->path)
		return fail(e, FAILED, "database %s cannot be opened: %s", path,
			    why_not(engine));
	number = sqlite3_system_errno(engine->db);
	if ((code & 0xff) == SQLITE_IOERR && number)
		return fail(e, FAILED, "database %s: %s: %s", path,
			    sqlite3_errmsg(engine->db), strerror(number));
	fail(e, FAILED, "database %s: %s", path, sqlite3_errmsg(engine->db));
	if (code == SQLITE_CORRUPT)
		error_hint(e, "replace it with a backup: taskmgr db restore");
	return FAILED;
}
