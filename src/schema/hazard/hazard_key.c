/* Rows that a new foreign key, or a change, would leave without a parent. */
#include "schema/hazard/hazard.h"

#include "schema/text/spelling.h"

/* The name of a referenced column, "" for one of a missing table's key. */
static const char *target_name(const struct foreign_key *key, size_t i,
			       const struct column *const *targets)
{
	const char *name = targets ? targets[i]->name : key->others[i];

	return name ? name : "";
}

/* Compares the key of a table of mid with the one of a table of to. */
static bool equal_keys(const struct hazard_search *search,
		       const struct foreign_key *x, const struct foreign_key *y)
{
	const struct plan *plan = search->plan;
	const struct column **one = foreign_key_targets(
		x, schema_find_table(plan->mid, x->table), plan->arena);
	const struct column **two = foreign_key_targets(
		y, schema_find_table(plan->to, y->table), plan->arena);

	if (x->ncolumns != y->ncolumns || !name_equal(x->table, y->table))
		return false;
	for (size_t i = 0; i < x->ncolumns; i++)
		if (!name_equal(search->from->columns[x->columns[i]].name,
				search->to->columns[y->columns[i]].name) ||
		    !name_equal(target_name(x, i, one), target_name(y, i, two)))
			return false;
	return true;
}

static bool has_equal_key(const struct hazard_search *search,
			  const struct foreign_key *key)
{
	for (size_t i = 0; i < search->from->nforeign_keys; i++)
		if (equal_keys(search, &search->from->foreign_keys[i], key))
			return true;
	return false;
}

/* The key's columns, each as the $ of format: "a NOT NULL AND b NOT NULL". */
static const char *own_names(const struct hazard_search *search,
			     const struct foreign_key *key, const char *format,
			     const char *between)
{
	const struct column *columns = search->to->columns;
	struct arena *arena = search->plan->arena;
	BUFFER(list);

	for (size_t i = 0; i < key->ncolumns; i++)
		buffer_printf(
			&list, "%s%s", i ? between : "",
			fill_sql(format,
				 spelling(arena, columns[key->columns[i]].name),
				 arena));
	return arena_copy_n(arena, list.data, list.length);
}

static const char *target_names(const struct foreign_key *key,
				const struct column **targets,
				struct arena *arena)
{
	BUFFER(list);

	for (size_t i = 0; i < key->ncolumns; i++)
		buffer_item(&list, spelling(arena, targets[i]->name));
	return arena_copy_n(arena, list.data, list.length);
}

/*
 * "((+a) COLLATE x) IN (SELECT id FROM parent …)": + removes the affinity, so
 * that the parent column's applies, as in a foreign key
 * (sqlite.org/foreignkeys.html, 3).  NULLs are excluded only if there can be
 * any: without the condition, SQLite can search the parent's index.
 */
static const char *match_sql(const struct hazard_search *search,
			     const struct foreign_key *key,
			     const struct table *parent,
			     const struct column **targets, const char *rows)
{
	struct arena *arena = search->plan->arena;
	BUFFER(mine);
	BUFFER(where);

	for (size_t i = 0; i < key->ncolumns; i++) {
		const struct column *own =
			&search->to->columns[key->columns[i]];
		const struct column *other = targets[i];

		buffer_printf(&mine, "%s(+%s) COLLATE %s", i ? ", " : "",
			      spelling(arena, own->name),
			      other->collation
				      ? spelling(arena, other->collation)
				      : "BINARY");
		if (!other->not_null && other != table_rowid_column(parent))
			buffer_printf(&where, "%s%s NOT NULL",
				      where.length ? " AND " : " WHERE ",
				      spelling(arena, other->name));
	}
	return arena_printf(arena, "(%s) IN (SELECT %s FROM %s%s)", mine.data,
			    target_names(key, targets, arena), rows,
			    buffer_string(&where));
}

/* A condition for rows that had a parent, or whose key values are new. */
static const char *had_parent(const struct hazard_search *search,
			      const struct foreign_key *key, bool moved,
			      const char *before)
{
	const struct plan *plan = search->plan;
	const char *values = own_names(search, key, "quote($)", ", ");

	return moved ? arena_printf(plan->arena,
				    "(%s OR (%s) NOT IN (SELECT %s FROM %s))",
				    before ? before : "0", values, values,
				    plan_old_rows(plan, search->from))
		     : before;
}

static bool has_same_text(const struct table *from, const struct table *to)
{
	return strcmp(from->sql, to->sql) == 0;
}

static void find_key_orphans(const struct hazard_search *search,
			     const struct foreign_key *key)
{
	struct plan *plan = search->plan;
	struct arena *arena = plan->arena;
	const struct table *was = schema_find_table(plan->mid, key->table);
	const struct table *parent = was ? plan_after(plan, was) : NULL;
	const struct hazard_search future = { plan, was, parent };
	const struct column **had, **targets;
	const char *names, *orphan, *rows, *before = NULL;
	bool known, moved, changes;

	if (has_same_text(search->from, search->to) &&
	    (!was || (parent && has_same_text(was, parent))))
		return;
	had = foreign_key_targets(key, was, arena);
	targets = foreign_key_targets(key, parent, arena);
	names = own_names(search, key, "$", ", ");
	orphan = own_names(search, key, "$ NOT NULL", " AND ");
	known = has_equal_key(search, key);
	moved = known && hazard_affects(search, names);
	changes = targets &&
		  hazard_affects(&future, target_names(key, targets, arena));
	if (known && !moved && parent && !changes)
		return;
	if (had)
		before = match_sql(search, key, was, had,
				   plan_old_rows(plan, was));
	/* Reading schema.sql reports references to missing columns. */
	if ((known && !moved && !before) || (parent && !targets))
		return;
	if (known)
		orphan = arena_printf(arena, "%s AND %s", orphan,
				      had_parent(search, key, moved, before));
	/* A new parent has no rows. */
	if (targets) {
		rows = changes ? hazard_rows(&future,
					     target_names(key, targets, arena))
			       : plan_old_rows(plan, was);
		orphan = arena_printf(
			arena, "%s AND NOT %s", orphan,
			match_sql(search, key, parent, targets, rows));
	}
	hazard_add(search, names, orphan,
		   "%s %s FOREIGN KEY (%s) REFERENCES %s", search->to->name,
		   known ? "keeps" : "gets", names, key->table);
}

void hazards_find_orphans(const struct hazard_search *search)
{
	/* A downgrade reports its hazards when it runs. */
	if (search->plan->options->fill_zero)
		return;
	for (size_t i = 0; i < search->to->nforeign_keys; i++)
		find_key_orphans(search, &search->to->foreign_keys[i]);
}
