#include "schema/model/derive.h"

/* The column's own collation, used if the index has no COLLATE. */
static const char *declared_collation(const struct table *table,
				      const struct column *column,
				      struct arena *arena)
{
	const struct ddl_clause *clause = ddl_find(
		table->ddl, (int)(column - table->columns), CLAUSE_COLLATE);

	return clause ? span_name(clause->body, arena) : "BINARY";
}

static bool add_index_column(struct index *index, const struct table *table,
			     const struct token *name, struct arena *arena)
{
	const struct column *column =
		name->kind == TOKEN_WORD || name->kind == TOKEN_NAME
			? table_find_column(table, token_name(name, arena))
			: NULL;

	if (!column)
		return false;
	*LIST_ADD(arena, index->columns,
		  index->ncolumns) = (struct index_column){
		.name = column->name,
		.collation = declared_collation(table, column, arena),
	};
	return true;
}

/*
 * Reads "a, b COLLATE nocase DESC"; false if there is anything but columns.
 * Stops at the closing parenthesis or at the end.
 */
static bool read_index_columns(struct index *index, const struct table *table,
			       struct lexer *lexer, struct token *token,
			       struct arena *arena)
{
	do {
		struct index_column *column;

		lexer_next(lexer, token);
		if (!add_index_column(index, table, token, arena))
			return false;
		column = &index->columns[index->ncolumns - 1];
		lexer_next(lexer, token);
		if (token_is(token, "COLLATE")) {
			lexer_next(lexer, token);
			column->collation = token_name(token, arena);
			lexer_next(lexer, token);
		}
		column->descending = token_is(token, "DESC");
		if (column->descending || token_is(token, "ASC"))
			lexer_next(lexer, token);
	} while (token_is(token, ","));
	return token->kind == TOKEN_END || token_is(token, ")");
}

/* CREATE [UNIQUE] INDEX name ON table (columns) [WHERE …] */
static bool derive_created(struct index *index, const struct table *table,
			   struct arena *arena)
{
	struct lexer lexer = lexer_of(span_of(index->sql));
	struct token token;

	lexer_next(&lexer, &token);
	lexer_next(&lexer, &token);
	index->unique = token_is(&token, "UNIQUE");
	while (lexer_next(&lexer, &token) && !token_is(&token, "("))
		;
	if (!read_index_columns(index, table, &lexer, &token, arena) ||
	    !token_is(&token, ")"))
		return false;
	index->partial = lexer_next(&lexer, &token);
	return !index->partial || token_is(&token, "WHERE");
}

static bool derive_constraint(struct index *index, const struct table *table,
			      const struct ddl_clause *clause,
			      struct arena *arena)
{
	struct lexer lexer = lexer_of(clause->body);
	struct token token;

	index->unique = true;
	index->origin = clause->kind == CLAUSE_KEY ? INDEX_KEY : INDEX_UNIQUE;
	if (clause->column >= 0) {
		const struct column *column = &table->columns[clause->column];

		*LIST_ADD(arena, index->columns,
			  index->ncolumns) = (struct index_column){
			.name = column->name,
			.descending = clause->descending,
			.collation = declared_collation(table, column, arena),
		};
		return true;
	}
	return read_index_columns(index, table, &lexer, &token, arena);
}

/* The next constraint from *at on that has an index, or NULL. */
static const struct ddl_clause *next_constraint(const struct table *table,
						size_t *at)
{
	while (*at < table->ddl->nclauses) {
		const struct ddl_clause *clause = &table->ddl->clauses[(*at)++];

		if (clause->kind == CLAUSE_UNIQUE ||
		    (clause->kind == CLAUSE_KEY && !table_has_alias(table)))
			return clause;
	}
	return NULL;
}

static bool derive_all_indexes(struct table *table, struct arena *arena)
{
	size_t at = 0;

	for (size_t i = 0; i < table->nindexes; i++) {
		struct index *index = &table->indexes[i];
		const struct ddl_clause *clause;

		if (index->sql) {
			if (!derive_created(index, table, arena))
				return false;
			continue;
		}
		clause = next_constraint(table, &at);
		if (!clause || !derive_constraint(index, table, clause, arena))
			return false;
	}
	/* Equal constraints share one index: ask the engine. */
	return !next_constraint(table, &at);
}

bool indexes_derive(struct table *table, struct arena *arena)
{
	if (table->ddl && !table->without_rowid &&
	    derive_all_indexes(table, arena))
		return true;
	for (size_t i = 0; i < table->nindexes; i++)
		table->indexes[i] = (struct index){
			.name = table->indexes[i].name,
			.sql = table->indexes[i].sql,
		};
	return false;
}
