#include "schema/shape/shape.h"
#include "schema/text/annotation.h"

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

/* Only a CHECK is compared with case: the others consist of names. */
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

/* How many of a shape's constraints equal this one. */
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
	       name_equal(a->key_name, b->key_name) &&
	       a->autoincrement == b->autoincrement &&
	       a->without_rowid == b->without_rowid && a->strict == b->strict &&
	       annotations_equal(a->annotations, b->annotations) &&
	       strcmp(a->remarks, b->remarks) == 0;
}
