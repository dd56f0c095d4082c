#include "schema/plan/plan.h"

#include "schema/text/spelling.h"

/* The two lists of INSERT (…) SELECT …, broken into readable lines. */
struct column_lists {
	struct buffer into, select;
	size_t width; /* of the longer last line */
};

static void add_to_lists(struct column_lists *copy, const char *name,
			 const char *value)
{
	enum { WIDTH = 68 };
	size_t longer = strlen(name) > strlen(value) ? strlen(name)
						     : strlen(value);

	if (copy->into.length) {
		bool full = copy->width + longer > WIDTH;

		buffer_text(&copy->into, full ? ",\n\t" : ", ");
		buffer_text(&copy->select, full ? ",\n\t" : ", ");
		copy->width = full ? 0 : copy->width;
	}
	buffer_text(&copy->into, name);
	buffer_text(&copy->select, value);
	copy->width += longer + 2;
}

/* A name of the rowid that is not a column of either table. */
static const char *free_rowid_name(const struct table *a, const struct table *b)
{
	static const char *const names[] = { "rowid", "_rowid_", "oid" };

	for (size_t i = 0; i < 3; i++)
		if (!table_find_column(a, names[i]) &&
		    !table_find_column(b, names[i]))
			return names[i];
	return NULL;
}

/* DEFAULT x or "x" is the string x, but in a SELECT it could be a column. */
const char *plan_default_value(const struct column *column, struct arena *arena)
{
	const char *sql = column->default_sql;
	struct lexer lexer;
	struct token token, next;

	if (!sql)
		return NULL;
	lexer = lexer_of(span_of(sql));
	lexer_next(&lexer, &token);
	if ((token.kind == TOKEN_NAME ||
	     (token.kind == TOKEN_WORD && !token_is_value(&token))) &&
	    !lexer_next(&lexer, &next))
		return sql_literal(arena, token_name(&token, arena));
	return tokens_plain(arena, span_of(sql));
}

/* A new NOT NULL replaces NULLs by the fill or the default. */
static const char *kept_value(const struct plan *plan, const struct table *to,
			      const struct column *before,
			      const struct column *column)
{
	struct arena *arena = plan->arena;
	const char *name = spelling(arena, before->name);
	const char *value = plan_fill(plan, to, column);

	if (!column->not_null || before->not_null)
		return name;
	if (!value)
		value = plan_default_value(column, arena);
	if (!value || column == table_rowid_column(to))
		return name;
	return arena_printf(arena, "coalesce(%s, %s)", name, value);
}

const char *plan_new_value(const struct plan *plan, const struct table *from,
			   const struct table *to, const struct column *column)
{
	const struct column *before = table_find_column(from, column->name);

	if (column->generated)
		return NULL;
	if (before)
		return kept_value(plan, to, before, column);
	if (column == table_rowid_column(to))
		return from->without_rowid ? NULL : free_rowid_name(from, to);
	return plan_fill(plan, to, column);
}

/* Copies rows even if the tables have no column in common. */
static void add_null_column(const struct plan *plan, const struct table *to,
			    struct column_lists *copy)
{
	for (size_t i = 0; i < to->ncolumns; i++) {
		if (to->columns[i].generated)
			continue;
		add_to_lists(copy, spelling(plan->arena, to->columns[i].name),
			     "NULL");
		return;
	}
}

static bool has_conflict(const struct table *table)
{
	for (size_t i = 0; i < table->ddl->nclauses; i++)
		if (table->ddl->clauses[i].conflict)
			return true;
	return false;
}

