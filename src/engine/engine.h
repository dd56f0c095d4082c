/*
 * The database, and the only room that knows which engine runs it.  An engine
 * is one connection, used by one thread at a time.  The interface is kept
 * narrow so that a second engine can implement it: open by URL, prepare, bind
 * $1, step, a transaction as a function that may be run again, bulk rows,
 * introspection (engine/introspect.h), the migration lock, and classes of
 * errors.
 */
#ifndef ENGINE_ENGINE_H
#define ENGINE_ENGINE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "util/error.h"
#include "util/value.h"

struct engine;
struct statement;

enum engine_flags {
	ENGINE_READ_ONLY = 1, /* opens without changing the file */
	ENGINE_CREATE = 2,    /* creates a missing database, in WAL mode */
};

/* Call once, before starting threads or opening engines. */
void engine_start(void);

/*
 * Opens sqlite:///relative.db, sqlite:////absolute.db, sqlite:// (memory) or a
 * bare path.  SCHEMA if the database does not exist and ENGINE_CREATE is not
 * set; FAILED with the reason for a directory, another kind of file or missing
 * permissions; USAGE for another engine's URL.
 */
CHECKED enum status engine_open(const char *url, unsigned flags,
				struct engine **out, struct error *e);
/* The same, but waits for locks that long, as engine_set_wait says. */
CHECKED enum status engine_open_within(const char *url, unsigned flags,
				       int milliseconds, struct engine **out,
				       struct error *e);
void engine_close(struct engine *engine);

static inline void engine_close_scoped(struct engine **engine)
{
	if (*engine)
		engine_close(*engine);
}

/* Declares an engine that is closed at the end of its block. */
#define ENGINE(name) \
	__attribute__((cleanup(engine_close_scoped))) struct engine *name = NULL

/* Whether the database of url exists; one in memory always does. */
bool engine_exists(const char *url);

/*
 * Whether the open database is still the one at its URL; false once its file
 * has been deleted or replaced, so that writes would be lost.
 */
bool engine_is_current(const struct engine *engine);

/* USAGE if no engine opens such a URL; a path is one that can be opened. */
CHECKED enum status engine_check_url(const char *url, struct error *e);

/*
 * The file of a URL, in arena; NULL for memory and for other engines' URLs.
 * engine_url_rebase makes a relative path relative to folder.
 */
const char *engine_path(const char *url, struct arena *arena);
const char *engine_url_rebase(const char *url, const char *folder,
			      struct arena *arena);

/*
 * A database may use functions, collations and virtual tables that only its own
 * program defines.  Functions named by the schema compile, and fail when
 * called.  A model (a database in memory, for trying out a schema) also accepts
 * collations and virtual tables, and its functions return NULL. known decides
 * which names are accepted; NULL accepts all.
 */
typedef bool engine_known(const void *data, const char *name);
CHECKED enum status engine_open_model(engine_known *known, const void *data,
				      struct engine **out, struct error *e);

/* The name that SQLite's error message reports as missing, in arena, if the
   schema uses it; otherwise NULL. */
const char *engine_missing_name(struct engine *engine, const char *message,
				struct arena *arena);

/* Whether the text of the database's schema contains name. */
bool engine_schema_mentions(const struct engine *engine, const char *name);

/* The dialect, "sqlite": the suffix of a revision's dialect-specific body. */
const char *engine_dialect(const struct engine *engine);

/* The engine's own version, "3.40.1". */
const char *engine_version(void);

/*
 * Whether the SQLite library has the WAL-reset bug, by which other programs can
 * lose committed rows; and a warning about it, or NULL.
 */
bool engine_has_wal_reset_bug(void);
const char *engine_warning(struct arena *arena);

/* Whether the database is read-only, by flag or by file permissions. */
bool engine_is_read_only(const struct engine *engine);

/* Makes the running statement fail with INTERRUPTED; callable from a signal
   handler or another thread. */
void engine_interrupt(struct engine *engine);

/* Discards a pending interrupt. */
void engine_clear_interrupt(struct engine *engine);

/* Sets how long to wait for a lock, in milliseconds; -1: without limit. */
enum { ENGINE_WAIT = 5000 }; /* the default */
void engine_set_wait(struct engine *engine, int milliseconds);

/* waiting(data) is called once, after waiting one second for a lock. */
void engine_on_wait(struct engine *engine, void (*waiting)(void *), void *data);

/* progress(data) is called every few milliseconds while a statement runs. */
void engine_on_progress(struct engine *engine, void (*progress)(void *),
			void *data);

/*
 * row(data, table, fate) is called for each row of the database's own tables
 * that a statement adds or deletes, and for each that a trigger or a foreign
 * key's action deletes or changes (INDIRECTLY).  Rows restored by a rollback
 * are not reported.
 */
