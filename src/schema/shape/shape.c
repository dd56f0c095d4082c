#include "schema/shape/shape.h"

#include "schema/shape/canonical.h"
#include "schema/text/annotation.h"

static const char *conflict_of(const struct ddl_clause *clause,
			       struct arena *arena)
{
	if (!clause->conflict || name_equal(clause->conflict, "ABORT"))
		return "";
	return arena_printf(arena, " on conflict %s",
			    tokens_canonical(arena, span_of(clause->conflict)));
}

/* The columns of a clause: its own list, or the column it belongs to. */
static const char *columns_of(const struct table *table,
			      const struct ddl_clause *clause,
			      struct arena *arena)
{
	if (clause->column < 0)
		return canonical_columns(table, clause->body, arena);
	return canonical_name(table->columns[clause->column].name, arena);
}

static void add_shape_constraint(struct shape *shape, const struct table *table,
				 const struct ddl_clause *clause,
				 const struct schema *schema,
				 struct arena *arena)
{
	struct shape_constraint *constraint = LIST_ADD(
		arena, shape->constraints, shape->nconstraints);

	*constraint = (struct shape_constraint){
		.kind = clause->kind,
		.name = clause->name ? clause->name : "",
		.others = "",
		.table = clause->table ? clause->table : "",
	};
	if (clause->kind == CLAUSE_CHECK) {
		constraint->columns = tokens_plain(arena, clause->body);
		constraint->text = canonical_expression(table, clause->body,
							arena);
		return;
	}
	constraint->columns = columns_of(table, clause, arena);
	if (clause->kind == CLAUSE_REFERENCES)
		shape_reference(clause, schema, arena, constraint);
	else
		constraint->text = arena_printf(arena, "%s%s",
						constraint->columns,
						conflict_of(clause, arena));
}

/* An alias of the rowid has no order, whatever its list says. */
static void set_key(struct shape *shape, const struct table *table,
		    const struct ddl_clause *clause, struct arena *arena)
{
	const struct column *alias = table_rowid_column(table);
	const char *columns = alias ? canonical_name(alias->name, arena)
				    : columns_of(table, clause, arena);

	shape->key = arena_printf(arena, "%s%s%s", columns,
				  clause->descending ? " desc" : "",
				  conflict_of(clause, arena));
	shape->key_name = clause->name ? clause->name : "";
	shape->autoincrement = clause->autoincrement;
}

/* A rowid is never NULL; other key columns may be, as a quirk of SQLite. */
static const char *not_null_of(const struct table *table, size_t i,
			       struct arena *arena)
{
	const struct ddl_clause *clause = ddl_find(table->ddl, (int)i,
						   CLAUSE_NOT_NULL);
	const struct column *column = &table->columns[i];

	if (column == table_rowid_column(table) || !column->not_null)
		return "";
	return arena_printf(arena, "not null%s",
			    clause ? conflict_of(clause, arena) : "");
}

static const char *generated_of(const struct table *table, size_t i,
				struct arena *arena)
{
	const struct ddl_clause *clause = ddl_find(table->ddl, (int)i,
						   CLAUSE_GENERATED);

	if (!clause)
		return "";
	return arena_printf(arena, "%s %s",
			    clause->stored ? "stored" : "virtual",
			    canonical_expression(table, clause->body, arena));
}

static void add_shape_column(struct shape *shape, const struct table *table,
			     size_t i, struct arena *arena)
{
	const struct column *column = &table->columns[i];
	const struct ddl_clause *value = ddl_find(table->ddl, (int)i,
						  CLAUSE_DEFAULT);
	/* In a STRICT table ANY converts no value. */
	bool any = table->strict && name_equal(column->declared, "ANY");

	shape->columns[i] = (struct shape_column){
		.name = column->name,
		.type = canonical_type(table->ddl->columns[i].type,
				       column->key > 0, arena),
		.not_null = not_null_of(table, i, arena),
		.default_value = value ? canonical_default(
						 any ? "" : column->declared,
						 value->body, arena)
				       : "",
		.collation = column->collation ? column->collation : "",
		.generated = generated_of(table, i, arena),
		.annotations = &column->annotations,
	};
}

static const char *remarks_of(const struct ddl *ddl, struct arena *arena)
{
	struct annotations all = { .description = NULL };

	for (size_t i = 0; i < ddl->ncomments; i++)
		if (ddl->owners[i] == OWNER_CONSTRAINT)
			annotations_add(&all, &ddl->comments[i], 1, arena);
	return all.description ? all.description : "";
}

/*
 * An unnamed UNIQUE that repeats another one or the primary key, for which
 * SQLite creates no index unless the key is an alias of the rowid.
 */
static bool is_redundant(const struct shape *shape, const struct table *table,
			 size_t i)
{
	const struct shape_constraint *one = &shape->constraints[i];

	if (one->kind != CLAUSE_UNIQUE || *one->name)
		return false;
	if (!table_rowid_column(table) && name_equal(one->text, shape->key))
		return true;
	for (size_t k = 0; k < shape->nconstraints; k++) {
		const struct shape_constraint *other = &shape->constraints[k];

		if (other->kind == CLAUSE_UNIQUE &&
		    (k < i || (k > i && *other->name)) &&
		    name_equal(other->text, one->text))
			return true;
	}
	return false;
}

static void drop_redundant(struct shape *shape, const struct table *table)
{
	for (size_t i = shape->nconstraints; i-- > 0;) {
		if (!is_redundant(shape, table, i))
			continue;
		shape->nconstraints--;
		memmove(&shape->constraints[i], &shape->constraints[i + 1],
			(shape->nconstraints - i) *
				sizeof(*shape->constraints));
	}
}

struct shape *shape_of(const struct table *table, const struct schema *schema,
		       struct arena *arena)
{
	struct shape *shape = arena_zero(arena, sizeof(*shape));

	shape->ncolumns = table->ncolumns;
	shape->columns = arena_array(arena, table->ncolumns,
				     sizeof(*shape->columns));
	shape->key = shape->key_name = "";
	shape->without_rowid = table->without_rowid;
	shape->strict = table->strict;
	shape->annotations = &table->annotations;
	shape->remarks = remarks_of(table->ddl, arena);
	for (size_t i = 0; i < table->ncolumns; i++)
		add_shape_column(shape, table, i, arena);
	for (size_t i = 0; i < table->ddl->nclauses; i++) {
		const struct ddl_clause *clause = &table->ddl->clauses[i];

		if (clause->kind == CLAUSE_KEY)
			set_key(shape, table, clause, arena);
		if (clause->kind == CLAUSE_UNIQUE ||
		    clause->kind == CLAUSE_CHECK ||
		    clause->kind == CLAUSE_REFERENCES)
			add_shape_constraint(shape, table, clause, schema,
					     arena);
	}
	drop_redundant(shape, table);
	return shape;
}
