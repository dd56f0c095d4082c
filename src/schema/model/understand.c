#include "schema/model/understand.h"

#include <assert.h>

#include "schema/text/annotation.h"

/* Sorts the primary key's columns by their position in it. */
static void order_key(struct table *table, struct arena *arena)
{
	table->key = arena_array(arena, table->nkey, sizeof(*table->key));
	for (size_t i = 0; i < table->ncolumns; i++) {
		size_t position = (size_t)table->columns[i].key;

		if (position && position <= table->nkey)
			table->key[position - 1] = i;
	}
}

static void mark_unique(struct table *table)
{
	for (size_t i = 0; i < table->nindexes; i++) {
		const struct index *index = &table->indexes[i];
		struct column *column;
		const char *by, *own;

		if (!index->unique || index->partial || index->ncolumns != 1 ||
		    !index->columns[0].name)
			continue;
		column = table_find_column(table, index->columns[0].name);
		if (!column)
			continue;
		by = index->columns[0].collation;
		own = column->collation ? column->collation : "BINARY";
		if (!column->unique || column->unique_by)
			column->unique_by = name_equal(by, own) ? NULL : by;
		column->unique = true;
	}
}

/* SQL and introspection disagree only in a damaged database. */
static bool ddl_matches(const struct ddl *ddl, const struct table *table)
{
	if (ddl->ncolumns != table->ncolumns)
		return false;
	for (size_t i = 0; i < ddl->ncolumns; i++)
		if (!name_equal(ddl->columns[i].name, table->columns[i].name))
			return false;
	return true;
}

static void add_check(struct table *table, const struct ddl_clause *clause,
		      struct arena *arena)
{
	struct check *check = LIST_ADD(arena, table->checks, table->nchecks);

	check->name = clause->name;
	check->sql = tokens_plain(arena, clause->body);
}

static const char *nondefault_collation(struct span body, struct arena *arena)
{
	const char *name = span_name(body, arena);

	return !*name || name_equal(name, "BINARY") ? NULL : name;
}

/* The n-th REFERENCES in the SQL is the n-th foreign key of the model. */
static void name_foreign_key(struct table *table, size_t number,
			     const struct ddl_clause *clause,
			     struct arena *arena)
{
	struct foreign_key *key;

	if (number >= table->nforeign_keys)
		return;
	key = &table->foreign_keys[number];
	if (!clause->table || !name_equal(key->table, clause->table))
		return;
	key->name = clause->name;
	key->deferrable = tokens_plain(arena, clause->deferrable);
}

static void apply_clauses(struct table *table, struct arena *arena)
{
	size_t nkeys = 0;

	for (size_t i = 0; i < table->ddl->nclauses; i++) {
		const struct ddl_clause *clause = &table->ddl->clauses[i];
		struct column *column =
			clause->column < 0 ? NULL
					   : &table->columns[clause->column];

		switch (clause->kind) {
		case CLAUSE_KEY:
			table->autoincrement |= clause->autoincrement;
			break;
		case CLAUSE_CHECK:
			add_check(table, clause, arena);
			break;
		case CLAUSE_REFERENCES:
			name_foreign_key(table, nkeys++, clause, arena);
			break;
		case CLAUSE_COLLATE:
			assert(column);
			column->collation = nondefault_collation(clause->body,
								 arena);
			break;
		case CLAUSE_GENERATED:
			assert(column);
			column->generated_sql = tokens_plain(arena,
							     clause->body);
			break;
		case CLAUSE_UNIQUE:
		case CLAUSE_NOT_NULL:
		case CLAUSE_DEFAULT:
			break;
		}
	}
}

/* Consecutive comments of the same owner are added together. */
static void annotate_table(struct table *table, struct arena *arena)
{
	const struct ddl *ddl = table->ddl;

	for (size_t i = 0, end; i < ddl->ncomments; i = end) {
		int owner = ddl->owners[i];

		for (end = i + 1; end < ddl->ncomments; end++)
			if (ddl->owners[end] != owner)
				break;
		if (owner == OWNER_CONSTRAINT)
			continue;
		annotations_add(owner == OWNER_TABLE
					? &table->annotations
					: &table->columns[owner].annotations,
				ddl->comments + i, end - i, arena);
	}
}

/* Moves annotations of the table from columns' comments to it. */
static void lift_annotations(struct table *table)
{
	for (size_t i = 0; i < table->ncolumns; i++) {
		struct annotations *annotations =
			&table->columns[i].annotations;

		if (annotations->resource && !table->annotations.resource)
			table->annotations.resource = annotations->resource;
		annotations->resource = NULL;
		table->annotations.precondition |= annotations->precondition;
		annotations->precondition = false;
	}
}

static void annotate_view(struct table *table, struct arena *arena)
{
	struct span *comments;
	size_t count = ddl_view_comments(table->sql, arena, &comments);

	annotations_add(&table->annotations, comments, count, arena);
}

static void apply_ddl(struct table *table, struct arena *arena)
{
	for (size_t i = 0; i < table->ncolumns; i++)
		table->columns[i].definition = arena_copy_n(
			arena, table->ddl->columns[i].definition.text,
			table->ddl->columns[i].definition.length);
	apply_clauses(table, arena);
	annotate_table(table, arena);
	lift_annotations(table);
}

void table_understand(struct table *table, struct arena *arena)
{
	order_key(table, arena);
	if (table->kind == TABLE_VIEW)
		annotate_view(table, arena);
	if (table->ddl && !ddl_matches(table->ddl, table))
		table->ddl = NULL;
	if (table->ddl)
		apply_ddl(table, arena);
	mark_unique(table);
}
