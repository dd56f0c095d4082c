#include "schema/shape/same.h"

#include "schema/shape/canonical.h"
#include "schema/text/annotation.h"

/* Moves past the opening parenthesis of a CREATE INDEX. */
static struct lexer enter_list(const char *sql)
{
	struct lexer lexer = lexer_of(span_of(sql));
	struct token token;

	while (lexer_next(&lexer, &token) && !token_is(&token, "("))
		;
	return lexer;
}

/*
 * The next list item without its ASC or DESC, which the model has (DESC might
 * also be a name that ends an expression).  False after the last one.
 */
static bool next_item(struct lexer *lexer, bool descending, struct span *item)
{
	struct token token;
	size_t depth = 0;

	*item = (struct span){ .text = lexer->at };
	while (lexer_next(lexer, &token)) {
		if (!depth && (token_is(&token, ",") || token_is(&token, ")")))
			return token_is(&token, ",");
		depth += token_is(&token, "(");
		depth -= token_is(&token, ")");
		if (!token_is(&token, descending ? "DESC" : "ASC"))
			item->length = (size_t)(token.text + token.length -
						item->text);
	}
	return false;
}

static bool expression_same(const struct table *a, struct span x,
			    const struct table *b, struct span y)
{
	ARENA(arena);

	return strcmp(canonical_expression(a, x, &arena),
		      canonical_expression(b, y, &arena)) == 0;
}

/* The text after WHERE, or empty. */
static struct span read_where(struct lexer *lexer)
{
	struct token token;

	lexer_next(lexer, &token);
	return (struct span){ lexer->at, (size_t)(lexer->end - lexer->at) };
}

static bool column_same(const struct index_column *a,
			const struct index_column *b)
{
	if (a->descending != b->descending ||
	    !name_equal(a->collation, b->collation))
		return false;
	return a->name && b->name ? name_equal(a->name, b->name)
				  : a->name == b->name;
}

bool index_same(const struct table *a, const struct index *x,
		const struct table *b, const struct index *y)
{
	struct lexer left, right;
	bool more = true;

	if (tokens_equal(x->sql, y->sql))
		return true;
	if (x->unique != y->unique || x->ncolumns != y->ncolumns)
		return false;
	left = enter_list(x->sql);
	right = enter_list(y->sql);
	for (size_t i = 0; i < x->ncolumns; i++) {
		const struct index_column *c = &x->columns[i];
		const struct index_column *d = &y->columns[i];
		struct span p, q;

		more = next_item(&left, c->descending, &p);
		if (next_item(&right, d->descending, &q) != more ||
		    !column_same(c, d) ||
		    (!c->name && !expression_same(a, p, b, q)))
			return false;
	}
	return !more &&
	       expression_same(a, read_where(&left), b, read_where(&right));
}

/* The next token, skipping BEFORE and FOR EACH ROW, which are the default. */
static bool next_trigger_token(struct lexer *lexer, size_t number,
			       struct token *token)
{
	enum { TIME = 3 }; /* CREATE TRIGGER name BEFORE */
	struct lexer ahead;
	struct token each, row;
	bool more = lexer_next(lexer, token);

	if (number == TIME && token_is(token, "BEFORE"))
		return lexer_next(lexer, token);
	ahead = *lexer;
	if (!token_is(token, "FOR") || !lexer_next(&ahead, &each) ||
	    !token_is(&each, "EACH") || !lexer_next(&ahead, &row) ||
	    !token_is(&row, "ROW"))
		return more;
	*lexer = ahead;
	return lexer_next(lexer, token);
}

static const char *normalize_trigger(const char *sql, struct arena *arena)
{
	struct lexer lexer = lexer_of(span_of(sql));
	struct token token;
	BUFFER(text);

	for (size_t i = 0; next_trigger_token(&lexer, i, &token); i++) {
		buffer_add(&text, token.text, token.length);
		buffer_byte(&text, ' ');
	}
	return arena_copy_n(arena, buffer_string(&text), text.length);
}

bool trigger_same(const struct trigger *a, const struct trigger *b)
{
	ARENA(arena);

	return tokens_equal(a->sql, b->sql) ||
	       tokens_equal(normalize_trigger(a->sql, &arena),
			    normalize_trigger(b->sql, &arena));
}

bool view_same(const struct table *a, const struct table *b)
{
	return tokens_equal(a->sql, b->sql) &&
	       annotations_equal(&a->annotations, &b->annotations);
}
