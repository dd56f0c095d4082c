#include "schema/text/ddl_parser.h"

static struct ddl_clause *add_clause(struct ddl_parser *p,
				     enum clause_kind kind, int column,
				     const char **name)
{
	struct ddl_clause *clause = LIST_ADD(p->arena, p->ddl->clauses,
					     p->ddl->nclauses);
	const struct span none = { .text = "" };

	*clause = (struct ddl_clause){
		.kind = kind,
		.name = *name,
		.column = column,
		.body = none,
		.others = none,
		.deferrable = none,
	};
	*name = NULL;
	return clause;
}

static bool take_on(struct ddl_parser *p, enum ddl_word word)
{
	if (!at_word(p, WORD_ON) || !at_word_ahead(p, 1, word))
		return false;
	skip_words(p, 2);
	return true;
}

/* The x of ON CONFLICT x, or NULL. */
static const char *take_conflict(struct ddl_parser *p)
{
	return take_on(p, WORD_CONFLICT) ? ddl_take_name(p) : NULL;
}

/* Removes AUTOINCREMENT from the columns of PRIMARY KEY (id AUTOINCREMENT). */
static void split_autoincrement(struct ddl_clause *clause)
{
	struct lexer lexer = lexer_of(clause->body);

	for (struct token token; lexer_next(&lexer, &token);) {
		if (!token_is(&token, "AUTOINCREMENT"))
			continue;
		clause->autoincrement = true;
		clause->body.length = (size_t)(token.text - clause->body.text);
		return;
	}
}

static void take_primary_key(struct ddl_parser *p, struct ddl_clause *clause)
{
	accept_word(p, WORD_KEY);
	if (clause->column < 0) {
		clause->body = ddl_take_group(p);
		split_autoincrement(clause);
		clause->conflict = take_conflict(p);
		return;
	}
	accept_word(p, WORD_ASC);
	clause->descending = accept_word(p, WORD_DESC);
	clause->conflict = take_conflict(p);
	clause->autoincrement = accept_word(p, WORD_AUTOINCREMENT);
}

/* The action of ON UPDATE or ON DELETE, one word or two. */
static const char *take_action(struct ddl_parser *p)
{
	const char *action = "RESTRICT";

	if (accept_word(p, WORD_SET))
		action = at_word(p, WORD_NULL) ? "SET NULL" : "SET DEFAULT";
	else if (accept_word(p, WORD_NO))
		action = "NO ACTION";
	else if (at_word(p, WORD_CASCADE))
		action = "CASCADE";
	skip_words(p, 1);
	return action;
}

static void take_references(struct ddl_parser *p, struct ddl_clause *clause)
{
	accept_word(p, WORD_REFERENCES);
	clause->table = ddl_take_name(p);
	clause->others = ddl_take_group(p);
	for (;;) {
		if (accept_word(p, WORD_MATCH)) {
			clause->match = ddl_take_name(p);
		} else if (take_on(p, WORD_UPDATE)) {
			clause->on_update = take_action(p);
		} else if (take_on(p, WORD_DELETE)) {
			clause->on_delete = take_action(p);
		} else if (take_on(p, WORD_INSERT)) {
			take_action(p);
		} else {
			return;
		}
	}
}

/* [NOT] DEFERRABLE [INITIALLY x] belongs to the REFERENCES before it. */
static void take_deferrable(struct ddl_parser *p)
{
	struct ddl *ddl = p->ddl;
	size_t from = p->at;

	accept_word(p, WORD_NOT);
	accept_word(p, WORD_DEFERRABLE);
	if (accept_word(p, WORD_INITIALLY))
		skip_words(p, 1);
	if (ddl->nclauses &&
	    ddl->clauses[ddl->nclauses - 1].kind == CLAUSE_REFERENCES)
		ddl->clauses[ddl->nclauses - 1].deferrable = ddl_between(
			p, from, p->at);
}

