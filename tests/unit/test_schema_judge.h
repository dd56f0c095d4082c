/*
 * Compares schemas and rows by pragmas and plain text, without the code of
 * src/schema.  What it finds equal is equal to SQLite.
 */
#ifndef UNIT_TEST_SCHEMA_JUDGE_H
#define UNIT_TEST_SCHEMA_JUDGE_H

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>

#include <cmocka.h>
#undef fail /* cmocka's macro */

#include "engine/engine.h"
#include "schema/model/model.h"
#include "util/buffer.h"

static inline const char *judge_file(struct arena *arena, const char *path)
{
	FILE *file = fopen(path, "r");
	BUFFER(text);
	int c;

	if (!file)
		return NULL;
	while ((c = getc(file)) != EOF)
		buffer_byte(&text, (char)c);
	fclose(file);
	return arena_copy(arena, buffer_string(&text));
}

static inline void judge_fail(const char *what, const struct error *e)
{
	print_error("%s\n%s\n", e->message, e->detail ? e->detail : "");
	print_error("%s\n", what);
	assert_true(false);
}

static inline void judge_script(struct engine *engine, const char *sql)
{
	const struct script script = { .text = sql };
	struct error e;
	ARENA(arena);

	error_init(&e, &arena);
	if (engine_script(engine, &script, &e) != OK)
		judge_fail(sql, &e);
}

/* A lower-case copy without comments, white space and the quotes of names. */
static inline char *judge_squeeze(struct arena *arena, const char *sql)
{
	char *out = arena_alloc(arena, strlen(sql) + 1), *to = out;

	while (*sql) {
		if (strncmp(sql, "--", 2) == 0) {
			sql += strcspn(sql, "\n");
		} else if (strncmp(sql, "/*", 2) == 0) {
			const char *end = strstr(sql + 2, "*/");

			sql = end ? end + 2 : sql + strlen(sql);
		} else if (*sql == '\'') {
			do
				*to++ = *sql++;
			while (*sql && *sql != '\'');
			if (*sql)
				*to++ = *sql++;
		} else {
			char c = *sql++;

			if (!strchr(" \t\r\n\"`[]", c))
				*to++ = c >= 'A' && c <= 'Z' ? (char)(c + 32)
							     : c;
		}
	}
	*to = '\0';
	return out;
}

static inline int judge_order(const void *a, const void *b)
{
	return strcmp(*(const char *const *)a, *(const char *const *)b);
}

static inline const char *judge_join(struct arena *arena, const char **lines,
				     size_t count, const char *between)
{
	BUFFER(text);

	if (count)
		qsort(lines, count, sizeof(*lines), judge_order);
	for (size_t i = 0; i < count; i++) {
		buffer_text(&text, lines[i]);
		buffer_text(&text, between);
	}
	return arena_copy(arena, buffer_string(&text));
}

/* The squeezed text of a CREATE TABLE with its definitions sorted. */
static inline const char *judge_table(struct arena *arena, const char *sql)
{
	char *text = judge_squeeze(arena, sql), *p = strchr(text, '(');
	const char **parts = NULL;
	size_t count = 0;
	int depth = 0;

	if (!p || strncmp(text, "createtable", 11) != 0)
		return text;
	*LIST_ADD(arena, parts, count) = p + 1;
	for (; *p; p++) {
		if (*p == '\'')
			for (p++; *p && *p != '\''; p++)
				;
		depth += (*p == '(') - (*p == ')');
		if ((*p == ',' && depth == 1) || (*p == ')' && !depth)) {
			*p = '\0';
			*LIST_ADD(arena, parts, count) = p + 1;
		}
	}
	return judge_join(arena, parts, count, ",");
}

