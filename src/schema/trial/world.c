#include "schema/trial/world.h"

#include "schema/text/ddl.h"
#include "schema/text/spelling.h"

/* Adds the tables that the SQL names. */
static void add_named(const struct schema *schema, const char *sql, bool *in,
		      struct arena *arena)
{
	struct lexer lexer = lexer_of(span_of(sql));

	for (struct token token; lexer_next(&lexer, &token);) {
		const struct table *table;

		if (token.kind != TOKEN_WORD && token.kind != TOKEN_NAME &&
		    token.kind != TOKEN_STRING)
			continue;
		table = schema_find_table(schema, token_name(&token, arena));
		if (table)
			in[table - schema->tables] = true;
	}
}

void world_complete(const struct schema *schema, bool *in, struct arena *arena)
{
	for (size_t i = 0; i < schema->ntables; i++) {
		const struct table *table = &schema->tables[i];

		in[i] |= table->kind == TABLE_VIEW;
		if (in[i] && table->kind != TABLE_ORDINARY)
			add_named(schema, table->sql, in, arena);
		for (size_t k = 0; k < table->ntriggers; k++) {
			in[i] = true;
			add_named(schema, table->triggers[k].sql, in, arena);
		}
	}
}

void world_add_children(const struct schema *schema, bool *in,
			struct arena *arena)
{
	bool *parents = arena_array(arena, schema->ntables, sizeof(bool));

	memcpy(parents, in, schema->ntables * sizeof(bool));
	for (size_t i = 0; i < schema->ntables; i++) {
		const struct table *table = &schema->tables[i];

		for (size_t k = 0; k < table->nforeign_keys; k++) {
			const struct table *parent = schema_find_table(
				schema, table->foreign_keys[k].table);

			if (parent && parents[parent - schema->tables])
				in[i] = true;
		}
	}
}

void world_add_parents(const struct schema *schema, bool *in)
{
	for (size_t i = 0; i < schema->ntables; i++) {
		const struct table *table = &schema->tables[i];

		for (size_t k = 0; in[i] && k < table->nforeign_keys; k++) {
			const struct table *parent = schema_find_table(
				schema, table->foreign_keys[k].table);

			if (parent)
				in[parent - schema->tables] = true;
		}
	}
}

static void write_indexes(struct buffer *sql, const struct table *table)
{
	for (size_t i = 0; i < table->nindexes; i++)
		if (table->indexes[i].sql)
			statement_write(sql, table->indexes[i].sql);
}

static void write_triggers(struct buffer *sql, const struct table *table)
{
	for (size_t i = 0; i < table->ntriggers; i++)
		statement_write(sql, table->triggers[i].sql);
}

static void write_schema(struct buffer *sql, const struct schema *schema,
			 const bool *in)
{
	for (size_t i = 0; i < schema->ntables; i++) {
		const struct table *table = &schema->tables[i];

		if (!in[i] || table->kind == TABLE_VIEW)
			continue;
		statement_write(sql, table->sql);
		write_indexes(sql, table);
	}
	for (size_t i = 0; i < schema->ntables; i++)
		if (in[i] && schema->tables[i].kind == TABLE_VIEW)
			statement_write(sql, schema->tables[i].sql);
	for (size_t i = 0; i < schema->ntables; i++)
		if (in[i])
			write_triggers(sql, &schema->tables[i]);
}

enum status world_open(const struct schema *schema, const bool *in,
		       const struct schema *have, struct engine **out,
		       struct error *e)
{
	BUFFER(sql);

	if (engine_open_model(have ? schema_names : NULL, have, out, e) != OK ||
	    engine_set_foreign_keys(*out, false, e) != OK)
		return e->status;
	buffer_text(&sql, "BEGIN;\n");
	write_schema(&sql, schema, in);
	buffer_text(&sql, "COMMIT;\n");
	return world_run(*out, sql.data, e);
}

enum status world_run(struct engine *world, const char *sql, struct error *e)
{
	const struct script script = { .text = sql };

	return engine_script(world, &script, e);
}

static bool run_quietly(struct engine *world, const char *sql)
{
	ARENA(arena);
	ERROR(ignored, &arena);

	return world_run(world, sql, &ignored) == OK;
}

bool world_try(struct engine *world, const char *sql)
{
	if (run_quietly(world, "SAVEPOINT attempt") && run_quietly(world, sql))
		return true;
	world_undo(world);
	return false;
}

void world_keep(struct engine *world)
{
	run_quietly(world, "RELEASE attempt");
}

void world_undo(struct engine *world)
{
	run_quietly(world, "ROLLBACK TO attempt; RELEASE attempt");
}
