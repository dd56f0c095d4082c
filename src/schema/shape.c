#include "schema/shape.h"

#include "schema/annotation.h"
#include "schema/canonical.h"

static const char *conflict_of(const struct ddl_clause *clause,
			       struct arena *arena)
{
	if (!clause->conflict || name_equal(clause->conflict, "ABORT"))
		return "";
	return arena_printf(arena, " on conflict %s",
			    tokens_canonical(arena, span_of(clause->conflict)));
}

/* What SQLite does is the same for all words but DEFERRABLE … DEFERRED. */
static const char *deferrable_of(const struct ddl_clause *clause,
				 struct arena *arena)
{
	const char *words = tokens_canonical(arena, clause->deferrable);

	if (!*words || name_begins(words, "not "))
		return "";
	return strcmp(words, "deferrable initially deferred") == 0
		       ? " deferrable initially deferred"
		       : " deferrable";
}

static const char *canonical_list(struct span list, struct arena *arena)
{
	static const struct table none = { .name = "" };

	return canonical_columns(&none, list, arena);
}

/* Without a list, a foreign key leads to the primary key. */
static const char *others_of(const struct ddl_clause *clause,
			     const struct schema *schema, struct arena *arena)
{
	const struct table *table = schema_find_table(
		schema, clause->table ? clause->table : "");
	BUFFER(list);

	if (clause->others.length)
		return canonical_list(clause->others, arena);
	for (size_t i = 0; table && i < table->nkey; i++)
		buffer_printf(&list, "%s%s", i ? ", " : "",
			      canonical_name(table->columns[table->key[i]].name,
					     arena));
	return arena_copy(arena, buffer_string(&list));
}

/* The columns of a clause: its own list, or the column it stands on. */
static const char *columns_of(const struct table *table,
			      const struct ddl_clause *clause,
			      struct arena *arena)
{
	if (clause->column < 0)
		return canonical_columns(table, clause->body, arena);
	return canonical_name(table->columns[clause->column].name, arena);
}

static const char *action(const char *words)
{
	return words ? words : "NO ACTION";
}

static void add_reference(const struct ddl_clause *clause,
			  const struct schema *schema, struct arena *arena,
			  struct shape_constraint *constraint)
{
	constraint->others = others_of(clause, schema, arena);
	constraint->text = arena_printf(
		arena, "%s -> %s(%s) update %s delete %s match %s%s",
		constraint->columns, clause->table ? clause->table : "",
		constraint->others, action(clause->on_update),
		action(clause->on_delete), clause->match ? clause->match : "",
		deferrable_of(clause, arena));
}

static void add_constraint(struct shape *shape, const struct table *table,
			   const struct ddl_clause *clause,
			   const struct schema *schema, struct arena *arena)
{
	struct shape_constraint *constraint = LIST_ADD(
		arena, shape->constraints, shape->nconstraints);

	*constraint = (struct shape_constraint){
		.kind = clause->kind,
		.name = clause->name ? clause->name : "",
		.others = "",
	};
	if (clause->kind == CLAUSE_CHECK) {
		constraint->columns = tokens_plain(arena, clause->body);
		constraint->text = canonical_expression(table, clause->body,
							arena);
		return;
	}
	constraint->columns = columns_of(table, clause, arena);
	if (clause->kind == CLAUSE_REFERENCES)
		add_reference(clause, schema, arena, constraint);
	else
		constraint->text = arena_printf(arena, "%s%s",
						constraint->columns,
						conflict_of(clause, arena));
}

/* The key; an alias of the rowid has no order, and was found to be one. */
static void set_key(struct shape *shape, const struct table *table,
		    const struct ddl_clause *clause, struct arena *arena)
{
	const struct column *alias = table_rowid_column(table);
	const char *columns = alias ? canonical_name(alias->name, arena)
				    : columns_of(table, clause, arena);

	shape->key = arena_printf(arena, "%s%s%s", columns,
				  clause->descending ? " desc" : "",
				  conflict_of(clause, arena));
	shape->autoincrement = clause->autoincrement;
}

/* A rowid is never NULL; other keys' columns may be, which is SQLite's own. */
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

