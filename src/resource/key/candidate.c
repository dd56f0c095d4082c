#include "resource/key/candidate.h"

#include <assert.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "resource/key/key.h"
#include "resource/model/column.h"

enum { MOST = 200 };

struct candidate_search {
	struct engine *engine;
	const struct resource *resource;
	struct arena *arena;
	offer_candidate *offer;
	void *data;
};

/* A row's description: its text columns but the one that is completed. */
static const char *description_sql(const struct candidate_search *search,
				   const struct column *but)
{
	const struct table *table = search->resource->table;
	const char *sql = "''";
	int n = 0;

	for (size_t i = 0; i < table->ncolumns && n < 3; i++) {
		const struct column *column = &table->columns[i];

		if (column == but || column->type != TYPE_TEXT ||
		    column->annotations.hidden)
			continue;
		sql = arena_printf(
			search->arena,
			"%s || ' ' || coalesce(substr(%s, 1, 40), '')", sql,
			sql_name(search->arena, column->name));
		n++;
	}
	return sql;
}

static void offer_key_rows(const struct candidate_search *search,
			   const struct column *column, const char *where,
			   struct value from, struct value to)
{
	struct arena *arena = search->arena;
	const char *name = key_name_sql(column, arena);
	const char *sql = arena_printf(
		arena,
		"SELECT %s, trim(%s) FROM %s WHERE %s ORDER BY %s "
		"LIMIT %d",
		name, description_sql(search, column),
		sql_name(arena, search->resource->table->name), where, name,
		MOST);
	struct error ignored;
	STATEMENT(statement);

	error_init(&ignored, arena);
	if (engine_prepare(search->engine, sql, &statement, &ignored) != OK)
		return;
	statement_bind(statement, 1, from);
	statement_bind(statement, 2, to);
	while (statement_next(statement, &ignored)) {
		const char *text = statement_text(statement, 0, arena);
		const char *words = statement_text(statement, 1, arena);

		if (text)
			search->offer(search->data, text, words);
	}
}

/* A range on the index, which LIKE could not use. */
static void offer_names(const struct candidate_search *search,
			const struct column *column, const char *prefix)
{
	const char *name = key_name_sql(column, search->arena);

	offer_key_rows(
		search, column,
		arena_printf(search->arena, "%s >= $1 AND %s < $2", name, name),
		value_text(prefix),
		value_text(
			arena_printf(search->arena, "%s\U0010FFFF", prefix)));
}

static bool is_digits(const char *text)
{
	return strspn(text, "0123456789") == strlen(text);
}

/* The ids that begin with these digits: 12, 120 to 129, 1200 to 1299. */
static void offer_ids(const struct candidate_search *search,
		      const struct column *column, const char *prefix)
{
	const char *name = sql_name(search->arena, column->name);
	const char *where = arena_printf(search->arena, "%s >= $1 AND %s <= $2",
					 name, name);
	long long number = strtoll(prefix, NULL, 10), width = 1;

	if (!*prefix) {
		offer_key_rows(search, column, "true OR $1 = $2", value_null(),
			       value_null());
		return;
	}
	if (strlen(prefix) > 12 || prefix[0] == '0')
		return;
	for (int i = 0; i < 3; i++, width *= 10)
		offer_key_rows(search, column, where,
			       value_integer(number * width),
			       value_integer(number * width + width - 1));
}

/* A key as typed; blobs cannot be. */
static const char *key_word(const struct row_key *key, struct arena *arena)
{
	const char *word = key_handle(key, arena);

	if (word)
		return word;
	word = "";
	for (size_t i = key->handle; i < key->count; i++) {
		struct value value = key->values[i];

		if (value.kind == VALUE_TEXT && i + 1 < key->count)
			value = key_escape(value, arena);
		word = arena_printf(
			arena, "%s%s%.*s", word, i > key->handle ? "," : "",
			value.kind == VALUE_TEXT ? (int)value.length : INT_MAX,
			value.kind == VALUE_TEXT ? value.data
						 : value_show(value, arena));
	}
	return word;
}

/*
 * The keys of several columns whose first parts are those of prefix; of the
 * part that is begun only text is looked up as a range.
 */
static void offer_composite(const struct candidate_search *search,
			    const char *prefix)
{
	const struct table *table = search->resource->table;
	struct arena *arena = search->arena;
	const char *columns = key_columns(search->resource, arena);
	const char *where = "true", *name;
	struct row_key key;
	struct error ignored;
	STATEMENT(statement);
	BUFFER(order);
	size_t n = key_split(search->resource, value_text(prefix), arena, &key);
	const struct value open = key.values[n - 1];

	for (size_t i = 0; i < n; i++) {
		name = key_part_sql(&table->columns[table->key[i]], arena);
		if (i + 1 < n)
			where = arena_printf(arena, "%s AND %s = $%zu", where,
					     name, i + 1);
		else if (open.kind == VALUE_TEXT && open.length)
			where = arena_printf(arena, "%s AND %s >= $%zu", where,
					     name, i + 1);
		else
			key.count--;
	}
	/* As the key's index is, which has no handle. */
	for (size_t i = 0; i < table->nkey; i++)
		buffer_item(&order, key_part_sql(&table->columns[table->key[i]],
						 arena));
	error_init(&ignored, arena);
	if (engine_prepare(search->engine,
			   arena_printf(arena,
					"SELECT %s FROM %s WHERE %s ORDER BY "
					"%s LIMIT %d",
					columns, sql_name(arena, table->name),
					where, order.data, MOST),
			   &statement, &ignored) != OK)
		return;
	key_bind(statement, &key, 1);
	while (statement_next(statement, &ignored)) {
		key_read(search->resource, statement, arena, &key);
		search->offer(search->data, key_word(&key, arena), NULL);
	}
}

void resource_candidates(struct engine *engine, const struct resource *resource,
			 const char *prefix, bool ids, struct arena *arena,
			 offer_candidate *offer, void *data)
{
	const struct candidate_search search = { engine, resource, arena, offer,
						 data };
	const struct table *table = resource->table;
	const struct column *rowid = table_rowid_column(table);
	const struct column *name = resource->slug;

	assert(table->columns || !table->ncolumns);
	if (key_count(search.resource) > 1) {
		offer_composite(&search, prefix);
		return;
	}
	if (ids || (*prefix && is_digits(prefix))) {
		if (rowid && is_digits(prefix))
			offer_ids(&search, rowid, prefix);
		return;
	}
	for (size_t i = 0; i < table->ncolumns && !name; i++)
		if (key_is_name(&table->columns[i]) ||
		    (table->nkey == 1 && table->columns[i].key &&
		     table->columns[i].type == TYPE_TEXT))
			name = &table->columns[i];
	if (name && name->unique)
		offer_names(&search, name, prefix);
	else if (rowid && !*prefix)
		offer_ids(&search, rowid, prefix);
}
