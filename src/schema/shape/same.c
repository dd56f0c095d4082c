#include "schema/shape/same.h"

#include "schema/shape/canonical.h"
#include "schema/text/annotation.h"
#include "schema/text/index_text.h"

static bool expression_same(const struct table *a, const char *x,
			    const struct table *b, const char *y)
{
	ARENA(arena);

	return strcmp(canonical_expression(a, span_of(x), &arena),
		      canonical_expression(b, span_of(y), &arena)) == 0;
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
	ARENA(arena);
	struct index_text left, right;

	if (tokens_equal(x->sql, y->sql))
		return true;
	if (x->unique != y->unique || x->ncolumns != y->ncolumns ||
	    !index_parse(x->sql, &arena, &left) ||
	    !index_parse(y->sql, &arena, &right) ||
	    left.nterms != x->ncolumns || right.nterms != y->ncolumns)
		return false;
	for (size_t i = 0; i < x->ncolumns; i++)
		if (!column_same(&x->columns[i], &y->columns[i]) ||
		    (!x->columns[i].name &&
		     !expression_same(a, left.terms[i].sql, b,
				      right.terms[i].sql)))
			return false;
	return expression_same(a, left.where ? left.where : "", b,
			       right.where ? right.where : "");
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
