/*
 * Stand-ins for functions, collations and modules that a database's own program
 * defines and this library lacks.  Only names in the database's schema get one,
 * so that a misspelt name remains an error.
 */
#include <stdlib.h>
#include <string.h>

#include "engine/sql.h"
#include "engine/sqlite.h"

bool engine_schema_mentions(const struct engine *engine, const char *name)
{
	sqlite3_stmt *find = NULL;
	bool named;

	if (sqlite3_prepare_v2(engine->db,
			       "SELECT 1 FROM sqlite_schema WHERE "
			       "instr(lower(sql), lower(?1))",
			       -1, &find, NULL) != SQLITE_OK)
		return false;
	sqlite3_bind_text(find, 1, name, -1, SQLITE_TRANSIENT);
	named = sqlite3_step(find) == SQLITE_ROW;
	sqlite3_finalize(find);
	return named;
}

static bool is_known(struct engine *engine, const char *name)
{
	return engine->model ? !engine->known ||
				       engine->known(engine->known_data, name)
			     : engine_schema_mentions(engine, name);
}

static bool has_stand_in(const struct engine *engine, const char *name)
{
	const struct stand_in *each = engine->stand_ins;

	while (each && strcmp(each->name, name) != 0)
		each = each->next;
	return each;
}

/* Adds a stand-in that lives as long as the engine. */
static struct stand_in *note_stand_in(struct engine *engine, const char *name)
{
	size_t size = strlen(name) + 1;
	struct stand_in *new = malloc(sizeof(*new) + size);

	if (!new)
		return NULL;
	memcpy(new->name, name, size);
	new->engine = engine;
	new->next = engine->stand_ins;
	engine->stand_ins = new;
	/* cppcheck-suppress memleak // the list owns it */
	return new;
}

/* With real rows, failing is better than a wrong value. */
static void call_missing(sqlite3_context *context, int count,
			 sqlite3_value **values)
{
	const char *name = sqlite3_user_data(context);
	char *message = sqlite3_mprintf("no such function: %s", name);

	(void)count;
	(void)values;
	sqlite3_result_error(context, message, -1);
	sqlite3_free(message);
}

static void call_model(sqlite3_context *context, int count,
		       sqlite3_value **values)
{
	(void)count;
	(void)values;
	sqlite3_result_null(context);
}

static bool add_function(struct engine *engine, struct stand_in *kept)
{
	return sqlite3_create_function_v2(
		       engine->db, kept->name, -1,
		       SQLITE_UTF8 | SQLITE_DETERMINISTIC, kept->name,
		       engine->model ? call_model : call_missing, NULL, NULL,
		       NULL) == SQLITE_OK;
}

static int compare_bytes(void *data, int a_length, const void *a, int b_length,
			 const void *b)
{
	int shorter = a_length < b_length ? a_length : b_length;
	int order = memcmp(a, b, (size_t)shorter);

	(void)data;
	return order ? order : a_length - b_length;
}

/*
 * A missing collation's order is unknown: a statement that needs it fails and
 * is rolled back.
 */
static int compare_missing(void *data, int a_length, const void *a,
			   int b_length, const void *b)
{
	struct stand_in *each = data;

	each->engine->compared = each->name;
	return compare_bytes(NULL, a_length, a, b_length, b);
}

/* SQLite has these in UTF-8 only: with a UTF-16 database it asks for them
   before it converts its own. */
static bool is_own_collation(const char *name)
{
	return sqlite3_stricmp(name, "NOCASE") == 0 ||
	       sqlite3_stricmp(name, "RTRIM") == 0;
}

static void need_collation(void *data, sqlite3 *db, int encoding,
			   const char *name)
{
	struct engine *engine = data;
	struct stand_in *kept;

	(void)encoding;
	if (engine->lends_nothing || is_own_collation(name) ||
	    !is_known(engine, name))
		return;
	kept = note_stand_in(engine, name);
	if (kept && sqlite3_create_collation(db, name, SQLITE_UTF8, kept,
					     engine->model ? compare_bytes
							   : compare_missing) ==
			    SQLITE_OK)
		engine->lent = kept->name;
}

/* Of the statements that SQLite counts as writing, these two don't. */
static bool changes_rows(sqlite3_stmt *handle)
{
	const char *sql = sqlite3_sql(handle);

	return !sqlite3_stmt_readonly(handle) &&
	       sqlite3_strnicmp(sql, "BEGIN", 5) != 0 &&
	       sqlite3_strnicmp(sql, "PRAGMA", 6) != 0;
}

bool engine_may_step(struct engine *engine, sqlite3_stmt *handle)
{
	engine->lends_nothing = !engine->model &&
				sqlite3_get_autocommit(engine->db) &&
				changes_rows(handle);
	if (!engine->lends_nothing || !engine->lent)
		return true;
	engine->compared = engine->lent;
	engine->lends_nothing = false;
	return false;
}

/* An empty virtual table with unknown columns. */
static int table_connect(sqlite3 *db, void *data, int count,
			 const char *const *words, sqlite3_vtab **out,
			 char **message)
{
	(void)data;
	(void)count;
	(void)words;
	(void)message;
	*out = sqlite3_malloc(sizeof(**out));
	if (!*out)
		return SQLITE_NOMEM;
	memset(*out, 0, sizeof(**out));
	return sqlite3_declare_vtab(db, "CREATE TABLE x (unknown HIDDEN)");
}

