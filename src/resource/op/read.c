#include <string.h>

#include "resource/filter/page.h"
#include "resource/filter/related.h"
#include "resource/key/key.h"
#include "resource/model/column.h"
#include "resource/op/inside.h"
#include "resource/write/foreign.h"

/* What call->shape is. */
struct result_shape {
	struct related related;
	const char *select; /* the columns of a row and the related ones */
	size_t count;       /* how many */
};

static struct result_shape call_shape(const struct call *call,
				      const struct resource *resource)
{
	const struct result_shape *shape = call->shape;

	return shape ? *shape
		     : (struct result_shape){
			       .select = resource->select,
			       .count = resource->ncolumns,
		       };
}

static enum status set_shape(struct call *call, const struct resource *resource,
			     const char *wanted, struct error *e)
{
	struct result_shape *shape = arena_zero(call->arena, sizeof(*shape));
	struct related *root = &shape->related;

	if (related_take(call, resource, wanted, root, e) != OK)
		return e->status;
	if (!root->nparts)
		return OK;
	related_columns(root, call->arena, &call->columns, &call->ncolumns);
	shape->select = arena_printf(call->arena, "%s%s", resource->select,
				     related_select(root, call->arena));
	shape->count = call->ncolumns;
	call->shape = shape;
	return OK;
}

enum status resource_shape(struct call *call, const char *wanted,
			   struct error *e)
{
	return set_shape(call, call->operation->subject, wanted, e);
}

static struct value *row_new(const struct call *call, struct result_shape shape)
{
	return arena_array(call->arena, shape.count, sizeof(struct value));
}

/* A page as it is listed, by one query or two. */
struct listing {
	struct list_page page;
	int64_t count; /* of rows emitted */
	const char *cursor;
	bool full; /* there are more rows */
};

/* What makes a single row too large is --with. */
static enum status end_rows(const struct call *call, struct error *e)
{
	if (e->status == INVALID && call_list(call, "with")->count)
		return call_refuse(call, "with", NULL, e, "%s", e->message);
	return e->status;
}

/* Emits the rows of a page, and sets the cursor of the next one. */
static enum status emit_page(struct call *call, struct listing *listing,
			     struct statement *statement, struct error *e)
{
	const struct list_page *page = &listing->page;
	const struct resource *resource = page->resource;
	const struct result_shape shape = call_shape(call, resource);
	struct value *values = row_new(call, shape);

	for (; statement_next(statement, e); listing->count++) {
		if (listing->count == page->limit) {
			listing->full = true;
			call->next = listing->cursor;
			return OK;
		}
		if (listing->count + 1 == page->limit && page->has_key)
			listing->cursor = page_cursor(page, statement,
						      shape.count, call->arena);
		if (row_emit(call, resource, statement, shape.count, values,
			     e) != OK)
			break;
	}
	return end_rows(call, e);
}

/* Lists the rows that meet a condition with the first of the filter's values. */
static enum status list_where(struct listing *listing,
			      const struct filter *filter, const char *where,
			      size_t nvalues, struct error *e)
{
	struct call *call = filter->call;
	const struct resource *resource = filter->resource;
	const struct list_page *page = &listing->page;
	STATEMENT(statement);
	const char *sql = arena_printf(
		call->arena, "SELECT %s%s FROM %s%s%s",
		call_shape(call, resource).select,
		page_select(page, call->arena),
		sql_name(call->arena, resource->table->name), where,
		page_sql(page, call->arena));

	if (engine_prepare(call->context->engine, sql, &statement, e) != OK)
		return e->status;
	for (size_t i = 0; i < nvalues; i++)
		statement_bind(statement, (int)i + 1, filter->values[i]);
	return emit_page(call, listing, statement, e);
}

static void note_uncomputed(struct call *call, const struct resource *resource)
{
	const struct table *table = resource->table;

	for (size_t i = 0; i < table->ncolumns; i++)
		if (table->columns[i].uncomputed)
			call_note(
				call,
				"%s is left out: it is computed by a function "
				"that only another program has",
				table->columns[i].name);
}

