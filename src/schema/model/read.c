#include "schema/model/read.h"

#include <string.h>

#include "engine/introspect.h"
#include "schema/model/derive.h"
#include "schema/model/inside.h"
#include "schema/model/type.h"
#include "schema/model/understand.h"

struct model_reader {
	struct engine *engine;
	struct arena *arena;
	struct schema *schema;
	struct table *table; /* the one being read */
	struct index *index; /* the one being read */
	bool doubt;          /* the SQL doesn't show the kind of every table */
};

typedef void row_reader(struct model_reader *r, struct statement *row);

bool schema_is_bookkeeping(const char *name)
{
	return name_begins(name, "_taskmgr_") ||
	       name_equal(name, "alembic_version");
}

static bool is_reserved_table(const char *name)
{
	return name_begins(name, "sqlite_") || schema_is_bookkeeping(name);
}

static enum table_kind kind_of(const char *word)
{
	if (strcmp(word, "view") == 0)
		return TABLE_VIEW;
	if (strcmp(word, "shadow") == 0)
		return TABLE_SHADOW;
	return strcmp(word, "virtual") == 0 ? TABLE_VIRTUAL : TABLE_ORDINARY;
}

static const char *text_at(struct model_reader *r, struct statement *row,
			   int column)
{
	const char *text = statement_text(row, column, r->arena);

	return text ? text : "";
}

/* From the end: a table's indexes and triggers follow it. */
static struct table *find_last_table(const struct model_reader *r,
				     const char *name)
{
	struct schema *schema = r->schema;

	for (size_t i = schema->ntables; i-- > 0;)
		if (name_equal(schema->tables[i].name, name))
			return &schema->tables[i];
	return NULL;
}

static void append_table(struct model_reader *r, const char *name,
			 const char *type, const char *sql)
{
	struct table *table;

	if (is_reserved_table(name))
		return;
	table = LIST_ADD(r->arena, r->schema->tables, r->schema->ntables);
	table->name = name;
	table->sql = sql;
	table->kind = kind_of(type);
	/* SQLite stores these words like this, whatever was typed. */
	if (strncmp(sql, "CREATE VIRTUAL", 14) == 0)
		table->kind = TABLE_VIRTUAL;
	if (table->kind == TABLE_ORDINARY)
		table->ddl = ddl_parse(sql, r->arena);
	if (table->ddl) {
		table->without_rowid = table->ddl->without_rowid;
		table->strict = table->ddl->strict;
	}
	r->doubt |= table->kind == TABLE_VIRTUAL ||
		    (table->kind == TABLE_ORDINARY && !table->ddl);
}

static void append_index(struct model_reader *r, struct table *table,
			 const char *name, const char *sql)
{
	struct index *index = LIST_ADD(r->arena, table->indexes,
				       table->nindexes);

	index->name = name;
	index->sql = sql;
}

static void append_trigger(struct model_reader *r, struct table *table,
			   const char *name, const char *sql)
{
	struct trigger *trigger = LIST_ADD(r->arena, table->triggers,
					   table->ntriggers);

	trigger->name = name;
	trigger->sql = sql;
}

static void read_object(struct model_reader *r, struct statement *row)
{
	const char *name = text_at(r, row, 0), *type = text_at(r, row, 1);
	const char *sql = statement_text(row, 3, r->arena);
	struct table *table;

	if (strcmp(type, "table") == 0 || strcmp(type, "view") == 0) {
		append_table(r, name, type, sql ? sql : "");
		return;
	}
	table = find_last_table(r, text_at(r, row, 2));
	if (table && strcmp(type, "index") == 0)
		append_index(r, table, name, sql);
	else if (table)
		append_trigger(r, table, name, sql ? sql : "");
}

/* What only the engine knows: which tables are shadow tables, and the options
   of a table whose SQL is not understood. */
static void read_table_options(struct model_reader *r, struct statement *row)
{
	struct table *table;

	if (strcmp(text_at(r, row, 0), "main") != 0)
		return;
	table = find_last_table(r, text_at(r, row, 1));
	if (!table)
		return;
	table->kind = kind_of(text_at(r, row, 2));
	table->without_rowid = statement_integer(row, 4);
	table->strict = statement_integer(row, 5);
}

