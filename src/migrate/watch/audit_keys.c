#include "migrate/watch/audit_keys.h"

#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "schema/text/token.h"
#include "util/text.h"

enum { SHOWN = 5 };

struct violation_list {
	struct violations *violations;
	struct arena *arena;
};

/* A copy of text, or last if that is equal. */
static const char *copy_text(struct violation_list *list, const char *text,
			     const char *last)
{
	if (!text || (last && strcmp(text, last) == 0))
		return text ? last : NULL;
	return arena_copy(list->arena, text);
}

static void add_violation(void *data, const struct violation *found)
{
	struct violation_list *list = data;
	struct violations *all = list->violations;
	const struct violation none = { 0 };
	const struct violation last = all->count ? all->items[all->count - 1]
						 : none;

	*LIST_ADD(list->arena, all->items, all->count) = (struct violation){
		.table = copy_text(list, found->table, last.table),
		.parent = copy_text(list, found->parent, last.parent),
		.rowid = found->rowid,
		.key_columns = copy_text(list, found->key_columns,
					 last.key_columns),
		.key = copy_text(list, found->key, NULL),
		.values = copy_text(list, found->values, last.values),
	};
}

enum status violations_read(struct engine *engine, struct arena *arena,
			    struct violations *out, struct error *e)
{
	struct violation_list list = { out, arena };

	*out = (struct violations){ 0 };
	return engine_foreign_key_check(engine, add_violation, &list, e);
}

enum status mismatches_read(struct engine *engine, struct arena *arena,
			    struct names *out, struct error *e)
{
	STATEMENT(tables);

	*out = (struct names){ 0 };
	if (engine_prepare(
		    engine,
		    "SELECT DISTINCT t.name FROM sqlite_schema AS t, "
		    "pragma_foreign_key_list(t.name) WHERE t.type = 'table'",
		    &tables, e) != OK)
		return e->status;
	while (statement_next(tables, e)) {
		const char *table = statement_text_or_empty(tables, 0, arena);

		if (engine_is_mismatched(engine, table))
			names_add(out, table, arena);
	}
	return e->status;
}

static int compare_texts(const char *a, const char *b)
{
	return a && b ? strcmp(a, b) : (a != NULL) - (b != NULL);
}

/* SQL names, so ignoring case. */
static int compare_names(const char *a, const char *b)
{
	return a && b ? strcasecmp(a, b) : (a != NULL) - (b != NULL);
}

/* Equal if in the same row, by its primary key, with the same values; columns
   may have been renamed. */
static int compare_violations(const void *a, const void *b)
{
	const struct violation *x = a, *y = b;
	int order = compare_names(x->table, y->table);

	if (!order)
		order = compare_names(x->parent, y->parent);
	if (!order)
		order = compare_texts(x->values, y->values);
	return order ? order : compare_texts(x->key, y->key);
}

static int compare_with_rowid(const void *a, const void *b)
{
	const struct violation *x = a, *y = b;
	int order = compare_violations(x, y);

	return order ? order : (x->rowid > y->rowid) - (x->rowid < y->rowid);
}

/* Sorts, and drops duplicates, as from a foreign key declared twice. */
static void sort_violations(struct violations *violations)
{
	struct violation *items = violations->items;
	size_t count = 0;

	if (violations->count)
		qsort(items, violations->count, sizeof(*items),
		      compare_with_rowid);
	for (size_t i = 0; i < violations->count; i++)
		if (!count || (!items[i].rowid && !items[i].key) ||
		    compare_with_rowid(&items[count - 1], &items[i]))
			items[count++] = items[i];
	violations->count = count;
}

const char *audit_name(const struct trace_names *names,
		       const struct row_counts *after, const char *table)
{
	const char *name = trace_name(names, table);
	const struct row_count *found;

	if (!name)
		return NULL;
	/* It may have been renamed, copied into a new one, and dropped. */
	found = rows_find(after, name);
	found = found ? found : rows_find(after, table);
	return found ? found->table : NULL;
}

/* The same under the new names of their tables. */
static struct violations rename_violations(const struct violations *violations,
					   const struct trace_names *names,
					   const struct row_counts *after,
					   struct arena *arena)
{
	struct violations out = {
		.items = arena_array(arena, violations->count,
				     sizeof(*out.items)),
	};

