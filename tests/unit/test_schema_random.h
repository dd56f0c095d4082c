/* Random schemas and their rows, for test_schema_walk.c. */
#ifndef UNIT_TEST_SCHEMA_RANDOM_H
#define UNIT_TEST_SCHEMA_RANDOM_H

#include "test_schema_judge.h"

enum { COLUMNS = 7, TABLES = 5 };

enum shape_kind { ALIAS, AUTO, STRICT_ALIAS, PLAIN, TEXT_KEY, KINDS };

struct walk_column {
	int id; /* unchanged by renames */
	char name[16];
	int type;
	bool not_null, unique, nocase, index, note;
	int value; /* number of the DEFAULT; 0: none */
	int check, generated;
	int parent, action; /* id of the referenced table, and ON DELETE */
};

struct walk_table {
	int id;
	char name[16];
	enum shape_kind kind;
	struct walk_column columns[COLUMNS];
	int ncolumns;
	bool trigger, view, pair_unique, note;
	int partial; /* a partial index on a column's id */
};

struct walk_schema {
	struct walk_table tables[TABLES];
	int ntables;
};

static uint64_t seed;
static int last_id;

static inline int dice(int sides)
{
	seed ^= seed << 13;
	seed ^= seed >> 7;
	seed ^= seed << 17;
	return (int)(seed >> 33) % sides;
}

static const char *const types[] = {
	"INTEGER", "TEXT",        "REAL",    "BLOB",
	"BIGINT",  "VARCHAR(20)", "BOOLEAN", "DATE",
};

enum { REAL = 2, BLOB = 3 };

static inline bool is_text(int type)
{
	return type == 1 || type == 5 || type == 7;
}

static inline void make_column(struct walk_column *column,
			       const struct walk_table *table)
{
	bool strict = table->kind == STRICT_ALIAS;

	*column = (struct walk_column){
		.id = ++last_id,
		.type = dice(strict ? 4 : 8),
		.not_null = dice(3) == 0,
		.unique = dice(6) == 0,
		.nocase = dice(8) == 0,
		.index = dice(5) == 0,
		.note = dice(3) == 0,
		.value = dice(3) ? 0 : 1 + dice(3),
		.check = dice(5) == 0,
		.generated = dice(9) ? 0 : 1 + dice(2),
	};
	snprintf(column->name, sizeof(column->name), "%s%d",
		 dice(6) ? "c" : "Odd \"", last_id % 1000);
}

/* Adds a foreign key if the table has a key. */
static inline void make_reference(struct walk_table *table,
				  const struct walk_table *parent)
{
	struct walk_column *column = &table->columns[table->ncolumns];

	if (parent->kind == PLAIN || table->ncolumns == COLUMNS)
		return;
	table->ncolumns++;
	make_column(column, table);
	column->type = 0;
	column->generated = column->check = column->value = 0;
	column->unique = column->not_null = column->nocase = false;
	column->parent = parent->id;
	column->action = dice(3);
}

static inline void make_table(struct walk_schema *schema)
{
	struct walk_table *table = &schema->tables[schema->ntables];

	*table = (struct walk_table){
		.id = ++last_id,
		.kind = (enum shape_kind)dice(KINDS),
		.ncolumns = 1 + dice(4),
		.trigger = dice(4) == 0,
		.view = dice(4) == 0,
		.note = dice(4) == 0,
	};
	snprintf(table->name, sizeof(table->name), "%s%d",
		 dice(6) ? "t" : "group ", last_id % 1000);
	for (int i = 0; i < table->ncolumns; i++)
		make_column(&table->columns[i], table);
	if (schema->ntables)
		make_reference(table, &schema->tables[dice(schema->ntables)]);
	schema->ntables++;
}

static inline const char *name_of(struct arena *arena, const char *name)
{
	return sql_name(arena, name);
}

static inline const char *value_of(const struct walk_column *column)
{
	static const char *const numbers[] = { "0", "'7'", "(1 + 1)" };
	static const char *const texts[] = { "''", "'x'", "('a' || 'b')" };
	static const char *const blobs[] = { "x''", "x'00'", "(x'01')" };

	if (column->type == BLOB)
		return blobs[column->value - 1];
	return is_text(column->type) ? texts[column->value - 1]
				     : numbers[column->value - 1];
}

static inline struct walk_table *find_table(struct walk_schema *schema, int id)
{
	for (int i = 0; i < schema->ntables; i++)
		if (schema->tables[i].id == id)
			return &schema->tables[i];
	return NULL;
}

static inline bool has_key_column(const struct walk_table *table)
{
	return table->kind != PLAIN;
}

static inline void write_column(struct buffer *sql, struct arena *arena,
				struct walk_schema *schema,
				const struct walk_column *column)
{
	static const char *const actions[] = {
		"",
		" ON DELETE CASCADE",
		" ON DELETE SET NULL DEFERRABLE INITIALLY DEFERRED",
	};
	const char *name = name_of(arena, column->name);

	buffer_printf(sql, "%s %s", name, types[column->type]);
	if (column->generated) {
		buffer_printf(sql, " AS (%s) %s",
			      column->type == BLOB    ? "x'61'"
			      : is_text(column->type) ? "upper('x')"
						      : "1 + 2",
			      column->generated == 1 ? "VIRTUAL" : "STORED");
		return;
	}
	if (column->nocase)
		buffer_text(sql, " COLLATE NOCASE");
	if (column->value)
		buffer_printf(sql, " DEFAULT %s", value_of(column));
	if (column->not_null)
		buffer_text(sql, " NOT NULL");
	if (column->unique)
		buffer_text(sql, " UNIQUE");
	if (column->check)
		buffer_printf(sql, " CHECK (length(%s) < %d)", name,
			      20 + column->check);
	if (column->parent && find_table(schema, column->parent))
		buffer_printf(sql, " REFERENCES %s%s",
			      name_of(arena,
				      find_table(schema, column->parent)->name),
			      actions[column->action]);
}

