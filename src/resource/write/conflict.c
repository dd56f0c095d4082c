#include <inttypes.h>
#include <string.h>
#include <strings.h>

#include "resource/key/key.h"
#include "resource/model/column.h"
#include "resource/text/slug.h"
#include "resource/write/writing.h"
#include "schema/text/index_text.h"
#include "schema/text/token.h"
#include "util/text.h"

/* A refused record, and the uniqueness that it would break. */
struct conflict {
	const struct writing *writing;
	const struct value *row; /* as it would have been stored, by column */
	size_t columns[16];      /* those that must be unique together */
	size_t ncolumns;
	const struct index *index; /* NULL: the primary key, or unknown */
	struct index_text text;    /* of a CREATE INDEX; else no terms */
};

/* The columns of "users.username" or "tasks.a, tasks.b". */
static void find_named_columns(struct conflict *conflict, const char *name)
{
	const struct table *table = conflict->writing->resource->table;
	size_t length = strlen(table->name);

	for (const char *part = name; part && conflict->ncolumns < 16;) {
		const char *end = strstr(part, ", ");
		size_t n = end ? (size_t)(end - part) : strlen(part);

		for (size_t i = 0; i < table->ncolumns; i++) {
			const char *column = table->columns[i].name;

			if (n == length + 1 + strlen(column) &&
			    strncmp(part, table->name, length) == 0 &&
			    strncmp(part + length + 1, column,
				    strlen(column)) == 0)
				conflict->columns[conflict->ncolumns++] = i;
		}
		part = end ? end + 2 : NULL;
	}
}

static bool is_index_on(const struct conflict *conflict,
			const struct index *index)
{
	const struct table *table = conflict->writing->resource->table;

	if (!index->unique || index->ncolumns != conflict->ncolumns)
		return false;
	for (size_t i = 0; i < index->ncolumns; i++)
		if (!index->columns[i].name ||
		    strcasecmp(index->columns[i].name,
			       table->columns[conflict->columns[i]].name) != 0)
			return false;
	return true;
}

/* "index 'x'" is an index on expressions: finds the columns in them. */
static const struct index *find_expressions(struct conflict *conflict,
					    const char *name)
{
	const struct resource *resource = conflict->writing->resource;
	const struct table *table = resource->table;
	size_t length = strlen(name);

	for (size_t i = 0; i < table->nindexes; i++) {
		const struct index *index = &table->indexes[i];

		if (length != strlen(index->name) + strlen("index ''") ||
		    strncmp(name + strlen("index '"), index->name,
			    strlen(index->name)) != 0)
			continue;
		for (size_t k = 0; index->sql && k < table->ncolumns; k++)
			if (conflict->ncolumns < 16 &&
			    tokens_name(span_of(strchr(index->sql, '(')),
					table->columns[k].name))
				conflict->columns[conflict->ncolumns++] = k;
		return index;
	}
	return NULL;
}

/* The row that was refused, as a table of one row: its columns as $1 … */
static const char *refused_row_sql(const struct conflict *conflict,
				   struct arena *arena)
{
	const struct resource *resource = conflict->writing->resource;
	BUFFER(sql);

	buffer_text(&sql, "(SELECT ");
	for (size_t i = 0; i < resource->table->ncolumns; i++)
		buffer_printf(&sql, "%s$%zu AS %s", i ? ", " : "", i + 1,
			      resource->quoted[i]);
	buffer_text(&sql, ") AS refused");
	return arena_copy(arena, sql.data);
}

static const char *term_sql(const struct conflict *conflict, size_t i,
			    struct arena *arena)
{
	const struct index *index = conflict->index;
	const char *name;

	if (conflict->text.nterms)
		return conflict->text.terms[i].sql;
	name = conflict->writing->resource->quoted[conflict->columns[i]];
	return index && index->columns[i].collation
		       ? arena_printf(
				 arena, "%s COLLATE %s", name,
				 sql_name(arena, index->columns[i].collation))
		       : name;
}

