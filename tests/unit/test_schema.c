/* Reading a schema: model, annotations, warnings, and malformed SQL. */
#include <dirent.h>

#include "schema/text/annotation.h"
#include "schema/text/ddl.h"
#include "schema/model/read.h"
#include "schema/model/type.h"
#include "test_schema_judge.h"

static struct schema *read_text(const char *sql, struct arena *arena)
{
	struct schema *schema;
	struct error e;

	error_init(&e, arena);
	if (schema_read_text(sql, "schema.sql", NULL, arena, &schema, &e) != OK)
		judge_fail("read", &e);
	return schema;
}

static const struct table *table_of(const char *sql, struct arena *arena)
{
	struct schema *schema = read_text(sql, arena);

	assert_int_equal(schema->ntables, 1);
	return &schema->tables[0];
}

static void test_types(void **state)
{
	static const struct {
		const char *declared;
		enum type type;
		size_t length;
	} types[] = {
		{ "", TYPE_ANY, 0 },
		{ "INTEGER", TYPE_INTEGER, 0 },
		{ "int", TYPE_INTEGER, 0 },
		{ "UNSIGNED BIG INT", TYPE_INTEGER, 0 },
		{ "INT8", TYPE_INTEGER, 0 },
		{ "bigint(20)", TYPE_INTEGER, 0 },
		{ "CHARINT", TYPE_ANY, 0 },
		{ "POINT", TYPE_ANY, 0 },
		{ "INTEGER_OR_TEXT", TYPE_ANY, 0 },
		{ "VARCHAR(50)", TYPE_TEXT, 50 },
		{ "varchar ( 7 )", TYPE_TEXT, 7 },
		{ "CHAR(1)", TYPE_TEXT, 1 },
		{ "NVARCHAR(100)", TYPE_TEXT, 100 },
		{ "CHARACTER VARYING(9)", TYPE_TEXT, 9 },
		{ "VARCHAR", TYPE_TEXT, 0 },
		{ "VARCHAR(99999999999999999999999)", TYPE_TEXT, 0 },
		{ "TEXT(5)", TYPE_TEXT, 0 },
		{ "CLOB", TYPE_TEXT, 0 },
		{ "REAL", TYPE_REAL, 0 },
		{ "DOUBLE PRECISION", TYPE_REAL, 0 },
		{ "FLOAT", TYPE_REAL, 0 },
		{ "NUMERIC(10, 2)", TYPE_NUMERIC, 0 },
		{ "DECIMAL(10,2)", TYPE_NUMERIC, 0 },
		{ "BOOLEAN", TYPE_BOOLEAN, 0 },
		{ "bool", TYPE_BOOLEAN, 0 },
		{ "DATE", TYPE_DATE, 0 },
		{ "DATETIME", TYPE_DATETIME, 0 },
		{ "TIMESTAMP WITH TIME ZONE", TYPE_DATETIME, 0 },
		{ "TIME", TYPE_TIME, 0 },
		{ "JSON", TYPE_JSON, 0 },
		{ "BLOB", TYPE_BLOB, 0 },
		{ "ANY", TYPE_ANY, 0 },
		{ "UUID", TYPE_ANY, 0 },
	};

	(void)state;
	for (size_t i = 0; i < sizeof(types) / sizeof(*types); i++) {
		assert_int_equal(type_declared(types[i].declared),
				 types[i].type);
		assert_int_equal(type_max_length(types[i].declared),
				 types[i].length);
	}
}

#define OWNED \
	"CREATE TABLE people -- before\n" \
	"( -- People\twho log in @resource person\n" \
	"\t-- the key\n" \
	"\tid INTEGER PRIMARY KEY, -- a number @readonly\n" \
	"\t/* shown */ name TEXT /* inside @title */ NOT NULL, /* after */ " \
	"age INT,\n" \
	"\t-- two\n\t-- lines @immutable.\n" \
	"\tx TEXT, /* a */ -- b\n" \
	"\t-- @renamed from=\"old name\" was old\n" \
	"\ty INT -- comma first\n" \
	"\t, slug TEXT UNIQUE -- @slug name\n" \
	"\t, made TEXT /* @created */, changed TEXT /*@updated @hidden*/,\n" \
	"\t-- about the constraint @hidden\n" \
	"\tCHECK (age > 0) -- this too\n" \
	") /* last */ STRICT"

