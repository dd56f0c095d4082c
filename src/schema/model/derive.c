#include "schema/model/derive.h"

#include <assert.h>

#include "schema/model/type.h"

static const char *span_copy(struct arena *arena, struct span span)
{
	return arena_copy_n(arena, span.text, span.length);
}

/* SQLite changes more than the quotes of a quoted type: ask the engine. */
static bool type_is_plain(struct span type)
{
	struct lexer lexer = lexer_of(type);

	for (struct token token; lexer_next(&lexer, &token);)
		if (token.kind != TOKEN_WORD && token.kind != TOKEN_NUMBER &&
		    token.kind != TOKEN_OPERATOR)
			return false;
	return true;
}

/* SQLite stores its standard types as numbers, hence in upper case. */
static const char *declared_of(struct span type, struct arena *arena)
{
	static const char *const standard[] = {
		"ANY", "BLOB", "INT", "INTEGER", "REAL", "TEXT",
	};
	const char *text = span_copy(arena, type);

	for (size_t i = 0; i < sizeof(standard) / sizeof(*standard); i++)
		if (name_equal(text, standard[i]))
			return standard[i];
	return text;
}

static bool derive_column(struct table *table, size_t i, bool lenient,
			  struct arena *arena)
{
	const struct ddl_column *from = &table->ddl->columns[i];
	struct column *column = &table->columns[i];

	if (!lenient && !type_is_plain(from->type))
		return false;
	for (size_t k = 0; k < i; k++)
		if (name_equal(table->columns[k].name, from->name))
			return false;
	column->name = from->name;
	column->declared = declared_of(from->type, arena);
	column->type = type_declared(column->declared);
	column->max_length = type_max_length(column->declared);
	return true;
}

/*
 * The positions of the columns in a list; false for a list with expressions,
 * for which the pragmas give no columns either.
 */
static bool read_positions(struct table *table, struct span list,
			   struct arena *arena, size_t **out, size_t *count)
{
	struct lexer lexer = lexer_of(list);
	bool expected = true;

	*out = NULL;
	*count = 0;
	for (struct token token; lexer_next(&lexer, &token);) {
		struct column *column;

		if (!expected) {
			/* Skip COLLATE x, ASC and DESC. */
			expected = token_is(&token, ",");
			continue;
		}
		expected = false;
		column = table_find_column(table, token_name(&token, arena));
		if (!column)
			return false;
		*LIST_ADD(arena, *out,
			  *count) = (size_t)(column - table->columns);
	}
	return *count > 0;
}

static bool derive_key(struct table *table, const struct ddl_clause *clause,
		       struct arena *arena)
{
	size_t *columns, count;

	if (table->nkey)
		return false;
	if (clause->column >= 0) {
		table->columns[clause->column].key = 1;
		table->nkey = 1;
		return true;
	}
	if (!read_positions(table, clause->body, arena, &columns, &count))
		return false;
	for (size_t i = 0; i < count; i++) {
		struct column *column = &table->columns[columns[i]];

		if (column->key)
			return false;
		column->key = (int)i + 1;
	}
	table->nkey = count;
	return true;
}

/* The names of the referenced columns; NULL for the primary key. */
static bool read_referenced(struct foreign_key *key, struct span list,
			    struct arena *arena)
{
	struct lexer lexer = lexer_of(list);
	size_t count = 0;

	key->others = arena_array(arena, key->ncolumns, sizeof(char *));
	for (struct token token; lexer_next(&lexer, &token);) {
		if (token_is(&token, ","))
			continue;
		if (count == key->ncolumns)
			return false;
		key->others[count++] = token_name(&token, arena);
	}
	return !count || count == key->ncolumns;
}

static bool derive_foreign_key(struct table *table,
			       const struct ddl_clause *clause,
			       struct arena *arena)
{
	struct foreign_key *key = LIST_ADD(arena, table->foreign_keys,
					   table->nforeign_keys);

	if (!clause->table)
		return false;
	key->table = clause->table;
	key->on_update = clause->on_update ? clause->on_update : "NO ACTION";
	key->on_delete = clause->on_delete ? clause->on_delete : "NO ACTION";
	key->deferrable = "";
	if (clause->column < 0)
		return read_positions(table, clause->body, arena, &key->columns,
				      &key->ncolumns) &&
		       read_referenced(key, clause->others, arena);
	*LIST_ADD(arena, key->columns, key->ncolumns) = (size_t)clause->column;
	return read_referenced(key, clause->others, arena);
}

/* DEFAULT NULL means no default. */
static const char *default_of(struct arena *arena, struct span span)
{
	const char *sql = span_copy(arena, span);

	return name_equal(sql, "NULL") ? NULL : sql;
}

static bool derive_clause(struct table *table, const struct ddl_clause *clause,
			  struct arena *arena)
{
	struct column *column = clause->column < 0
					? NULL
					: &table->columns[clause->column];

	switch (clause->kind) {
	case CLAUSE_KEY:
		return derive_key(table, clause, arena);
	case CLAUSE_REFERENCES:
		return derive_foreign_key(table, clause, arena);
	case CLAUSE_NOT_NULL:
		assert(column);
		column->not_null = true;
		break;
	case CLAUSE_DEFAULT:
		assert(column);
		column->default_sql = default_of(arena, clause->body);
		break;
	case CLAUSE_GENERATED:
		assert(column);
		column->generated = clause->stored ? GENERATED_STORED
						   : GENERATED_VIRTUAL;
		break;
	case CLAUSE_UNIQUE:
	case CLAUSE_CHECK:
	case CLAUSE_COLLATE:
		break;
	}
	return true;
}

/* An INTEGER PRIMARY KEY without DESC (sqlite.org/rowidtable.html). */
bool table_has_alias(const struct table *table)
{
	for (size_t i = 0; table->nkey == 1 && i < table->ncolumns; i++) {
		const struct ddl_clause *clause = ddl_find(table->ddl, (int)i,
							   CLAUSE_KEY);

		if (table->columns[i].key)
			return name_equal(table->columns[i].declared,
					  "INTEGER") &&
			       !(clause && clause->descending);
	}
	return false;
}

/* WITHOUT ROWID and STRICT make the key's columns NOT NULL. */
static void imply_not_null(struct table *table)
{
	for (size_t i = 0; i < table->ncolumns; i++) {
		struct column *column = &table->columns[i];

		if (column->key && (table->without_rowid ||
				    (table->strict && !table_has_alias(table))))
			column->not_null = true;
	}
}

static bool derive_table(struct table *table, bool lenient, struct arena *arena)
{
	for (size_t i = 0; i < table->ncolumns; i++)
		if (!derive_column(table, i, lenient, arena))
			return false;
	for (size_t i = 0; i < table->ddl->nclauses; i++)
		if (!derive_clause(table, &table->ddl->clauses[i], arena))
			return false;
	imply_not_null(table);
	return true;
}

bool table_derive(struct table *table, bool lenient, struct arena *arena)
{
	const struct ddl *ddl = table->ddl;

	table->ncolumns = ddl->ncolumns;
	table->columns = arena_array(arena, ddl->ncolumns,
				     sizeof(*table->columns));
	if (ddl->without_rowid == table->without_rowid &&
	    ddl->strict == table->strict && derive_table(table, lenient, arena))
		return true;
	table->columns = NULL;
	table->foreign_keys = NULL;
	table->ncolumns = table->nkey = table->nforeign_keys = 0;
	return false;
}
