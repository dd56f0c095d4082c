/*
 * The SQLite engine's inside; private to engine/.  Sources: sqlite.org,
 * "The C Interface", "Result and Error Codes", "PRAGMA".
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
	struct statement *next; /* in the list of those at rest */
	int refused;            /* why a value could not be bound */
};

struct engine {
	sqlite3 *db;
	char *path;   /* NULL: memory */
	dev_t device; /* of path when it was opened */
	ino_t inode;
	struct statement *idle; /* released, newest first */
	size_t nidle;
	int wait;     /* milliseconds for a lock; -1: no end */
	int checkpoint_wait; /* the same, of a checkpoint */
	int64_t wait_began;
	void (*waiting)(void *); /* told once when a wait gets long */
	void *waiting_data;
	void (*progress)(void *);
	void *progress_data;
	engine_row *row;
	void *row_data;
	bool large_cache;     /* has a migration's cache */
	bool secure;    /* freed pages were overwritten before FAST */
	bool unsynced;      /* commits may be in the WAL and not on the disk */
	bool checkpointing;  /* a checkpoint runs */
	bool wrote;     /* into a WAL */
	struct stat found_log; /* the WAL when it was opened; size 0: none */
	bool found_shm;
	bool snapshot;  /* engine_snapshot_begin was called */
	bool deferring; /* foreign keys are judged at the commit */
	atomic_bool interrupted;
	struct fault fault;
	char *fault_name;
	const char *compared; /* a collation whose stand-in was called since
				 the last failure; NULL: none */
	bool misordered;      /* the last step failed for that: undo it */
	const char *lent;     /* a collation that has a stand-in */
	bool lends_nothing;      /* what runs now could not be undone */
	bool model;           /* what is missing is stood in for */
	engine_known *known;  /* … if this knows it; NULL: all */
	const void *known_data;
	struct stand_in {
		struct stand_in *next;
		struct engine *engine;
		char name[];
	} * stand_ins;
	const char *refusal; /* the guard's reason, or NULL */
	const char *refusal_hint;
};

/* The one place where SQLite's extended codes become statuses. */
enum status engine_fail(struct engine *engine, int code, struct error *e);

/* BUSY, where SQLite has no code for it. */
enum status engine_fail_busy(struct engine *engine, struct error *e);

/*
 * sqlite3_prepare_v3 and sqlite3_step, which give up (SQLITE_SCHEMA) where
 * other processes change the schema quickly one after the other.
 */
int engine_compile(struct engine *engine, const char *sql, unsigned flags,
		   sqlite3_stmt **out, const char **tail);
int engine_step(struct engine *engine, sqlite3_stmt *handle);

/*
 * What is behind sqlite://, or sqlite+driver:// as SQLAlchemy has it, whose
 * drivers are Python's; NULL for anything else.
 */
const char *engine_after_scheme(const char *url);

/* The folder of a database's file. */
const char *engine_folder(const char *path, struct arena *arena);

/* Waits for locks as engine_set_wait has it. */
void engine_set_busy(struct engine *engine);

/* Registers the SQL functions of engine/function.c. */
void engine_add_functions(struct engine *engine);

/* Waits for a lock a little, the more the higher count is; false: enough. */
bool engine_wait(struct engine *engine, int count);

/*
 * After a statement that could not be compiled: makes a stand-in for the
 * function or module that SQLite misses.  False if there is none to be made,
 * and then the message may be gone.
 */
bool engine_stand_in(struct engine *engine);

/* False if the statement may use a collation's stand-in and could not be undone
   if it did. */
bool engine_may_step(struct engine *engine, sqlite3_stmt *handle);
void engine_lend_collations(struct engine *engine);
void engine_free_stand_ins(struct engine *engine);

/* Lets go of the statements at rest. */
void engine_drop_idle(struct engine *engine);

/* Whether rows wait for the commit to judge their foreign keys. */
bool engine_has_pending(const struct engine *engine);

#endif
