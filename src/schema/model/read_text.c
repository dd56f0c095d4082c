#include "schema/model/read.h"
#include "schema/model/warn.h"
#include "util/buffer.h"

struct trial {
	struct engine *engine;
	struct schema *schema;
	const char *name; /* of the file, or NULL */
	struct arena *arena;
};

static void warn(const struct trial *trial, const char *text)
{
	*LIST_ADD(trial->arena, trial->schema->warnings,
		  trial->schema->nwarnings) =
		arena_printf(trial->arena, "%s%s%s",
			     trial->name ? trial->name : "",
			     trial->name ? ": " : "", text);
}

/* Whether SQLite understands what somebody will do with the table: it reads
   views and triggers only then. */
static bool works(const struct trial *trial, const struct table *table,
		  const char *what, const char *sql)
{
	struct value ignored;
	struct error failure;

	error_init(&failure, trial->arena);
	if (engine_query_one(trial->engine, sql, NULL, 0, trial->arena,
			     &ignored, &failure) == OK)
		return true;
	warn(trial, arena_printf(trial->arena, "a %s of %s won't work: %s",
				 what, table->name, failure.message));
	return false;
}

static const char *update_sql(const struct table *table, struct arena *arena)
{
	BUFFER(sql);

	buffer_printf(&sql, "EXPLAIN UPDATE %s", sql_name(arena, table->name));
	for (size_t i = 0, n = 0; i < table->ncolumns; i++) {
		const char *name = sql_name(arena, table->columns[i].name);

		if (table->columns[i].generated == GENERATED_NOT)
			buffer_printf(&sql, "%s%s = %s", n++ ? ", " : " SET ",
				      name, name);
	}
	return arena_copy(arena, sql.data);
}

static void try_changes(const struct trial *trial, const struct table *table)
{
	struct arena *arena = trial->arena;
	const char *name = sql_name(arena, table->name);

	if (works(trial, table, "row",
		  arena_printf(arena, "EXPLAIN INSERT INTO %s DEFAULT VALUES",
			       name)) &&
	    table->ntriggers &&
	    works(trial, table, "change", update_sql(table, arena)))
		works(trial, table, "deletion",
		      arena_printf(arena, "EXPLAIN DELETE FROM %s", name));
}

static bool has_generated(const struct table *table)
{
	for (size_t i = 0; i < table->ncolumns; i++)
		if (table->columns[i].generated)
			return true;
	return false;
}

static void try_table(const struct trial *trial, const struct table *table)
{
	struct arena *arena = trial->arena;

	/* Generated columns may go round in circles. */
	if (table->kind == TABLE_VIEW || has_generated(table))
		works(trial, table, "list",
		      arena_printf(arena, "EXPLAIN SELECT * FROM %s",
				   sql_name(arena, table->name)));
	if (table->kind == TABLE_VIEW)
		return;
	if (table->nforeign_keys &&
	    engine_is_mismatched(trial->engine, table->name))
		warn(trial,
		     arena_printf(arena,
				  "a foreign key of %s leads to no key: the "
				  "columns that it refers to want a PRIMARY "
				  "KEY or UNIQUE of their own",
				  table->name));
	else if (table->nforeign_keys || table->ntriggers)
		try_changes(trial, table);
}

enum status schema_read_text(const char *text, const char *name,
			     struct arena *arena, struct schema **out,
			     struct error *e)
{
	const struct script script = { .name = name, .text = text };
	ENGINE(engine);

	if (engine_open("sqlite://", 0, &engine, e) != OK)
		return e->status;
	if (engine_script(engine, &script, e) != OK ||
	    schema_read(engine, arena, out, e) != OK)
		return e->status;
	schema_warn(*out, text, name, arena);
	const struct trial trial = { engine, *out, name, arena };

	for (size_t i = 0; i < (*out)->ntables; i++)
		try_table(&trial, &(*out)->tables[i]);
	return OK;
}
