#include "schema/text/ddl_parser.h"

static enum ddl_word operator_word(char c)
{
	switch (c) {
	case '(':
		return WORD_OPEN;
	case ')':
		return WORD_CLOSE;
	case ',':
		return WORD_COMMA;
	case '.':
		return WORD_DOT;
	case '+':
	case '-':
		return WORD_SIGN;
	}
	return WORD_OTHER;
}

static enum ddl_word token_word(const struct token *token)
{
#define DDL_WORD_TEXT(word) [WORD_##word] = #word,
	static const char *const words[] = { DDL_WORDS(DDL_WORD_TEXT) };
#undef DDL_WORD_TEXT
	const size_t nwords = sizeof(words) / sizeof(words[0]);

	if (token->kind == TOKEN_OPERATOR && token->length == 1)
		return operator_word(*token->text);
	if (token->kind != TOKEN_WORD)
		return WORD_OTHER;
	for (size_t i = WORD_SIGN + 1; i < nwords; i++)
		if ((*token->text & ~0x20) == *words[i] &&
		    token_is(token, words[i]))
			return (enum ddl_word)i;
	return WORD_OTHER;
}

static void add_remark(struct ddl_parser *p, const struct token *token,
		       bool own_line)
{
	struct remark *remark = LIST_ADD(p->scratch, p->remarks, p->nremarks);

	*remark = (struct remark){
		.text = { token->text, token->length },
		.next = p->ntokens,
		.own_line = own_line,
	};
}

static void tokenize_ddl(struct ddl_parser *p, const char *sql)
{
	struct lexer lexer = lexer_of_all(span_of(sql));
	bool broken = false;

	for (struct token token; lexer_next(&lexer, &token);) {
		size_t count = p->ntokens;

		broken |= token.first;
		if (token.kind == TOKEN_COMMENT) {
			add_remark(p, &token, broken);
			continue;
		}
		*LIST_ADD(p->scratch, p->words, count) = token_word(&token);
		*LIST_ADD(p->scratch, p->tokens, p->ntokens) = token;
		broken = false;
	}
	p->end = p->ntokens;
}

static bool at_name(const struct ddl_parser *p)
{
	return p->at < p->end && (p->tokens[p->at].kind == TOKEN_WORD ||
				  p->tokens[p->at].kind == TOKEN_NAME ||
				  p->tokens[p->at].kind == TOKEN_STRING);
}

const char *ddl_take_name(struct ddl_parser *p)
{
	if (!at_name(p))
		return NULL;
	return token_name(&p->tokens[p->at++], p->arena);
}

struct span ddl_between(const struct ddl_parser *p, size_t from, size_t to)
{
	const struct token *last;

	if (to > p->end)
		to = p->end;
	if (from >= to)
		return (struct span){ .text = "" };
	last = &p->tokens[to - 1];
	return (struct span){
		.text = p->tokens[from].text,
		.length = (size_t)(last->text + last->length -
				   p->tokens[from].text),
	};
}

struct span ddl_take_group(struct ddl_parser *p)
{
	size_t depth = 0, from = p->at + 1;

	if (!at_word(p, WORD_OPEN))
		return (struct span){ .text = "" };
	for (; p->at < p->end; p->at++) {
		if (at_word(p, WORD_OPEN))
			depth++;
		else if (at_word(p, WORD_CLOSE) && --depth == 0)
			break;
	}
	skip_words(p, 1);
	return ddl_between(p, from, p->at - 1);
}

/* Returns the owner of the definition's comments. */
static int parse_definition(struct ddl_parser *p)
{
	struct ddl *ddl = p->ddl;
	struct ddl_column *column;
	const char *name;

	if (at_word(p, WORD_CONSTRAINT) || at_word(p, WORD_PRIMARY) ||
	    at_word(p, WORD_UNIQUE) || at_word(p, WORD_CHECK) ||
	    at_word(p, WORD_FOREIGN)) {
		ddl_take_clauses(p, -1);
		return OWNER_CONSTRAINT;
	}
	column = LIST_ADD(p->arena, ddl->columns, ddl->ncolumns);
	column->definition = ddl_between(p, p->at, p->end);
	name = ddl_take_name(p);
	column->name = name ? name : "";
	column->type = ddl_take_type(p);
	ddl_take_clauses(p, (int)ddl->ncolumns - 1);
	return (int)ddl->ncolumns - 1;
}

static void add_comment(struct ddl_parser *p, const struct remark *remark,
			int owner)
{
	struct ddl *ddl = p->ddl;

	ddl->comments[ddl->ncomments] = remark->text;
	ddl->owners[ddl->ncomments++] = owner;
}

