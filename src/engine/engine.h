/*
 * The database door, and the only room that knows which engine is behind it.
 * An engine is one connection, used by one thread at a time.  The interface is
 * narrow, so that a second engine fits: open by URL, prepare, bind $1, step, a
 * transaction as a function that may be run again, bulk rows, introspection
 * (engine/introspect.h), the migration lock, and classes of errors.
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
	ENGINE_READ_ONLY = 1, /* not a byte is changed */
	ENGINE_CREATE = 2,    /* a missing database is made, in WAL mode */
	ENGINE_SHORT_WAIT = 4,     /* waits 30 ms for locks (completion), not 5 s */
};

/* To be called once, before any thread and any engine is made. */
void engine_start(void);

/*
 * Opens sqlite:///relative.db, sqlite:////absolute.db, sqlite:// (memory) or
 * a bare path.  SCHEMA if the database does not exist and may not be made;
 * FAILED with the reason for a directory, a file of another kind, a folder
 * without the right to write; USAGE for a URL of another engine.
 */
CHECKED enum status engine_open(const char *url, unsigned flags,
				struct engine **out, struct error *e);
void engine_close(struct engine *engine);

static inline void engine_close_scoped(struct engine **engine)
{
	if (*engine)
		engine_close(*engine);
}

/* Declares an engine that is closed where its block ends. */
#define ENGINE(name) \
	__attribute__((cleanup(engine_close_scoped))) struct engine *name = NULL

/* Whether there is a database behind url: memory always is. */
bool engine_exists(const char *url);

/*
 * Whether the database that is open is still the one its URL names; false
 * once its file has been deleted or replaced: what is written then is lost.
 */
bool engine_is_current(const struct engine *engine);

/*
 * The file behind a URL, in arena; NULL for memory and for URLs of other
 * engines.  engine_url_rebase makes a relative one relative to folder.
 */
const char *engine_path(const char *url, struct arena *arena);
const char *engine_url_rebase(const char *url, const char *folder,
			      struct arena *arena);

/*
 * A database may use functions, collations and virtual tables that only its
 * own program defines.  Functions that the schema names compile, and fail when
 * they are called.  A model (a database in memory, for trying out a schema)
 * takes collations and virtual tables too, and calls give NULL; known says
 * which names are taken, NULL: all.
 */
typedef bool engine_known(const void *data, const char *name);
CHECKED enum status engine_open_model(engine_known *known, const void *data,
				      struct engine **out, struct error *e);

/* What an error's message says is missing, where the schema names it, in
   arena; NULL for any other error. */
const char *engine_missing_name(struct engine *engine, const char *message,
			   struct arena *arena);

/* Whether the text of the database's schema contains a name. */
bool engine_schema_mentions(const struct engine *engine, const char *name);

/* The dialect's name, "sqlite": the suffix of a revision's own body. */
const char *engine_dialect(const struct engine *engine);

/* The engine's own version, "3.40.1". */
const char *engine_version(void);

/*
 * Whether the library has SQLite's WAL-reset bug, with which other programs can
 * lose committed rows; and the sentence that says so, or NULL.
 */
bool engine_has_wal_reset_bug(void);
const char *engine_warning(struct arena *arena);

/* Whether it cannot be written, by flag or by the file's permissions. */
bool engine_is_read_only(const struct engine *engine);

/* From a signal handler or another thread: what runs ends INTERRUPTED. */
void engine_interrupt(struct engine *engine);

/* Forgets an interrupt that met nothing. */
void engine_clear_interrupt(struct engine *engine);

/* How long a lock is waited for, in milliseconds; -1: without limit. */
void engine_set_wait(struct engine *engine, int milliseconds);

/* waiting(data) is called once when a lock has been waited for a second. */
void engine_on_wait(struct engine *engine, void (*waiting)(void *), void *data);

/* progress(data) is called every now and then while a statement runs. */
void engine_on_progress(struct engine *engine, void (*progress)(void *),
			void *data);

/*
 * row(data, table, fate) is called for each row of the database's own tables
 * that a statement adds or deletes, or that goes or is changed along with what
 * it does: by a trigger or by a foreign key's action.  What a rollback brings
 * back is not told.
 */
enum row_fate { ROW_ADDED, ROW_DELETED, ROW_DELETED_INDIRECTLY, ROW_CHANGED_INDIRECTLY };
typedef void engine_row(void *data, const char *table, enum row_fate fate);
void engine_on_row(struct engine *engine, engine_row *row, void *data);

