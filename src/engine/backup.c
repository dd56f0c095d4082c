/* Whole databases: copied, restored, checked and compacted. */
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "engine/files.h"
#include "engine/wal.h"

/* The problems that a pragma finds. */
#define FAULTS(check) \
	"SELECT " check " FROM pragma_" check " WHERE " check " <> 'ok'"

/* Rows that violate a constraint are not damage: a backup has them too. */
#define DAMAGE(check) \
	FAULTS(check) \
	" AND " check " NOT LIKE '% value in %' AND " check \
	" NOT LIKE 'CHECK constraint failed in %'"

/* Fails if the query finds damage; name is for the message. */
static enum status check_damage(struct engine *engine, const char *query,
				const char *name, struct error *e)
{
	ARENA(arena);
	struct value fault;

	if (engine_query_one(engine, query, NULL, 0, &arena, &fault, e) != OK)
		return e->status;
	if (fault.kind != VALUE_NULL)
		return fail(e, FAILED, "%s is damaged: %s", name,
			    (const char *)fault.data);
	return OK;
}

enum { PAGES = 1024 }; /* copied between two checks for an interrupt */

/* A running copy from one database to another. */
struct copying {
	struct engine *from, *to;
	struct engine *engine; /* the one of them that can be interrupted */
	engine_copied *copied;
	void *data;
};

static int step_copy(const struct copying *copying, sqlite3_backup *backup)
{
	int code = SQLITE_OK;

	while (code == SQLITE_OK) {
		const int all = sqlite3_backup_pagecount(backup);

		if (atomic_exchange(&copying->engine->interrupted, false))
			return SQLITE_INTERRUPT;
		if (copying->copied)
			copying->copied(copying->data,
					all - sqlite3_backup_remaining(backup),
					all);
		code = sqlite3_backup_step(backup, PAGES);
	}
	return code;
}

/* Copies all pages, in one transaction of each database. */
static enum status copy_pages(const struct copying *copying, struct error *e)
{
	struct engine *to = copying->to;
	sqlite3_backup *backup = sqlite3_backup_init(to->db, "main",
						     copying->from->db, "main");
	int code;

	if (!backup)
		return engine_fail(to, sqlite3_extended_errcode(to->db), e);
	code = step_copy(copying, backup);
	/* Only now is the error the connection's. */
	sqlite3_backup_finish(backup);
	if (code == SQLITE_INTERRUPT)
		return fail(e, INTERRUPTED, "interrupted");
	return code == SQLITE_DONE ? OK : engine_fail(to, code, e);
}

/* In a read transaction, so that later writes stay out of the copy; it begins
   with the first read. */
static enum status copy_snapshot(struct engine *from, void *data,
				 struct error *e)
{
	ARENA(arena);
	struct value version;

	return engine_query_one(from, "PRAGMA schema_version", NULL, 0, &arena,
				&version, e) == OK
		       ? copy_pages(data, e)
		       : e->status;
}

/*
 * The copy, in the journal mode that needs no file beside it: so it can be
 * moved by its one name.
 */
static enum status write_copy(struct copying *copying, const char *path,
			      struct error *e)
{
	const char *name = copying->from->path ? copying->from->path
					       : "the database";
	ENGINE(to);

	if (engine_open(path, ENGINE_CREATE, &to, e) != OK ||
	    engine_exec(to, "PRAGMA journal_mode = DELETE", e) != OK)
		return e->status;
	copying->to = to;
	if (engine_transaction(copying->from, TRANSACTION_READ, copy_snapshot,
			       copying, e) != OK ||
	    engine_exec(to, "PRAGMA journal_mode = DELETE", e) != OK)
		return e->status;
	/* Not integrity_check, which looks up each row in each index. */
	if (check_damage(to, DAMAGE("quick_check"), name, e) != OK)
		error_hint(e, "no backup was made; db verify lists what is "
			      "wrong");
	return e->status;
}

/* A new empty file beside path, as open as the database; false: errno. */
static bool make_part_file(const struct engine *engine, char *part)
{
	struct stat is;
	mode_t mode = 0600;
	int file = mkstemp(part);

	if (file < 0)
		return false;
	if (engine->path && stat(engine->path, &is) == 0)
		mode = is.st_mode & 0777;
	fchmod(file, mode);
	close(file);
	return true;
}

/* Gives the finished copy its name, and syncs its folder. */
static enum status name_copy(const char *part, const char *path,
			     struct error *e)
{
	int folder;