static void test_annotations(void **state)
{
	ARENA(arena);
	const struct table *t = table_of(OWNED, &arena);

	(void)state;
	assert_string_equal(t->annotations.description,
			    "before People who log in last");
	assert_string_equal(t->annotations.resource, "person");
	assert_false(t->annotations.hidden);
	assert_string_equal(t->columns[0].annotations.description,
			    "the key a number");
	assert_true(t->columns[0].annotations.readonly);
	assert_string_equal(t->columns[1].annotations.description,
			    "shown inside after");
	assert_true(t->columns[1].annotations.title);
	assert_null(t->columns[2].annotations.description);
	assert_string_equal(t->columns[3].annotations.description,
			    "two lines a b");
	assert_true(t->columns[3].annotations.immutable);
	assert_string_equal(t->columns[4].annotations.renamed_from, "old name");
	assert_string_equal(t->columns[4].annotations.description,
			    "was old comma first");
	assert_string_equal(t->columns[5].annotations.slug, "name");
	assert_true(t->columns[6].annotations.created);
	assert_true(t->columns[7].annotations.updated);
	assert_true(t->columns[7].annotations.hidden);
	assert_string_equal(t->columns[1].definition,
			    "name TEXT /* inside @title */ NOT NULL");
	assert_true(t->strict);
}

/* @resource always applies to the table; unknown words are description. */
static void test_annotation_words(void **state)
{
	ARENA(arena);
	const struct table *t = table_of(
		"CREATE TABLE t (\n"
		"-- ask @bob @resource thing @precondition\n a, "
		"b /* @slug */, c /* @slug @hidden, @renamed to=x */)",
		&arena);

	(void)state;
	assert_string_equal(t->annotations.resource, "thing");
	assert_null(t->columns[0].annotations.resource);
	assert_true(t->annotations.precondition);
	assert_false(t->columns[0].annotations.precondition);
	assert_string_equal(t->columns[0].annotations.description, "ask @bob");
	assert_null(t->columns[1].annotations.slug);
	assert_null(t->columns[2].annotations.slug);
	assert_true(t->columns[2].annotations.hidden);
	assert_null(t->columns[2].annotations.renamed_from);
}

static void test_clauses(void **state)
{
	ARENA(arena);
	const struct table *t = table_of(
		"CREATE TABLE t (id INTEGER PRIMARY KEY AUTOINCREMENT, "
		"a VARCHAR(20) COLLATE NOCASE DEFAULT 'x' CONSTRAINT short "
		"CHECK (length(a) /* of a */ < 9) NOT NULL ON CONFLICT IGNORE, "
		"b INT AS (id + 1) STORED, c GENERATED ALWAYS AS (a || 'x'), "
		"d INT REFERENCES t DEFERRABLE INITIALLY DEFERRED, "
		"CONSTRAINT up FOREIGN KEY (d, id) REFERENCES \"o t\" (x, y) "
		"ON DELETE SET NULL ON UPDATE CASCADE NOT DEFERRABLE "
		"CHECK (b) CONSTRAINT late CHECK ((d > 0)))",
		&arena);

	(void)state;
	assert_true(t->autoincrement);
	assert_string_equal(table_rowid_column(t)->name, "id");
	assert_string_equal(t->columns[1].collation, "NOCASE");
	assert_string_equal(t->columns[1].default_sql, "'x'");
	assert_true(t->columns[1].not_null);
	assert_int_equal(t->columns[2].generated, GENERATED_STORED);
	assert_string_equal(t->columns[2].generated_sql, "id + 1");
	assert_int_equal(t->columns[3].generated, GENERATED_VIRTUAL);
	assert_string_equal(t->columns[3].generated_sql, "a || 'x'");
	assert_int_equal(t->nchecks, 3);
	assert_string_equal(t->checks[0].name, "short");
	assert_string_equal(t->checks[0].sql, "length(a) < 9");
	assert_null(t->checks[1].name);
	assert_string_equal(t->checks[1].sql, "b");
	assert_string_equal(t->checks[2].name, "late");
	assert_int_equal(t->nforeign_keys, 2);
	assert_null(t->foreign_keys[0].name);
	assert_string_equal(t->foreign_keys[0].deferrable,
			    "DEFERRABLE INITIALLY DEFERRED");
	assert_null(t->foreign_keys[0].others[0]);
	assert_string_equal(t->foreign_keys[1].name, "up");
	assert_string_equal(t->foreign_keys[1].table, "o t");
	assert_string_equal(t->foreign_keys[1].others[1], "y");
	assert_int_equal(t->foreign_keys[1].columns[0], 4);
	assert_string_equal(t->foreign_keys[1].on_delete, "SET NULL");
	assert_string_equal(t->foreign_keys[1].on_update, "CASCADE");
	assert_string_equal(t->foreign_keys[1].deferrable, "NOT DEFERRABLE");
}

