/*
 * A random walk: a random schema with rows is changed at random, upgraded and
 * downgraded, and judged each time.  ROUNDS (100) and SEED come from the
 * environment; the seed of a failing round is printed.
 */
#include <time.h>

#include "test_schema_story.h"

enum { COLUMNS = 7, TABLES = 5 };

enum shape_kind { ALIAS, AUTO, STRICT_ALIAS, PLAIN, TEXT_KEY, KINDS };

struct walk_column {
	int id;			/* stays when the name changes */
	char name[16];
	int type;
	bool not_null, unique, nocase, index, note;
	int value;		/* DEFAULT: which, 0 none */
	int check, generated;
	int parent, action;	/* the id of a table, and what it does */
};

struct walk_table {
	int id;
	char name[16];
	enum shape_kind kind;
	struct walk_column columns[COLUMNS];
	int ncolumns;
	bool trigger, view, pair_unique, note;
	int partial;		/* a partial index on a column's id */
};

struct walk_schema {
	struct walk_table tables[TABLES];
	int ntables;
};

static uint64_t seed;
static int last_id;

static int dice(int sides)
{
	seed ^= seed << 13;
	seed ^= seed >> 7;
	seed ^= seed << 17;
	return (int)(seed >> 33) % sides;
}

static const char *const types[] = {
	"INTEGER", "TEXT", "REAL", "BLOB", "INT", "VARCHAR(20)", "BOOLEAN",
	"DATE",
};

enum { REAL = 2, BLOB = 3 };

static bool is_text(int type)
{
	return type == 1 || type == 5 || type == 7;
}

