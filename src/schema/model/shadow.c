#include "schema/model/inside.h"

#include <string.h>

#include "engine/engine.h"
#include "schema/model/read.h"
#include "schema/text/token.h"

static bool is_shadow_of(const struct table *table, const struct table *owner)
{
	size_t length = strlen(owner->name);

	return table->kind == TABLE_SHADOW &&
	       name_begins(table->name, owner->name) &&
	       table->name[length] == '_';
}

/* The longest match: with doc and doc_old, doc_old_data belongs to doc_old. */
static const struct table *find_virtual_owner(const struct schema *schema,
					      const struct table *table)
{
	const struct table *owner = NULL;

	for (size_t i = 0; i < schema->ntables; i++) {
		const struct table *other = &schema->tables[i];

		if (other->kind == TABLE_VIRTUAL &&
		    is_shadow_of(table, other) &&
		    (!owner || strlen(other->name) > strlen(owner->name)))
			owner = other;
	}
	return owner;
}

/* Creates the owner in memory and checks whether that creates the table. */
static bool creates_table(const struct table *owner, const char *name)
{
	ARENA(arena);
	ENGINE(world);
	ERROR(ignored, &arena);

	if (engine_open_model(NULL, NULL, &world, &ignored) != OK ||
	    engine_run(world, owner->sql, NULL, 0, &ignored) != OK)
		return true;
	return schema_table_text(world, name, &arena);
}

/* Shadow names that FTS3 to 5 leave free if an option says so. */
static bool is_optional_shadow(const struct table *table,
			       const struct table *owner)
{
	static const char *const ends[] = { "content", "docsize", "stat" };
	const char *end = table->name + strlen(owner->name) + 1;

	if (!strchr(owner->sql, '='))
		return false;
	for (size_t i = 0; i < sizeof(ends) / sizeof(*ends); i++)
		if (name_equal(end, ends[i]))
			return true;
	return false;
}

/* A connection still reports the shadow tables of a dropped virtual table. */
static bool is_shadow(const struct schema *schema, const struct table *table)
{
	const struct table *owner;

	if (table->kind != TABLE_SHADOW)
		return false;
	owner = find_virtual_owner(schema, table);
	return owner && (!is_optional_shadow(table, owner) ||
			 creates_table(owner, table->name));
}

void shadows_drop(struct schema *schema)
{
	size_t kept = 0;
	bool *shadow;
	ARENA(arena);

	shadow = arena_array(&arena, schema->ntables, sizeof(*shadow));
	for (size_t i = 0; i < schema->ntables; i++)
		shadow[i] = is_shadow(schema, &schema->tables[i]);
	for (size_t i = 0; i < schema->ntables; i++) {
		if (shadow[i])
			continue;
		if (schema->tables[i].kind == TABLE_SHADOW)
			schema->tables[i].kind = TABLE_ORDINARY;
		schema->tables[kept++] = schema->tables[i];
	}
	schema->ntables = kept;
}