enum row_fate {
	ROW_ADDED,
	ROW_DELETED,
	ROW_DELETED_INDIRECTLY,
	ROW_CHANGED_INDIRECTLY
};
typedef void engine_row(void *data, const char *table, enum row_fate fate);
void engine_on_row(struct engine *engine, engine_row *row, void *data);

/*
 * Prepares SQL with placeholders $1, $2 … Statements are cached by their text,
 * so preparing one again is cheap; do not use a statement after releasing it.
 * Bound text is copied.
 */
CHECKED enum status engine_prepare(struct engine *engine, const char *sql,
				   struct statement **out, struct error *e);
void statement_release(struct statement *statement);

static inline void statement_release_scoped(struct statement **statement)
{
	if (*statement)
		statement_release(*statement);
}

#define STATEMENT(name) \
	__attribute__((cleanup( \
		statement_release_scoped))) struct statement *name = NULL

/* Ends a run, so that another can begin; values stay bound. */
void statement_reset(struct statement *statement);

/* Binds a value to $number (from 1), which the SQL must contain. */
void statement_bind(struct statement *statement, int number,
		    struct value value);

/* The same, without a copy: text and bytes must last until the reset. */
void statement_lend(struct statement *statement, int number,
		    struct value value);

/* The number of parameters of a script's statement, and the name of each with
   its prefix (":age"), or NULL. */
int statement_parameters(const struct statement *statement);
const char *statement_parameter_name(const struct statement *statement,
				     int number);
/* Whether it may change the database. */
bool statement_writes(const struct statement *statement);

/* The result of a step; after STEP_FAILED the error is in e. */
enum step { STEP_ROW, STEP_DONE, STEP_FAILED };
CHECKED enum step statement_step(struct statement *statement, struct error *e);
/* Steps to the next row; false at the end, or with the error in e. */
CHECKED static inline bool statement_next(struct statement *statement,
					  struct error *e)
{
	return statement_step(statement, e) == STEP_ROW;
}
/* Runs it to its end, without its rows. */
CHECKED enum status statement_finish(struct statement *statement,
				     struct error *e);

/* The current row; text and blobs are valid until the next step. */
int statement_columns(const struct statement *statement);
const char *statement_column_name(const struct statement *statement,
				  int column);
/* The declared type and the table of a column taken from a table, or NULL. */
const char *statement_column_type(const struct statement *statement,
				  int column);
const char *statement_column_table(const struct statement *statement,
				   int column);
void statement_values(struct statement *statement, size_t first, size_t count,
		      struct value *out);
struct value statement_value(struct statement *statement, int column);

/* The same, copied to arena and followed by a NUL. */
struct value statement_copy(struct statement *statement, int column,
			    struct arena *arena);

/* A column's text in arena; NULL for NULL. */
const char *statement_text(struct statement *statement, int column,
			   struct arena *arena);
/* The same for a NOT NULL column: "" instead of NULL, which a damaged file may
   contain. */
const char *statement_text_or_empty(struct statement *statement, int column,
				    struct arena *arena);
int64_t statement_integer(struct statement *statement, int column);

/* Runs one statement, with values for $1 …, and ignores any rows. */
CHECKED enum status engine_exec(struct engine *engine, const char *sql,
				struct error *e);
CHECKED enum status engine_run(struct engine *engine, const char *sql,
			       const struct value *values, int nvalues,
			       struct error *e);

/* The first column of the first row, in arena; NULL value if no row. */
CHECKED enum status engine_query_one(struct engine *engine, const char *sql,
				     const struct value *values, int nvalues,
				     struct arena *arena, struct value *out,
				     struct error *e);

/* The length of the first statement of text with its semicolon; 0 if it is
   incomplete.  A trigger's body is part of its statement. */
size_t engine_statement_length(const char *text);

/*
 * Runs a text of many statements, as written by a person.  The error's message
 * begins with name:line:column, lines counted from first_line, and its detail
 * shows the line with a caret.  Settings that a PRAGMA changed are restored
 * afterwards; temporary objects and attached databases are dropped.
 */