	if (link(part, path) && (errno == EEXIST || rename(part, path)))
		return fail(e, FAILED, "%s: %s", path, strerror(errno));
	folder = open(engine_folder(path, e->arena),
		      O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	if (folder >= 0) {
		fsync(folder);
		close(folder);
	}
	return OK;
}

enum status engine_backup(struct engine *engine, const char *path,
			  engine_copied *copied, void *data, struct error *e)
{
	ARENA(arena);
	char *part = arena_printf(&arena, "%s.XXXXXX", path);
	struct copying copying = {
		.from = engine,
		.engine = engine,
		.copied = copied,
		.data = data,
	};
	enum status status;

	if (!access(path, F_OK))
		return fail(e, FAILED, "%s: %s", path, strerror(EEXIST));
	if (!make_part_file(engine, part))
		return fail(e, FAILED, "%s: %s", path, strerror(errno));
	status = write_copy(&copying, part, e);
	if (status == OK)
		status = name_copy(part, path, e);
	unlink(part);
	return status;
}

static enum status open_copy(const char *path, struct engine **out,
			     struct error *e)
{
	ARENA(arena);
	struct value pages;

	if (engine_open(path, ENGINE_READ_ONLY, out, e) != OK ||
	    engine_query_one(*out, "PRAGMA page_count", NULL, 0, &arena, &pages,
			     e) != OK)
		return e->status;
	return pages.integer ? OK
			     : fail(e, FAILED,
				    "%s is empty, so it is not a backup", path);
}

enum status engine_check_backup(const char *path, struct error *e)
{
	ENGINE(from);

	return open_copy(path, &from, e);
}

/* A WAL cannot hold pages of another size. */
static enum status compare_page_size(struct engine *from, struct engine *to,
				     bool *same, struct error *e)
{
	ARENA(arena);
	struct value a, b;

	if (engine_query_one(from, "PRAGMA page_size", NULL, 0, &arena, &a,
			     e) != OK ||
	    engine_query_one(to, "PRAGMA page_size", NULL, 0, &arena, &b, e) !=
		    OK)
		return e->status;
	*same = a.integer == b.integer;
	return OK;
}

enum status engine_restore(struct engine *engine, const char *path,
			   engine_copied *copied, void *data, struct error *e)
{
	ENGINE(from);
	ARENA(arena);
	struct copying copying = {
		.to = engine,
		.engine = engine,
		.copied = copied,
		.data = data,
	};
	struct value mode;
	bool same = false;

	if (engine->path && engine_owns_file(engine->path, path))
		return fail(e, USAGE, "%s is the database itself", path);
	if (open_copy(path, &from, e) != OK)
		return e->status;
	if (check_damage(from, DAMAGE("integrity_check"), path, e) != OK) {
		return error_hint(
			e, "nothing was changed; restore another backup");
	}
	if (compare_page_size(from, engine, &same, e) != OK ||
	    engine_query_one(engine, "PRAGMA journal_mode", NULL, 0, &arena,
			     &mode, e) != OK)
		return e->status;
	copying.from = from;
	engine_drop_idle(engine);
	engine->wrote = true;
	if (same || strcmp(mode.data, "wal") != 0)
		return copy_pages(&copying, e);
	if (engine_exec(engine, "PRAGMA journal_mode = DELETE", e) != OK)
		return e->status;
	if (copy_pages(&copying, e) == OK)
		return engine_exec(engine, "PRAGMA journal_mode = WAL", e);
	sqlite3_exec(engine->db, "PRAGMA journal_mode = WAL", NULL, NULL, NULL);
	return e->status;
}

/*
 * SQLite 3.40 checks the wrong columns of a WITHOUT ROWID table whose key
 * columns don't come first.
 */
bool engine_is_false_alarm(struct engine *engine, const char *fault)
{
	ARENA(arena);
	struct value text = value_text(fault), select, found;
	ERROR(ignored, &arena);

	return engine_query_one(
		       engine,
		       "SELECT printf('SELECT 1 FROM \"%w\" WHERE "
		       "typeof(\"%w\") = %Q', t.name, c.name, 'null') FROM "
		       "pragma_table_list AS t, pragma_table_info(t.name) AS c "
		       "WHERE t.schema = 'main' AND t.wr AND $1 = 'NULL value "
		       "in ' || t.name || '.' || c.name",
		       &text, 1, &arena, &select, &ignored) == OK &&
	       select.kind == VALUE_TEXT &&
	       engine_query_one(engine, select.data, NULL, 0, &arena, &found,
				&ignored) == OK &&
	       found.kind == VALUE_NULL;
}

enum status engine_verify(struct engine *engine, struct statement **out,
			  struct error *e)
{
	return engine_prepare(
		engine,
		FAULTS("integrity_check") " UNION ALL "
					  "SELECT iif(rowid IS NULL, 'a row', "
					  "'row ' || rowid) || "
					  "' of ' || \"table\" || ' refers to "
					  "a row of ' || parent || "
					  "' that does not exist' FROM "
					  "pragma_foreign_key_check",
		out, e);
}

enum status engine_vacuum(struct engine *engine, struct error *e)
{
	if (engine_exec(engine, "VACUUM", e) != OK)
		return e->status;
	/* Otherwise a database in WAL mode keeps its file size. */
	wal_checkpoint(engine, "main", engine->wait, true);
	return OK;
}
