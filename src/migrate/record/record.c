#include "migrate/record/record.h"

#include <pwd.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "migrate/record/version.h"
#include "util/clock.h"

static const char revision_table[] =
	"CREATE TABLE IF NOT EXISTS _taskmgr_revision (\n"
	"\trevision VARCHAR(32) NOT NULL PRIMARY KEY,\n"
	"\tmessage TEXT,\n"
	"\tapplied_at DATETIME,\n"
	"\tduration INTEGER, -- microseconds\n"
	"\tsum VARCHAR(16), -- over the tokens of body\n"
	"\tbody TEXT\n"
	") WITHOUT ROWID";

static const char log_table[] = "CREATE TABLE IF NOT EXISTS _taskmgr_log (\n"
				"\tid INTEGER PRIMARY KEY,\n"
				"\tat DATETIME NOT NULL,\n"
				"\toperation VARCHAR(16) NOT NULL,\n"
				"\tfrom_revision TEXT NOT NULL,\n"
				"\tto_revision TEXT NOT NULL,\n"
				"\tduration INTEGER, -- microseconds\n"
				"\terror TEXT, -- NULL on success\n"
				"\tperson TEXT,\n"
				"\thost TEXT\n"
				")";

enum status record_ensure(struct engine *engine, struct error *e)
{
	if (engine_run(engine, revision_table, NULL, 0, e) != OK)
		return e->status;
	return engine_run(engine, log_table, NULL, 0, e);
}

static struct record *add_row(struct statement *rows, struct arena *arena,
			      struct records *out)
{
	struct record *record = LIST_ADD(arena, out->items, out->count);

	*record = (struct record){
		.revision = statement_text_or_empty(rows, 0, arena),
		.message = statement_text(rows, 1, arena),
		.applied_at = statement_text(rows, 2, arena),
		.duration = statement_integer(rows, 3),
		.sum = statement_text(rows, 4, arena),
	};
	return record;
}

/* Prepares a query of a table; *rows stays NULL if that is missing. */
static enum status prepare_of(struct engine *engine, const char *table,
			      const char *sql, struct statement **rows,
			      struct error *e)
{
	bool has;

	return version_has_table(engine, table, &has, e) != OK || !has
		       ? e->status
		       : engine_prepare(engine, sql, rows, e);
}

enum status record_all(struct engine *engine, struct arena *arena,
		       struct records *out, struct error *e)
{
	STATEMENT(rows);

	*out = (struct records){ 0 };
	if (prepare_of(engine, "_taskmgr_revision",
		       "SELECT revision, message, applied_at, duration, sum "
		       "FROM _taskmgr_revision ORDER BY revision",
		       &rows, e) != OK ||
	    !rows)
		return e->status;
	while (statement_next(rows, e))
		add_row(rows, arena, out);
	return e->status;
}

static int compare_record(const void *key, const void *record)
{
	return strcmp(key, ((const struct record *)record)->revision);
}

const struct record *record_find(const struct records *records,
				 const char *revision)
{
	if (!records->count)
		return NULL;
	return bsearch(revision, records->items, records->count,
		       sizeof(*records->items), compare_record);
}

enum status record_read(struct engine *engine, const char *revision,
			struct arena *arena, struct record **out,
			struct error *e)
{
	STATEMENT(rows);

	*out = NULL;
	if (prepare_of(engine, "_taskmgr_revision",
		       "SELECT revision, message, applied_at, duration, sum, "
		       "body FROM _taskmgr_revision WHERE revision = $1",
		       &rows, e) != OK ||
	    !rows)
		return e->status;
	statement_bind(rows, 1, value_text(revision));
	if (statement_next(rows, e)) {
		struct records one = { 0 };

		*out = add_row(rows, arena, &one);
		(*out)->body = statement_text(rows, 5, arena);
	}
	return e->status;
}

enum status record_put(struct engine *engine, const struct record *record,
		       struct error *e)
{
	ARENA(arena);
	struct value values[] = {
		value_text(record->revision),
		value_text(record->message),
		value_text(record->applied_at
				   ? record->applied_at
				   : clock_text(&arena, clock_now())),
		value_integer(record->duration),
		value_text(record->sum),
		value_text(record->body),
	};

	return engine_run(engine,
			  "INSERT OR REPLACE INTO _taskmgr_revision (revision, "
			  "message, applied_at, duration, sum, body) VALUES "
			  "($1, $2, $3, $4, $5, $6)",
			  values, 6, e);
}

enum status record_remove(struct engine *engine, const char *revision,
			  struct error *e)
{
	struct value value = value_text(revision);

	return engine_run(engine,
			  "DELETE FROM _taskmgr_revision WHERE revision = $1",
			  &value, 1, e);
}

/* The name service can be slow, so it comes last. */
static const char *person_name(struct arena *arena)
{
	const char *name = getenv("LOGNAME");
	const struct passwd *user;

	if (!name || !*name)
		name = getenv("USER");
	if (name && *name)
		return name;
	user = getpwuid(getuid());
	return user ? arena_copy(arena, user->pw_name)
		    : arena_printf(arena, "uid %ld", (long)getuid());
}

enum status log_add(struct engine *engine, const struct log_entry *entry,
		    struct error *e)
{
	ARENA(arena);
	char host[256];

	if (gethostname(host, sizeof(host)))
		host[0] = '\0';
	host[sizeof(host) - 1] = '\0';
	struct value values[] = {
		value_text(clock_text(&arena, clock_now())),
		value_text(entry->operation),
		value_text(entry->from),
		value_text(entry->to),
		value_integer(entry->duration),
		value_text(entry->error),
		value_text(person_name(&arena)),
		value_text(host),
	};
	return engine_run(
		engine,
		"INSERT INTO _taskmgr_log (at, operation, from_revision, "
		"to_revision, duration, error, person, host) VALUES ($1, $2, "
		"$3, $4, $5, $6, $7, $8)",
		values, 8, e);
}

enum status log_applied(struct engine *engine, struct arena *arena,
			struct names *out, struct error *e)
{
	STATEMENT(rows);

	*out = (struct names){ 0 };
	if (prepare_of(engine, "_taskmgr_log",
		       "SELECT to_revision FROM _taskmgr_log WHERE operation = "
		       "'upgrade' AND error IS NULL GROUP BY to_revision ORDER "
		       "BY max(id)",
		       &rows, e) != OK ||
	    !rows)
		return e->status;
	return version_names(rows, arena, out, e);
}

enum status log_open(struct engine *engine, int64_t limit,
		     struct statement **out, struct error *e)
{
	if (prepare_of(engine, "_taskmgr_log",
		       "SELECT at, operation, from_revision, to_revision, "
		       "duration, error, person, host FROM (SELECT * FROM "
		       "_taskmgr_log ORDER BY id DESC LIMIT $1) ORDER BY id",
		       out, e) == OK &&
	    *out)
		statement_bind(*out, 1, value_integer(limit));
	return e->status;
}