/* PRIMARY KEY, UNIQUE, CHECK, FOREIGN KEY, REFERENCES and DEFERRABLE. */
static bool take_constraint(struct ddl_parser *p, int column, const char **name)
{
	struct ddl_clause *clause;

	if (accept_word(p, WORD_PRIMARY)) {
		take_primary_key(p, add_clause(p, CLAUSE_KEY, column, name));
	} else if (accept_word(p, WORD_UNIQUE)) {
		clause = add_clause(p, CLAUSE_UNIQUE, column, name);
		if (column < 0)
			clause->body = ddl_take_group(p);
		clause->conflict = take_conflict(p);
	} else if (accept_word(p, WORD_CHECK)) {
		clause = add_clause(p, CLAUSE_CHECK, column, name);
		clause->body = ddl_take_group(p);
		clause->conflict = take_conflict(p);
	} else if (at_word(p, WORD_FOREIGN) || at_word(p, WORD_REFERENCES)) {
		clause = add_clause(p, CLAUSE_REFERENCES, column, name);
		if (accept_word(p, WORD_FOREIGN)) {
			accept_word(p, WORD_KEY);
			clause->body = ddl_take_group(p);
		}
		take_references(p, clause);
	} else if (at_word(p, WORD_DEFERRABLE) ||
		   (at_word(p, WORD_NOT) &&
		    at_word_ahead(p, 1, WORD_DEFERRABLE))) {
		take_deferrable(p);
	} else {
		return false;
	}
	return true;
}

static void take_default(struct ddl_parser *p, struct ddl_clause *clause)
{
	size_t from = p->at;

	if (at_word(p, WORD_OPEN)) {
		clause->body = ddl_take_group(p);
		return;
	}
	accept_word(p, WORD_SIGN);
	skip_words(p, 1);
	clause->body = ddl_between(p, from, p->at);
}

static void take_generated(struct ddl_parser *p, struct ddl_clause *clause)
{
	if (accept_word(p, WORD_GENERATED))
		accept_word(p, WORD_ALWAYS);
	accept_word(p, WORD_AS);
	clause->body = ddl_take_group(p);
	clause->stored = accept_word(p, WORD_STORED);
	accept_word(p, WORD_VIRTUAL);
}

static bool at_generated(const struct ddl_parser *p)
{
	return at_word(p, WORD_AS) || (at_word(p, WORD_GENERATED) &&
				       at_word_ahead(p, 1, WORD_ALWAYS) &&
				       at_word_ahead(p, 2, WORD_AS));
}

/* The clauses that only a column can have. */
static bool take_property(struct ddl_parser *p, int column, const char **name)
{
	struct ddl_clause *clause;

	if (accept_word(p, WORD_NOT)) {
		clause = add_clause(p, CLAUSE_NOT_NULL, column, name);
		accept_word(p, WORD_NULL);
		clause->conflict = take_conflict(p);
	} else if (accept_word(p, WORD_NULL)) {
		take_conflict(p);
	} else if (accept_word(p, WORD_DEFAULT)) {
		take_default(p, add_clause(p, CLAUSE_DEFAULT, column, name));
	} else if (accept_word(p, WORD_COLLATE)) {
		clause = add_clause(p, CLAUSE_COLLATE, column, name);
		clause->body = ddl_between(p, p->at, p->at + 1);
		skip_words(p, 1);
	} else if (at_generated(p)) {
		take_generated(p,
			       add_clause(p, CLAUSE_GENERATED, column, name));
	} else {
		return false;
	}
	return true;
}

void ddl_take_clauses(struct ddl_parser *p, int column)
{
	const char *name = NULL;

	while (p->at < p->end) {
		if (accept_word(p, WORD_CONSTRAINT))
			name = ddl_take_name(p);
		else if (!take_constraint(p, column, &name) &&
			 (column < 0 || !take_property(p, column, &name)))
			skip_words(p, 1);
	}
}

static bool at_clause(const struct ddl_parser *p)
{
	static const bool begins[WORD_COUNT] = {
		[WORD_CONSTRAINT] = true, [WORD_PRIMARY] = true,
		[WORD_UNIQUE] = true,     [WORD_CHECK] = true,
		[WORD_REFERENCES] = true, [WORD_DEFERRABLE] = true,
		[WORD_NOT] = true,        [WORD_NULL] = true,
		[WORD_DEFAULT] = true,    [WORD_COLLATE] = true,
	};

	return begins[p->words[p->at]] || at_generated(p);
}

struct span ddl_take_type(struct ddl_parser *p)
{
	size_t from = p->at;

	while (p->at < p->end && !at_clause(p)) {
		if (at_word(p, WORD_OPEN))
			ddl_take_group(p);
		else
			skip_words(p, 1);
	}
	return ddl_between(p, from, p->at);
}
