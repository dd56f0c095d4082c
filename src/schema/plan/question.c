#include "schema/plan/plan.h"

#include "schema/shape/canonical.h"
#include "util/text.h"

/* How alike two tables or columns are; the highest score is asked first. */
struct likeness {
	size_t from, to;
	int score;
};

static bool was_declined(const struct plan *plan, const char *table,
			 const char *column, const char *to)
{
	for (size_t i = 0; i < plan->options->ndeclined; i++) {
		const struct rename *no = &plan->options->declined[i];

		if (!name_equal(no->table, table) ||
		    (*no->to && !name_equal(no->to, to)))
			continue;
		if (column ? no->column && name_equal(no->column, column)
			   : !no->column)
			return true;
	}
	return false;
}

static void add_question(struct plan *plan, struct rename question,
			 const char *text)
{
	struct diff *out = plan->out;
	size_t count = out->nquestions;

	*LIST_ADD(plan->arena, out->question_texts, count) = text;
	*LIST_ADD(plan->arena, out->questions, out->nquestions) = question;
}

/* Whether the other table has all columns of the first. */
static bool is_contained(const struct table *from, const struct table *to)
{
	for (size_t i = 0; i < from->ncolumns; i++) {
		const struct column *a = &from->columns[i];
		const struct column *b = table_find_column(to, a->name);

		if (!b || a->type != b->type || a->generated != b->generated)
			return false;
	}
	return from->ncolumns > 0;
}

enum { TABLE_LIKE = 60 };

/*
 * Two points for each column with the same name, one for each with the same
 * position and type; as a percentage of the maximum.
 */
static int table_likeness(const struct table *from, const struct table *to)
{
	size_t most = from->ncolumns > to->ncolumns ? from->ncolumns
						    : to->ncolumns;
	size_t points = 0;

	for (size_t i = 0; i < from->ncolumns; i++) {
		const struct column *column = &from->columns[i];

		if (table_find_column(to, column->name))
			points += 2;
		else if (i < to->ncolumns &&
			 name_equal(to->columns[i].declared, column->declared))
			points += 1;
	}
	points = most ? points * 50 / most : 0;
	if (points < TABLE_LIKE && is_contained(from, to))
		return TABLE_LIKE;
	return (int)points;
}

/* The best one left; clears all others of the same table or column. */
static bool next_likeness(struct likeness *all, size_t count,
			  struct likeness *out)
{
	struct likeness *best = NULL;

	for (size_t i = 0; i < count; i++)
		if (all[i].score && (!best || all[i].score > best->score))
			best = &all[i];
	if (!best)
		return false;
	*out = *best;
	for (size_t i = 0; i < count; i++)
		if (all[i].from == out->from || all[i].to == out->to)
			all[i].score = 0;
	return true;
}

void question_tables(struct plan *plan)
{
	const struct schema *from = plan->from, *to = plan->to;
	struct likeness *all = NULL, one;
	size_t count = 0;

	for (size_t i = 0; i < from->ntables; i++) {
		const struct table *old = &from->tables[i];

		if (old->kind == TABLE_VIEW || plan_is_paired(plan, old))
			continue;
		for (size_t k = 0; k < to->ntables; k++) {
			const struct table *new = &to->tables[k];
			int score = table_likeness(old, new);

			if (new->kind != old->kind || score < TABLE_LIKE ||
			    plan_is_paired(plan, new) ||
			    was_declined(plan, old->name, NULL, new->name))
				continue;
			*LIST_ADD(plan->arena, all,
				  count) = (struct likeness){ i, k, score };
		}
	}
	while (next_likeness(all, count, &one)) {
		const char *old = from->tables[one.from].name;
		const char *new = to->tables[one.to].name;

		add_question(plan, (struct rename){ old, NULL, new },
			     arena_printf(plan->arena,
					  "Did you rename table %s to %s?", old,
					  new));
	}
}