static inline const struct walk_column *
column_by_id(const struct walk_table *table, int id)
{
	for (int i = 0; i < table->ncolumns; i++)
		if (table->columns[i].id == id)
			return &table->columns[i];
	return NULL;
}

static inline void write_table(struct buffer *sql, struct arena *arena,
			       struct walk_schema *schema,
			       const struct walk_table *table)
{
	static const char *const keys[] = {
		"id INTEGER PRIMARY KEY",
		"id INTEGER PRIMARY KEY AUTOINCREMENT",
		"id INTEGER PRIMARY KEY",
		"",
		"id TEXT NOT NULL PRIMARY KEY",
	};
	bool first = true;

	buffer_printf(sql, "CREATE TABLE %s (%s", name_of(arena, table->name),
		      table->note ? " -- about the table\n" : "\n");
	if (has_key_column(table)) {
		buffer_printf(sql, "\t%s", keys[table->kind]);
		first = false;
	}
	for (int i = 0; i < table->ncolumns; i++) {
		buffer_text(sql, first ? "\t" : ",\n\t");
		if (table->columns[i].note)
			buffer_printf(sql, "-- note %d\n\t",
				      table->columns[i].id);
		write_column(sql, arena, schema, &table->columns[i]);
		first = false;
	}
	if (table->pair_unique && table->ncolumns > 1)
		buffer_printf(sql, ",\n\tUNIQUE (%s, %s)",
			      name_of(arena, table->columns[0].name),
			      name_of(arena, table->columns[1].name));
	buffer_printf(sql, "\n)%s;\n",
		      table->kind == STRICT_ALIAS ? " STRICT"
		      : table->kind == TEXT_KEY   ? " WITHOUT ROWID"
						  : "");
}

static inline void write_rest(struct buffer *sql, struct arena *arena,
			      const struct walk_table *table)
{
	const char *name = name_of(arena, table->name);
	const struct walk_column *partial = column_by_id(table, table->partial);

	for (int i = 0; i < table->ncolumns; i++)
		if (table->columns[i].index)
			buffer_printf(sql, "CREATE INDEX ix%d ON %s (%s%s);\n",
				      table->columns[i].id, name,
				      name_of(arena, table->columns[i].name),
				      table->columns[i].id % 2 ? " DESC" : "");
	if (partial)
		buffer_printf(sql,
			      "CREATE INDEX px%d ON %s (length(%s)) "
			      "WHERE %s > 0;\n",
			      partial->id, name, name_of(arena, partial->name),
			      name_of(arena, partial->name));
	if (table->view)
		buffer_printf(sql,
			      "CREATE VIEW v%d AS SELECT %s AS a FROM "
			      "%s;\n",
			      table->id, name_of(arena, table->columns[0].name),
			      name);
	if (table->trigger)
		buffer_printf(sql,
			      "CREATE TRIGGER g%d AFTER UPDATE OF %s ON "
			      "%s BEGIN SELECT new.%s; END;\n",
			      table->id, name_of(arena, table->columns[0].name),
			      name, name_of(arena, table->columns[0].name));
}

static inline const char *schema_text(struct arena *arena,
				      struct walk_schema *schema)
{
	BUFFER(sql);

	for (int i = 0; i < schema->ntables; i++)
		write_table(&sql, arena, schema, &schema->tables[i]);
	for (int i = 0; i < schema->ntables; i++)
		write_rest(&sql, arena, &schema->tables[i]);
	return arena_copy(arena, buffer_string(&sql));
}

static inline void write_value(struct buffer *sql,
			       const struct walk_column *column, int row)
{
	if (column->parent)
		buffer_printf(sql, "%s", row % 2 ? "NULL" : "2");
	else if (!column->not_null && dice(4) == 0)
		buffer_text(sql, "NULL");
	else if (column->type == BLOB)
		buffer_printf(sql, "x'%02d'", row);
	else if (is_text(column->type))
		buffer_printf(sql, "'v%d'", row);
	else
		buffer_printf(sql, "%d", row);
}

static inline const char *rows_text(struct arena *arena,
				    struct walk_schema *schema)
{
	BUFFER(sql);

	buffer_text(&sql, "PRAGMA foreign_keys = OFF;\n");
	for (int i = 0; i < schema->ntables; i++) {
		const struct walk_table *table = &schema->tables[i];

		for (int row = 1; row <= 4; row++) {
			buffer_printf(&sql, "INSERT OR IGNORE INTO %s (%s",
				      name_of(arena, table->name),
				      has_key_column(table) ? "id" : "rowid");
			for (int k = 0; k < table->ncolumns; k++)
				if (!table->columns[k].generated)
					buffer_printf(
						&sql, ", %s",
						name_of(arena, table->columns[k]
								       .name));
			buffer_printf(&sql, ") VALUES (%d", row * 2);
			for (int k = 0; k < table->ncolumns; k++) {
				if (table->columns[k].generated)
					continue;
				buffer_text(&sql, ", ");
				write_value(&sql, &table->columns[k], row);
			}
			buffer_text(&sql, ");\n");
		}
	}
	buffer_text(&sql, "PRAGMA foreign_keys = ON;\n");
	return arena_copy(arena, buffer_string(&sql));
}

#endif
