/*
 * The write-ahead log of a database in WAL mode: kept short by an engine that
 * writes, and left as found by one that only reads.
 */
#ifndef ENGINE_WAL_H
#define ENGINE_WAL_H

#include "engine/sqlite.h"

/* Whether that version of SQLite (3040001) has the WAL-reset bug. */
bool wal_can_lose(int version);

/* Whether the log of engine->path is not empty. */
bool wal_has_pages(const struct engine *engine);

/* Records which files exist, before opening the connection. */
void wal_note_files(struct engine *engine);

/* Checkpoints after each commit that makes the log long, instead of SQLite's
   automatic checkpoints; a PRAGMA that sets those disables this. */
void wal_watch(struct engine *engine);

/*
 * Copies the log of a database (its name in the connection) into the file, if
 * the other connections release it within patience milliseconds (-1: without
 * limit); otherwise the log just stays longer. give_back: truncate the log too.
 */
void wal_checkpoint(struct engine *engine, const char *database,
		    int checkpoint_wait, bool give_back);

/* Closes engine->db and removes files that reading left. */
void wal_close(struct engine *engine);

#endif
