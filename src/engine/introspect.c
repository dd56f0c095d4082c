#include "engine/introspect.h"

/*
 * One statement a kind for the whole database: the pragmas as table-valued
 * functions (sqlite.org/pragma.html), joined to the tables they are about.
 */
#define TABLES \
	"FROM sqlite_schema AS t JOIN pragma_table_list(t.name) AS l " \
	"ON l.schema = 'main' AND l.type <> 'shadow' " \
	"AND t.type IN ('table', 'view') "

static const char *const queries[] = {
	[INTROSPECT_TABLES] =
		"SELECT t.name, l.type, l.wr, l.strict, t.sql "
		"FROM sqlite_schema AS t JOIN pragma_table_list(t.name) AS l "
		"ON l.schema = 'main' AND t.type IN ('table', 'view') "
		"ORDER BY t.rowid",
	[INTROSPECT_COLUMNS] =
		"SELECT t.name, c.name, c.type, c.\"notnull\", c.dflt_value, "
		"c.pk, c.hidden " TABLES
		"JOIN pragma_table_xinfo(t.name) AS c "
		"ORDER BY t.rowid, c.cid",
	[INTROSPECT_INDEXES] =
		"SELECT t.name, i.name, i.\"unique\", i.origin, i.partial, "
		"s.sql FROM sqlite_schema AS t "
		"JOIN pragma_index_list(t.name) AS i "
		"LEFT JOIN sqlite_schema AS s ON s.type = 'index' "
		"AND s.name = i.name WHERE t.type = 'table' "
		"ORDER BY t.rowid, s.rowid",
	[INTROSPECT_INDEX_COLUMNS] =
		"SELECT t.name, i.name, c.seqno, c.name, c.\"desc\", c.coll "
		"FROM sqlite_schema AS t JOIN pragma_index_list(t.name) AS i "
		"JOIN pragma_index_xinfo(i.name) AS c "
		"WHERE t.type = 'table' AND c.key "
		"ORDER BY t.rowid, i.seq, c.seqno",
	[INTROSPECT_FOREIGN_KEYS] =
		"SELECT t.name, f.id, f.seq, f.\"from\", f.\"table\", "
		"f.\"to\", f.on_update, f.on_delete FROM sqlite_schema AS t "
		"JOIN pragma_foreign_key_list(t.name) AS f "
		"WHERE t.type = 'table' ORDER BY t.rowid, f.id DESC, f.seq",
	[INTROSPECT_TRIGGERS] =
		"SELECT tbl_name, name, sql FROM sqlite_schema "
		"WHERE type = 'trigger' ORDER BY rowid",
};

enum status engine_introspect(struct engine *engine,
			      enum introspect_query query,
			      struct statement **out, struct error *e)
{
	return engine_prepare(engine, queries[query], out, e);
}

enum status engine_schema_version(struct engine *engine, int64_t *version,
				  struct error *e)
{
	STATEMENT(statement);

	if (engine_prepare(engine, "PRAGMA schema_version", &statement, e) !=
	    OK)
		return e->status;
	if (statement_step(statement, e) == STEP_FAILED)
		return e->status;
	*version = statement_integer(statement, 0);
	return OK;
}