/* Finds the row that already has the values; false if there is none. */
static bool find_holder(const struct conflict *conflict, struct row_key *out,
			struct arena *arena)
{
	const struct resource *resource = conflict->writing->resource;
	const char *row = refused_row_sql(conflict, arena);
	size_t nterms = conflict->text.nterms ? conflict->text.nterms
					      : conflict->ncolumns;
	struct error ignored;
	STATEMENT(statement);
	BUFFER(sql);

	error_init(&ignored, arena);
	buffer_printf(&sql, "SELECT %s FROM %s WHERE %s",
		      key_columns(resource, arena),
		      sql_name(arena, resource->table->name),
		      conflict->text.where ? conflict->text.where : "true");
	for (size_t i = 0; i < nterms; i++)
		buffer_printf(&sql, " AND %s = (SELECT %s FROM %s)",
			      term_sql(conflict, i, arena),
			      term_sql(conflict, i, arena), row);
	if (engine_prepare(conflict->writing->call->context->engine, sql.data,
			   &statement, &ignored) != OK)
		return false;
	for (size_t i = 0; i < resource->table->ncolumns; i++)
		statement_bind(statement, (int)i + 1, conflict->row[i]);
	if (statement_step(statement, &ignored) != STEP_ROW)
		return false;
	key_read(resource, statement, arena, out);
	return true;
}

/* Of several partial indexes on the same columns, the one that has a row. */
static bool find_index(struct conflict *conflict, const char *name,
		       struct row_key *holder, struct arena *arena)
{
	const struct table *table = conflict->writing->resource->table;

	find_named_columns(conflict, name);
	if (!conflict->ncolumns) {
		conflict->index = find_expressions(conflict, name);
		return conflict->index &&
		       index_parse(conflict->index->sql, arena,
				   &conflict->text) &&
		       find_holder(conflict, holder, arena);
	}
	for (size_t i = 0; i < table->nindexes; i++) {
		if (!is_index_on(conflict, &table->indexes[i]))
			continue;
		conflict->index = &table->indexes[i];
		conflict->text = (struct index_text){ .table = NULL };
		if (conflict->index->sql)
			(void)index_parse(conflict->index->sql, arena,
					  &conflict->text);
		if (find_holder(conflict, holder, arena))
			return true;
	}
	conflict->index = NULL;
	conflict->text = (struct index_text){ .table = NULL };
	return find_holder(conflict, holder, arena);
}

/* "slug "user1"", "low 7 with high 8" */
static const char *taken_text(const struct conflict *conflict,
			      struct arena *arena)
{
	const struct table *table = conflict->writing->resource->table;
	const char *text = "";

	for (size_t i = 0; i < conflict->ncolumns; i++) {
		size_t at = conflict->columns[i];

		text = arena_printf(arena, "%s%s%s %s", text, i ? " with " : "",
				    table->columns[at].name,
				    value_show(conflict->row[at], arena));
	}
	return text;
}

static bool is_key(const struct conflict *conflict)
{
	const struct table *table = conflict->writing->resource->table;

	for (size_t i = 0; i < conflict->ncolumns; i++)
		if (!table->columns[conflict->columns[i]].key)
			return false;
	return conflict->ncolumns == table->nkey;
}

/* Whether the conflict is about a slug made from its source. */
static bool is_made_slug(const struct conflict *conflict, struct arena *arena)
{
	const struct resource *resource = conflict->writing->resource;
	const struct table *table = resource->table;
	struct value source;

	if (!resource->slug || conflict->ncolumns != 1 ||
	    &table->columns[conflict->columns[0]] != resource->slug)
		return false;
	source = conflict->row[column_position(table, resource->slug_source)];
	return source.kind == VALUE_TEXT &&
	       value_equal(conflict->row[conflict->columns[0]],
			   value_text(slug_make(arena, source.data,
						source.length)));
}

/*
 * If a slug was made from a unique column whose value is taken as well, that
 * value is the conflict to report.
 */
static bool find_source_holder(struct conflict *conflict,
			       struct row_key *holder, struct arena *arena)
{
	const struct resource *resource = conflict->writing->resource;
	const struct table *table = resource->table;
	struct conflict source = {
		.writing = conflict->writing,
		.row = conflict->row,
		.columns = { column_position(table, resource->slug_source) },
		.ncolumns = 1,
	};