/*
 * Assigns the comments up to a definition's end.  Those that follow the
 * preceding comma on the same line belong to the owner before.
 */
static void assign_comments(struct ddl_parser *p, const struct remark **remark,
			    size_t start, size_t end, int before, int owner)
{
	const struct remark *last = p->remarks + p->nremarks;

	for (; *remark < last && (*remark)->next <= end; (*remark)++) {
		bool mine = (*remark)->next > start || (*remark)->own_line;

		add_comment(p, *remark, mine ? owner : before);
	}
}

/* The comma or closing parenthesis that ends the definition at a token. */
static size_t definition_end(const struct ddl_parser *p, size_t at)
{
	size_t depth = 0;

	for (; at < p->close; at++) {
		if (p->words[at] == WORD_OPEN)
			depth++;
		else if (p->words[at] == WORD_CLOSE)
			depth--;
		else if (!depth && p->words[at] == WORD_COMMA)
			break;
	}
	return at;
}

static void parse_body(struct ddl_parser *p)
{
	const struct remark *remark = p->remarks;
	const struct remark *last = remark + p->nremarks;
	int owner = OWNER_TABLE;

	p->ddl->comments = arena_array(p->arena, p->nremarks,
				       sizeof(struct span));
	p->ddl->owners = arena_array(p->arena, p->nremarks, sizeof(int));
	for (; remark < last && remark->next <= p->open; remark++)
		add_comment(p, remark, OWNER_TABLE);
	for (size_t start = p->open + 1; start < p->close;) {
		int before = owner;
		size_t end = definition_end(p, start);

		p->at = start;
		p->end = end;
		owner = parse_definition(p);
		assign_comments(p, &remark, start, end, before, owner);
		start = end + 1;
	}
	for (; remark < last; remark++)
		add_comment(p, remark, OWNER_TABLE);
}

static void parse_options(struct ddl_parser *p)
{
	p->at = p->close + 1;
	p->end = p->ntokens;
	for (; p->at < p->end; skip_words(p, 1)) {
		if (accept_word(p, WORD_WITHOUT))
			p->ddl->without_rowid |= at_word(p, WORD_ROWID);
		p->ddl->strict |= at_word(p, WORD_STRICT);
	}
}

/* Up to the opening parenthesis; false if not a CREATE TABLE with one. */
static bool parse_head(struct ddl_parser *p)
{
	if (!accept_word(p, WORD_CREATE))
		return false;
	if (!accept_word(p, WORD_TEMP))
		accept_word(p, WORD_TEMPORARY);
	if (!accept_word(p, WORD_TABLE))
		return false;
	if (at_word(p, WORD_IF) && at_word_ahead(p, 1, WORD_NOT))
		skip_words(p, 3);
	if (at_word_ahead(p, 1, WORD_DOT))
		skip_words(p, 2);
	if (!at_name(p) || !at_word_ahead(p, 1, WORD_OPEN))
		return false;
	p->ddl->name = ddl_between(p, p->at, p->at + 1);
	p->open = p->at + 1;
	skip_words(p, 1);
	ddl_take_group(p);
	p->close = p->at - 1;
	return p->close > p->open && p->words[p->close] == WORD_CLOSE;
}

struct ddl *ddl_parse(const char *sql, struct arena *arena)
{
	ARENA(scratch);
	struct ddl_parser parser = {
		.arena = arena,
		.scratch = &scratch,
		.ddl = arena_zero(arena, sizeof(struct ddl)),
	};

	tokenize_ddl(&parser, sql);
	if (!parse_head(&parser))
		return NULL;
	parse_body(&parser);
	parse_options(&parser);
	return parser.ddl;
}

const struct ddl_clause *ddl_find(const struct ddl *ddl, int column,
				  enum clause_kind kind)
{
	for (size_t i = 0; i < ddl->nclauses; i++)
		if (ddl->clauses[i].column == column &&
		    ddl->clauses[i].kind == kind)
			return &ddl->clauses[i];
	return NULL;
}

size_t ddl_view_comments(const char *sql, struct arena *arena,
			 struct span **out)
{
	struct lexer lexer = lexer_of_all(span_of(sql));
	size_t count = 0;

	*out = NULL;
	for (struct token token; lexer_next(&lexer, &token);) {
		if (token_is(&token, "SELECT") || token_is(&token, "WITH") ||
		    token_is(&token, "VALUES"))
			break;
		if (token.kind == TOKEN_COMMENT)
			*LIST_ADD(arena, *out, count) =
				(struct span){ token.text, token.length };
	}
	return count;
}
