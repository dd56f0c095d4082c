#include "migrate/watch/wipe.h"

#include "engine/introspect.h"
#include "migrate/revision/scan.h"

struct wipe {
	struct engine *engine;
	struct arena *arena;
	struct span copy; /* the last INSERT; its text is NULL if none */
};

static bool has_token(struct span statement, const char *word)
{
	struct lexer lexer = lexer_of(statement);

	for (struct token token; lexer_next(&lexer, &token);)
		if (token_is(&token, word))
			return true;
	return false;
}

/* Whether an INSERT … SELECT … FROM selects the column. */
static bool selects_column(struct span statement, const char *name,
			   struct arena *arena)
{
	struct lexer lexer = lexer_of(statement);
	bool selected = false;

	for (struct token token; lexer_next(&lexer, &token);) {
		bool is_name;

		selected |= token_is(&token, "select");
		if (token_is(&token, "from"))
			return false;
		is_name = token.kind == TOKEN_WORD || token.kind == TOKEN_NAME;
		if (selected && is_name &&
		    name_equal(token_name(&token, arena), name))
			return true;
	}
	return false;
}

static enum status is_table_copied(struct wipe *wipe, const char *table,
				   bool *copied, struct error *e)
{
	STATEMENT(columns);
	size_t count = 0;

	*copied = wipe->copy.text &&
		  scan_takes_all(wipe->copy, table, wipe->arena);
	if (!*copied)
		return OK;
	if (engine_introspect(wipe->engine, INTROSPECT_COLUMNS, table, &columns,
			      e) != OK)
		return e->status;
	for (; statement_next(columns, e); count++) {
		bool generated = statement_integer(columns, 6) >= 2;
		const char *name = statement_text(columns, 1, wipe->arena);

		*copied &= generated ||
			   selects_column(wipe->copy, name, wipe->arena);
	}
	/* A table created in this section has no columns yet. */
	*copied &= count > 0;
	return e->status;
}

static enum status keeps_all(struct wipe *wipe, struct span statement,
			     bool *keeps, struct error *e)
{
	struct lexer lexer = lexer_of(statement);
	struct token first, second, third;

	lexer_next(&lexer, &first);
	lexer_next(&lexer, &second);
	lexer_next(&lexer, &third);
	if (token_is(&first, "insert"))
		wipe->copy = statement;
	*keeps = token_is(&first, "create") || token_is(&first, "pragma") ||
		 (token_is(&first, "insert") &&
		  !has_token(statement, "replace") &&
		  !has_token(statement, "conflict"));
	if (token_is(&first, "drop") && token_is(&second, "table"))
		return is_table_copied(wipe, token_name(&third, wipe->arena),
				       keeps, e);
	if (token_is(&first, "drop"))
		*keeps = true;
	if (token_is(&first, "delete"))
		*keeps = token_is(&third, "sqlite_sequence");
	if (token_is(&first, "alter"))
		*keeps = !has_token(statement, "drop");
	return OK;
}

enum status wipe_is_needless(struct engine *engine,
			     const struct section *section, struct arena *arena,
			     bool *needless, struct error *e)
{
	struct wipe wipe = { .engine = engine, .arena = arena };
	struct scan scan = scan_of(section->text);
	struct span statement;
	enum status status = OK;

	*needless = true;
	while (status == OK && *needless && scan_statement(&scan, &statement))
		status = keeps_all(&wipe, statement, needless, e);
	return status;
}