struct script {
	const char *name; /* file name for messages; NULL: none */
	int first_line;   /* the line in the file; 0 counts as 1 */
	const char *text;
	bool guard; /* refuse what ends the transaction or reaches outside it
		       (COMMIT, ATTACH, PRAGMA foreign_keys …) */
	bool alone; /* not in a transaction; roll back one it leaves open */
	bool (*is_kept)(const char *table); /* refuse its changes; or NULL */
	const char *kept_why; /* the error for changing such a table */
	bool verify;          /* statements must only read, and return no row */
	bool typed;           /* typed by a user: one transaction, which leaves
				 the connection as it was */
	const char *reads;    /* statements must only read; the hint for others;
				 or NULL */
	/* Called with each statement before it runs, to bind its parameters
	   (may be NULL: they are refused); rest is the text after it. */
	enum status (*begin)(void *data, struct statement *statement,
			     const char *rest, struct error *e);
	/* Called with each row (may be NULL).  Its error ends the script, and
	   is reported without a line. */
	enum status (*row)(void *data, struct statement *statement,
			   struct error *e);
	/* Called after each successful statement (may be NULL) with its text
	   (not NUL-terminated) and duration in microseconds.  If it fails, the
	   statement is rolled back and the error reported at its line. */
	enum status (*done)(void *data, const char *statement, size_t length,
			    int64_t ticks, struct error *e);
	void *data;
};
CHECKED enum status engine_script(struct engine *engine,
				  const struct script *script, struct error *e);

/* The default to which a connection's setting is restored; NULL if name is not
   such a setting. */
const char *engine_setting(const char *name);

/*
 * Runs work in a transaction, and rolls back if it fails.  Writing takes the
 * write lock first (BEGIN IMMEDIATE), so that nothing read can be stale.  The
 * engine may run work again from the start, so work must not print or have
 * other side effects.  Must not be nested.
 */
enum transaction_mode {
	TRANSACTION_READ,
	TRANSACTION_WRITE,
	TRANSACTION_MIGRATION, /* write; the write lock keeps other
				   migrations out */
	TRANSACTION_UNSYNCED,  /* as MIGRATION, but not yet synced: the
				   next transaction in another mode syncs
				   them all.  A power cut before that loses
				   whole transactions, newest first */
};
typedef enum status engine_work(struct engine *engine, void *data,
				struct error *e);
CHECKED enum status engine_transaction(struct engine *engine,
				       enum transaction_mode mode,
				       engine_work *work, void *data,
				       struct error *e);

/*
 * Begins a transaction that stays open until engine_end keeps or undoes its
 * changes.  Within it engine_transaction only undoes the work that failed, and
 * migrations are refused.  If SQLite itself rolls it back (an interrupted
 * write, a full disk), the error's hint says so.  It stays open if engine_end
 * fails.
 */
CHECKED enum status engine_begin(struct engine *engine, struct error *e);
CHECKED enum status engine_end(struct engine *engine, bool keep,
			       struct error *e);
bool engine_in_transaction(const struct engine *engine);

/*
 * Begins one read transaction for many reads: until its end, every
 * TRANSACTION_READ sees the database as the first of them saw it.  Nothing else
 * may run meanwhile.  Does nothing if already begun.
 */
CHECKED enum status engine_snapshot_begin(struct engine *engine,
					  struct error *e);
void engine_snapshot_end(struct engine *engine);

/*
 * Runs the work of several callers in one transaction with one commit.  If one
 * member's work fails, only its own changes are rolled back, and the error is
 * in that member.  An error returned here is the transaction's: nothing was
 * changed, and the members' errors are meaningless.
 */
struct group_member {
	engine_work *work;
	void *data;
	struct error *e; /* the error of work alone */
};
CHECKED enum status engine_transaction_group(struct engine *engine,
					     const struct group_member *members,
					     size_t count, struct error *e);

/* Syncs TRANSACTION_UNSYNCED commits to the disk, after the last of them. */
CHECKED enum status engine_sync(struct engine *engine, struct error *e);

/*
 * As engine_transaction for writing, but always rolled back.  May be nested if
 * work cannot be interrupted, because an interrupt rolls back the outer
 * transaction too.
 */
CHECKED enum status engine_dry_run(struct engine *engine, engine_work *work,
				   void *data, struct error *e);

/*
 * Makes other processes that call engine_hold on the same database wait;
 * outside transactions.  BUSY after engine_set_wait's time.  HOLD declares a
 * hold that is released at the end of its block.
 */
CHECKED enum status engine_hold(struct engine *engine, int *hold,
				struct error *e);
void engine_release_hold(const int *hold);

/* Released by engine_release_hold at the end of its block. */
#define HOLD(name) \
	__attribute__((cleanup(engine_release_hold_scoped))) int name = -1

static inline void engine_release_hold_scoped(int *hold)
{
	engine_release_hold(hold);
}

/*
 * Sets whether freed pages are overwritten, if the library was built to do so.
 * Turn it off for tables whose contents are elsewhere in the file.
 */
CHECKED enum status engine_set_secure_delete(struct engine *engine, bool on,
					     struct error *e);

/*
 * Sizes the page cache, which is 2 MB, for writing many rows whose keys come in
 * any order: with less, index pages are written and read again and again.
 */
void engine_set_bulk(struct engine *engine, bool on);

