/*
 * The write-ahead log of a database in WAL mode: kept short while the engine
 * writes, and left as it was found by an engine that only reads.
 */
#ifndef ENGINE_WAL_H
#define ENGINE_WAL_H

#include "engine/sqlite.h"

/* Whether a SQLite of that number (3040001) has the WAL-reset bug. */
bool wal_can_lose(int version);

/* Whether the log beside engine->path has anything in it. */
bool wal_has_pages(const struct engine *engine);

/* Notes what is there, before the connection is opened. */
void wal_note_files(struct engine *engine);

/* Empties the log after each commit that makes it long; instead of SQLite's
   automatic checkpoints, so a PRAGMA that sets those undoes it. */
void wal_watch(struct engine *engine);

/*
 * Empties the log of a database (its name in the connection) into the file, if
 * the other connections let go of it within patience milliseconds (-1: without
 * limit); give_back: its file is cut as well.  Else the log stays longer, which
 * harms nobody.
 */
void wal_checkpoint(struct engine *engine, const char *database,
		    int checkpoint_wait, bool give_back);

/* Closes engine->db, a file's. */
void wal_close(struct engine *engine);

#endif
