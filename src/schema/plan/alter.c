#include "schema/model/derive.h"
#include "schema/model/read.h"
#include "schema/model/type.h"
#include "schema/model/understand.h"
#include "schema/plan/plan.h"
#include "schema/shape/canonical.h"
#include "schema/text/annotation.h"
#include "schema/text/spelling.h"
#include "schema/trial/world.h"

/* A literal with an optional sign; ADD COLUMN accepts no other default. */
static bool is_constant(const char *canonical)
{
	struct token token;

	return tokens_single(span_of(canonical), &token) &&
	       (token.kind == TOKEN_NUMBER || token.kind == TOKEN_STRING ||
		token.kind == TOKEN_BLOB);
}

/*
 * Whether ADD COLUMN gives existing rows the same value as new ones: it turns
 * -1.0 into an integer and doesn't convert TRUE to text.
 */
static bool adds_equal_values(const struct table *to,
			      const struct column *column)
{
	ENGINE(engine);
	ARENA(arena);
	struct value alike;
	const struct script script = {
		.text = arena_printf(
			&arena,
			"CREATE TABLE t (x INT)%s; INSERT INTO t DEFAULT "
			"VALUES; ALTER TABLE t ADD COLUMN c %s DEFAULT %s; "
			"INSERT INTO t DEFAULT VALUES",
			to->strict ? " STRICT" : "", column->declared,
			column->default_sql),
	};
	ERROR(ignored, &arena);

	return engine_open_model(NULL, NULL, &engine, &ignored) == OK &&
	       engine_script(engine, &script, &ignored) == OK &&
	       engine_query_one(engine,
				"SELECT count(DISTINCT typeof(c) || quote(c)) "
				"= 1 FROM t",
				NULL, 0, &arena, &alike, &ignored) == OK &&
	       alike.integer;
}

/*
 * Whether SQLite would add the column to a table with rows, which a trial
 * without rows doesn't show (sqlite.org/lang_altertable.html, section 4).
 */
static bool is_addable(const struct plan *plan, const struct table *to,
		       const struct column *column,
		       const struct shape_column *shape)
{
	int position = (int)(column - to->columns);
	bool has_default = *shape->default_value != '\0';

	if (column->key || column->generated == GENERATED_STORED ||
	    ddl_find(to->ddl, position, CLAUSE_UNIQUE) ||
	    plan_fill(plan, to, column))
		return false;
	if (column->generated)
		return !column->not_null;
	if (!has_default)
		return !column->not_null;
	return is_constant(shape->default_value) &&
	       !ddl_find(to->ddl, position, CLAUSE_REFERENCES) &&
	       adds_equal_values(to, column);
}

/*
 * Whether common columns are unchanged and new ones come last.  Each DROP
 * COLUMN rewrites all rows, in a fifth of the time of a rebuild.
 */
static bool columns_alterable(const struct plan *plan, const struct table *from,
			      const struct table *to, const struct shape *a,
			      const struct shape *b)
{
	enum { DROPS = 5 };
	bool added = false;
	size_t common = 0;

	for (size_t i = 0; i < b->ncolumns; i++) {
		const struct shape_column *before = shape_find(
			a, b->columns[i].name);

		if (!before) {
			added = true;
			if (!is_addable(plan, to, &to->columns[i],
					&b->columns[i]))
				return false;
			continue;
		}
		common++;
		if (added || !shape_column_equal(before, &b->columns[i]))
			return false;
	}
	return (added || common < from->ncolumns) &&
	       common + DROPS > from->ncolumns;
}

static bool is_alterable(const struct plan *plan,
			 const struct alteration *change)
{
	const struct shape *a, *b;

	if (!change->from->ddl || !change->to->ddl)
		return false;
	a = plan_mid_shape(plan, change->from);
	b = plan_to_shape(plan, change->to);
	return name_equal(a->key, b->key) &&
	       name_equal(a->key_name, b->key_name) &&
	       a->without_rowid == b->without_rowid && a->strict == b->strict &&
	       a->autoincrement == b->autoincrement &&
	       annotations_equal(a->annotations, b->annotations) &&
	       strcmp(a->remarks, b->remarks) == 0 &&
	       columns_alterable(plan, change->from, change->to, a, b);
}