/* The new name of a column, renamed or kept; NULL: removed. */
static const char *column_name_after(const struct plan *plan,
				     const struct table_pair *pair,
				     const struct column *column)
{
	const struct column *same = table_find_column(pair->to, column->name);

	for (size_t i = 0; i < plan->nrenames; i++) {
		const struct rename *rename = &plan->renames[i];

		if (!rename->column ||
		    !name_equal(rename->table, pair->to->name))
			continue;
		if (name_equal(rename->column, column->name))
			return rename->to;
		if (same && name_equal(rename->to, same->name))
			same = NULL;
	}
	return same ? same->name : NULL;
}

/* Which columns of a pair of tables correspond. */
struct column_map {
	const struct table_pair *pair;
	const struct column **after; /* for each of from; NULL: removed */
	bool *old;                   /* for each of to; false: added */
};

static struct column_map map_columns(const struct plan *plan,
				     const struct table_pair *pair)
{
	struct column_map columns = {
		.pair = pair,
		.after = arena_array(plan->arena, pair->from->ncolumns,
				     sizeof(*columns.after)),
		.old = arena_array(plan->arena, pair->to->ncolumns,
				   sizeof(*columns.old)),
	};

	for (size_t i = 0; i < pair->from->ncolumns; i++) {
		const char *name = column_name_after(plan, pair,
						     &pair->from->columns[i]);

		if (!name)
			continue;
		columns.after[i] = table_find_column(pair->to, name);
		columns.old[columns.after[i] - pair->to->columns] = true;
	}
	return columns;
}

/* Whether both follow the same kept column. */
static bool same_neighbour(const struct column_map *columns, size_t from,
			   size_t to)
{
	const struct column *before = NULL;

	while (from-- > 0 && !before)
		before = columns->after[from];
	while (to-- > 0)
		if (columns->old[to])
			return before == &columns->pair->to->columns[to];
	return !before;
}

static bool names_similar(const char *a, const char *b)
{
	size_t longer = strlen(a) > strlen(b) ? strlen(a) : strlen(b);

	return name_distance(a, b) * 2 <= longer || name_begins(a, b) ||
	       name_begins(b, a);
}

/* Two columns with nothing in common score 0. */
static int column_likeness(const struct column_map *columns, size_t from,
			   size_t to)
{
	const struct column *a = &columns->pair->from->columns[from];
	const struct column *b = &columns->pair->to->columns[to];
	int score = 0;

	if (a->generated || b->generated)
		return 0;
	if (name_equal(a->declared, b->declared))
		score += 4;
	else if (a->type == b->type)
		score += 2;
	if (same_neighbour(columns, from, to))
		score += 3;
	if (names_similar(a->name, b->name))
		score += 3;
	if (score && a->not_null == b->not_null)
		score++;
	return score;
}

static size_t score_columns(struct plan *plan, const struct column_map *columns,
			    struct likeness **all)
{
	const struct table_pair *pair = columns->pair;
	size_t count = 0;

	*all = NULL;
	for (size_t i = 0; i < pair->from->ncolumns; i++) {
		const char *old = pair->from->columns[i].name;

		for (size_t k = 0; k < pair->to->ncolumns; k++) {
			const char *new = pair->to->columns[k].name;

			if (columns->after[i] || columns->old[k] ||
			    was_declined(plan, pair->from->name, old, new))
				continue;
			*LIST_ADD(plan->arena, *all, count) = (struct likeness){
				i,
				k,
				column_likeness(columns, i, k),
			};
		}
	}
	return count;
}

void question_columns(struct plan *plan, const struct table_pair *pair)
{
	const struct column_map columns = map_columns(plan, pair);
	struct likeness *all, one;
	size_t count = score_columns(plan, &columns, &all);

	while (next_likeness(all, count, &one)) {
		const struct column *old = &pair->from->columns[one.from];
		const struct column *new = &pair->to->columns[one.to];
		const struct rename question = {
			pair->from->name,
			old->name,
			new->name,
		};
		const char *type = *new->declared ? new->declared : "no type";

		add_question(plan, question,
			     arena_printf(plan->arena,
					  "Did you rename %s.%s to %s.%s (%s)?",
					  pair->from->name, old->name,
					  pair->to->name, new->name, type));
	}
}
