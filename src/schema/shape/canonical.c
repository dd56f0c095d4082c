#include "schema/shape/canonical.h"

#include "engine/engine.h"
#include "schema/model/type.h"

/* Removes parentheses that enclose the whole text. */
static struct span strip_parens(struct span text)
{
	for (;;) {
		struct lexer lexer = lexer_of(text);
		struct token token, first, last;
		size_t depth = 0, count = 0, closed = 0;

		while (lexer_next(&lexer, &token)) {
			if (!count++)
				first = token;
			depth += token_is(&token, "(");
			if (token_is(&token, ")") && depth && !--depth &&
			    !closed)
				closed = count;
			last = token;
		}
		if (count < 3 || !token_is(&first, "(") || closed != count)
			return text;
		text = (struct span){
			.text = first.text + 1,
			.length = (size_t)(last.text - first.text - 1),
		};
	}
}

static bool is_rowid(const char *name)
{
	return name_equal(name, "rowid") || name_equal(name, "oid") ||
	       name_equal(name, "_rowid_");
}

/* Whether "x" is not a name here, but an old way to write 'x'. */
static bool is_quoted_text(const struct table *table, const struct token *token,
			   const struct token *before, const struct token *next,
			   const char *name)
{
	return token->kind == TOKEN_NAME && *token->text == '"' &&
	       !token_is(before, "COLLATE") && !token_is(next, "(") &&
	       !token_is(next, ".") && !is_rowid(name) &&
	       !table_find_column(table, name);
}

static void write_operand(struct buffer *buffer, const struct table *table,
			  const struct token *token, const struct token *before,
			  const struct token *next)
{
	ARENA(arena);
	const char *name = token_name(token, &arena);

	if (buffer->length)
		buffer_byte(buffer, ' ');
	if (is_quoted_text(table, token, before, next, name))
		buffer_text(buffer, sql_literal(&arena, name));
	else
		token_write(buffer, token);
}

static bool is_qualifier(const struct table *table, const struct token *token,
			 const struct token *next)
{
	ARENA(arena);

	return token_is(next, ".") &&
	       (token->kind == TOKEN_WORD || token->kind == TOKEN_NAME) &&
	       name_equal(token_name(token, &arena), table->name);
}

const char *canonical_expression(const struct table *table, struct span text,
				 struct arena *arena)
{
	BUFFER(buffer);
	struct lexer lexer = lexer_of(strip_parens(text));
	struct token before = { .kind = TOKEN_END, .text = "" };
	struct token token, next;

	lexer_next(&lexer, &token);
	while (token.kind != TOKEN_END) {
		lexer_next(&lexer, &next);
		if (is_qualifier(table, &token, &next)) {
			lexer_next(&lexer, &token);
			continue;
		}
		write_operand(&buffer, table, &token, &before, &next);
		before = token;
		token = next;
	}
	return arena_copy_n(arena, buffer_string(&buffer), buffer.length);
}

/*
 * A whole number without leading zeros, else NULL.  Only in a numeric column
 * (fraction) is 1.0 the same as 1.
 */
static const char *whole_number(const char *text, bool negative, bool fraction,
				struct arena *arena)
{
	size_t digits, zeros = strspn(text, "0");
	const char *rest;

	digits = strspn(text, "0123456789");
	rest = text + digits;
	if (fraction && *rest == '.')
		rest += 1 + strspn(rest + 1, "0");
	if (!digits || *rest)
		return NULL;
	if (zeros == digits)
		return "0";
	return arena_printf(arena, "%s%.*s", negative ? "-" : "",
			    (int)(digits - zeros), text + zeros);
}

/* 0x10 as 16, as SQLite stores it: a signed 64-bit integer. */
static const char *plain_number(const char *text, struct arena *arena)
{
	const char *digits = text + 2;

	if (!name_begins(text, "0x") ||
	    strlen(digits + strspn(digits, "0")) > 16)
		return text;
	return arena_printf(arena, "%lld",
			    (long long)strtoull(digits, NULL, 16));
}