static void make_column(struct walk_column *column,
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

/* A foreign key to a table that has a key. */
static void make_reference(struct walk_table *table,
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

static void make_table(struct walk_schema *schema)
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

static const char *name_of(struct arena *arena, const char *name)
{
	return sql_name(arena, name);
}

static const char *value_of(const struct walk_column *column)
{
	static const char *const numbers[] = { "0", "'7'", "(1 + 1)" };
	static const char *const texts[] = { "''", "'x'", "('a' || 'b')" };
	static const char *const blobs[] = { "x''", "x'00'", "(x'01')" };

	if (column->type == BLOB)
		return blobs[column->value - 1];
	return is_text(column->type) ? texts[column->value - 1]
				     : numbers[column->value - 1];
}

static struct walk_table *find_table(struct walk_schema *schema, int id)
{
	for (int i = 0; i < schema->ntables; i++)
		if (schema->tables[i].id == id)
			return &schema->tables[i];
	return NULL;
}

static bool has_key_column(const struct walk_table *table)
{
	return table->kind != PLAIN;
}

static void write_column(struct buffer *sql, struct arena *arena,
			 struct walk_schema *schema,
			 const struct walk_column *column)
{
	static const char *const actions[] = {
		"", " ON DELETE CASCADE", " ON DELETE SET NULL "
		"DEFERRABLE INITIALLY DEFERRED",
	};
	const char *name = name_of(arena, column->name);

	buffer_printf(sql, "%s %s", name, types[column->type]);
	if (column->generated) {
		buffer_printf(sql, " AS (%s) %s",
			      column->type == BLOB ? "x'61'"
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
			      name_of(arena, find_table(schema, column->parent)
						     ->name),
			      actions[column->action]);
}

static const struct walk_column *column_by_id(const struct walk_table *table,
					      int id)
{
	for (int i = 0; i < table->ncolumns; i++)
		if (table->columns[i].id == id)
			return &table->columns[i];
	return NULL;
}

static void write_table(struct buffer *sql, struct arena *arena,
			struct walk_schema *schema,
			const struct walk_table *table)
{
	static const char *const keys[] = {
		"id INTEGER PRIMARY KEY", "id INTEGER PRIMARY KEY "
		"AUTOINCREMENT", "id INTEGER PRIMARY KEY", "",
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
	buffer_printf(sql, "\n)%s;\n", table->kind == STRICT_ALIAS ? " STRICT"
		      : table->kind == TEXT_KEY ? " WITHOUT ROWID" : "");
}

static void write_rest(struct buffer *sql, struct arena *arena,
		       const struct walk_table *table)
{
	const char *name = name_of(arena, table->name);
	const struct walk_column *partial =
		column_by_id(table, table->partial);

	for (int i = 0; i < table->ncolumns; i++)
		if (table->columns[i].index)
			buffer_printf(sql, "CREATE INDEX ix%d ON %s (%s%s);\n",
				      table->columns[i].id, name,
				      name_of(arena, table->columns[i].name),
				      table->columns[i].id % 2 ? " DESC" : "");
	if (partial)
		buffer_printf(sql, "CREATE INDEX px%d ON %s (length(%s)) "
			      "WHERE %s > 0;\n", partial->id, name,
			      name_of(arena, partial->name),
			      name_of(arena, partial->name));
	if (table->view)
		buffer_printf(sql, "CREATE VIEW v%d AS SELECT %s AS a FROM "
			      "%s;\n", table->id,
			      name_of(arena, table->columns[0].name), name);
	if (table->trigger)
		buffer_printf(sql, "CREATE TRIGGER g%d AFTER UPDATE OF %s ON "
			      "%s BEGIN SELECT new.%s; END;\n", table->id,
			      name_of(arena, table->columns[0].name), name,
			      name_of(arena, table->columns[0].name));
}

static const char *schema_text(struct arena *arena, struct walk_schema *schema)
{
	BUFFER(sql);

	for (int i = 0; i < schema->ntables; i++)
		write_table(&sql, arena, schema, &schema->tables[i]);
	for (int i = 0; i < schema->ntables; i++)
		write_rest(&sql, arena, &schema->tables[i]);
	return arena_copy(arena, buffer_string(&sql));
}

static void write_value(struct buffer *sql, const struct walk_column *column,
			int row)
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

static const char *rows_text(struct arena *arena, struct walk_schema *schema)
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
					buffer_printf(&sql, ", %s", name_of(
						arena,
						table->columns[k].name));
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

static void rename_to(char *name, size_t size)
{
	snprintf(name, size, "n%d", ++last_id % 100000);
}

static void mutate_column(struct walk_table *table, int at)
{
	struct walk_column *column = &table->columns[at];

	switch (dice(12)) {
	case 0:
		rename_to(column->name, sizeof(column->name));
		break;
	case 1:
		if (!column->parent && !column->generated)
			column->type = dice(table->kind == STRICT_ALIAS ? 4
								       : 8);
		break;
	case 2:
		column->not_null = !column->not_null && !column->parent;
		break;
	case 3:
		column->unique = !column->unique && !column->parent;
		break;
	case 4:
		column->nocase = !column->nocase;
		break;
	case 5:
		column->value = column->parent ? 0 : dice(4);
		break;
	case 6:
		column->check = dice(3);
		break;
	case 7:
		column->generated = column->parent ? 0 : dice(3);
		break;
	case 8:
		column->index = !column->index;
		break;
	case 9:
		column->note = !column->note;
		break;
	case 10:
		column->action = dice(3);
		break;
	case 11:
		table->partial = table->partial ? 0 : column->id;
		break;
	}
}

static void remove_column(struct walk_table *table, int at)
{
	if (table->ncolumns < 2)
		return;
	for (int i = at; i + 1 < table->ncolumns; i++)
		table->columns[i] = table->columns[i + 1];
	table->ncolumns--;
}

static void insert_column(struct walk_table *table, int at)
{
	if (table->ncolumns == COLUMNS)
		return;
	for (int i = table->ncolumns++; i > at; i--)
		table->columns[i] = table->columns[i - 1];
	make_column(&table->columns[at], table);
}

static void remove_table(struct walk_schema *schema, int at)
{
	for (int i = at; i + 1 < schema->ntables; i++)
		schema->tables[i] = schema->tables[i + 1];
	schema->ntables--;
}

static void mutate(struct walk_schema *schema)
{
	int which = schema->ntables ? dice(schema->ntables) : 0;
	struct walk_table *table = &schema->tables[which];

	if (!schema->ntables || (dice(12) == 0 && schema->ntables < TABLES)) {
		make_table(schema);
		return;
	}
	switch (dice(12)) {
	case 0:
		remove_table(schema, which);
		break;
	case 1:
		rename_to(table->name, sizeof(table->name));
		break;
	case 2:
	case 3:
		insert_column(table, dice(2) ? table->ncolumns
					     : dice(table->ncolumns));
		break;
	case 4:
		remove_column(table, dice(table->ncolumns));
		break;
	case 5:
		table->trigger = !table->trigger;
		break;
	case 6:
		table->view = !table->view;
		break;
	case 7:
		table->pair_unique = !table->pair_unique;
		break;
	case 8:
		table->note = !table->note;
		break;
	default:
		mutate_column(table, dice(table->ncolumns));
		break;
	}
}

/* SQLite wants a column that is not generated. */
static void settle(struct walk_schema *schema)
{
	for (int i = 0; i < schema->ntables; i++)
		if (schema->tables[i].kind == PLAIN)
			schema->tables[i].columns[0].generated = 0;
}

static void add_rename(struct story *s, struct rename rename)
{
	struct rename *list = arena_array(&s->arena, s->options.nrenames + 1,
					  sizeof(*list));

	if (s->options.nrenames)
		memcpy(list, s->options.renames,
		       s->options.nrenames * sizeof(*list));
	list[s->options.nrenames++] = rename;
	s->options.renames = list;
}

static void find_renames(struct story *s, struct walk_schema *before,
			 struct walk_schema *after)
{
	for (int i = 0; i < before->ntables; i++) {
		struct walk_table *old = &before->tables[i];
		struct walk_table *new = find_table(after, old->id);

		if (!new)
			continue;
		if (strcmp(old->name, new->name) != 0)
			add_rename(s, (struct rename){ old->name, NULL,
						       new->name });
		for (int k = 0; k < old->ncolumns; k++) {
			const struct walk_column *column =
				column_by_id(new, old->columns[k].id);

			if (column && strcmp(column->name,
					     old->columns[k].name) != 0)
				add_rename(s, (struct rename){
					old->name, old->columns[k].name,
					column->name });
		}
	}
}

/* Pairs of queries for what must be the same before and after. */
static const char *keep_text(struct arena *arena, struct walk_schema *before,
			     struct walk_schema *after)
{
	BUFFER(all);

	for (int i = 0; i < before->ntables; i++) {
		struct walk_table *old = &before->tables[i];
		struct walk_table *new = find_table(after, old->id);
		const char *key = has_key_column(old) ? "id" : "rowid";
		BUFFER(a);
		BUFFER(b);

		if (!new)
			continue;
		for (int k = 0; k < old->ncolumns; k++) {
			const struct walk_column *x = &old->columns[k];
			const struct walk_column *y = column_by_id(new, x->id);

			if (!y || x->type != y->type || x->generated ||
			    y->generated)
				continue;
			if (y->not_null && !x->not_null && y->value)
				buffer_printf(&a, ", quote(coalesce(%s, "
					      "CAST(%s AS %s)))",
					      name_of(arena, x->name),
					      value_of(y),
					      y->type == BLOB ? "BLOB"
					      : y->type == REAL ? "REAL"
					      : is_text(y->type) ? "TEXT"
								 : "INTEGER");
			else
				buffer_printf(&a, ", quote(%s)",
					      name_of(arena, x->name));
			buffer_printf(&b, ", quote(%s)",
				      name_of(arena, y->name));
		}
		buffer_printf(&all, "SELECT %s%s FROM %s ORDER BY 1\n"
			      "SELECT %s%s FROM %s ORDER BY 1\n", key,
			      buffer_string(&a), name_of(arena, old->name),
			      key, buffer_string(&b),
			      name_of(arena, new->name));
	}
	return arena_copy(arena, buffer_string(&all));
}

static int64_t count_hazards(struct story *s)
{
	int64_t total = 0;

	for (size_t i = 0; i < s->up.nhazards; i++) {
		const char *rows = judge_rows(
			s->engine, s->up.hazards[i].count, false, &s->arena);

		judge_rows(s->engine, s->up.hazards[i].show, false,
			   &s->arena);
		total += atoi(rows);
	}
	return total;
}

/* Values for all that is missing, which is text or numbers. */
static void fill_missing(struct story *s)
{
	struct fill *fills = arena_array(&s->arena, s->up.nmissing + 1,
					 sizeof(*fills));

	for (size_t i = 0; i < s->up.nmissing; i++) {
		fills[i] = s->up.missing[i];
		fills[i].value = "'1'";
	}
	if (!s->up.nmissing)
		return;
	s->options.fills = fills;
	s->options.nfills = s->up.nmissing;
	story_compute(s);
	assert_int_equal(s->up.nmissing, 0);
}

struct tally {
	int done, refused, back_refused;
};

static void check_walk(struct story *s, const char *keep, struct tally *tally)
{
	const char *rows = kept(s, keep, false);
	int64_t hazards = count_hazards(s);
	enum status status = apply(s, &s->up);

	if (status != OK) {
		/* Rows that a new constraint forbids, as foretold; a STRICT
		   table's types and a fill that is unique are not. */
		if (!hazards && engine_fault(s->engine).kind != FAULT_TYPE &&
		    !s->options.nfills)
			judge_fail(s->up.sql, &s->e);
		tally->refused++;
		error_init(&s->e, &s->arena);
		assert_schema(s, s->before, true, true);
		assert_string_equal(kept(s, keep, false), rows);
		return;
	}
	assert_int_equal(hazards, 0);
	assert_string_equal(kept(s, keep, true), rows);
	assert_schema(s, s->after, true, true);
	assert_nothing_left(s, s->to, true);
	tally->done++;
	if (apply(s, &s->down) != OK) {
		tally->back_refused++;
		error_init(&s->e, &s->arena);
		assert_schema(s, s->after, true, true);
		return;
	}
	assert_schema(s, s->before, true, true);
	assert_nothing_left(s, s->from, true);
}

static void walk(struct tally *tally)
{
	struct walk_schema before = { .ntables = 0 }, after;
	ARENA(arena);
	struct story s = {
		.decline = true,
		.options = { .column_order = true },
	};

	last_id = 0;
	for (int n = 1 + dice(TABLES - 1); n > 0; n--)
		make_table(&before);
	settle(&before);
	after = before;
	for (int n = 1 + dice(4); n > 0; n--)
		mutate(&after);
	settle(&after);
	s.before = schema_text(&arena, &before);
	s.after = schema_text(&arena, &after);
	s.rows = rows_text(&arena, &before);
	if (getenv("SHOW"))
		print_message("%s--\n%s--\n%s\n", s.before, s.after, s.rows);
	story_begin(&s);
	find_renames(&s, &before, &after);
	story_compute(&s);
	fill_missing(&s);
	if (getenv("SHOW"))
		print_message("%s--\n%s\n", s.up.sql, s.down.sql);
	check_walk(&s, keep_text(&s.arena, &before, &after), tally);
	story_end(&s);
}

static void test_walk(void **state)
{
	const char *rounds = getenv("ROUNDS"), *given = getenv("SEED");
	uint64_t start = given ? strtoull(given, NULL, 10)
			       : (uint64_t)time(NULL) * 1000003;
	int n = given ? 1 : rounds ? atoi(rounds) : 100;
	struct tally tally = { 0 };

	(void)state;
	for (int i = 0; i < n; i++) {
		seed = start + (uint64_t)i * 2654435761u;
		fprintf(stderr, "# SEED=%llu\r", (unsigned long long)seed);
		seed |= 1;
		for (int k = 0; k < 8; k++)
			dice(2);
		walk(&tally);
	}
	print_message("# first seed %llu: %d done, %d refused, %d not back\n",
		      (unsigned long long)start, tally.done, tally.refused,
		      tally.back_refused);
	assert_true(tally.done >= n / 2 || n < 10);
}

int main(void)
{
	const struct CMUnitTest tests[] = { cmocka_unit_test(test_walk) };

	return cmocka_run_group_tests(tests, NULL, NULL);
}
