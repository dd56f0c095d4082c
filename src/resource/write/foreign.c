#include "resource/write/foreign.h"

#include <string.h>
#include <strings.h>

#include "resource/key/key.h"
#include "resource/model/column.h"
#include "resource/write/writing.h"

enum { DEPTH = 16 }; /* of a chain of cascades that is followed */

/* A row that cannot be deleted or changed while others refer to it. */
struct held {
	struct engine *engine;
	const struct resource *resource;
	const struct row_key *key;
	bool nulls; /* ON DELETE SET NULL failed on a NOT NULL column */
	struct arena *arena;
};

const char *link_condition(const struct link *link, const char *condition,
			   struct arena *arena)
{
	const struct reference *reference = link->reference;

	return arena_printf(arena, "(%s) IN (SELECT %s FROM %s WHERE %s)",
			    reference_columns(reference, link->from, arena),
			    reference_targets(reference, arena),
			    sql_name(arena, reference->to->table->name),
			    condition);
}

bool link_acts(const struct link *link, const char *action)
{
	return strcasecmp(link->reference->key->on_delete, action) == 0;
}

const char *link_columns(const struct link *link, struct arena *arena)
{
	const struct reference *reference = link->reference;
	const char *text = "";

	for (size_t i = 0; i < reference->ncolumns; i++)
		text = arena_printf(
			arena, "%s%s%s", text, i ? ", " : "",
			link->from->table->columns[reference->columns[i]].name);
	return text;
}

const char *count_text(int64_t count, const struct resource *resource,
		       struct arena *arena)
{
	return arena_printf(arena, "%lld %s", (long long)count,
			    count == 1 ? resource->name : resource->plural);
}

/* How many rows refer to those for which condition holds, themselves apart. */
static int64_t count_rows(const struct held *held, const struct link *link,
			  const char *condition)
{
	struct arena *arena = held->arena;
	const char *sql = arena_printf(arena,
				       "SELECT count(*) FROM %s WHERE %s",
				       sql_name(arena, link->from->table->name),
				       link_condition(link, condition, arena));
	struct value count = value_integer(0);
	struct error ignored;

	error_init(&ignored, arena);
	if (link->from == link->reference->to)
		sql = arena_printf(arena, "%s AND NOT (%s)", sql, condition);
	if (engine_query_one(held->engine, sql, held->key->values,
			     (int)held->key->count, arena, &count,
			     &ignored) != OK)
		return 0;
	return count.integer;
}

static enum status fail_held(const struct held *held, const struct link *link,
			     int64_t count, const struct resource *taken,
			     struct error *e)
{
	const char *row = row_title(held->engine, held->resource, held->key,
				    e->arena);
	const char *rows = count_text(count, link->from, e->arena);
	const char *columns = link_columns(link, e->arena);

	columns = held->nulls
			  ? arena_printf(e->arena, ", whose %s cannot be NULL",
					 columns)
			  : arena_printf(e->arena, " (%s)", columns);
	if (!taken)
		return fail(e, CONFLICT, "%s is still referenced by %s%s", row,
			    rows, columns);
	return fail(e, CONFLICT,
		    "deleting %s would also delete %s that are still "
		    "referenced by %s%s",
		    row, taken->plural, rows, columns);
}

/*
 * Finds the rows that prevent deleting those which satisfy condition: rows that
 * refer to them, or to rows that a cascade deletes with them.
 */
static bool find_referrer(const struct held *held,
			  const struct resource *resource,
			  const char *condition, int depth, struct error *e)
{
	for (size_t i = 0; i < resource->nlinks; i++) {
		const struct link *link = &resource->links[i];
		int64_t count;

		if (link_acts(link, "CASCADE") ||
		    link_acts(link, "SET NULL") != held->nulls)
			continue;
		count = count_rows(held, link, condition);
		if (!count)
			continue;
		(void)fail_held(held, link, count, depth ? resource : NULL, e);
		return true;
	}
	for (size_t i = 0; i < resource->nlinks && depth < DEPTH; i++) {
		const struct link *link = &resource->links[i];

		if (link_acts(link, "CASCADE") &&
		    count_rows(held, link, condition) &&
		    find_referrer(held, link->from,
				  link_condition(link, condition, held->arena),
				  depth + 1, e))
			return true;
	}
	return false;
}

enum status refuse_delete(struct engine *engine,
			  const struct resource *resource,
			  const struct row_key *key, struct arena *arena,
			  struct error *e)
{
	struct fault fault = engine_fault(engine);
	const struct held held = {
		.engine = engine,
		.resource = resource,
		.key = key,
		.nulls = fault.kind == FAULT_NOT_NULL,
		.arena = arena,
	};
	const char *words = arena_copy(arena, fault.name ? fault.name : "");

	if (e->status != CONFLICT && e->status != INVALID)
		return e->status;
	if ((fault.kind == FAULT_FOREIGN_KEY || held.nulls) &&
	    find_referrer(&held, resource, resource->key_where, 0, e))
		return CONFLICT;
	switch (fault.kind) {
	case FAULT_FOREIGN_KEY:
		return fail(e, CONFLICT, "%s is still referenced",
			    row_title(engine, resource, key, arena));
	case FAULT_NOT_NULL:
	case FAULT_UNIQUE:
	case FAULT_CHECK:
		return fail(e, CONFLICT, "%s cannot be deleted: %s is violated",
			    row_title(engine, resource, key, arena), words);
	case FAULT_NONE:
	case FAULT_TYPE:
	case FAULT_OTHER:
		break;
	}
	/* A trigger's own words. */
	return fail(e, CONFLICT, "%s", words);
}