static void test_indexes(void **state)
{
	ARENA(arena);
	const struct table *t = table_of(
		"CREATE TABLE t (a TEXT COLLATE NOCASE UNIQUE, b INT, c INT);"
		"CREATE UNIQUE INDEX i1 ON t (b);"
		"CREATE UNIQUE INDEX i2 ON t (c) WHERE c > 0;"
		"CREATE INDEX i3 ON t (lower(a), b DESC, a COLLATE BINARY);",
		&arena);

	(void)state;
	assert_int_equal(t->nindexes, 4);
	assert_int_equal(t->indexes[0].origin, INDEX_UNIQUE);
	assert_string_equal(t->indexes[0].columns[0].collation, "NOCASE");
	assert_null(t->indexes[0].sql);
	assert_true(t->columns[0].unique);
	assert_true(t->columns[1].unique);
	assert_false(t->columns[2].unique);
	assert_true(t->indexes[2].partial);
	assert_null(t->indexes[3].columns[0].name);
	assert_true(t->indexes[3].columns[1].descending);
	assert_string_equal(t->indexes[3].columns[2].collation, "BINARY");
}

static void test_kinds(void **state)
{
	ARENA(arena);
	const struct schema *s = read_text(
		"CREATE TABLE a (x TEXT PRIMARY KEY) WITHOUT ROWID;"
		"CREATE TABLE b AS SELECT 1 AS n, 'x' AS \"a b\";"
		"CREATE VIEW v (p, q) AS -- a view @hidden\n SELECT x, 1 "
		"FROM a /* @readonly */;"
		"CREATE TRIGGER g INSTEAD OF INSERT ON v BEGIN SELECT 1; END;"
		"CREATE VIRTUAL TABLE f USING fts5(title, body);"
		"CREATE VIEW broken AS SELECT y FROM nowhere;"
		"CREATE TABLE alembic_version (v); CREATE TABLE _taskmgr_x (a);"
		"CREATE TABLE auto (id INTEGER PRIMARY KEY AUTOINCREMENT);"
		"CREATE TABLE \"sqliteish\" (a); ANALYZE;",
		&arena);

	(void)state;
	assert_int_equal(s->ntables, 7);
	assert_true(schema_find_table(s, "A")->without_rowid);
	assert_true(schema_find_table(s, "a")->columns[0].not_null);
	assert_null(table_rowid_column(schema_find_table(s, "a")));
	assert_string_equal(schema_find_table(s, "b")->columns[1].name, "a b");
	assert_int_equal(schema_find_table(s, "v")->kind, TABLE_VIEW);
	assert_int_equal(schema_find_table(s, "v")->ncolumns, 2);
	assert_string_equal(schema_find_table(s, "v")->columns[1].name, "q");
	assert_true(schema_find_table(s, "v")->annotations.hidden);
	assert_false(schema_find_table(s, "v")->annotations.readonly);
	assert_int_equal(schema_find_table(s, "v")->ntriggers, 1);
	assert_int_equal(schema_find_table(s, "f")->kind, TABLE_VIRTUAL);
	assert_int_equal(schema_find_table(s, "f")->ncolumns, 2);
	assert_null(schema_find_table(s, "f_content"));
	assert_int_equal(schema_find_table(s, "broken")->ncolumns, 0);
	assert_int_equal(schema_find_table(s, "auto")->ncolumns, 1);
	assert_null(schema_find_table(s, "sqlite_stat1"));
	assert_non_null(schema_find_table(s, "sqliteish"));
	assert_int_equal(s->nwarnings, 1);
}

