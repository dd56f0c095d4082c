#include "describe/complete_sql.h"

#include <ctype.h>
#include <string.h>

#include "engine/sql.h"
#include "resource/model/resource.h"
#include "schema/text/token.h"

static bool is_name(char c)
{
	return isalnum((unsigned char)c) || c == '_' || (c & 0x80);
}

size_t complete_sql_word(const char *sql)
{
	size_t at = strlen(sql);

	while (at && is_name(sql[at - 1]))
		at--;
	return at;
}

/* Names that need quotes in SQL are not offered. */
static bool is_plain_name(const char *name)
{
	const char *p = name;

	while (is_name(*p))
		p++;
	return !*p && !isdigit((unsigned char)*name) &&
	       !engine_is_keyword(name);
}

static void offer_columns(const struct table *table, struct arena *arena,
			  offer_candidate *offer, void *data)
{
	const char *of = arena_printf(arena, "column of %s", table->name);

	for (size_t i = 0; i < table->ncolumns; i++)
		if (is_plain_name(table->columns[i].name))
			offer(data, table->columns[i].name, of);
}

/* The word before a dot that ends the SQL; or NULL. */
static const char *qualifier(const char *before, struct arena *arena)
{
	size_t length = strlen(before);
	const char *copy;

	if (!length || before[length - 1] != '.')
		return NULL;
	copy = arena_copy_n(arena, before, length - 1);
	return copy + complete_sql_word(copy);
}

/* Whether the SQL gives the table this alias: "users u", "users AS u". */
static bool is_alias(const char *sql, const char *table, const char *alias,
		     struct arena *arena)
{
	struct lexer lexer = lexer_of(span_of(sql));
	bool after = false;

	for (struct token token; lexer_next(&lexer, &token);) {
		bool is_word = token.kind == TOKEN_WORD ||
			       token.kind == TOKEN_NAME;

		if (after && token_is(&token, "AS"))
			continue;
		if (after && is_word &&
		    name_equal(token_name(&token, arena), alias))
			return true;
		after = is_word && name_equal(token_name(&token, arena), table);
	}
	return false;
}

void complete_sql(const struct catalog *catalog, const char *before,
		  struct arena *arena, offer_candidate *offer, void *data)
{
	const char *of = qualifier(before, arena);

	for (size_t i = 0; i < catalog->nresources; i++) {
		const struct table *table = catalog->resources[i].table;

		if (of ? name_equal(table->name, of) ||
				    is_alias(before, table->name, of, arena)
		       : tokens_name(span_of(before), table->name))
			offer_columns(table, arena, offer, data);
		if (!of && is_plain_name(table->name))
			offer(data, table->name, "table");
	}
}
