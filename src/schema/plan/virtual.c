#include "schema/plan/plan.h"
#include "schema/text/spelling.h"

/* Where a virtual table's contents are stored. */
enum contents {
	CONTENTS_ELSEWHERE, /* unknown module */
	CONTENTS_ROWS,      /* in its columns (R*Tree) */
	CONTENTS_DOCUMENTS, /* in its rowid and columns (FTS) */
	CONTENTS_INDEX,     /* in another table that it indexes (FTS) */
	CONTENTS_NONE,      /* nowhere: a contentless index (FTS) */
};

/* The value of FTS's content= option; NULL if it has none. */
static const char *content_option(const char *sql, struct arena *arena)
{
	struct lexer lexer = lexer_of(span_of(sql));
	struct token token, before = { .kind = TOKEN_END, .text = "" };

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
	struct lexer lexer = lexer_of(span_of(sql));
	bool using = false;

	for (struct token token; lexer_next(&lexer, &token);) {
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
	/* Only FTS3 to 5: fts5vocab and the like show another table's data. */
	if (!name_begins(module, "fts") || strlen(module) != strlen("fts5"))
		return CONTENTS_ELSEWHERE;
	content = content_option(table->sql, arena);
	if (!content)
		return CONTENTS_DOCUMENTS;
	return *content ? CONTENTS_INDEX : CONTENTS_NONE;
}

static const char *replace_name(const struct table *table, const char *name,
				struct arena *arena)
{
	struct lexer lexer = lexer_of(span_of(table->sql));
	struct token token;

	while (lexer_next(&lexer, &token) && !token_is(&token, "TABLE"))
		;
	lexer_next(&lexer, &token);
	return arena_printf(arena, "CREATE VIRTUAL TABLE %s%s",
			    spelling(arena, name), token.text + token.length);
}

/* The name in from of a column of to; NULL: it is new. */
static const char *old_column_name(const struct plan *plan,
				   const struct table *from,
				   const struct table *to,
				   const struct column *column)
{
	const char *old = plan_column_before(plan, to, column->name);

	if (old)
		return old;
	if (plan_column_after(plan, to, column->name))
		return NULL;
	return table_find_column(from, column->name) ? column->name : NULL;
}

static void copy_virtual_rows(struct plan *plan, const struct table *from,
			      const struct table *to, bool rowid)
{
	struct arena *arena = plan->arena;
	const char *name = arena_printf(arena, TEMPORARY_NEW "%s", to->name);
	const char *target = spelling(arena, name);
	BUFFER(into);
	BUFFER(select);

	buffer_text(&into, rowid ? "rowid" : "");
	buffer_text(&select, rowid ? "rowid" : "");
	for (size_t i = 0; i < to->ncolumns; i++) {
		const struct column *column = &to->columns[i];
		const char *old = old_column_name(plan, from, to, column);

		if (!old)
			continue;
		buffer_item(&into, spelling(arena, column->name));
		buffer_item(&select, spelling(arena, old));
	}
	statement_write(plan->sql, replace_name(to, name, arena));
	buffer_printf(plan->sql, "INSERT INTO %s (%s)\n\tSELECT %s FROM %s;\n",
		      target, into.data, select.data,
		      spelling(arena, from->name));
	buffer_printf(plan->sql, "DROP TABLE %s;\n",
		      spelling(arena, from->name));
	plan_rename_new(plan, target, to);
}

static void report_removed_columns(struct plan *plan, const struct table *from,
				   const struct table *to)
{
	for (size_t i = 0; i < from->ncolumns; i++) {
		const char *name = from->columns[i].name;

		if (!plan_column_after(plan, to, name) &&
		    (plan_column_before(plan, to, name) ||
		     !table_find_column(to, name)))
			plan_report(plan, "removed column '%s.%s'", to->name,
				    name);
	}
}

static bool has_contents(const struct table *table, struct arena *arena)
{
	enum contents contents;

	if (table->kind != TABLE_VIRTUAL)
		return table->kind == TABLE_ORDINARY;
	contents = contents_of(table, arena);
	return contents == CONTENTS_ROWS || contents == CONTENTS_DOCUMENTS;
}

/* With fill_zero no error: a downgrade asks about the loss when it runs. */
enum status plan_check_replaced(const struct plan *plan,
				const struct table *from,
				const struct table *to, struct error *e)
{
	if (plan->options->fill_zero || !to || !has_contents(from, plan->arena))
		return OK;
	if (from->kind != TABLE_VIRTUAL && to->kind != TABLE_VIRTUAL)
		return OK;
	return fail(e, INVALID,
		    "the rows of table %s cannot be copied to the changed "
		    "table: write the migration by hand, or give the new table "
		    "another name",
		    to->name);
}

/* Documents can be read whether the table stores or only indexes them. */
static bool can_copy_contents(enum contents before, enum contents after)
{
	return (before == CONTENTS_ROWS && after == CONTENTS_ROWS) ||
	       ((before == CONTENTS_DOCUMENTS || before == CONTENTS_INDEX) &&
		after == CONTENTS_DOCUMENTS);
}

bool plan_virtual_is_index(const struct plan *plan, const struct table *to)
{
	return contents_of(to, plan->arena) == CONTENTS_INDEX;
}

static void rebuild_index(struct plan *plan, const struct table *table)
{
	const char *name = spelling(plan->arena, table->name);

	buffer_printf(plan->sql, "INSERT INTO %s (%s) VALUES ('rebuild');\n",
		      name, name);
}

void plan_fill_virtual(struct plan *plan, const struct table *table)
{
	const char *content;

	if (table->kind != TABLE_VIRTUAL ||
	    contents_of(table, plan->arena) != CONTENTS_INDEX)
		return;
	content = content_option(table->sql, plan->arena);
	if (schema_find_table(plan->mid, content) &&
	    schema_find_table(plan->to, content))
		rebuild_index(plan, table);
}

enum status plan_write_virtual(struct plan *plan, const struct table *from,
			       const struct table *to, struct error *e)
{
	enum contents before = contents_of(from, plan->arena);
	enum contents after = contents_of(to, plan->arena);

	plan->out->foreign_keys_off = true;
	if (can_copy_contents(before, after)) {
		report_removed_columns(plan, from, to);
		copy_virtual_rows(plan, from, to, after == CONTENTS_DOCUMENTS);
		return OK;
	}
	if (plan_check_replaced(plan, from, to, e) != OK)
		return e->status;
	if (before == CONTENTS_NONE)
		return fail(
			e, INVALID,
			"%s stores no contents to copy to the changed table",
			to->name);
	buffer_printf(plan->sql, "DROP TABLE %s;\n",
		      spelling(plan->arena, from->name));
	statement_write(plan->sql, to->sql);
	if (after == CONTENTS_INDEX)
		rebuild_index(plan, to);
	return OK;
}
