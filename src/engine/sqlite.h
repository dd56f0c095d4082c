/*
 * The SQLite engine's internals; private to engine/. Sources: sqlite.org, "The
 * C Interface", "Result and Error Codes", "PRAGMA".
 */
#ifndef ENGINE_SQLITE_H
#define ENGINE_SQLITE_H

#include <sqlite3.h>
#include <stdatomic.h>
#include <sys/stat.h>
#include <sys/types.h>

#include "engine/engine.h"

struct statement {
	sqlite3_stmt *handle;
	struct engine *engine;
	size_t length;          /* of its SQL */
	bool ordered;           /* $1, $2 … are SQLite's 1, 2 … */
	struct statement *next; /* in the list of idle ones */
	int refused;            /* the error of a failed bind, or 0 */
};

/* Called before a row of the main database is changed; rowid: the old one. */
typedef void engine_change(void *data, int action, const char *table,
			   int64_t rowid);

struct engine {
	sqlite3 *db;
	char *path;   /* NULL: memory */
	dev_t device; /* of path when it was opened */
	ino_t inode;
	struct statement *idle; /* released statements, newest first */
	size_t nidle;
	int wait;            /* for a lock, in milliseconds; -1: forever */
	int checkpoint_wait; /* the same, for a checkpoint */
	int64_t wait_began;
	void (*waiting)(void *); /* called once when a wait gets long */
	void *waiting_data;
	void (*progress)(void *);
	void *progress_data;
	engine_row *row;
	void *row_data;
	engine_change *change;
	void *change_data;
	bool reverted; /* a statement failed since engine_on_change */
	struct recorded_table *recorded; /* change/recorded.h */
	struct arena recorded_memory;    /* … in this arena */
	int64_t recorded_version;        /* the version of their schema */
	size_t most_nested;              /* bytes of a value of sql_nested */
	bool large_cache;                /* the cache has a migration's size */
	bool secure;        /* freed pages were overwritten before FAST */
	bool unsynced;      /* commits may be in the WAL but not on the disk */
	bool checkpointing; /* a checkpoint is running */
	bool wrote;         /* a commit went to the WAL */
	struct stat found_log; /* the WAL at opening; size 0: none */
	bool found_shm;
	bool held;      /* engine_begin's transaction is open */
	bool snapshot;  /* engine_snapshot_begin was called */
	bool deferring; /* foreign keys are checked at the commit */
	unsigned calm;  /* groups in a row in which no member failed */
	atomic_bool interrupted;
	struct fault fault;
	char *fault_name;
	const char *compared; /* a collation whose stand-in was called */
	bool misordered;      /* the last step used it: roll back */
	const char *lent;     /* a collation with a stand-in */
	bool lends_nothing;   /* the running statement could not be undone */
	bool model;           /* missing names get stand-ins */
	engine_known *known;  /* … if this knows it; NULL: all */
	const void *known_data;
	struct stand_in {
		struct stand_in *next;
		struct engine *engine;
		char name[];
	} * stand_ins;
	const char *refusal; /* the guard's error, or NULL */
	const char *refusal_hint;
};

/* The one place where SQLite's extended codes become statuses. */
enum status engine_fail(struct engine *engine, int code, struct error *e);

/* Fails with BUSY if SQLite has no code for it. */
enum status engine_fail_busy(struct engine *engine, struct error *e);

/*
 * sqlite3_prepare_v3 and sqlite3_step, retried when they give up
 * (SQLITE_SCHEMA) because other processes change the schema in quick
 * succession.
 */
int engine_compile(struct engine *engine, const char *sql, unsigned flags,
		   sqlite3_stmt **out, const char **tail);
int engine_step(struct engine *engine, sqlite3_stmt *handle);

/* Reports each change of a row to change; NULL stops that. */
void engine_on_change(struct engine *engine, engine_change *change, void *data);

/* A value of SQLite's, whose bytes are not copied. */
struct value engine_value(sqlite3_value *cell);

/* The folder of a database's file. */
const char *engine_folder(const char *path, struct arena *arena);

/* Installs the busy handler of engine_set_wait. */
void engine_set_busy(struct engine *engine);

/* Registers the SQL functions of engine/function.c. */
void engine_add_functions(struct engine *engine);

/* Sleeps while waiting for a lock, longer as count grows; false: give up. */
bool engine_wait(struct engine *engine, int count);

/*
 * Creates a stand-in for the function or module whose absence made the last
 * statement fail to compile.  False if it failed for another reason or no
 * stand-in can be created, which may overwrite SQLite's message.
 */
bool engine_stand_in(struct engine *engine);

/* Whether a statement may run: false if it may use a collation's stand-in and
   could not be undone afterwards. */
bool engine_may_step(struct engine *engine, sqlite3_stmt *handle);
void engine_lend_collations(struct engine *engine);
void engine_free_stand_ins(struct engine *engine);

/* Finalizes the idle statements. */
void engine_drop_idle(struct engine *engine);

/* engine_transaction within engine_begin's. */
CHECKED enum status engine_run_held(struct engine *engine,
				    enum transaction_mode mode,
				    engine_work *work, void *data,
				    struct error *e);

/* Fails, with a hint, if SQLite has rolled back engine_begin's transaction;
   otherwise returns e's status. */
enum status engine_check_held(struct engine *engine, struct error *e);

/* Whether foreign-key violations are pending until the commit. */
bool engine_has_pending(const struct engine *engine);

#endif