static void write_insert_select(struct plan *plan, const struct table *from,
				const struct table *to, const char *target)
{
	struct arena *arena = plan->arena;
	const char *rowid = free_rowid_name(from, to);
	struct column_lists copy = { .width = 0 };

	if (rowid && !from->without_rowid && !to->without_rowid &&
	    !table_rowid_column(to))
		add_to_lists(&copy, rowid, rowid);
	for (size_t i = 0; i < to->ncolumns; i++) {
		const struct column *column = &to->columns[i];
		const char *value = plan_new_value(plan, from, to, column);

		if (value)
			add_to_lists(&copy, spelling(arena, column->name),
				     value);
	}
	if (!copy.into.length)
		add_null_column(plan, to, &copy);
	/* An ON CONFLICT clause would silently drop rows. */
	buffer_printf(
		plan->sql, "INSERT %sINTO %s\n\t(%s)\nSELECT\t%s\nFROM\t%s;\n",
		has_conflict(to) ? "OR ABORT " : "", target, copy.into.data,
		copy.select.data, spelling(arena, from->name));
	buffer_clear(&copy.into);
	buffer_clear(&copy.select);
}

/* AUTOINCREMENT must not reuse the numbers of deleted rows. */
static void write_sequence(struct plan *plan, const struct table *from,
			   const char *target)
{
	struct arena *arena = plan->arena;
	const char *new = sql_literal(arena, target);

	buffer_printf(plan->sql,
		      "DELETE FROM sqlite_sequence WHERE name = %s;\n", new);
	buffer_printf(
		plan->sql,
		"INSERT INTO sqlite_sequence (name, seq)\n"
		"\tSELECT %s, seq FROM sqlite_sequence WHERE name = %s;\n",
		new, sql_literal(arena, from->name));
}

/*
 * With legacy_alter_table RENAME changes no references to the table, and
 * ignores views on the name that doesn't exist at this moment.
 */
void plan_rename_new(struct plan *plan, const char *target,
		     const struct table *to)
{
	buffer_printf(plan->sql, "PRAGMA legacy_alter_table = ON;\n");
	buffer_printf(plan->sql, "ALTER TABLE %s RENAME TO %s;\n", target,
		      spelling(plan->arena, to->name));
	buffer_printf(plan->sql, "PRAGMA legacy_alter_table = OFF;\n");
}

/* Removes the qualifier "tasks.", which is invalid under the temporary name. */
static void write_unqualified(struct buffer *buffer, const char *name,
			      const char *text)
{
	ARENA(arena);
	struct lexer lexer = lexer_of(span_of(text));
	size_t from = 0, qualifier = 0;
	bool qualified = false;

	for (struct token token; lexer_next(&lexer, &token);) {
		size_t at = (size_t)(token.text - text);

		if (qualified && token_is(&token, ".")) {
			buffer_add(buffer, text + from, qualifier - from);
			from = at + 1;
		}
		qualifier = at;
		qualified = (token.kind == TOKEN_WORD ||
			     token.kind == TOKEN_NAME) &&
			    name_equal(token_name(&token, &arena), name);
	}
	buffer_text(buffer, text + from);
}

/* The table's CREATE TABLE with a different name. */
static const char *create_renamed(const struct table *table, const char *name,
				  struct arena *arena)
{
	const struct span *old = &table->ddl->name;
	BUFFER(buffer);

	buffer_printf(&buffer, "CREATE TABLE %s", spelling(arena, name));
	write_unqualified(&buffer, table->name, old->text + old->length);
	return arena_copy_n(arena, buffer.data, buffer.length);
}

/* sqlite.org/lang_altertable.html, section 7. */
void plan_write_rebuild(struct plan *plan, const struct table *from,
			const struct table *to)
{
	struct arena *arena = plan->arena;
	const char *name = arena_printf(arena, TEMPORARY_NEW "%s", to->name);
	const char *target = spelling(arena, name);

	statement_write(plan->sql, create_renamed(to, name, arena));
	write_insert_select(plan, from, to, target);
	if (from->autoincrement && to->autoincrement)
		write_sequence(plan, from, name);
	buffer_printf(plan->sql, "DROP TABLE %s;\n",
		      spelling(arena, from->name));
	plan_rename_new(plan, target, to);
	plan->out->foreign_keys_off = true;
}
