/* Rows that a new foreign key would leave without the row they refer to. */
#include "schema/plan.h"
#include "schema/spelling.h"

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

/* "t.a = parent.id AND …"; false: the key leads to no columns. */
static bool add_match(struct buffer *match, const struct table *to,
		      const struct foreign_key *key, const struct table *other,
		      struct arena *arena)
{
	for (size_t i = 0; i < key->ncolumns; i++) {
		const char *name = other_name(key, i, other);

		if (!name || !table_find_column(other, name))
			return false;
		buffer_printf(
			match, "%sparent.%s = %s.%s", i ? " AND " : "",
			spelling(arena, name), spelling(arena, to->name),
			spelling(arena, to->columns[key->columns[i]].name));
	}
	return true;
}

static void find_orphans(struct plan *plan, const struct table *from,
			 const struct table *to, const struct foreign_key *key)
{
	struct arena *arena = plan->arena;
	const struct table *other = schema_find_table(plan->mid, key->table);
	BUFFER(names);
	BUFFER(present);
	BUFFER(match);

	for (size_t i = 0; i < key->ncolumns; i++) {
		const char *name = spelling(arena,
					    to->columns[key->columns[i]].name);

		buffer_printf(&names, "%s%s", i ? ", " : "", name);
		buffer_printf(&present, "%s%s NOT NULL", i ? " AND " : "",
			      name);
	}
	if (other && !add_match(&match, to, key, other, arena))
		return;
	/* A parent that is new has no rows. */
	if (other)
		buffer_printf(&present,
			      " AND NOT EXISTS (SELECT 1 FROM %s AS parent "
			      "WHERE %s)",
			      plan_source(plan, other), match.data);
	plan_condition(plan, from, to,
		       arena_printf(arena,
				    "%s gets FOREIGN KEY (%s) REFERENCES %s",
				    to->name, names.data, key->table),
		       present.data);
}

void plan_find_orphans(struct plan *plan, const struct table *from,
		       const struct table *to)
{
	for (size_t i = 0; i < to->nforeign_keys; i++)
		if (!has_key(plan, from, to, &to->foreign_keys[i]))
			find_orphans(plan, from, to, &to->foreign_keys[i]);
}
