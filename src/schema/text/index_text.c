#include "schema/text/index_text.h"

#include "schema/text/token.h"

struct reader {
	struct arena *arena;
	struct lexer lexer;
	struct token token;
	int depth; /* of parentheses, in front of token */
};

static void next(struct reader *r)
{
	r->depth += token_is(&r->token, "(") - token_is(&r->token, ")");
	lexer_next(&r->lexer, &r->token);
}

static bool is_end(const struct reader *r)
{
	return r->token.kind == TOKEN_END || token_is(&r->token, ";");
}

/* Behind a term, at its depth. */
static bool is_behind(const struct reader *r)
{
	static const char *const words[] = { ",", ")", "ASC", "DESC" };

	if (is_end(r))
		return true;
	for (size_t i = 0; r->depth == 1 && i < 4; i++)
		if (token_is(&r->token, words[i]))
			return true;
	return false;
}

static const char *between(const struct reader *r, const char *start,
			   const char *end)
{
	return tokens_plain(r->arena,
			    (struct span){ start, (size_t)(end - start) });
}

/* A COLLATE is the term's own where nothing but its order follows. */
static void take_term(struct reader *r, struct index_term *out)
{
	const char *start = r->token.text, *end = start, *bare = NULL;

	while (!is_behind(r)) {
		if (r->depth == 1 && token_is(&r->token, "COLLATE")) {
			bare = end;
			next(r);
		} else {
			bare = NULL;
		}
		end = r->token.text + r->token.length;
		next(r);
	}
	out->sql = between(r, start, end);
	out->bare = bare ? between(r, start, bare) : out->sql;
	if (token_is(&r->token, "ASC") || token_is(&r->token, "DESC"))
		next(r);
}

static const char *take_rest(struct reader *r)
{
	const char *start = r->token.text, *end = start;

	for (; !is_end(r); next(r))
		end = r->token.text + r->token.length;
	return between(r, start, end);
}

bool index_parse(const char *sql, struct arena *arena, struct index_text *out)
{
	struct reader r = { .arena = arena };
	struct token table;

	*out = (struct index_text){ .table = NULL };
	lexer_init(&r.lexer, span_of(sql), false);
	next(&r);
	if (!token_is(&r.token, "CREATE"))
		return false;
	do {
		table = r.token;
		next(&r);
	} while (!is_end(&r) && !token_is(&r.token, "("));
	out->table = token_name(&table, arena);
	do {
		next(&r);
		take_term(&r, LIST_ADD(arena, out->terms, out->nterms));
	} while (token_is(&r.token, ","));
	if (!token_is(&r.token, ")"))
		return false;
	next(&r);
	if (token_is(&r.token, "WHERE")) {
		next(&r);
		out->where = take_rest(&r);
	}
	return is_end(&r);
}
