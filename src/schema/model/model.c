#include "schema/model/model.h"

#include "schema/text/token.h"

struct table *schema_find_table(const struct schema *schema, const char *name)
{
	for (size_t i = 0; i < schema->ntables; i++)
		if (name_equal(schema->tables[i].name, name))
			return &schema->tables[i];
	return NULL;
}

const struct table *schema_find_same(const struct schema *schema,
				     const struct table *other, size_t *near)
{
	for (size_t i = 0; i < schema->ntables; i++) {
		size_t at = (*near + i) % schema->ntables;
		const struct table *table = &schema->tables[at];

		if (table->kind != other->kind ||
		    !name_equal(table->name, other->name))
			continue;
		*near = at + 1;
		return table;
	}
	return NULL;
}

struct column *table_find_column(const struct table *table, const char *name)
{
	for (size_t i = 0; i < table->ncolumns; i++)
		if (name_equal(table->columns[i].name, name))
			return &table->columns[i];
	return NULL;
}

/*
 * Only the exact type INTEGER makes an alias, and INTEGER PRIMARY KEY DESC
 * does not (sqlite.org/lang_createtable.html#rowid); a key that is not an
 * alias has an index.
 */
struct column *table_rowid_column(const struct table *table)
{
	struct column *column;

	if (table->kind != TABLE_ORDINARY || table->nkey != 1 ||
	    table->without_rowid)
		return NULL;
	column = &table->columns[table->key[0]];
	for (size_t i = 0; i < table->nindexes; i++)
		if (table->indexes[i].origin == INDEX_KEY)
			return NULL;
	return name_equal(column->declared, "INTEGER") ? column : NULL;
}

const struct column **foreign_key_targets(const struct foreign_key *key,
					  const struct table *table,
					  struct arena *arena)
{
	const struct column **columns;

	if (!table)
		return NULL;
	columns = arena_array(arena, key->ncolumns, sizeof(*columns));
	for (size_t i = 0; i < key->ncolumns; i++) {
		if (key->others[i])
			columns[i] = table_find_column(table, key->others[i]);
		else if (table->nkey == key->ncolumns)
			columns[i] = &table->columns[table->key[i]];
		if (!columns[i])
			return NULL;
	}
	return columns;
}

static bool table_names(const struct table *table, const char *name)
{
	bool found = strcasestr(table->sql, name);

	for (size_t i = 0; !found && i < table->nindexes; i++)
		found = table->indexes[i].sql &&
			strcasestr(table->indexes[i].sql, name);
	for (size_t i = 0; !found && i < table->ntriggers; i++)
		found = strcasestr(table->triggers[i].sql, name);
	return found;
}

bool schema_names(const void *data, const char *name)
{
	const struct schema *schema = data;

	for (size_t i = 0; i < schema->ntables; i++)
		if (table_names(&schema->tables[i], name))
			return true;
	return false;
}
