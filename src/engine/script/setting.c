/* A connection's settings and their defaults. */
#include <stdio.h>
#include <string.h>

#include "engine/script/guard.h"
#include "engine/wal.h"

/* The library's default, which no connection reports. */
static const char *secure_delete_pragma(void)
{
	if (sqlite3_compileoption_used("FAST_SECURE_DELETE"))
		return "PRAGMA secure_delete = FAST";
	return sqlite3_compileoption_used("SECURE_DELETE")
		       ? "PRAGMA secure_delete = ON"
		       : "PRAGMA secure_delete = OFF";
}

static void set_pragma(struct engine *engine, const char *pragmas)
{
	sqlite3_exec(engine->db, pragmas, NULL, NULL, NULL);
}

/* A new connection's settings.  Settings stored in the database (user_version,
   say) are not listed. */
static const struct {
	const char *name, *value;
} settings[] = {
	{ "query_only", "OFF" },
	{ "ignore_check_constraints", "OFF" },
	{ "defer_foreign_keys", "OFF" },
	{ "recursive_triggers", "OFF" },
	{ "reverse_unordered_selects", "OFF" },
	{ "case_sensitive_like", "OFF" },
	{ "legacy_alter_table", "OFF" },
	{ "writable_schema", "OFF" },
	{ "automatic_index", "ON" },
	{ "analysis_limit", "0" },
	{ "trusted_schema", "ON" },
	{ "cell_size_check", "OFF" },
	{ "count_changes", "OFF" },
	{ "full_column_names", "OFF" },
	{ "short_column_names", "ON" },
	{ "read_uncommitted", "OFF" },
	{ "cache_spill", "1" },
	{ "threads", "0" },
	{ "max_page_count", "1073741823" },
	{ "journal_size_limit", "-1" },
	{ "wal_autocheckpoint", "1000" },
	{ "locking_mode", "NORMAL" },
};

enum { NSETTINGS = sizeof(settings) / sizeof(*settings) };

const char *engine_setting(const char *name)
{
	/* This program's default, not SQLite's. */
	if (sqlite3_stricmp(name, "foreign_keys") == 0)
		return "ON";
	for (size_t i = 0; i < NSETTINGS; i++)
		if (sqlite3_stricmp(name, settings[i].name) == 0)
			return settings[i].value;
	return NULL;
}

/* Without a journal failures are not undone; other modes belong to the file. */
static void set_journal(struct engine *engine)
{
	ARENA(arena);
	struct value mode;
	ERROR(ignored, &arena);

	if (engine_query_one(engine, "PRAGMA journal_mode", NULL, 0, &arena,
			     &mode, &ignored) == OK &&
	    engine->path &&
	    (strcmp(mode.data, "off") == 0 || strcmp(mode.data, "memory") == 0))
		set_pragma(engine, "PRAGMA journal_mode = DELETE");
}

void engine_restore_settings(struct engine *engine, bool foreign_keys)
{
	for (size_t i = 0; i < NSETTINGS; i++) {
		char text[80];

		snprintf(text, sizeof(text), "PRAGMA %s = %s", settings[i].name,
			 settings[i].value);
		set_pragma(engine, text);
	}
	set_pragma(engine, secure_delete_pragma());
	set_pragma(engine, engine->large_cache ? "PRAGMA cache_size = -8192"
					       : "PRAGMA cache_size = -2000");
	sqlite3_soft_heap_limit64(0);
	sqlite3_hard_heap_limit64(0);
	sqlite3_db_config(engine->db, SQLITE_DBCONFIG_ENABLE_FKEY, foreign_keys,
			  NULL);
	engine_set_busy(engine);
	/* wal_autocheckpoint's default is for other programs. */
	if (engine->path)
		wal_watch(engine);
	if (!sqlite3_get_autocommit(engine->db))
		return;
	set_journal(engine);
	set_pragma(engine, "PRAGMA temp_store = DEFAULT");
	set_pragma(engine, engine->unsynced ? "PRAGMA synchronous = NORMAL"
					    : "PRAGMA synchronous = FULL");
}
