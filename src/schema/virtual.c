#include "schema/plan.h"
#include "schema/spelling.h"

/* What a virtual table's contents are made of. */
enum contents {
	CONTENTS_ELSEWHERE, /* of an unknown module: its own business */
	CONTENTS_ROWS,      /* columns alone (R*Tree) */
	CONTENTS_DOCUMENTS, /* rowid and columns (FTS) */
	CONTENTS_INDEX,     /* an index of another table (FTS) */
	CONTENTS_NONE,      /* an index of nothing that is kept (FTS) */
};

/* The value of FTS's content= option; NULL if it has none. */
static const char *content_option(const char *sql, struct arena *arena)
{
	struct lexer lexer;
	struct token token, before = { .kind = TOKEN_END, .text = "" };

	lexer_init(&lexer, span_of(sql), false);
	while (lexer_next(&lexer, &token)) {
		if (token_is(&before, "content") && token_is(&token, "=") &&
		    lexer_next(&lexer, &token))
			return token_name(&token, arena);
		before = token;
	}
	return NULL;
}

static const char *module_of(const char *sql, struct arena *arena)
{
	struct lexer lexer;
	struct token token;
	bool using = false;

	lexer_init(&lexer, span_of(sql), false);
	while (lexer_next(&lexer, &token)) {
		if (using)
			return token_name(&token, arena);
		using = token_is(&token, "USING");
	}
	return "";
}

static enum contents contents_of(const struct table *table, struct arena *arena)
{
	const char *module = module_of(table->sql, arena);
	const char *content;

	if (name_begins(module, "rtree"))
		return CONTENTS_ROWS;
	if (!name_begins(module, "fts"))
		return CONTENTS_ELSEWHERE;
	content = content_option(table->sql, arena);
	if (!content)
		return CONTENTS_DOCUMENTS;
	return *content ? CONTENTS_INDEX : CONTENTS_NONE;
}

static const char *replace_name(const struct table *table, const char *name,
				struct arena *arena)
{
	struct lexer lexer;
	struct token token;

	lexer_init(&lexer, span_of(table->sql), false);
	while (lexer_next(&lexer, &token) && !token_is(&token, "TABLE"))
		;
	lexer_next(&lexer, &token);
	return arena_printf(arena, "CREATE VIRTUAL TABLE %s%s",
			    spelling(arena, name), token.text + token.length);
}

static void copy_rows(struct plan *plan, const struct table *from,
		      const struct table *to, bool rowid)
{
	struct arena *arena = plan->arena;
	const char *name = arena_printf(arena, TEMPORARY_NEW "%s", to->name);
	const char *target = spelling(arena, name);
	BUFFER(columns);

	buffer_text(&columns, rowid ? "rowid" : "");
	for (size_t i = 0; i < to->ncolumns; i++)
		if (table_find_column(from, to->columns[i].name))
			buffer_printf(&columns, "%s%s",
				      columns.length ? ", " : "",
				      spelling(arena, to->columns[i].name));
	plan_text(plan, replace_name(to, name, arena));
	plan_sql(plan, "INSERT INTO %s (%s)\n\tSELECT %s FROM %s", target,
		 columns.data, columns.data, spelling(arena, from->name));
	plan_sql(plan, "DROP TABLE %s", spelling(arena, from->name));
	plan_sql(plan, "ALTER TABLE %s RENAME TO %s", target,
		 spelling(arena, to->name));
}

enum status plan_virtual(struct plan *plan, const struct table *from,
			 const struct table *to, struct error *e)
{
	enum contents before = contents_of(from, plan->arena);
	enum contents after = contents_of(to, plan->arena);
	const char *name = spelling(plan->arena, to->name);

	plan->out->foreign_keys_off = true;
	if (before == after &&
	    (after == CONTENTS_ROWS || after == CONTENTS_DOCUMENTS)) {
		copy_rows(plan, from, to, after == CONTENTS_DOCUMENTS);
		return OK;
	}
	if (before == CONTENTS_NONE)
		return fail(e, INVALID,
			    "%s keeps no contents that could be "
			    "carried over to the changed table",
			    to->name);
	plan_sql(plan, "DROP TABLE %s", spelling(plan->arena, from->name));
	plan_text(plan, to->sql);
	if (after == CONTENTS_INDEX)
		plan_sql(plan, "INSERT INTO %s (%s) VALUES ('rebuild')", name,
			 name);
	return OK;
}