static bool is_numeric_text(const struct token *token, const char *declared)
{
	return token->kind == TOKEN_NUMBER ||
	       (token->kind == TOKEN_STRING &&
		affinity_is_numeric(type_affinity(declared)));
}

/* The value of a default of one token; NULL if it is an expression. */
static const char *default_word(const struct token *token, bool negative,
				const char *declared, struct arena *arena)
{
	const char *name = token_name(token, arena);

	if (token->kind == TOKEN_NUMBER) {
		name = plain_number(name, arena);
		negative ^= *name == '-';
		name += *name == '-';
	}
	if (is_numeric_text(token, declared)) {
		bool text = type_declared(declared) == TYPE_TEXT;
		const char *number = whole_number(
			name, negative,
			affinity_is_numeric(type_affinity(declared)), arena);

		if (number)
			return text ? arena_printf(arena, "'%s'", number)
				    : number;
	}
	if (negative || token->kind == TOKEN_NUMBER)
		return NULL;
	if (token->kind == TOKEN_WORD) {
		if (name_equal(name, "NULL"))
			return "";
		if (name_equal(name, "TRUE"))
			return "1";
		if (name_equal(name, "FALSE"))
			return "0";
		if (name_begins(name, "CURRENT_"))
			return NULL;
	} else if (token->kind != TOKEN_NAME && token->kind != TOKEN_STRING) {
		return NULL;
	}
	return sql_literal(arena, name);
}

const char *canonical_default(const char *declared, struct span text,
			      struct arena *arena)
{
	struct lexer lexer;
	struct token token, next;
	const char *word = NULL;
	bool negative = false;

	text = strip_parens(text);
	lexer = lexer_of(text);
	if (!lexer_next(&lexer, &token))
		return "";
	if (token_is(&token, "-") || token_is(&token, "+")) {
		negative = *token.text == '-';
		lexer_next(&lexer, &token);
	}
	if (!lexer_next(&lexer, &next) && token.kind != TOKEN_END)
		word = default_word(&token, negative, declared, arena);
	return word ? word : tokens_canonical(arena, text);
}

static const char *collation_of_column(const struct table *table,
				       const char *name)
{
	const struct column *column = table_find_column(table, name);

	return column && column->collation ? column->collation : "BINARY";
}

/* Appends a list item without ASC and the column's own collation. */
static void write_list_item(struct buffer *buffer, const struct table *table,
			    struct lexer *lexer, struct token *token)
{
	ARENA(arena);
	const char *name = token_name(token, &arena);

	token_write(buffer, token);
	while (lexer_next(lexer, token) && !token_is(token, ",")) {
		if (token_is(token, "COLLATE")) {
			const char *collation;

			lexer_next(lexer, token);
			collation = token_name(token, &arena);
			if (name_equal(collation,
				       collation_of_column(table, name)))
				continue;
			buffer_text(buffer, " collate ");
			token_write(buffer, token);
		} else if (!token_is(token, "ASC")) {
			buffer_byte(buffer, ' ');
			token_write(buffer, token);
		}
	}
}

const char *canonical_columns(const struct table *table, struct span list,
			      struct arena *arena)
{
	BUFFER(buffer);
	struct lexer lexer = lexer_of(list);

	for (struct token token; lexer_next(&lexer, &token);) {
		if (buffer.length)
			buffer_text(&buffer, ", ");
		write_list_item(&buffer, table, &lexer, &token);
	}
	return arena_copy_n(arena, buffer_string(&buffer), buffer.length);
}

const char *canonical_type(struct span type, bool exact, struct arena *arena)
{
	const char *text = tokens_canonical(arena, type);

	return !exact && strcmp(text, "int") == 0 ? "integer" : text;
}

const char *canonical_name(const char *name, struct arena *arena)
{
	return tokens_canonical(arena, span_of(sql_name(arena, name)));
}