/* In engine_transaction: whether a failed statement has rolled it back. */
bool engine_was_rolled_back(const struct engine *engine);

/* The number of rows changed by the last statement that changed any. */
int64_t engine_changes(const struct engine *engine);

/* The rowid of the last inserted row: its INTEGER PRIMARY KEY, if any. */
int64_t engine_last_key(const struct engine *engine);

/*
 * Turns enforcement of foreign keys on (the default) or off.  CONFLICT inside a
 * transaction in which a violation is pending.
 */
CHECKED enum status engine_set_foreign_keys(struct engine *engine, bool on,
					    struct error *e);
/* Defers the foreign-key checks of the current transaction to its commit. */
CHECKED enum status engine_defer_foreign_keys(struct engine *engine,
					      struct error *e);
/* CONFLICT if a pending foreign-key violation would fail the commit. */
CHECKED enum status engine_check_deferred(struct engine *engine,
					  struct error *e);

/* A row that violates a foreign key; texts are valid during the call. */
struct violation {
	const char *table;
	const char *parent;      /* lacks the row; NULL: the referenced columns
				    are not a key, so no row can be named */
	int64_t rowid;           /* 0: the table has none */
	const char *key_columns; /* names of the primary key's; or NULL */
	const char *key;         /* their values */
	const char *values;      /* of the foreign key; NULL: not known */
};
typedef void engine_violation(void *data, const struct violation *violation);

/* Calls visit for every violation of a foreign key in the database. */
CHECKED enum status engine_foreign_key_check(struct engine *engine,
					     engine_violation *visit,
					     void *data, struct error *e);

/* Whether a foreign key of the table references columns that are not a key, so
   that changing rows fails while foreign keys are on. */
bool engine_is_mismatched(struct engine *engine, const char *table);

/*
 * The constraint that refused the last failed statement, for messages better
 * than the engine's.  Texts are valid until the next failure.
 */
enum fault_kind {
	FAULT_NONE,
	FAULT_UNIQUE,      /* name: "table.a, table.b" or "index 'x'" */
	FAULT_NOT_NULL,    /* name: "table.column" */
	FAULT_CHECK,       /* name: the constraint's name or text */
	FAULT_FOREIGN_KEY, /* no name */
	FAULT_TYPE,        /* a STRICT table's: the engine's words */
	FAULT_OTHER,       /* a trigger's RAISE and the like */
};
struct fault {
	enum fault_kind kind;
	const char *name;
	/* The failed statement in the script's text, to the text's end; or
	   NULL. */
	const char *statement;
};
struct fault engine_fault(const struct engine *engine);
void engine_clear_fault(struct engine *engine);
/* Whether the last failure was an integer beyond 64 bits, such as a sum. */
bool engine_overflowed(const struct engine *engine);

/* name as a quoted SQL identifier. */
const char *sql_name(struct arena *arena, const char *name);
/* text as an SQL string literal. */
const char *sql_literal(struct arena *arena, const char *text);

/* Called after every few pages of a copy; or NULL. */
typedef void engine_copied(void *data, int64_t done, int64_t all);

/*
 * Copies the whole database, as it is at the beginning, to a new file while
 * others read and write, and checks the copy; FAILED or INTERRUPTED, and no
 * file, if that is not possible. engine_restore replaces the whole database by
 * an undamaged backup in one transaction.
 */
CHECKED enum status engine_backup(struct engine *engine, const char *path,
				  engine_copied *copied, void *data,
				  struct error *e);
/* Whether a restore has something to read: a database that is not empty. */
CHECKED enum status engine_check_backup(const char *path, struct error *e);
CHECKED enum status engine_restore(struct engine *engine, const char *path,
				   engine_copied *copied, void *data,
				   struct error *e);

/*
 * Prepares a statement with one row of text per fault of the file or its
 * foreign keys. engine_is_false_alarm: whether such a fault is a bug of SQLite.
 */
CHECKED enum status engine_verify(struct engine *engine, struct statement **out,
				  struct error *e);
bool engine_is_false_alarm(struct engine *engine, const char *fault);

/*
 * Lists the tables for which ANALYZE has statistics; engine_restore_statistics
 * analyzes again those that have since lost them by a rebuild or rename.
 */
struct statistics {
	struct analyzed {
		const char *name;
		int64_t root; /* root page, unchanged by a rename */
	} * tables;
	size_t count;
};
CHECKED enum status engine_statistics(struct engine *engine,
				      struct arena *arena,
				      struct statistics *out, struct error *e);
CHECKED enum status engine_restore_statistics(struct engine *engine,
					      const struct statistics *before,
					      struct error *e);

/* Compacts the file; outside a transaction. */
CHECKED enum status engine_vacuum(struct engine *engine, struct error *e);

#endif