/*
 * The column's definition on one line, with its comments inside: ADD COLUMN
 * fails after a -- comment, which hides the end of its text.
 */
static const char *definition_of(const struct plan *plan,
				 const struct table *table, size_t column)
{
	const struct ddl *ddl = table->ddl;
	BUFFER(note);

	for (size_t i = 0; i < ddl->ncomments; i++) {
		if (ddl->owners[i] != (int)column)
			continue;
		buffer_printf(&note, "%s%s", note.length ? " " : " /* ",
			      comment_words(ddl->comments[i], plan->arena));
	}
	return arena_printf(
		plan->arena, "%s%s%s",
		tokens_plain(plan->arena, ddl->columns[column].definition),
		buffer_string(&note), note.length ? " */" : "");
}

static const char *alter_text(const struct plan *plan,
			      const struct alteration *change)
{
	const struct table *from = change->from, *to = change->to;
	const char *name = spelling(plan->arena, from->name);
	BUFFER(sql);

	for (size_t i = 0; i < from->ncolumns; i++)
		if (!table_find_column(to, from->columns[i].name))
			buffer_printf(
				&sql, "ALTER TABLE %s DROP COLUMN %s;\n", name,
				spelling(plan->arena, from->columns[i].name));
	for (size_t i = 0; i < to->ncolumns; i++)
		if (!table_find_column(from, to->columns[i].name))
			buffer_printf(&sql, "ALTER TABLE %s ADD COLUMN %s;\n",
				      name, definition_of(plan, to, i));
	return arena_copy_n(plan->arena, buffer_string(&sql), sql.length);
}

/*
 * Whether the table is now as intended: ALTER edits text and may have moved a
 * comment to another column.
 */
static bool reaches_target(const struct plan *plan, struct engine *world,
			   const struct alteration *change)
{
	struct table now = {
		.name = change->from->name,
		.sql = schema_table_text(world, change->from->name,
					 plan->arena),
		.without_rowid = change->from->without_rowid,
		.strict = change->from->strict,
		.indexes = change->from->indexes,
		.nindexes = change->from->nindexes,
	};

	if (now.sql)
		now.ddl = ddl_parse(now.sql, plan->arena);
	if (!now.ddl || !table_derive(&now, true, plan->arena))
		return false;
	table_understand(&now, plan->arena);
	return now.ddl && shape_equal(shape_of(&now, plan->mid, plan->arena),
				      plan_to_shape(plan, change->to),
				      plan_has_order(plan, change->to));
}

static void try_alteration(struct plan *plan, struct engine *world,
			   struct alteration *change)
{
	const char *sql = alter_text(plan, change);

	if (!world_try(world, sql))
		return;
	if (reaches_target(plan, world, change)) {
		change->alter = sql;
		world_keep(world);
	} else {
		world_undo(world);
	}
}

enum status plan_find_alters(struct plan *plan, struct alteration *changed,
			     size_t nchanged, const char *const *first,
			     size_t nfirst, struct error *e)
{
	const struct schema *mid = plan->mid;
	bool *in = arena_array(plan->arena, mid->ntables, sizeof(*in));
	bool *tried = arena_array(plan->arena, nchanged, sizeof(*tried));
	bool any = false;
	ENGINE(world);

	for (size_t i = 0; i < nchanged; i++) {
		tried[i] = is_alterable(plan, &changed[i]);
		any |= tried[i];
		if (tried[i])
			in[changed[i].from - mid->tables] = true;
	}
	if (!any)
		return OK;
	world_complete(mid, in, plan->arena);
	if (world_open(mid, in, NULL, &world, e) != OK) {
		/* If the schema can't be built in memory, rebuild. */
		error_init(e, e->arena);
		return OK;
	}
	for (size_t i = 0; i < nfirst; i++)
		if (world_try(world, first[i]))
			world_keep(world);
	for (size_t i = 0; i < nchanged; i++)
		if (tried[i])
			try_alteration(plan, world, &changed[i]);
	return OK;
}
