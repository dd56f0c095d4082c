/* Rows that a new foreign key, or a change, would leave without a parent. */
#include "schema/hazard/hazard.h"

#include "schema/text/spelling.h"

static const char *other_name(const struct foreign_key *key, size_t i,
			      const struct table *other)
{
	if (key->others[i])
		return key->others[i];
	return i < other->nkey ? other->columns[other->key[i]].name : NULL;
}

/* Compares the key of a table of mid with the one of a table of to. */
static bool equal_keys(const struct plan *plan, const struct table *a,
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

static bool has_equal_key(const struct plan *plan, const struct table *table,
			  const struct table *to, const struct foreign_key *key)
{
	for (size_t i = 0; i < table->nforeign_keys; i++)
		if (equal_keys(plan, table, &table->foreign_keys[i], to, key))
			return true;
	return false;
}

/* The key's columns, each as the $ of format: "a NOT NULL AND b NOT NULL". */
static const char *own_names(const struct table *table,
			     const struct foreign_key *key, const char *format,
			     const char *between, struct arena *arena)
{
	BUFFER(list);

	for (size_t i = 0; i < key->ncolumns; i++)
		buffer_printf(
			&list, "%s%s", i ? between : "",
			fill_sql(format,
				 spelling(arena,
					  table->columns[key->columns[i]].name),
				 arena));
	return arena_copy_n(arena, list.data, list.length);
}

/* The referenced columns; NULL if one doesn't exist. */
static const struct column **others_of(const struct foreign_key *key,
				       const struct table *parent,
				       struct arena *arena)
{
	const struct column **others = arena_array(arena, key->ncolumns,
						   sizeof(*others));

	for (size_t i = 0; i < key->ncolumns; i++) {
		const char *name = other_name(key, i, parent);

		others[i] = name ? table_find_column(parent, name) : NULL;
		if (!others[i])
			return NULL;
	}
	return others;
}

static const char *other_names(const struct foreign_key *key,
			       const struct column **others,
			       struct arena *arena)
{
	BUFFER(list);

	for (size_t i = 0; i < key->ncolumns; i++)
		buffer_item(&list, spelling(arena, others[i]->name));
	return arena_copy_n(arena, list.data, list.length);
}

/* Excludes NULLs only if there can be any: without the condition, SQLite can
   search the parent's index. */
static const char *where_present(const struct foreign_key *key,
				 const struct column **others,
				 const struct table *parent,
				 struct arena *arena)
{
	BUFFER(where);

	for (size_t i = 0; i < key->ncolumns; i++)
		if (!others[i]->not_null &&
		    others[i] != table_rowid_column(parent))
			buffer_printf(&where, "%s%s NOT NULL",
				      where.length ? " AND " : " WHERE ",
				      spelling(arena, others[i]->name));
	return arena_copy(arena, buffer_string(&where));
}

/*
 * "((+a) COLLATE x) IN (SELECT id FROM parent …)": + removes the affinity, so
 * that the parent column's applies, as in a foreign key
 * (sqlite.org/foreignkeys.html, 3).  NULL: the referenced columns don't exist.
 */
static const char *match_sql(const struct plan *plan, const struct table *to,
			     const struct foreign_key *key,
			     const struct table *parent, const char *rows)
{
	struct arena *arena = plan->arena;
	const struct column **others = others_of(key, parent, arena);
	BUFFER(mine);

	if (!others)
		return NULL;
	for (size_t i = 0; i < key->ncolumns; i++) {
		const char *collation = others[i]->collation;

		buffer_printf(
			&mine, "%s(+%s) COLLATE %s", i ? ", " : "",
			spelling(arena, to->columns[key->columns[i]].name),
			collation ? spelling(arena, collation) : "BINARY");
	}
	return arena_printf(arena, "(%s) IN (SELECT %s FROM %s%s)", mine.data,
			    other_names(key, others, arena), rows,
			    where_present(key, others, parent, arena));
}

static bool key_changes(const struct plan *plan, const struct foreign_key *key,
			const struct table *was, const struct table *parent)
{
	const struct column **others = others_of(key, parent, plan->arena);

	return others &&
	       plan_is_affected(plan, was, parent,
				other_names(key, others, plan->arena));
}

/* The same with the parent's future rows. */
static const char *match_after_sql(struct plan *plan, const struct table *to,
				   const struct foreign_key *key,
				   const struct table *was,
				   const struct table *parent)
{
	struct arena *arena = plan->arena;
	const char *rows = plan_old_rows(plan, was);

	if (key_changes(plan, key, was, parent))
		rows = plan_new_rows(
			plan, was, parent,
			other_names(key, others_of(key, parent, arena), arena));
	return match_sql(plan, to, key, parent, rows);
}

/* A condition for rows that had a parent, or whose key values are new. */
static const char *had_parent(const struct plan *plan, const struct table *from,
			      const struct table *to,
			      const struct foreign_key *key, bool moved,
			      const char *before)
{
	struct arena *arena = plan->arena;
	const char *values = own_names(to, key, "quote($)", ", ", arena);

	return moved ? arena_printf(arena,
				    "(%s OR (%s) NOT IN (SELECT %s FROM %s))",
				    before ? before : "0", values, values,
				    plan_old_rows(plan, from))
		     : before;
}

static bool has_same_text(const struct table *from, const struct table *to)
{
	return strcmp(from->sql, to->sql) == 0;
}

static void find_key_orphans(struct plan *plan, const struct table *from,
			     const struct table *to,
			     const struct foreign_key *key)
{
	struct arena *arena = plan->arena;
	const struct table *was = schema_find_table(plan->mid, key->table);
	const struct table *parent = was ? plan_after(plan, was) : NULL;
	const char *names, *orphan, *before, *after;
	bool known, moved;

	if (has_same_text(from, to) &&
	    (!was || (parent && has_same_text(was, parent))))
		return;
	names = own_names(to, key, "$", ", ", arena);
	orphan = own_names(to, key, "$ NOT NULL", " AND ", arena);
	known = has_equal_key(plan, from, to, key);
	moved = known && plan_is_affected(plan, from, to, names);
	if (known && !moved && parent && !key_changes(plan, key, was, parent))
		return;
	before = was ? match_sql(plan, to, key, was, plan_old_rows(plan, was))
		     : NULL;
	after = parent ? match_after_sql(plan, to, key, was, parent) : NULL;
	/* Reading schema.sql reports references to missing columns. */
	if ((known && !moved && !before) || (parent && !after))
		return;
	if (known)
		orphan = arena_printf(
			arena, "%s AND %s", orphan,
			had_parent(plan, from, to, key, moved, before));
	/* A new parent has no rows. */
	if (after)
		orphan = arena_printf(arena, "%s AND NOT %s", orphan, after);
	plan_add_where(plan, from, plan_new_rows(plan, from, to, names),
		       arena_printf(arena,
				    "%s %s FOREIGN KEY (%s) REFERENCES %s",
				    to->name, known ? "keeps" : "gets", names,
				    key->table),
		       orphan);
}

void plan_find_orphans(struct plan *plan, const struct table *from,
		       const struct table *to)
{
	/* A downgrade reports its hazards when it runs. */
	if (plan->options->fill_zero)
		return;
	for (size_t i = 0; i < to->nforeign_keys; i++)
		find_key_orphans(plan, from, to, &to->foreign_keys[i]);
}