/* All rows of a query, one per line. */
static inline const char *judge_rows(struct engine *engine, const char *sql,
				     bool sorted, struct arena *arena)
{
	const char **lines = NULL;
	size_t count = 0;
	struct error e;
	enum step step;
	STATEMENT(rows);
	BUFFER(all);

	error_init(&e, arena);
	if (engine_prepare(engine, sql, &rows, &e) != OK)
		judge_fail(sql, &e);
	while ((step = statement_step(rows, &e)) == STEP_ROW) {
		BUFFER(line);

		for (int i = 0; i < statement_columns(rows); i++) {
			const char *text = statement_text(rows, i, arena);

			buffer_text(&line, text ? text : "NULL");
			buffer_byte(&line, '|');
		}
		*LIST_ADD(arena, lines,
			  count) = arena_copy(arena, buffer_string(&line));
	}
	if (step == STEP_FAILED)
		judge_fail(sql, &e);
	if (sorted)
		return judge_join(arena, lines, count, "\n");
	for (size_t i = 0; i < count; i++)
		buffer_printf(&all, "%s\n", lines[i]);
	return arena_copy(arena, buffer_string(&all));
}

#define JUDGE_OURS(name) name " NOT LIKE 'sqlite\\_%' ESCAPE '\\' "

/* All that the pragmas return for a schema. */
static inline const char *judge_pragmas(struct engine *engine, bool order,
					struct arena *arena)
{
	static const char *const queries[] = {
		"SELECT 'table', lower(name), type, ncol, wr, strict "
		"FROM pragma_table_list WHERE schema = 'main' AND " JUDGE_OURS(
			"name"),
		"SELECT 'column', lower(m.name), lower(x.name), "
		"replace(lower(x.type), ' ', ''), "
		"CASE WHEN x.pk AND lower(x.type) = 'integer' THEN 0 "
		"ELSE x.\"notnull\" END, x.dflt_value, x.pk, x.hidden "
		"FROM sqlite_schema AS m JOIN pragma_table_xinfo(m.name) AS x "
		"WHERE m.type = 'table' AND " JUDGE_OURS("m.name"),
		"SELECT 'foreign key', lower(m.name), group_concat("
		"lower(f.\"from\") || '>' || lower(coalesce(f.\"to\", '')), "
		"','), lower(f.\"table\"), f.on_update, f.on_delete, f.match "
		"FROM sqlite_schema AS m JOIN pragma_foreign_key_list(m.name) "
		"AS f WHERE m.type = 'table' GROUP BY m.name, f.id",
		"SELECT 'index', lower(m.name), CASE i.origin WHEN 'c' THEN "
		"lower(i.name) END, i.\"unique\", i.origin, i.partial, "
		"(SELECT group_concat(coalesce(lower(x.name), '?') || ' ' || "
		"x.\"desc\" || ' ' || x.coll, ',') FROM "
		"pragma_index_xinfo(i.name) AS x WHERE x.key) "
		"FROM sqlite_schema AS m JOIN pragma_index_list(m.name) AS i "
		"WHERE m.type = 'table' AND " JUDGE_OURS("m.name"),
	};
	BUFFER(all);

	for (size_t i = 0; i < sizeof(queries) / sizeof(*queries); i++)
		buffer_text(&all, judge_rows(engine, queries[i], true, arena));
	if (order)
		buffer_text(
			&all,
			judge_rows(engine,
				   "SELECT 'order', lower(m.name), x.cid, "
				   "lower(x.name) FROM sqlite_schema AS m JOIN "
				   "pragma_table_xinfo(m.name) AS x WHERE "
				   "m.type = "
				   "'table' AND " JUDGE_OURS("m.name"),
				   true, arena));
	return arena_copy(arena, buffer_string(&all));
}

/* The SQL of a schema, which shows what the pragmas don't. */
static inline const char *judge_texts(struct engine *engine,
				      struct arena *arena)
{
	const char **lines = NULL;
	size_t count = 0;
	struct error e;
	STATEMENT(rows);