static void add_column(struct shape *shape, const struct table *table, size_t i,
		       struct arena *arena)
{
	const struct column *column = &table->columns[i];
	const struct ddl_clause *value = ddl_find(table->ddl, (int)i,
						  CLAUSE_DEFAULT);
	/* There ANY is the one type that changes no value. */
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
	struct annotations said = { .description = NULL };

	for (size_t i = 0; i < ddl->ncomments; i++)
		if (ddl->owners[i] == OWNER_CONSTRAINT)
			annotations_add(&said, &ddl->comments[i], 1, arena);
	return said.description ? said.description : "";
}

struct shape *shape_of(const struct table *table, const struct schema *schema,
		       struct arena *arena)
{
	struct shape *shape = arena_zero(arena, sizeof(*shape));

	shape->ncolumns = table->ncolumns;
	shape->columns = arena_array(arena, table->ncolumns,
				     sizeof(*shape->columns));
	shape->key = "";
	shape->without_rowid = table->without_rowid;
	shape->strict = table->strict;
	shape->annotations = &table->annotations;
	shape->remarks = remarks_of(table->ddl, arena);
	for (size_t i = 0; i < table->ncolumns; i++)
		add_column(shape, table, i, arena);
	for (size_t i = 0; i < table->ddl->nclauses; i++) {
		const struct ddl_clause *clause = &table->ddl->clauses[i];

		if (clause->kind == CLAUSE_KEY)
			set_key(shape, table, clause, arena);
		if (clause->kind == CLAUSE_UNIQUE ||
		    clause->kind == CLAUSE_CHECK ||
		    clause->kind == CLAUSE_REFERENCES)
			add_constraint(shape, table, clause, schema, arena);
	}
	return shape;
}

const struct shape_column *shape_find(const struct shape *shape,
				      const char *name)
{
	for (size_t i = 0; i < shape->ncolumns; i++)
		if (name_equal(shape->columns[i].name, name))
			return &shape->columns[i];
	return NULL;
}

bool shape_column_equal(const struct shape_column *a,
			const struct shape_column *b)
{
	return name_equal(a->name, b->name) && strcmp(a->type, b->type) == 0 &&
	       strcmp(a->not_null, b->not_null) == 0 &&
	       strcmp(a->default_value, b->default_value) == 0 &&
	       name_equal(a->collation, b->collation) &&
	       strcmp(a->generated, b->generated) == 0 &&
	       annotations_equal(a->annotations, b->annotations);
}

/* Names in the texts may differ in case: FK columns, a UNIQUE's columns. */
bool shape_constraint_equal(const struct shape_constraint *a,
			    const struct shape_constraint *b)
{
	if (a->kind != b->kind || !name_equal(a->name, b->name))
		return false;
	return a->kind == CLAUSE_CHECK ? strcmp(a->text, b->text) == 0
				       : name_equal(a->text, b->text);
}

static bool columns_equal(const struct shape *a, const struct shape *b,
			  bool order)
{
	if (a->ncolumns != b->ncolumns)
		return false;
	for (size_t i = 0; i < a->ncolumns; i++) {
		const struct shape_column *other =
			order ? &b->columns[i]
			      : shape_find(b, a->columns[i].name);

		if (!other || !shape_column_equal(&a->columns[i], other))
			return false;
	}
	return true;
}

/* How often a shape has a constraint. */
static size_t count_constraint(const struct shape *shape,
			       const struct shape_constraint *constraint)
{
	size_t count = 0;

	for (size_t i = 0; i < shape->nconstraints; i++)
		count += shape_constraint_equal(&shape->constraints[i],
						constraint);
	return count;
}

static bool constraints_equal(const struct shape *a, const struct shape *b)
{
	if (a->nconstraints != b->nconstraints)
		return false;
	for (size_t i = 0; i < a->nconstraints; i++)
		if (count_constraint(a, &a->constraints[i]) !=
		    count_constraint(b, &a->constraints[i]))
			return false;
	return true;
}

bool shape_equal(const struct shape *a, const struct shape *b, bool order)
{
	return columns_equal(a, b, order) && constraints_equal(a, b) &&
	       name_equal(a->key, b->key) &&
	       a->autoincrement == b->autoincrement &&
	       a->without_rowid == b->without_rowid && a->strict == b->strict &&
	       annotations_equal(a->annotations, b->annotations) &&
	       strcmp(a->remarks, b->remarks) == 0;
}