/* Schemas whose model is compared with the pragmas. */
static const char *const corpus[] = {
	"CREATE TABLE t (a, b INT, c VARCHAR ( 5 ), d 'odd type'(3), "
	"e DOUBLE /* x */ PRECISION DEFAULT - 5, f DEFAULT +.5e3, "
	"g DEFAULT x'00', \"h \"\"i\" TEXT DEFAULT \"dq\", [j k] DEFAULT "
	"(1 + (2)), 'l' INT, `m` DECIMAL(10,2) NULL)",
	"CREATE TABLE t (a INTEGER PRIMARY KEY DESC, b)",
	"CREATE TABLE t (a INTEGER, PRIMARY KEY (a DESC))",
	"CREATE TABLE t (a INT PRIMARY KEY, b INTEGER)",
	"CREATE TABLE t (a INTEGER, b TEXT, PRIMARY KEY (b, a)) WITHOUT ROWID",
	"CREATE TABLE t (a INTEGER PRIMARY KEY, b TEXT NOT NULL) "
	"WITHOUT ROWID",
	"CREATE TABLE t (a TEXT, b INT, PRIMARY KEY (a, b)) STRICT",
	"CREATE TABLE t (a INTEGER PRIMARY KEY, b ANY) STRICT, WITHOUT ROWID",
	"CREATE TABLE t (a UNIQUE, b UNIQUE, UNIQUE (a, b), PRIMARY KEY (a))",
	"CREATE TABLE t (a TEXT COLLATE NOCASE UNIQUE, b TEXT, "
	"UNIQUE (b COLLATE RTRIM DESC, a COLLATE BINARY))",
	"CREATE TABLE t (a INT REFERENCES p, b INT REFERENCES p (x) ON "
	"DELETE CASCADE MATCH FULL ON UPDATE SET DEFAULT, FOREIGN KEY (b, a) "
	"REFERENCES \"q r\" (y, z) ON DELETE NO ACTION ON UPDATE RESTRICT)",
	"CREATE TABLE t (a INT, b AS (a) VIRTUAL, c INT GENERATED ALWAYS AS "
	"(a + 1) STORED NOT NULL, d generated, e always)",
	"CREATE TABLE t (a INT CONSTRAINT x CONSTRAINT y NOT NULL CONSTRAINT "
	"z, CONSTRAINT q UNIQUE (a) ON CONFLICT REPLACE CHECK (a > 0))",
	"CREATE TABLE t (a); CREATE INDEX i ON t (a, a DESC) WHERE a; "
	"CREATE UNIQUE INDEX \"j (k\" ON t (\"a\"); "
	"CREATE INDEX l ON t (a + 1); CREATE INDEX m ON t ('a')",
	"CREATE TABLE t (\"select\" INT, \"a\nb\" TEXT, \"\xc3\xa9\" TEXT, "
	"\"x'y\" TEXT, \"(\" TEXT, \"--\" TEXT, \"/*\" TEXT)",
	"CREATE TABLE \"a\"\"b\nc (d\" (x INT PRIMARY KEY)",
	"CREATE TABLE t (a TEXT DEFAULT ')', b TEXT DEFAULT ', c INT', "
	"c CHECK (c <> 'PRIMARY KEY'), d DEFAULT CURRENT_TIMESTAMP, "
	"e DEFAULT (datetime('now', '-1 day')), f DEFAULT true)",
	"CREATE TABLE t (a--\n INT/*(*/NOT/*,*/NULL--)\n,b)",
	"CREATE TABLE IF NOT EXISTS main.t(a int,b int);"
	"ALTER TABLE t RENAME TO \"new name\"; ALTER TABLE \"new name\" "
	"RENAME COLUMN a TO \"x y\"; ALTER TABLE \"new name\" ADD COLUMN c "
	"REAL DEFAULT 1.5",
	"CREATE TABLE t AS SELECT 1 AS a, 2.5 AS b, 'x' AS c, x'00' AS d, "
	"NULL AS \"e f\"",
	"CREATE TABLE t (replace INT, \"key\" INT, desc INT, if INT, no INT, "
	"action INT, match INT, abort TEXT, cast TEXT, temp TEXT)",
	"CREATE TABLE t (a INT, a2 INT DEFAULT 1 CHECK (a2 IN (1, 2)) "
	"REFERENCES t (a) NOT DEFERRABLE, FOREIGN KEY (a) REFERENCES t)",
};