	error_init(&e, arena);
	if (engine_prepare(
		    engine,
		    "SELECT type, lower(name), sql FROM "
		    "sqlite_schema WHERE sql IS NOT NULL AND " JUDGE_OURS(
			    "name"),
		    &rows, &e) != OK)
		judge_fail("texts", &e);
	while (statement_step(rows, &e) == STEP_ROW)
		*LIST_ADD(arena, lines, count) = arena_printf(
			arena, "%s %s %s", statement_text(rows, 0, arena),
			statement_text(rows, 1, arena),
			judge_table(arena, statement_text(rows, 2, arena)));
	return judge_join(arena, lines, count, "\n");
}

static inline const char *judge_text(const char *text)
{
	return text ? text : "NULL";
}

/* Lines end with RS, since names may contain newlines. */
static inline void judge_model_table(struct buffer *all, const struct table *t)
{
	for (size_t i = 0; i < t->ncolumns; i++) {
		const struct column *c = &t->columns[i];

		buffer_printf(all, "%s|%s|%s|%d|%s|%d|%d|||\x1e", t->name,
			      c->name, c->declared, c->not_null,
			      judge_text(c->default_sql), c->key,
			      c->generated ? c->generated + 1 : 0);
	}
	for (size_t i = 0; i < t->nforeign_keys; i++)
		for (size_t k = 0; k < t->foreign_keys[i].ncolumns; k++) {
			const struct foreign_key *f = &t->foreign_keys[i];

			buffer_printf(all, "%s|%zu|%s|%s|%s|%s|%s|||\x1e",
				      t->name, t->nforeign_keys - 1 - i,
				      f->table, t->columns[f->columns[k]].name,
				      judge_text(f->others[k]), f->on_update,
				      f->on_delete);
		}
	for (size_t i = 0; i < t->nindexes; i++)
		for (size_t k = 0; k < t->indexes[i].ncolumns; k++) {
			static const char *const origins[] = { "c", "u", "pk" };
			const struct index *x = &t->indexes[i];

			buffer_printf(all, "%s|%s|%d|%s|%d|%zu|%s|%d|%s|\x1e",
				      t->name, x->name, x->unique,
				      origins[x->origin], x->partial, k,
				      judge_text(x->columns[k].name),
				      x->columns[k].descending,
				      x->columns[k].collation);
		}
}

/* The model of the ordinary tables, in the form of the pragmas. */
static inline const char *judge_model(const struct schema *schema,
				      struct arena *arena)
{
	const char **lines = NULL;
	size_t count = 0;
	BUFFER(all);

	for (size_t i = 0; i < schema->ntables; i++)
		if (schema->tables[i].kind == TABLE_ORDINARY)
			judge_model_table(&all, &schema->tables[i]);
	if (!all.length)
		return "";
	all.data[--all.length] = '\0';
	for (char *rest = NULL, *line = strtok_r(all.data, "\x1e", &rest); line;
	     line = strtok_r(NULL, "\x1e", &rest))
		*LIST_ADD(arena, lines, count) = arena_copy(arena, line);
	return judge_join(arena, lines, count, "\n");
}

/* The same from the pragmas. */
static inline const char *judge_truth(struct engine *engine,
				      struct arena *arena)
{
	return judge_rows(
		engine,
		"WITH t AS MATERIALIZED (SELECT name FROM pragma_table_list "
		"WHERE schema = 'main' AND type = 'table' AND " JUDGE_OURS(
			"name") ") "
				"SELECT t.name, c.name, c.type, c.\"notnull\", "
				"c.dflt_value, "
				"c.pk, c.hidden, '' AS h, '' AS i FROM t, "
				"pragma_table_xinfo(t.name) AS c UNION ALL "
				"SELECT t.name, f.id, f.\"table\", f.\"from\", "
				"f.\"to\", "
				"f.on_update, f.on_delete, '', '' FROM t, "
				"pragma_foreign_key_list(t.name) AS f UNION "
				"ALL "
				"SELECT t.name, i.name, i.\"unique\", "
				"i.origin, i.partial, "
				"x.seqno, x.name, x.\"desc\", x.coll FROM t, "
				"pragma_index_list(t.name) AS i, "
				"pragma_index_xinfo(i.name) "
				"AS x WHERE x.key",
		true, arena);
}

#endif
