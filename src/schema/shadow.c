#include "schema/shadow.h"

#include <string.h>

#include "engine/engine.h"
#include "schema/token.h"

static bool is_shadow_of(const struct table *table, const struct table *owner)
{
	size_t length = strlen(owner->name);

	return table->kind == TABLE_SHADOW &&
	       name_begins(table->name, owner->name) &&
	       table->name[length] == '_';
}

static bool is_made(struct engine *world, const char *name)
{
	ARENA(arena);
	struct value value = value_text(name), found;
	struct error ignored;

	error_init(&ignored, &arena);
	return engine_query_one(world,
				"SELECT 1 FROM sqlite_schema WHERE type = "
				"'table' AND name = $1 COLLATE NOCASE",
				&value, 1, &arena, &found, &ignored) == OK &&
	       found.kind != VALUE_NULL;
}

/* Makes the table alone, and looks at what came along. */
static void judge(struct schema *schema, const struct table *owner)
{
	ARENA(arena);
	ENGINE(world);
	struct error ignored;

	error_init(&ignored, &arena);
	if (engine_open("sqlite://", 0, &world, &ignored) != OK ||
	    engine_run(world, owner->sql, NULL, 0, &ignored) != OK)
		return;
	for (size_t i = 0; i < schema->ntables; i++) {
		struct table *table = &schema->tables[i];

		if (is_shadow_of(table, owner) && !is_made(world, table->name))
			table->kind = TABLE_ORDINARY;
	}
}

static bool has_shadow(const struct schema *schema, const struct table *owner)
{
	for (size_t i = 0; i < schema->ntables; i++)
		if (is_shadow_of(&schema->tables[i], owner))
			return true;
	return false;
}

/* A connection remembers what a virtual table made a shadow that is gone. */
static bool has_owner(const struct schema *schema, const struct table *table)
{
	for (size_t i = 0; i < schema->ntables; i++)
		if (schema->tables[i].kind == TABLE_VIRTUAL &&
		    is_shadow_of(table, &schema->tables[i]))
			return true;
	return false;
}

static bool is_dropped(const struct schema *schema, struct table *table)
{
	if (table->kind != TABLE_SHADOW)
		return false;
	if (has_owner(schema, table))
		return true;
	table->kind = TABLE_ORDINARY;
	return false;
}

void shadows_drop(struct schema *schema)
{
	bool *gone;
	size_t kept = 0;
	ARENA(arena);

	gone = arena_array(&arena, schema->ntables, sizeof(*gone));
	for (size_t i = 0; i < schema->ntables; i++) {
		const struct table *owner = &schema->tables[i];

		/* Without an option the module makes all that it can. */
		if (owner->kind == TABLE_VIRTUAL && strchr(owner->sql, '=') &&
		    has_shadow(schema, owner))
			judge(schema, owner);
	}
	for (size_t i = 0; i < schema->ntables; i++)
		gone[i] = is_dropped(schema, &schema->tables[i]);
	for (size_t i = 0; i < schema->ntables; i++)
		if (!gone[i])
			schema->tables[kept++] = schema->tables[i];
	schema->ntables = kept;
}