static void compare(const char *sql)
{
	struct schema *schema;
	struct error e;
	ENGINE(engine);
	ARENA(arena);

	error_init(&e, &arena);
	assert_int_equal(engine_open("sqlite://", 0, &engine, &e), OK);
	judge_script(engine, sql);
	if (schema_read(engine, &arena, &schema, &e) != OK)
		judge_fail("read", &e);
	assert_string_equal(judge_model(schema, &arena),
			    judge_truth(engine, &arena));
	for (size_t i = 0; i < schema->ntables; i++)
		assert_true(schema->tables[i].ddl ||
			    schema->tables[i].kind != TABLE_ORDINARY);
}

/* A model derived from SQL equals the one from the pragmas. */
static void test_truth(void **state)
{
	(void)state;
	for (size_t i = 0; i < sizeof(corpus) / sizeof(*corpus); i++)
		compare(corpus[i]);
}

static void test_truth_of_fixtures(void **state)
{
	static const char folder[] = "tests/fixtures/autogenerate";
	static const char *const files[] = { "before", "after" };
	DIR *dir = opendir(folder);
	struct dirent *entry;
	int count = 0;
	ARENA(arena);

	(void)state;
	assert_non_null(dir);
	while ((entry = readdir(dir))) {
		if (entry->d_name[0] == '.')
			continue;
		for (size_t i = 0; i < 2; i++, count++)
			compare(judge_file(&arena,
					   arena_printf(&arena, "%s/%s/%s.sql",
							folder, entry->d_name,
							files[i])));
	}
	closedir(dir);
	assert_true(count >= 134);
}

/* Randomly broken SQL causes no crash. */
static void test_broken_texts(void **state)
{
	static const char bits[] = "(),'\"[]`;-/*\n @aC0 ";
	uint32_t random = 1;

	(void)state;
	for (size_t i = 0; i < sizeof(corpus) / sizeof(*corpus); i++) {
		for (int round = 0; round < 300; round++) {
			ARENA(arena);
			char *sql = arena_copy(&arena, corpus[i]);
			size_t length = strlen(sql);

			for (int k = 0; k < 1 + round % 5; k++) {
				random = random * 1664525u + 1013904223u;
				sql[(random >> 8) % length] =
					bits[(random >> 24) %
					     (sizeof(bits) - 1)];
			}
			if (round % 7 == 0)
				sql[(random >> 9) % length] = '\0';
			ddl_parse(sql, &arena);
			tokens_canonical(&arena, span_of(sql));
		}
	}
}

/* SQL that a damaged sqlite_schema may contain. */
static void test_damage(void **state)
{
	static const char *const texts[] = {
		"CREATE TABLE t(a,b",
		"CREATE TABLE t",
		"CREATE",
		"",
		"x",
		"CREATE TABLE t()",
		"CREATE TABLE t(,)",
		"CREATE TABLE (a)",
		"CREATE TABLE t(a) junk (",
		"CREATE TABLE t((a)",
		"CREATE TABLE t(PRIMARY KEY)",
		"CREATE TABLE t(a REFERENCES)",
		"CREATE TABLE t(a DEFAULT)",
		"CREATE TABLE t(a COLLATE)",
		"CREATE TABLE t(a CHECK)",
		"CREATE TABLE t(CONSTRAINT)",
		"CREATE TABLE t(a AS)",
		"CREATE TABLE t(a ON CONFLICT)",
		"CREATE TABLE t(a NOT)",
		"CREATE TABLE t(FOREIGN)",
		"CREATE TABLE t('a)",
		"CREATE TABLE t(a/*",
		"CREATE TABLE t(--",
	};

	(void)state;
	for (size_t i = 0; i < sizeof(texts) / sizeof(*texts); i++) {
		ARENA(arena);

		ddl_parse(texts[i], &arena);
	}
}

