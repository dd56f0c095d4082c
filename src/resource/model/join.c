#include "resource/model/join.h"

#include <string.h>
#include <strings.h>

#include "resource/text/name.h"

static struct resource *find_table(struct resource *resources, size_t count,
				   const char *table)
{
	for (size_t i = 0; i < count; i++)
		if (strcasecmp(resources[i].table->name, table) == 0)
			return &resources[i];
	return NULL;
}

/* user for user_id. */
static const char *column_alias(const char *column, struct arena *arena)
{
	size_t length = strlen(column);

	if (length < 4 || strcasecmp(column + length - 3, "_id") != 0)
		return NULL;
	return arena_copy_n(arena, column, length - 3);
}

/*
 * How a row is named instead of by the foreign key's columns: user for
 * user_id, the other's noun for several columns.  NULL where that is a
 * column, or another foreign key has it.
 */
static const char *find_alias(const struct resource *resource,
			      const struct reference *reference,
			      struct arena *arena)
{
	const struct table *table = resource->table;
	const char *alias =
		reference->ncolumns > 1
			? reference->to->name
			: column_alias(
				  table->columns[reference->columns[0]].name,
				  arena);

	if (!alias || strchr(alias, ':') || table_find_column(table, alias))
		return NULL;
	for (size_t i = 0; i < resource->nreferences; i++) {
		const char *other = resource->references[i].alias;

		if (other && strcasecmp(other, alias) == 0)
			return NULL;
	}
	return alias;
}

static void add_references(struct resource *resource, struct resource *all,
			   size_t count, struct arena *arena)
{
	const struct table *table = resource->table;

	for (size_t i = 0; i < table->nforeign_keys; i++) {
		const struct foreign_key *key = &table->foreign_keys[i];
		struct reference reference = {
			.key = key,
			.to = find_table(all, count, key->table),
			.columns = key->columns,
			.ncolumns = key->ncolumns,
		};

		if (reference.to)
			reference.to_columns = foreign_key_targets(
				key, reference.to->table, arena);
		if (!reference.to_columns)
			continue;
		reference.alias = find_alias(resource, &reference, arena);
		*LIST_ADD(arena, resource->references,
			  resource->nreferences) = reference;
	}
}

/* Foreign keys of a resource to another one, and those of them that begin
   with the same column. */
static size_t count_alike(const struct resource *from,
			  const struct reference *reference, bool same_column)
{
	size_t count = 0;

	for (size_t i = 0; i < from->nreferences; i++) {
		const struct reference *other = &from->references[i];

		count += other->to == reference->to &&
			 (!same_column ||
			  other->columns[0] == reference->columns[0]);
	}
	return count;
}

/* "tasks"; "tasks:owner_id" where several reference the same table. */
static const char *link_verb(const struct link *link, struct arena *arena)
{
	const struct reference *reference = link->reference;
	const struct table *table = link->from->table;
	const char *verb = name_word(arena, table->name);
	size_t n = count_alike(link->from, reference, true) > 1
			   ? reference->ncolumns
			   : 1;

	if (count_alike(link->from, reference, false) == 1)
		return verb;
	for (size_t i = 0; i < n; i++)
		verb = arena_printf(arena, "%s%c%s", verb, i ? ',' : ':',
				    table->columns[reference->columns[i]].name);
	return verb;
}

static void add_links(const struct resource *from, struct resource *all,
		      size_t count, struct arena *arena)
{
	for (size_t i = 0; i < from->nreferences; i++) {
		const struct reference *reference = &from->references[i];
		struct resource *to = find_table(all, count,
						 reference->to->table->name);
		struct link *link = LIST_ADD(arena, to->links, to->nlinks);

		link->from = from;
		link->reference = reference;
		link->verb = link_verb(link, arena);
	}
}

void resources_join(struct resource *resources, size_t count,
		    struct arena *arena)
{
	for (size_t i = 0; i < count; i++)
		add_references(&resources[i], resources, count, arena);
	/* Only now that none of them is moved any more. */
	for (size_t i = 0; i < count; i++)
		add_links(&resources[i], resources, count, arena);
}
