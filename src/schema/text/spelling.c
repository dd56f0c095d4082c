#include "schema/text/spelling.h"

#include "engine/engine.h"
#include "schema/text/ddl.h"

/* sqlite.org/lang_keywords.html */
static const char keywords[] =
	" abort action add after all alter always analyze and as asc attach "
	"autoincrement before begin between by cascade case cast check "
	"collate column commit conflict constraint create cross current "
	"current_date current_time current_timestamp database default "
	"deferrable deferred delete desc detach distinct do drop each else "
	"end escape except exclude exclusive exists explain fail filter first "
	"following for foreign from full generated glob group groups having "
	"if ignore immediate in index indexed initially inner insert instead "
	"intersect into is isnull join key last left like limit match "
	"materialized natural no not nothing notnull null nulls of offset on "
	"or order others outer over partition plan pragma preceding primary "
	"query raise range recursive references regexp reindex release rename "
	"replace restrict returning right rollback row rows savepoint select "
	"set table temp temporary then ties to transaction trigger unbounded "
	"union unique update using vacuum values view virtual when where "
	"window with within without ";

static bool is_keyword(const char *name)
{
	for (const char *p = keywords; p[1]; p += 1 + strcspn(p + 1, " "))
		if (name_begins(p + 1, name) && p[1 + strlen(name)] == ' ')
			return true;
	return false;
}

static bool is_identifier(const char *name)
{
	size_t length = strspn(name, "abcdefghijklmnopqrstuvwxyz"
				     "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
				     "0123456789_");

	return length && !name[length] && !(*name >= '0' && *name <= '9');
}

const char *spelling(struct arena *arena, const char *name)
{
	if (is_identifier(name) && !is_keyword(name))
		return name;
	return sql_name(arena, name);
}

const char *fill_sql(const char *sql, const char *text, struct arena *arena)
{
	BUFFER(out);

	for (; *sql; sql++) {
		if (*sql == '$')
			buffer_text(&out, text);
		else
			buffer_byte(&out, *sql);
	}
	return arena_copy(arena, buffer_string(&out));
}

void statement_write(struct buffer *buffer, const char *sql)
{
	struct lexer lexer = lexer_of_all(span_of(sql));
	struct token token, last = { .kind = TOKEN_END, .text = sql };

	while (lexer_next(&lexer, &token))
		last = token;
	buffer_add(buffer, sql, (size_t)(last.text + last.length - sql));
	if (last.kind == TOKEN_COMMENT && *last.text == '-')
		buffer_byte(buffer, '\n');
	buffer_text(buffer, ";\n");
}