	if (!resource->slug_source->unique ||
	    !find_holder(&source, holder, arena))
		return false;
	*conflict = source;
	return true;
}

/* Explains the index: its expressions, and the rows it covers. */
static void explain_index(const struct conflict *conflict, struct error *e)
{
	const struct index_text *text = &conflict->text;
	const char *terms = "";

	for (size_t i = 0; i < text->nterms; i++)
		terms = arena_printf(e->arena, "%s%s%s", terms, i ? ", " : "",
				     text->terms[i].bare);
	if (conflict->index && !conflict->index->columns[0].name)
		error_reason(e, "%s must be unique%s%s", terms,
			     text->where ? " where " : "",
			     text->where ? text->where : "");
	else if (text->where)
		error_reason(e, "unique where %s", text->where);
}

static void explain_slug(const struct conflict *conflict, struct error *e)
{
	const struct resource *resource = conflict->writing->resource;
	size_t source = column_position(resource->table, resource->slug_source);

	error_reason(e, "made from %s %s", resource->slug_source->name,
		     value_show(conflict->row[source], e->arena));
}

/* The given rowid of a table without a primary key, if that is what is taken:
   the engine's name for it is not a column's.  NULL otherwise. */
static struct value *taken_rowid(const struct writing *writing,
				 const char *name)
{
	const struct table *table = writing->resource->table;
	const size_t length = strlen(table->name);

	return writing->resource->rowid && writing->given[table->ncolumns] &&
			       strncmp(name, table->name, length) == 0 &&
			       strcmp(name + length, ".rowid") == 0 &&
			       !table_find_column(table, "rowid")
		       ? &writing->values[table->ncolumns]
		       : NULL;
}

bool find_unique_holder(const struct writing *writing, const struct value *row,
			const char *name, struct row_key *holder)
{
	struct conflict conflict = { .writing = writing, .row = row };
	struct value *rowid = taken_rowid(writing, name);

	if (rowid) {
		*holder = (struct row_key){ .values = rowid, .count = 1 };
		return true;
	}
	return find_index(&conflict, name, holder, writing->call->arena);
}

/* Names the field, if it is a single one, for programs. */
static void name_field(const struct conflict *conflict, struct error *e)
{
	const struct table *table = conflict->writing->resource->table;
	const size_t at = conflict->columns[0];
	BUFFER(json);

	if (conflict->ncolumns != 1)
		return;
	e->field = arena_copy(e->arena, table->columns[at].name);
	if (conflict->row[at].kind == VALUE_INTEGER)
		buffer_printf(&json, "%" PRId64, conflict->row[at].integer);
	else if (conflict->row[at].kind == VALUE_TEXT)
		text_json(&json, conflict->row[at].data,
			  conflict->row[at].length);
	if (json.length)
		e->value = arena_copy(e->arena, json.data);
}

enum status refuse_unique(const struct writing *writing,
			  const struct value *row, const char *name,
			  struct error *e)
{
	const struct resource *resource = writing->resource;
	struct conflict conflict = { .writing = writing, .row = row };
	const struct value *rowid = taken_rowid(writing, name);
	struct row_key holder;
	bool made, held;

	if (rowid)
		return fail(e, CONFLICT, "%s %s is already taken",
			    resource->rowid, value_show(*rowid, e->arena));
	held = find_index(&conflict, name, &holder, e->arena);
	if (!conflict.ncolumns)
		return fail(e, CONFLICT, "%s must be unique", name);
	made = is_made_slug(&conflict, e->arena) &&
	       !find_source_holder(&conflict, &holder, e->arena);
	fail(e, CONFLICT, "%s is already taken",
	     taken_text(&conflict, e->arena));
	if (held && !is_key(&conflict))
		e->message = arena_printf(e->arena, "%s by %s %s", e->message,
					  resource->name,
					  key_text(&holder, e->arena));
	explain_index(&conflict, e);
	name_field(&conflict, e);
	if (made)
		explain_slug(&conflict, e);
	return CONFLICT;
}