/* All of filter's rows that the call wants. */
static enum status list_rows(struct filter *filter, struct error *e)
{
	struct listing listing = { .count = 0 };
	const char *where;
	size_t nvalues;

	if (filter_take(filter, e) != OK)
		return e->status;
	where = filter_where(filter);
	nvalues = filter->nvalues;
	if (page_take(&listing.page, filter, e) != OK ||
	    list_where(&listing, filter, filter_where(filter), filter->nvalues,
		       e) != OK)
		return e->status;
	if (!listing.page.rest || listing.full)
		return OK;
	where = arena_printf(filter->call->arena, "%s%s%s", where,
			     *where ? " AND " : " WHERE ", listing.page.rest);
	return list_where(&listing, filter, where, nvalues, e);
}

enum status resource_list(struct call *call, struct error *e)
{
	FILTER(filter);

	filter_init(&filter, call, call->operation->subject);
	note_uncomputed(call, call->operation->subject);
	return list_rows(&filter, e);
}

static const char *select_one(const struct call *call,
			      const struct resource *resource)
{
	if (!call->shape)
		return resource->select_one;
	return arena_printf(call->arena, "SELECT %s FROM %s WHERE %s",
			    call_shape(call, resource).select,
			    sql_name(call->arena, resource->table->name),
			    resource->key_where);
}

/* *found: whether there is such a row. */
static enum status show_one(struct call *call, const struct resource *resource,
			    const struct row_key *key, bool *found,
			    struct error *e)
{
	const struct result_shape shape = call_shape(call, resource);
	STATEMENT(statement);

	if (engine_prepare(call->context->engine, select_one(call, resource),
			   &statement, e) != OK)
		return e->status;
	key_bind(statement, key, 1);
	*found = statement_next(statement, e);
	return *found ? row_emit(call, resource, statement, shape.count,
				 row_new(call, shape), e)
		      : end_rows(call, e);
}

enum status resource_show(struct call *call, struct error *e)
{
	const struct resource *resource = call->operation->subject;
	const struct values *words = call_list(call, resource->key_name);
	struct row_key *keys = arena_array(call->arena, words->count,
					   sizeof(*keys));
	bool found = false;

	note_uncomputed(call, resource);
	if (words->count == 1)
		call_mark_single(call);
	if (words->count == 1 &&
	    key_take(resource, words->items[0], call->arena, &keys[0]) &&
	    (show_one(call, resource, &keys[0], &found, e) != OK || found))
		return e->status;
	/* All must be there before the first is shown. */
	for (size_t i = 0; i < words->count; i++)
		if (call_key(call, words->items[i], &keys[i], e) != OK)
			return e->status;
	for (size_t i = 0; i < words->count; i++)
		if (show_one(call, resource, &keys[i], &found, e) != OK)
			return e->status;
	return OK;
}

static const struct link *call_link(const struct call *call,
				    const struct resource *resource)
{
	for (size_t i = 0; i < resource->nlinks; i++)
		if (strcmp(resource->links[i].verb, call->operation->verb) == 0)
			return &resource->links[i];
	return NULL;
}

enum status resource_linked_shape(struct call *call, const char *wanted,
				  struct error *e)
{
	const struct resource *resource = call->operation->subject;

	return set_shape(call, call_link(call, resource)->from, wanted, e);
}

enum status resource_linked(struct call *call, struct error *e)
{
	const struct resource *resource = call->operation->subject;
	const struct link *link = call_link(call, resource);
	const struct resource *from = link->from;
	struct row_key key;
	FILTER(filter);

	if (call_key(call, call_value(call, resource->key_name), &key, e) != OK)
		return e->status;
	filter_init(&filter, call, from);
	for (size_t i = 0; i < key.count; i++)
		filter_bind(&filter, key.values[i]);
	buffer_text(&filter.sql,
		    link_condition(link, resource->key_where, call->arena));
	return list_rows(&filter, e);
}
