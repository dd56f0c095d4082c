#include "migrate/audit.h"

#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "migrate/scan.h"
#include "migrate/trace.h"
#include "util/text.h"

enum { SHOWN = 5 };

struct taking {
	struct audit *audit;
	struct arena *arena;
};

static const char *keep(struct taking *taking, const char *name,
			const char *last)
{
	if (!name || (last && !strcmp(name, last)))
		return name ? last : NULL;
	return arena_copy(taking->arena, name);
}

static void add_violation(void *data, const char *table, int64_t rowid,
			  const char *parent)
{
	struct taking *taking = data;
	struct audit *audit = taking->audit;
	const struct violation last =
		audit->nviolations ? audit->violations[audit->nviolations - 1]
				   : (struct violation){ 0 };
	*LIST_ADD(taking->arena, audit->violations,
		  audit->nviolations) = (struct violation){
		.table = keep(taking, table, last.table),
		.parent = keep(taking, parent, last.parent),
		.rowid = rowid,
	};
}

/* Other rowids are new ones wherever rows are copied. */
static enum status find_named(struct engine *engine, struct audit *audit,
			      struct error *e)
{
	const char *last = NULL;
	bool named = false;
	for (size_t i = 0; i < audit->nviolations; i++) {
		struct violation *violation = &audit->violations[i];
		struct value table = value_text(violation->table), is;
		ARENA(arena);
		if (last != violation->table &&
		    engine_query_one(engine,
				     "SELECT count(*) = 1 AND max(upper(type)) "
				     "= 'INTEGER' FROM pragma_table_info($1) "
				     "WHERE pk > 0",
				     &table, 1, &arena, &is, e))
			return e->status;
		if (last != violation->table)
			named = is.integer;
		last = violation->table;
		violation->named = named;
	}
	return OK;
}

enum status audit_take(struct engine *engine, struct arena *arena,
		       struct audit *out, struct error *e)
{
	struct taking taking = { out, arena };
	*out = (struct audit){ 0 };
	enum status status = engine_foreign_key_check(engine, add_violation,
						      &taking, e);
	if (!status)
		status = find_named(engine, out, e);
	return status ? status : rows_count(engine, arena, &out->rows, e);
}

/* Names of SQL, so in any case. */
static int compare_names(const char *a, const char *b)
{
	return a && b ? strcasecmp(a, b) : (a != NULL) - (b != NULL);
}

static int compare_violations(const void *a, const void *b)
{
	const struct violation *x = a, *y = b;
	int64_t one = x->named ? x->rowid : 0, two = y->named ? y->rowid : 0;
	int order = compare_names(x->table, y->table);
	if (!order)
		order = compare_names(x->parent, y->parent);
	return order ? order : (one > two) - (one < two);
}

static void sort(struct violation *violations, size_t count)
{
	if (count)
		qsort(violations, count, sizeof(*violations),
		      compare_violations);
}

static const char *name_after(const struct trace_names *names,
			      const char *table)
{
	const char *name = trace_name(names, table);
	return name ? name : table;
}

static void find_unnamed(const struct violation *violations, size_t count,
			 struct names *out, struct arena *arena)
{
	for (size_t i = 0; i < count; i++)
		if (!violations[i].named &&
		    !names_have(out, violations[i].table))
			names_add(out, violations[i].table, arena);
}

/* In order, by rowids only where these are names on both sides. */
static void sort_by(struct violation *violations, size_t count,
		    const struct names *unnamed)
{
	for (size_t i = 0; unnamed->count && i < count; i++)
		if (names_have(unnamed, violations[i].table))
			violations[i].named = false;
	sort(violations, count);
}

/* Violations under the names that their tables have got. */
static struct violation *renamed(const struct audit *audit,
				 const struct trace_names *names,
				 struct arena *arena)
{
	struct violation *out = arena_array(arena, audit->nviolations,
					    sizeof(*out));
	for (size_t i = 0; i < audit->nviolations; i++) {
		out[i] = audit->violations[i];
		out[i].table = name_after(names, out[i].table);
		if (out[i].parent)
			out[i].parent = name_after(names, out[i].parent);
	}
	return out;
}

static void show(struct buffer *out, const struct violation *violation)
{
	BUFFER(line);
	if (!violation->parent)
		buffer_printf(&line, "%s: foreign key mismatch",
			      violation->table);
	else if (violation->rowid)
		buffer_printf(&line, "%s, row %lld: no such row of %s",
			      violation->table, (long long)violation->rowid,
			      violation->parent);
	else
		buffer_printf(&line, "%s: no such row of %s", violation->table,
			      violation->parent);
	buffer_text(out, out->length ? "\n    " : "    ");
	text_visible(out, buffer_string(&line), line.length);
}

