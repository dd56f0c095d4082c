/* Rows that a foreign key, new or of a changed parent, would leave without the
   row they refer to. */
#include "schema/plan.h"
#include "schema/spelling.h"
#include "schema/type.h"

static const char *other_name(const struct foreign_key *key, size_t i,
			      const struct table *other)
{
	if (key->others[i])
		return key->others[i];
	return i < other->nkey ? other->columns[other->key[i]].name : NULL;
}

/* The key of a table of mid, and the one of a table of to. */
static bool same_key(const struct plan *plan, const struct table *a,
		     const struct foreign_key *x, const struct table *b,
		     const struct foreign_key *y)
{
	const struct table *p = schema_find_table(plan->mid, x->table);
	const struct table *q = schema_find_table(plan->to, y->table);

	if (x->ncolumns != y->ncolumns || !name_equal(x->table, y->table))
		return false;
	for (size_t i = 0; i < x->ncolumns; i++) {
		const char *one = p ? other_name(x, i, p) : x->others[i];
		const char *two = q ? other_name(y, i, q) : y->others[i];

		if (!name_equal(a->columns[x->columns[i]].name,
				b->columns[y->columns[i]].name) ||
		    !name_equal(one ? one : "", two ? two : ""))
			return false;
	}
	return true;
}

static bool has_key(const struct plan *plan, const struct table *table,
		    const struct table *to, const struct foreign_key *key)
{
	for (size_t i = 0; i < table->nforeign_keys; i++)
		if (same_key(plan, table, &table->foreign_keys[i], to, key))
			return true;
	return false;
}

static bool has_changed(const struct plan *plan, const struct foreign_key *key,
			const struct table *was, const struct table *parent)
{
	for (size_t i = 0; i < key->ncolumns; i++) {
		const char *name = other_name(key, i, parent);

		if (name && plan_is_affected(plan, was, parent,
					     spelling(plan->arena, name)))
			return true;
	}
	return false;
}

static void add_name(struct buffer *list, const char *between, const char *name,
		     const char *behind)
{
	buffer_printf(list, "%s%s%s", list->length ? between : "", name,
		      behind);
}

/* The value gets the affinity of the parent's column
   (sqlite.org/foreignkeys.html, 3); of numbers a comparison sees to that. */
static const char *as_parent(const struct table *table,
			     const struct column *column,
			     const struct table *parent,
			     const struct column *other, struct arena *arena)
{
	const char *name = spelling(arena, column->name);

	return column_affinity(parent, other) == TYPE_TEXT &&
			       column_affinity(table, column) != TYPE_TEXT
		       ? arena_printf(arena,
				      "iif(typeof(%s) = 'blob', %s, CAST(%s AS "
				      "TEXT))",
				      name, name, name)
		       : name;
}

/*
 * "(a COLLATE x) IN (SELECT id FROM parent …)": a parent's column compares as
 * it does by itself.  NULL: the key leads to no columns.
 */
static const char *match(const struct plan *plan, const struct table *to,
			 const struct foreign_key *key,
			 const struct table *parent, const char *rows)
{
	struct arena *arena = plan->arena;
	BUFFER(mine);
	BUFFER(theirs);
	BUFFER(where);

	for (size_t i = 0; i < key->ncolumns; i++) {
		const char *name = other_name(key, i, parent);
		const struct column *other = name ? table_find_column(parent,
								      name)
						  : NULL;

		if (!other)
			return NULL;
		name = spelling(arena, name);
		add_name(
			&mine, ", ",
			as_parent(to, &to->columns[key->columns[i]], parent,
				  other, arena),
			arena_printf(arena, " COLLATE %s",
				     other->collation
					     ? spelling(arena, other->collation)
					     : "BINARY"));
		add_name(&theirs, ", ", name, "");
		/* Without it, SQLite can look into the parent's index. */
		if (!other->not_null && other != table_rowid_column(parent))
			add_name(&where, " AND ", name, " NOT NULL");
	}
	return arena_printf(arena, "(%s) IN (SELECT %s FROM %s%s%s)", mine.data,
			    theirs.data, rows, where.length ? " WHERE " : "",
			    buffer_string(&where));
}

/* Those that had a parent before, if the key was there; or all. */
static void add_orphans(struct plan *plan, const struct table *from,
			const struct table *to, const struct foreign_key *key,
			const char *before, const char *after)
{
	struct arena *arena = plan->arena;
	BUFFER(names);
	BUFFER(orphan);

	for (size_t i = 0; i < key->ncolumns; i++) {
		const char *name = spelling(arena,
					    to->columns[key->columns[i]].name);

		add_name(&names, ", ", name, "");
		add_name(&orphan, " AND ", name, " NOT NULL");
	}
	if (before)
		buffer_printf(&orphan, " AND %s", before);
	/* A parent that is new has no rows. */
	if (after)
		buffer_printf(&orphan, " AND NOT %s", after);
	plan_condition(plan, from, plan_rows_for(plan, from, to, names.data),
		       arena_printf(arena,
				    "%s %s FOREIGN KEY (%s) REFERENCES %s",
				    to->name, before ? "keeps" : "gets",
				    names.data, key->table),
		       orphan.data);
}

static void find_orphans(struct plan *plan, const struct table *from,
			 const struct table *to, const struct foreign_key *key)
{
	const struct table *was = schema_find_table(plan->mid, key->table);
	const struct table *parent = was ? plan_after(plan, was) : NULL;
	bool known = has_key(plan, from, to, key);
	bool changed = parent && has_changed(plan, key, was, parent);
	const char *before, *after;

	if (known && !changed)
		return;
	before = was ? match(plan, to, key, was, plan_source(plan, was)) : NULL;
	after = changed ? match(plan, to, key, parent,
				plan_rows(plan, was, parent))
			: before;
	if ((known && !before) || (was && !after))
		return;
	add_orphans(plan, from, to, key, known ? before : NULL, after);
}

void plan_find_orphans(struct plan *plan, const struct table *from,
		       const struct table *to)
{
	/* As with all hazards, what a downgrade meets is told where it runs. */
	if (plan->options->fill_zero)
		return;
	for (size_t i = 0; i < to->nforeign_keys; i++)
		find_orphans(plan, from, to, &to->foreign_keys[i]);
}