/*
 * Statements.  SQL text has $1, $2 … as placeholders.  Prepared statements
 * are kept by their text, so preparing one again costs little; a statement
 * that was released is not used again.  Bound text is copied.
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

/* Binds $number (from 1); a number that the SQL doesn't have is a mistake. */
void statement_bind(struct statement *statement, int number,
		    struct value value);

/* The three ways a step ends; the error is in e after STEP_FAILED. */
enum step { STEP_ROW, STEP_DONE, STEP_FAILED };
CHECKED enum step statement_step(struct statement *statement, struct error *e);

/* The current row; text and blobs are valid until the next step. */
int statement_columns(const struct statement *statement);
const char *statement_column_name(const struct statement *statement,
				  int column);
struct value statement_value(struct statement *statement, int column);

/* The same, copied to arena: text with a NUL behind it. */
struct value statement_copy(struct statement *statement, int column,
			    struct arena *arena);

/* Text of a column in arena, NULL for NULL. */
const char *statement_text(struct statement *statement, int column,
			   struct arena *arena);
/* The same of a column that is NOT NULL: "" where a damaged file has NULL all
   the same, which SQLite does not look for. */
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

/*
 * Runs a text of many statements, as a person wrote it.  The error's message
 * begins with name:line:column, lines counted from first_line, and its detail
 * shows the line with a caret.  With guard, statements that would end the
 * transaction or reach outside it (COMMIT, ATTACH, PRAGMA foreign_keys …) are
 * refused; so are those that change a table which is_kept says is kept, for
 * the reason kept_why.  With verify, statements only read and give no row.
 * Alone, outside of a transaction, it must end those that it begins, or they
 * are rolled back.  Settings that a PRAGMA left changed are put back; what is
 * temporary or attached goes.
 */
struct script {
	const char *name; /* for messages: a file's name; NULL: none */
	int first_line;   /* of text in that file; 0 counts as 1 */
	const char *text;
	bool guard, alone;
	bool (*is_kept)(const char *table); /* or NULL: none is */
	const char *kept_why;
	bool verify;
	/* Behind each statement that went well, or NULL: gets its text, not
	   ended, and the microseconds that it took; its error is told at the
	   statement's place, and takes the statement back. */
	enum status (*done)(void *data, const char *statement, size_t length,
			    int64_t ticks, struct error *e);
	void *data;
};
CHECKED enum status engine_script(struct engine *engine,
				  const struct script *script, struct error *e);

/* The value that a connection's setting is put back to; NULL: it is none. */
const char *engine_setting(const char *name);

/*
 * Runs work in a transaction: for writing it takes the write lock first
 * (BEGIN IMMEDIATE), so that nothing that was read can be stale.  Work that
 * fails is rolled back.  The engine may run work again from its start, so it
 * makes no output and no other side effect.  Not to be nested.
 */
enum transaction_mode {
	TRANSACTION_READ,
	TRANSACTION_WRITE,
	TRANSACTION_MIGRATION, /* write, one migration at a time; SQLite's
				   write lock is that lock */
	TRANSACTION_UNSYNCED,      /* the same, and more follow: the last one
				   that does not says so brings all of them
				   to the disk; after a crash of the machine
				   some of the last may be undone, whole */
};
typedef enum status engine_work(struct engine *engine, void *data,
				struct error *e);
CHECKED enum status engine_transaction(struct engine *engine,
				       enum transaction_mode mode,
				       engine_work *work, void *data,
				       struct error *e);

/*
 * One read transaction for many: until its end, each TRANSACTION_READ sees
 * the database as it was when the first of them read.  Nothing else may run
 * meanwhile.  Beginning it again does nothing.
 */
CHECKED enum status engine_snapshot_begin(struct engine *engine,
					  struct error *e);
void engine_snapshot_end(struct engine *engine);

/*
 * Runs the work of several callers in one transaction, whose commit serves
 * all of them.  Work that fails takes only its own changes back, and its error
 * is in its member.  Any other error is that of the transaction: nothing was
 * done, and the members' errors mean nothing.
 */
struct group_member {
	engine_work *work;
	void *data;
	struct error *e;
};
CHECKED enum status engine_transaction_group(struct engine *engine,
					     const struct group_member *members,
					     size_t count, struct error *e);

/* Brings what TRANSACTION_UNSYNCED left to the disk, where no more follow. */
CHECKED enum status engine_sync(struct engine *engine, struct error *e);

/*
 * As engine_transaction for writing, but always rolled back: a dry run.  It
 * may be nested, where work must not be interrupted: that ends everything.
 */
CHECKED enum status engine_dry_run(struct engine *engine, engine_work *work,
				    void *data, struct error *e);

/*
 * Keeps other processes that hold the same database waiting, outside of any
 * transaction; BUSY after engine_set_wait's time.
 */
