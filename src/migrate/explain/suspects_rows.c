#include <string.h>

#include "migrate/explain/search.h"
#include "migrate/revision/scan.h"
#include "schema/model/read.h"
#include "schema/text/ddl.h"
#include "schema/text/index_text.h"

#define COPY "_taskmgr_rows"

static void set_row_copy(struct suspect_search *search, const char *columns,
			 const char *select)
{
	struct arena *arena = search->arena;

	*search->copy = (struct row_copy){
		.table = search->table,
		.create = row_copy_create(COPY, search->ddl, arena),
		.insert = arena_printf(arena, "INSERT INTO temp." COPY "%s %s",
				       columns, select),
		.drop = "DROP TABLE IF EXISTS temp." COPY,
	};
	search->rows = arena_printf(arena, "temp." COPY " AS %s",
				    sql_name(arena, search->table));
}

static bool is_end(const struct words *words)
{
	return words->token.kind == TOKEN_END || token_is(&words->token, ";");
}

static const char *read_rest(struct words *words)
{
	const char *start = words->token.text, *end = start;

	for (; !is_end(words); words_next(words))
		end = words->token.text + words->token.length;
	return arena_copy_n(words->arena, start, (size_t)(end - start));
}

static bool skip_to(struct words *words, const char *word, const char *other)
{
	for (; !token_is(&words->token, word); words_next(words)) {
		if (token_is(&words->token, other))
			return true;
		if (is_end(words))
			return false;
	}
	return true;
}

/* INSERT INTO table (columns) SELECT …; the table may be a rebuild's new
   one. */
static bool read_insert(struct suspect_search *search, struct words *words)
{
	const char *columns, *sql;
	bool listed;

	if (!skip_to(words, "INTO", "INTO"))
		return false;
	words_next(words);
	search->table = words_table(words);
	columns = words->token.text;
	listed = token_is(&words->token, "(");
	if (!skip_to(words, "SELECT", "WITH"))
		return false;
	columns = listed ? arena_copy_n(search->arena, columns,
					(size_t)(words->token.text - columns))
			 : "";
	sql = schema_table_text(search->engine, search->table, search->arena);
	search->ddl = sql ? ddl_parse(sql, search->arena) : NULL;
	if (search->ddl)
		set_row_copy(search, columns, read_rest(words));
	return search->ddl;
}

/* The table with the column added, where SQLite puts it. */
static const struct ddl *with_column(const char *sql, const struct ddl *ddl,
				     const char *definition,
				     struct arena *arena)
{
	const struct span *last = &ddl->columns[ddl->ncolumns - 1].definition;
	const char *end = last->text + last->length;

	return ddl_parse(arena_printf(arena, "%.*s, %s%s", (int)(end - sql),
				      sql, definition, end),
			 arena);
}

/* ALTER TABLE table ADD COLUMN definition. */
static bool read_alter(struct suspect_search *search, struct words *words)
{
	struct arena *arena = search->arena;
	BUFFER(list);
	const char *sql;
	const struct ddl *ddl;

	words_take(words, "TABLE");
	search->table = words_table(words);
	sql = schema_table_text(search->engine, search->table, arena);
	ddl = sql ? ddl_parse(sql, arena) : NULL;
	if (!words_take(words, "ADD") || !ddl)
		return false;
	words_take(words, "COLUMN");
	search->added = (int)ddl->ncolumns;
	search->ddl = with_column(sql, ddl, read_rest(words), arena);
	if (!search->ddl || search->ddl->ncolumns != ddl->ncolumns + 1)
		return false;
	for (size_t i = 0; i < ddl->ncolumns; i++)
		if (!ddl_find(ddl, (int)i, CLAUSE_GENERATED))
			buffer_printf(&list, "%s%s", list.length ? ", " : "",
				      sql_name(arena, ddl->columns[i].name));
	set_row_copy(search, arena_printf(arena, " (%s)", list.data),
		     arena_printf(arena, "SELECT %s FROM main.%s", list.data,
				  sql_name(arena, search->table)));
	return true;
}

bool search_rows(struct suspect_search *search, struct span statement)
{
	struct words words = words_of(statement, search->arena);
	struct index_text index;

	if (words_take(&words, "ALTER"))
		return read_alter(search, &words);
	if (!token_is(&words.token, "CREATE"))
		return read_insert(search, &words);
	search->index = arena_copy_n(search->arena, statement.text,
				     statement.length);
	if (!index_parse(search->index, search->arena, &index))
		return false;
	search->table = index.table;
	search->rows = sql_name(search->arena, index.table);
	return true;
}