static void read_column(struct model_reader *r, struct statement *row)
{
	enum { HIDDEN = 1, VIRTUAL = 2, STORED = 3 };
	int64_t hidden = statement_integer(row, 6);
	struct table *table = r->table;
	struct column *column;

	/* A virtual table's hidden columns are arguments, not data. */
	if (hidden == HIDDEN)
		return;
	column = LIST_ADD(r->arena, table->columns, table->ncolumns);
	column->name = text_at(r, row, 1);
	column->declared = text_at(r, row, 2);
	column->type = type_declared(column->declared);
	column->max_length = type_max_length(column->declared);
	column->not_null = statement_integer(row, 3);
	column->default_sql = statement_text(row, 4, r->arena);
	if (column->default_sql && name_equal(column->default_sql, "NULL"))
		column->default_sql = NULL;
	column->key = (int)statement_integer(row, 5);
	table->nkey += column->key > 0;
	if (hidden == VIRTUAL)
		column->generated = GENERATED_VIRTUAL;
	else if (hidden == STORED)
		column->generated = GENERATED_STORED;
}

static void read_foreign_key(struct model_reader *r, struct statement *row)
{
	struct table *table = r->table;
	struct column *column = table_find_column(table, text_at(r, row, 3));
	struct foreign_key *key;
	size_t count;

	if (!column)
		return;
	if (statement_integer(row, 1) == 0) {
		key = LIST_ADD(r->arena, table->foreign_keys,
			       table->nforeign_keys);
		key->table = text_at(r, row, 2);
		key->on_update = text_at(r, row, 5);
		key->on_delete = text_at(r, row, 6);
		key->deferrable = "";
	}
	if (!table->nforeign_keys)
		return;
	key = &table->foreign_keys[table->nforeign_keys - 1];
	count = key->ncolumns;
	*LIST_ADD(r->arena, key->columns,
		  key->ncolumns) = (size_t)(column - table->columns);
	*LIST_ADD(r->arena, key->others, count) = statement_text(row, 4,
								 r->arena);
}

/* SQLite returns the one declared last first. */
static void reverse_foreign_keys(struct table *table)
{
	for (size_t i = 0; i < table->nforeign_keys / 2; i++) {
		size_t other = table->nforeign_keys - 1 - i;
		struct foreign_key key = table->foreign_keys[i];

		table->foreign_keys[i] = table->foreign_keys[other];
		table->foreign_keys[other] = key;
	}
}

static enum index_origin origin_of(const char *word)
{
	if (strcmp(word, "pk") == 0)
		return INDEX_KEY;
	return strcmp(word, "u") == 0 ? INDEX_UNIQUE : INDEX_CREATED;
}

static struct index *find_index_of(struct table *table, const char *name)
{
	for (size_t i = 0; i < table->nindexes; i++)
		if (strcmp(table->indexes[i].name, name) == 0)
			return &table->indexes[i];
	return NULL;
}

static void read_index(struct model_reader *r, struct statement *row)
{
	const char *name = text_at(r, row, 1);
	struct index *index = find_index_of(r->table, name);

	/* The key index of a WITHOUT ROWID table is not in sqlite_schema. */
	if (!index) {
		append_index(r, r->table, name, NULL);
		index = &r->table->indexes[r->table->nindexes - 1];
	}
	index->unique = statement_integer(row, 2);
	index->origin = origin_of(text_at(r, row, 3));
	index->partial = statement_integer(row, 4);
}

static void read_index_column(struct model_reader *r, struct statement *row)
{
	struct index *index = r->index;
	struct index_column *column;

	if (!statement_integer(row, 5))
		return;
	column = LIST_ADD(r->arena, index->columns, index->ncolumns);
	column->name = statement_text(row, 2, r->arena);
	column->descending = statement_integer(row, 3);
	column->collation = text_at(r, row, 4);
}