/* How many rows of a link name a row that is not there. */
static int64_t count_orphans(struct engine *engine, const struct link *link,
			     struct arena *arena)
{
	const struct reference *reference = link->reference;
	const char *set = "", *same = "";
	struct value count = value_integer(0);
	struct error ignored;

	for (size_t i = 0; i < reference->ncolumns; i++) {
		const size_t at = reference->columns[i];
		const char *name = sql_name(
			arena, link->from->table->columns[at].name);

		set = arena_printf(arena, "%so.%s IS NOT NULL AND ", set, name);
		same = arena_printf(
			arena, "%s%st.%s = o.%s", same, i ? " AND " : "",
			sql_name(arena, reference->to_columns[i]->name), name);
	}
	error_init(&ignored, arena);
	if (engine_query_one(
		    engine,
		    arena_printf(arena,
				 "SELECT count(*) FROM %s AS o WHERE %sNOT "
				 "EXISTS (SELECT 1 FROM %s AS t WHERE %s)",
				 sql_name(arena, link->from->table->name), set,
				 sql_name(arena, reference->to->table->name),
				 same),
		    NULL, 0, arena, &count, &ignored) != OK)
		return 0;
	return count.integer;
}

static bool find_orphans(struct engine *engine, const struct resource *resource,
			 const char *rows, int depth, struct error *e)
{
	for (size_t i = 0; i < resource->nlinks; i++) {
		const struct link *link = &resource->links[i];
		int64_t count = link_acts(link, "CASCADE")
					? 0
					: count_orphans(engine, link, e->arena);

		if (count) {
			fail(e, CONFLICT, "%s still referenced by %s (%s)",
			     rows, count_text(count, link->from, e->arena),
			     link_columns(link, e->arena));
			return true;
		}
		if (link_acts(link, "CASCADE") && link->from != resource &&
		    depth < DEPTH &&
		    find_orphans(engine, link->from, rows, depth + 1, e))
			return true;
	}
	return false;
}

enum status refuse_deleted(struct engine *engine,
			   const struct resource *resource, const char *rows,
			   size_t count, struct error *e)
{
	const char *are = arena_printf(e->arena, "%s %s", rows,
				       count == 1 ? "is" : "are");

	if (!find_orphans(engine, resource, are, 0, e))
		fail(e, CONFLICT, "%s still referenced", are);
	return CONFLICT;
}

/* Whether the referenced row exists; NULL references none. */
static bool reference_is_met(const struct writing *writing,
			     const struct reference *reference,
			     const struct value *row, struct arena *arena)
{
	struct value *values = arena_array(arena, reference->ncolumns,
					   sizeof(*values));
	const char *condition = "";
	struct value found;
	struct error ignored;

	error_init(&ignored, arena);
	for (size_t i = 0; i < reference->ncolumns; i++) {
		values[i] = row[reference->columns[i]];
		if (values[i].kind == VALUE_NULL)
			return true;
		condition = arena_printf(
			arena, "%s%s%s = $%zu", condition, i ? " AND " : "",
			sql_name(arena, reference->to_columns[i]->name), i + 1);
	}
	return engine_query_one(
		       writing->call->context->engine,
		       arena_printf(arena, "SELECT 1 FROM %s WHERE %s",
				    sql_name(arena, reference->to->table->name),
				    condition),
		       values, (int)reference->ncolumns, arena, &found,
		       &ignored) != OK ||
	       found.kind != VALUE_NULL;
}

/* "no seat with row 1, letter "Q"" */
static void fail_missing_row(const struct reference *reference,
			     const struct value *row, struct error *e)
{
	const char *text = "";

	for (size_t i = 0; i < reference->ncolumns; i++)
		text = arena_printf(
			e->arena, "%s%s%s %s", text, i ? ", " : "",
			reference->to_columns[i]->name,
			value_show(row[reference->columns[i]], e->arena));
	fail(e, CONFLICT, "no %s with %s", reference->to->name, text);
}

bool refuse_missing(const struct writing *writing, const struct value *row,
		    struct error *e)
{
	const struct resource *resource = writing->resource;

	for (size_t i = 0; i < resource->nreferences; i++) {
		if (reference_is_met(writing, &resource->references[i], row,
				     e->arena))
			continue;
		fail_missing_row(&resource->references[i], row, e);
		return true;
	}
	return false;
}

enum status refuse_broken(struct error *e)
{
	return fail(e, CONFLICT, "a row would refer to a missing row");
}

/* Whether the write changes a column that the link's rows refer to. */
static bool is_changed(const struct writing *writing, const struct link *link)
{
	const struct reference *reference = link->reference;

	for (size_t i = 0; i < reference->ncolumns; i++)
		if (writing->given[column_position(writing->resource->table,
						   reference->to_columns[i])])
			return true;
	return false;
}

enum status refuse_reference(const struct writing *writing,
			     const struct row_key *key, const struct value *row,
			     struct error *e)
{
	const struct resource *resource = writing->resource;
	const struct held held = {
		.engine = writing->call->context->engine,
		.resource = resource,
		.key = key,
		.arena = e->arena,
	};

	if (refuse_missing(writing, row, e))
		return CONFLICT;
	for (size_t i = 0; key && i < resource->nlinks; i++) {
		const struct link *link = &resource->links[i];
		int64_t count = is_changed(writing, link)
					? count_rows(&held, link,
						     resource->key_where)
					: 0;

		if (count)
			return fail_held(&held, link, count, NULL, e);
	}
	return refuse_broken(e);
}