	for (size_t i = 0; i < violations->count; i++) {
		struct violation new = violations->items[i];
		const char *parent = new.parent ? audit_name(names, after,
							     new.parent)
						: NULL;

		new.table = audit_name(names, after, new.table);
		/* A missing parent keeps its name. */
		new.parent = parent ? parent : new.parent;
		if (new.table)
			out.items[out.count++] = new;
	}
	return out;
}

static const struct violation *
find_violation(const struct violations *violations, const char *table)
{
	for (size_t i = 0; i < violations->count; i++)
		if (name_equal(violations->items[i].table, table))
			return &violations->items[i];
	return NULL;
}

/* A changed primary key no longer identifies rows. */
static void drop_changed_keys(struct violations *violations,
			      const struct violations *others)
{
	const struct violation *other = NULL;
	const char *table = NULL;

	for (size_t i = 0; i < violations->count; i++) {
		struct violation *violation = &violations->items[i];

		if (!table || !name_equal(table, violation->table))
			other = find_violation(others, violation->table);
		table = violation->table;
		if (other &&
		    compare_names(violation->key_columns, other->key_columns))
			violation->key = NULL;
	}
}

/* Without a primary key the rowid identifies rows, unless they were copied. */
static void add_rowids(struct violations *violations, const struct names *drops,
		       struct arena *arena)
{
	for (size_t i = 0; i < violations->count; i++) {
		struct violation *violation = &violations->items[i];

		if (!violation->key_columns && violation->rowid &&
		    !tables_have(drops, violation->table))
			violation->key = arena_printf(
				arena, "%lld", (long long)violation->rowid);
	}
}

static void show_violation(struct buffer *out,
			   const struct violation *violation)
{
	BUFFER(line);

	buffer_text(&line, violation->table);
	if (violation->rowid)
		buffer_printf(&line, ", row %lld", (long long)violation->rowid);
	else if (violation->key && *violation->key)
		buffer_printf(&line, ", row %s", violation->key);
	if (violation->parent)
		buffer_printf(&line, ": no such row of %s", violation->parent);
	else
		buffer_text(&line, ": foreign key mismatch");
	buffer_text(out, out->length ? "\n    " : "    ");
	text_visible(out, buffer_string(&line), line.length);
}

enum status fail_no_key(const char *table, struct error *e)
{
	fail(e, CONFLICT,
	     "a foreign key in %s would reference columns that are neither "
	     "PRIMARY KEY nor UNIQUE",
	     table);
	return error_hint(e, "declare those columns PRIMARY KEY or UNIQUE, or "
			     "give them a unique index; nothing was changed");
}

enum status violations_compare(const struct violations *before,
			       const struct violations *after,
			       const struct trace_names *names,
			       const struct row_counts *rows,
			       const struct names *drops, struct arena *arena,
			       struct error *e)
{
	struct violations old = rename_violations(before, names, rows, arena);
	struct violations new = rename_violations(
		after, &(struct trace_names){ 0 }, rows, arena);
	BUFFER(shown);
	size_t count = 0, i = 0;

	add_rowids(&old, drops, arena);
	add_rowids(&new, drops, arena);
	drop_changed_keys(&old, after);
	drop_changed_keys(&new, &old);
	sort_violations(&old);
	sort_violations(&new);
	for (size_t j = 0; j < new.count; j++) {
		int order = -1;

		while (i < old.count &&
		       (order = compare_violations(&old.items[i],
						   &new.items[j])) < 0)
			i++;
		if (i < old.count && !order) {
			i++;
			continue;
		}
		if (!new.items[j].parent)
			return fail_no_key(new.items[j].table, e);
		if (++count <= SHOWN)
			show_violation(&shown, &new.items[j]);
	}
	if (!count)
		return OK;
	fail(e, CONFLICT, "%zu row%s would violate a foreign key", count,
	     count == 1 ? "" : "s");
	e->detail = arena_copy(e->arena, buffer_string(&shown));
	return error_hint(e, "change the rows first; nothing was changed");
}

void violations_show(struct engine *engine, struct error *e)
{
	struct violations found;
	BUFFER(shown);
	ERROR(ignored, e->arena);

	if (violations_read(engine, e->arena, &found, &ignored) != OK)
		return;
	for (size_t i = 0; i < found.count && i < SHOWN; i++)
		show_violation(&shown, &found.items[i]);
	if (found.count)
		e->detail = arena_copy(e->arena, buffer_string(&shown));
}