static enum status read_each(struct model_reader *r,
			     enum introspect_query query, const char *name,
			     row_reader *read_row, struct error *e)
{
	STATEMENT(row);

	if (engine_introspect(r->engine, query, name, &row, e) != OK)
		return e->status;
	while (statement_next(row, e))
		read_row(r, row);
	return e->status;
}

/* The columns' names, which a SELECT may give when introspection fails. */
static void read_column_names(struct model_reader *r, struct table *table)
{
	ARENA(arena);
	STATEMENT(rows);
	ERROR(ignored, &arena);

	if (engine_prepare(r->engine,
			   arena_printf(&arena, "SELECT * FROM %s",
					sql_name(&arena, table->name)),
			   &rows, &ignored) != OK)
		return;
	for (int i = 0; i < statement_columns(rows); i++) {
		struct column *column = LIST_ADD(r->arena, table->columns,
						 table->ncolumns);

		column->name = arena_copy(r->arena,
					  statement_column_name(rows, i));
		column->declared = "";
	}
}

/*
 * For a broken view, or a virtual table whose module is missing: the columns
 * come from the SQL, or at least their names do, or there are none.
 */
static void read_without_engine(struct model_reader *r)
{
	struct table *table = r->table;

	table->columns = NULL;
	table->ncolumns = table->nkey = 0;
	if (!table->ddl || !table_derive(table, true, r->arena))
		read_column_names(r, table);
}

static enum status read_columns(struct model_reader *r, struct error *e)
{
	struct table *table = r->table;
	ARENA(arena);

	if (table->ddl && table_derive(table, false, r->arena))
		return OK;
	ERROR(stumble, &arena);
	if (read_each(r, INTROSPECT_COLUMNS, table->name, read_column,
		      &stumble) == OK) {
		if (table->kind != TABLE_ORDINARY)
			return OK;
		if (read_each(r, INTROSPECT_FOREIGN_KEYS, table->name,
			      read_foreign_key, e) == OK)
			reverse_foreign_keys(table);
		return e->status;
	}
	if (stumble.status != FAILED)
		return fail(e, stumble.status, "%s", stumble.message);
	read_without_engine(r);
	return OK;
}

static enum status read_indexes(struct model_reader *r, struct error *e)
{
	struct table *table = r->table;

	if ((!table->nindexes && !table->without_rowid) ||
	    indexes_derive(table, r->arena))
		return OK;
	if (read_each(r, INTROSPECT_INDEXES, table->name, read_index, e) != OK)
		return e->status;
	for (size_t i = 0; i < table->nindexes; i++) {
		r->index = &table->indexes[i];
		if (read_each(r, INTROSPECT_INDEX_COLUMNS, r->index->name,
			      read_index_column, e) != OK)
			return e->status;
	}
	return OK;
}

enum status schema_read(struct engine *engine, struct arena *arena,
			struct schema **out, struct error *e)
{
	struct schema *schema = arena_zero(arena, sizeof(*schema));
	struct model_reader reader = {
		.engine = engine,
		.arena = arena,
		.schema = schema,
	};

	if (read_each(&reader, INTROSPECT_OBJECTS, NULL, read_object, e) != OK)
		return e->status;
	if (reader.doubt && read_each(&reader, INTROSPECT_TABLES, NULL,
				      read_table_options, e) != OK)
		return e->status;
	shadows_drop(schema);
	for (size_t i = 0; i < schema->ntables; i++) {
		reader.table = &schema->tables[i];
		if (read_columns(&reader, e) != OK ||
		    read_indexes(&reader, e) != OK)
			return e->status;
		table_understand(reader.table, arena);
	}
	*out = schema;
	return OK;
}

const char *schema_table_text(struct engine *engine, const char *table,
			      struct arena *arena)
{
	const struct value name = value_text(table);
	struct value text;
	ERROR(ignored, arena);

	if (engine_query_one(engine,
			     "SELECT sql FROM sqlite_schema WHERE type = "
			     "'table' AND name = $1 COLLATE NOCASE",
			     &name, 1, arena, &text, &ignored) ||
	    text.kind != VALUE_TEXT)
		return NULL;
	return text.data;
}
