#include "schema/text/index_text.h"

#include "schema/text/token.h"

struct index_reader {
	struct arena *arena;
	struct lexer lexer;
	struct token token;
	int depth;   /* of parentheses before token */
	bool inside; /* token follows an operator or opens a term */
};

static void next_index_token(struct index_reader *r)
{
	r->depth += token_is(&r->token, "(") - token_is(&r->token, ")");
	r->inside = r->token.kind == TOKEN_OPERATOR &&
		    !token_is(&r->token, ")");
	lexer_next(&r->lexer, &r->token);
}

static bool at_statement_end(const struct index_reader *r)
{
	return r->token.kind == TOKEN_END || token_is(&r->token, ";");
}

/* Whether the token follows a term.  ASC and DESC may also be names. */
static bool at_term_end(const struct index_reader *r)
{
	static const char *const words[] = { ",", ")", "ASC", "DESC" };

	if (at_statement_end(r))
		return true;
	for (size_t i = 0; r->depth == 1 && i < 4; i++)
		if (token_is(&r->token, words[i]))
			return i < 2 || !r->inside;
	return false;
}

static const char *plain_between(const struct index_reader *r,
				 const char *start, const char *end)
{
	return tokens_plain(r->arena,
			    (struct span){ start, (size_t)(end - start) });
}

/* A COLLATE belongs to the term only if ASC, DESC or nothing follows. */
static void read_index_term(struct index_reader *r, struct index_term *out)
{
	const char *start = r->token.text, *end = start, *bare = NULL;

	while (!at_term_end(r)) {
		if (r->depth == 1 && token_is(&r->token, "COLLATE")) {
			bare = end;
			next_index_token(r);
		} else {
			bare = NULL;
		}
		end = r->token.text + r->token.length;
		next_index_token(r);
	}
	out->sql = plain_between(r, start, end);
	out->bare = bare ? plain_between(r, start, bare) : out->sql;
	if (token_is(&r->token, "ASC") || token_is(&r->token, "DESC"))
		next_index_token(r);
}

static const char *read_index_where(struct index_reader *r)
{
	const char *start = r->token.text, *end = start;

	for (; !at_statement_end(r); next_index_token(r))
		end = r->token.text + r->token.length;
	return plain_between(r, start, end);
}

bool index_parse(const char *sql, struct arena *arena, struct index_text *out)
{
	struct index_reader r = {
		.arena = arena,
		.lexer = lexer_of(span_of(sql)),
	};
	struct token table;

	*out = (struct index_text){ .table = NULL };
	next_index_token(&r);
	if (!token_is(&r.token, "CREATE"))
		return false;
	do {
		table = r.token;
		next_index_token(&r);
	} while (!at_statement_end(&r) && !token_is(&r.token, "("));
	out->table = token_name(&table, arena);
	do {
		next_index_token(&r);
		read_index_term(&r, LIST_ADD(arena, out->terms, out->nterms));
	} while (token_is(&r.token, ","));
	if (!token_is(&r.token, ")"))
		return false;
	next_index_token(&r);
	if (token_is(&r.token, "WHERE")) {
		next_index_token(&r);
		out->where = read_index_where(&r);
	}
	return at_statement_end(&r);
}