static void test_warnings(void **state)
{
	ARENA(arena);
	const struct schema *s = read_text(
		"-- words that begin with @ are instructions, mail to @bob\n"
		"-- @hidden\n"
		"CREATE TABLE t (a, -- @hidden\n b /* @immutabel */) "
		"-- @resource x\n;\n"
		"CREATE TRIGGER g AFTER INSERT ON t BEGIN SELECT 1; "
		"/* @title */ END;\n"
		"CREATE TABLE u (a INT -- @slug b\n) STRICT -- @readonly\n;\n"
		"CREATE VIEW v AS SELECT a -- @created\n FROM t;",
		&arena);
	static const char *const begins[] = {
		"schema.sql:2: @hidden ",
		"schema.sql:4: @immutabel is not an instruction; did you mean ",
		"schema.sql:4: @resource ",
		"schema.sql:6: @title ",
		"schema.sql:10: @created ",
	};

	(void)state;
	for (size_t i = 0; i < s->nwarnings && i < 5; i++)
		assert_memory_equal(s->warnings[i], begins[i],
				    strlen(begins[i]));
	assert_int_equal(s->nwarnings, 5);
	assert_true(schema_find_table(s, "u")->annotations.readonly);
}

/* What SQLite accepts and nobody means. */
static void test_misspelt(void **state)
{
	ARENA(arena);
	const struct schema *s = read_text(
		"CREATE TABLE kinds (id INTEGER PRIMRY KEY,\n"
		" name TEXT UNIQE, at POINT, set_ BIT, year YEAR, key UUID,\n"
		" boolaen BOOLAEN, -- TEXTT UNIQE\n"
		" kind_id INTEGER REFERENCES kind (id),\n"
		" other INTEGER REFERENCES \"Kinds\", z REFERENCES what,\n"
		" dat DATE DEFAULT 'UNIQE', d DAT,\n"
		" lacking TEXT -- a comma\n"
		" after VARCHAR(3));",
		&arena);
	static const char *const want[] = {
		"schema.sql:1: PRIMRY is not a type; did you mean PRIMARY?",
		"schema.sql:2: UNIQE is not a type; did you mean UNIQUE?",
		"schema.sql:3: BOOLAEN is not a type; did you mean BOOLEAN?",
		"schema.sql:4: kind is not a table; did you mean kinds?",
		"schema.sql:5: what is not a table",
		"schema.sql:6: DAT is not a type; did you mean DATE?",
		("schema.sql:8: after belongs to the type of lacking; "
		 "does the line before lack a comma?"),
	};

	(void)state;
	assert_int_equal(s->nwarnings, 7);
	for (size_t i = 0; i < s->nwarnings; i++)
		assert_string_equal(s->warnings[i], want[i]);
}

static void test_errors(void **state)
{
	struct schema *schema;
	struct error e;
	ARENA(arena);

	(void)state;
	error_init(&e, &arena);
	assert_int_not_equal(schema_read_text("CREATE TABLE t (a);\n\n"
					      "CREATE TABEL u (b);",
					      "s.sql", NULL, &arena, &schema,
					      &e),
			     OK);
	assert_memory_equal(e.message, "s.sql:3:8: near \"TABEL\"", 23);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_types),
		cmocka_unit_test(test_annotations),
		cmocka_unit_test(test_annotation_words),
		cmocka_unit_test(test_clauses),
		cmocka_unit_test(test_indexes),
		cmocka_unit_test(test_kinds),
		cmocka_unit_test(test_truth),
		cmocka_unit_test(test_truth_of_fixtures),
		cmocka_unit_test(test_broken_texts),
		cmocka_unit_test(test_damage),
		cmocka_unit_test(test_warnings),
		cmocka_unit_test(test_misspelt),
		cmocka_unit_test(test_errors),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