static int table_disconnect(sqlite3_vtab *table)
{
	sqlite3_free(table);
	return SQLITE_OK;
}

static int table_plan(sqlite3_vtab *table, sqlite3_index_info *plan)
{
	(void)table;
	(void)plan;
	return SQLITE_OK;
}

static int table_open(sqlite3_vtab *table, sqlite3_vtab_cursor **out)
{
	(void)table;
	*out = sqlite3_malloc(sizeof(**out));
	return *out ? SQLITE_OK : SQLITE_NOMEM;
}

static int cursor_close(sqlite3_vtab_cursor *cursor)
{
	sqlite3_free(cursor);
	return SQLITE_OK;
}

static int cursor_filter(sqlite3_vtab_cursor *cursor, int number,
			 const char *text, int count, sqlite3_value **values)
{
	(void)cursor;
	(void)number;
	(void)text;
	(void)count;
	(void)values;
	return SQLITE_OK;
}

static int cursor_next(sqlite3_vtab_cursor *cursor)
{
	(void)cursor;
	return SQLITE_OK;
}

static int cursor_eof(sqlite3_vtab_cursor *cursor)
{
	(void)cursor;
	return true;
}

static int cursor_column(sqlite3_vtab_cursor *cursor, sqlite3_context *context,
			 int column)
{
	(void)cursor;
	(void)column;
	sqlite3_result_null(context);
	return SQLITE_OK;
}

static int cursor_rowid(sqlite3_vtab_cursor *cursor, sqlite3_int64 *rowid)
{
	(void)cursor;
	*rowid = 0;
	return SQLITE_OK;
}

static int table_update(sqlite3_vtab *table, int count, sqlite3_value **values,
			sqlite3_int64 *rowid)
{
	(void)table;
	(void)count;
	(void)values;
	*rowid = 0;
	return SQLITE_OK;
}

static int table_rename(sqlite3_vtab *table, const char *name)
{
	(void)table;
	(void)name;
	return SQLITE_OK;
}

static bool add_module(struct engine *engine, const char *name)
{
	static const sqlite3_module module = {
		.iVersion = 1,
		.xCreate = table_connect,
		.xConnect = table_connect,
		.xBestIndex = table_plan,
		.xDisconnect = table_disconnect,
		.xDestroy = table_disconnect,
		.xOpen = table_open,
		.xClose = cursor_close,
		.xFilter = cursor_filter,
		.xNext = cursor_next,
		.xEof = cursor_eof,
		.xColumn = cursor_column,
		.xRowid = cursor_rowid,
		.xUpdate = table_update,
		.xRename = table_rename,
	};

	return engine->model && sqlite3_create_module(engine->db, name, &module,
						      NULL) == SQLITE_OK;
}

/* SQLite's messages for missing names (its build.c, expr.c, resolve.c, vtab.c). */
enum missing { MISSING_FUNCTION, MISSING_CODE, MISSING_MODULE, MISSING_ORDER };

static const char *const missing_texts[] = {
	[MISSING_FUNCTION] = "no such function: ",
	[MISSING_CODE] = "unknown function: ",
	[MISSING_MODULE] = "no such module: ",
	[MISSING_ORDER] = "no such collation sequence: ",
};

/* The missing name in an SQLite message; NULL: none is missing. */
static const char *find_missing(const char *message, enum missing *kind,
				struct arena *arena)
{
	for (size_t i = 0; i <= MISSING_ORDER; i++) {
		const char *at = strstr(message, missing_texts[i]);
		size_t length;

		if (!at)
			continue;
		at += strlen(missing_texts[i]);
		length = strlen(at);
		if (i == MISSING_CODE && length > 2 &&
		    strcmp(at + length - 2, "()") == 0)
			length -= 2;
		*kind = (enum missing)i;
		return arena_copy_n(arena, at, length);
	}
	return NULL;
}

bool engine_stand_in(struct engine *engine)
{
	ARENA(arena);
	enum missing kind;
	const char *name = find_missing(sqlite3_errmsg(engine->db), &kind,
					&arena);
	struct stand_in *kept;

	if (!name || kind == MISSING_ORDER || has_stand_in(engine, name) ||
	    !is_known(engine, name))
		return false;
	kept = note_stand_in(engine, name);
	return kept && (kind == MISSING_MODULE ? add_module(engine, kept->name)
					       : add_function(engine, kept));
}

bool engine_lacks_function(const struct engine *engine, const char *expression)
{
	const struct stand_in *each = engine->model ? NULL : engine->stand_ins;

	while (each && !strcasestr(expression, each->name))
		each = each->next;
	return each;
}

void engine_free_stand_ins(struct engine *engine)
{
	while (engine->stand_ins) {
		struct stand_in *next = engine->stand_ins->next;

		free(engine->stand_ins);
		engine->stand_ins = next;
	}
}

const char *engine_missing_name(struct engine *engine, const char *message,
				struct arena *arena)
{
	enum missing kind;
	const char *name = find_missing(message, &kind, arena);

	return name && is_known(engine, name) ? name : NULL;
}

enum status engine_open_model(engine_known *known, const void *data,
			      struct engine **out, struct error *e)
{
	if (engine_open("sqlite://", 0, out, e) != OK)
		return e->status;
	(*out)->model = true;
	(*out)->known = known;
	(*out)->known_data = data;
	return OK;
}

void engine_lend_collations(struct engine *engine)
{
	sqlite3_collation_needed(engine->db, engine, need_collation);
}