CHECKED enum status engine_hold(struct engine *engine, int *hold,
				struct error *e);
void engine_release_hold(const int *hold);

/* Declares a hold that ends with its block. */
#define HOLD(name) __attribute__((cleanup(engine_release_hold_scoped))) int name = -1

static inline void engine_release_hold_scoped(int *hold)
{
	engine_release_hold(hold);
}

/*
 * Whether pages that become free are overwritten, where the library is built
 * to do that.  Off is for tables whose contents are elsewhere in the file.
 */
CHECKED enum status engine_set_secure_delete(struct engine *engine, bool on,
					     struct error *e);

/* Rows changed by the last statement that changed any. */
int64_t engine_changes(const struct engine *engine);

/*
 * Foreign keys, enforced by default.  They may be switched inside of a
 * transaction too, where no violation is pending: else CONFLICT.
 */
CHECKED enum status engine_set_foreign_keys(struct engine *engine, bool on,
					    struct error *e);
/* Inside a transaction: foreign keys are judged only when it commits. */
CHECKED enum status engine_defer_foreign_keys(struct engine *engine,
					      struct error *e);
/* CONFLICT if a violation is pending that would fail the commit. */
CHECKED enum status engine_check_deferred(struct engine *engine,
					  struct error *e);

/* A row that violates a foreign key: texts are valid while it is told. */
struct violation {
	const char *table;
	const char *parent;      /* has no such row; NULL: the foreign key
				    leads to no key at all, so no row is told */
	int64_t rowid;           /* 0: the table has none */
	const char *key_columns; /* names of the primary key's, or NULL */
	const char *key;         /* their values */
	const char *values;      /* of the foreign key; NULL: not known */
};
typedef void engine_violation(void *data, const struct violation *violation);

/* Tells of all of them, one by one. */
CHECKED enum status engine_foreign_key_check(struct engine *engine,
					     engine_violation *visit,
					     void *data, struct error *e);

/* Whether a foreign key of the table leads to columns that are no key, which
   fails whoever changes its rows; where foreign keys are on. */
bool engine_is_mismatched(struct engine *engine, const char *table);

/*
 * The last constraint that refused a statement, for the caller who wants to
 * say more than the engine's words.  Texts are valid until the next failure.
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
	/* Of a script: its text from the statement that failed; or NULL. */
	const char *statement;
};
struct fault engine_fault(const struct engine *engine);

/* A condition: text contains part, without regard to case; both are SQL. */
const char *sql_contains(struct arena *arena, const char *text,
			 const char *part);
/* An identifier in quotes, its quotes doubled. */
const char *sql_name(struct arena *arena, const char *name);
/* A text in single quotes, its quotes doubled. */
const char *sql_literal(struct arena *arena, const char *text);

/*
 * Whole databases.  A backup is made while others read and write, whole or
 * not at all; the file must not exist.  A restore, of a sound file only,
 * replaces all that is there in one transaction.
 */
CHECKED enum status engine_backup(struct engine *engine, const char *path,
				  struct error *e);
/* Whether a restore has something to read: a database that is not empty. */
CHECKED enum status engine_check_backup(const char *path, struct error *e);
CHECKED enum status engine_restore(struct engine *engine, const char *path,
				   struct error *e);

/*
 * Whether writing to file would write over url's database or over a file that
 * the engine keeps beside it, by whatever path, symbolic or hard link, and
 * whether or not it exists yet.
 */
bool engine_owns_file(const char *url, const char *file);

/* The path that path's last symbolic links end at, which may not exist. */
const char *engine_file_resolve(const char *path, struct arena *arena);

/* A row with one text for each thing that is wrong with the file or with its
   foreign keys; and whether such a text is a mistake of SQLite's. */
CHECKED enum status engine_verify(struct engine *engine, struct statement **out,
				  struct error *e);
bool engine_is_false_alarm(struct engine *engine, const char *fault);

/*
 * The tables that ANALYZE has statistics of; and analyzes those again that
 * have lost them since, being rebuilt or renamed.
 */
struct statistics {
	struct analyzed {
		const char *name;
		int64_t root; /* its page, which a rename keeps */
	} *tables;
	size_t count;
};
CHECKED enum status engine_statistics(struct engine *engine,
				      struct arena *arena,
				      struct statistics *out, struct error *e);
CHECKED enum status
engine_restore_statistics(struct engine *engine,
			  const struct statistics *before, struct error *e);

/* Packs the file anew; outside of a transaction. */
CHECKED enum status engine_vacuum(struct engine *engine, struct error *e);

#endif