static enum status compare_keys(const struct audit *before,
				const struct audit *after,
				const struct trace_names *names,
				struct arena *arena, struct error *e)
{
	struct violation *old = renamed(before, names, arena);
	struct names unnamed = { 0 };
	BUFFER(rows);
	size_t count = 0, i = 0;
	find_unnamed(old, before->nviolations, &unnamed, arena);
	find_unnamed(after->violations, after->nviolations, &unnamed, arena);
	sort_by(old, before->nviolations, &unnamed);
	sort_by(after->violations, after->nviolations, &unnamed);
	for (size_t j = 0; j < after->nviolations; j++) {
		const struct violation *new = &after->violations[j];
		int order = -1;
		while (i < before->nviolations &&
		       (order = compare_violations(&old[i], new)) < 0)
			i++;
		if (i < before->nviolations && !order) {
			i++;
			continue;
		}
		count++;
		/* Rows without a rowid look all the same. */
		if (count <= SHOWN && (count == 1 || new->rowid ||
				       compare_violations(new - 1, new) != 0))
			show(&rows, new);
	}
	if (!count)
		return OK;
	fail(e, CONFLICT, "%zu row%s would violate a foreign key", count,
	     count == 1 ? "" : "s");
	e->detail = arena_copy(e->arena, buffer_string(&rows));
	error_hint(e, "change the rows first; nothing was changed");
	return e->status;
}

/* Whether a table's name follows whose rows go. */
static bool takes_rows(const struct token *before, const struct token *token,
		       bool update)
{
	return (token_is(before, "DELETE") && token_is(token, "FROM")) ||
	       (token_is(before, "REPLACE") && token_is(token, "INTO")) ||
	       (update && token_is(before, "OR") && token_is(token, "REPLACE"));
}

/* The name behind DELETE FROM, REPLACE INTO or UPDATE OR REPLACE, or NULL. */
static const char *deleted_from(const struct scan_statement *statement,
				struct arena *arena)
{
	struct lexer lexer = scan_lexer(statement);
	struct token token, before = { 0 };
	lexer_next(&lexer, &token);
	if (token_is(&token, "CREATE")) /* a trigger, which does it later */
		return NULL;
	bool update = token_is(&token, "UPDATE");
	while (!takes_rows(&before, &token, update)) {
		before = token;
		if (!lexer_next(&lexer, &token))
			return NULL;
	}
	lexer_next(&lexer, &token);
	const char *name = token_name(&token, arena);
	if (lexer_next(&lexer, &token) && token_is(&token, ".") &&
	    lexer_next(&lexer, &token))
		name = token_name(&token, arena);
	return name;
}

/* The tables that a section takes rows from. */
static struct names find_deletes(const struct section *section,
				 struct arena *arena)
{
	struct names names = { 0 };
	struct scan scan = scan_of(section->text, section->line);
	struct scan_statement statement;
	while (scan_statement(&scan, &statement)) {
		const char *name = deleted_from(&statement, arena);
		if (name && !name_equal(name, "sqlite_sequence"))
			names_add(&names, name, arena);
	}
	return names;
}

/* Whether one of the names is the table's, before or after, or is one of no
   table that was there: a name that it had in between. */
static bool may_lose(const struct names *deletes, const struct audit *before,
		     const char *old, const char *new)
{
	for (size_t i = 0; i < deletes->count; i++) {
		const char *name = deletes->items[i];
		if (name_equal(name, old) || name_equal(name, new) ||
		    !rows_find(&before->rows, name))
			return true;
	}
	return false;
}

static enum status compare_rows(const struct audit *before,
				const struct audit *after,
				const struct trace_names *names,
				const struct section *section,
				struct arena *arena, struct error *e)
{
	struct names deletes = find_deletes(section, arena);
	for (size_t i = 0; i < before->rows.count; i++) {
		const struct row_count *old = &before->rows.items[i];
		const char *name = trace_name(names, old->table);
		if (!name)
			continue;
		const struct row_count *new = rows_find(&after->rows, name);
		/* Renamed away, copied into a new one, and dropped. */
		if (!new)
			new = rows_find(&after->rows, old->table);
		if (!new || new->rows >= old->rows ||
		    may_lose(&deletes, before, old->table, new->table))
			continue;
		return fail(e, CONFLICT,
			    "table \"%s\" had %lld row%s and would have %lld",
			    old->table, (long long)old->rows,
			    old->rows == 1 ? "" : "s", (long long)new->rows);
	}
	return OK;
}

enum status audit_compare(const struct audit *before, const struct audit *after,
			  const struct section *section, struct arena *arena,
			  struct error *e)
{
	struct trace_names names = trace_tables(section, &before->rows, arena);
	enum status status = compare_keys(before, after, &names, arena, e);
	return status ? status
		      : compare_rows(before, after, &names, section, arena, e);
}
