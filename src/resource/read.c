#include <string.h>

#include "resource/inside.h"
#include "util/text.h"

static enum status emit(struct call *call, const struct resource *resource,
			struct statement *statement, struct value *values,
			struct error *e)
{
	for (size_t i = 0; i < resource->ncolumns; i++) {
		values[i] = statement_value(statement, (int)i);
		/* RETURNING gives what was bound, before its affinity. */
		if (resource->columns[i].type == TYPE_REAL &&
		    values[i].kind == VALUE_INTEGER)
			values[i] = value_real((double)values[i].integer);
	}
	return call_row(call, values, e);
}

static struct value *row_new(struct call *call, const struct resource *resource)
{
	return arena_array(call->arena, resource->ncolumns,
			   sizeof(struct value));
}

enum status row_emit(struct call *call, const struct resource *resource,
		     struct statement *statement, struct error *e)
{
	return emit(call, resource, statement, row_new(call, resource), e);
}

/* The rows of a statement, with memory for one of them. */
static enum status emit_all(struct call *call, const struct resource *resource,
			    struct statement *statement, struct error *e)
{
	struct value *values = row_new(call, resource);

	for (;;) {
		switch (statement_step(statement, e)) {
		case STEP_ROW:
			if (emit(call, resource, statement, values, e) != OK)
				return e->status;
			break;
		case STEP_DONE:
			return OK;
		case STEP_FAILED:
			return e->status;
		}
	}
}

static enum status no_column(const struct resource *resource, const char *name,
			     struct error *e)
{
	struct close_names close;

	close_names_init(&close, name);
	for (size_t i = 0; i < resource->ncolumns; i++)
		close_names_offer(&close, resource->columns[i].name);
	fail(e, USAGE, "--sort: %s has no column %s", resource->name, name);
	close_names_suggest(&close, e);
	return USAGE;
}

static bool is_shown(const struct resource *resource, const char *name)
{
	for (size_t i = 0; i < resource->ncolumns; i++)
		if (strcmp(resource->columns[i].name, name) == 0)
			return true;
	return false;
}

/* "age,-username" as ORDER BY, with the key last so that pages hold. */
static enum status add_order(const struct resource *resource, const char *sort,
			     struct arena *arena, struct buffer *sql,
			     struct error *e)
{
	const char *key = key_columns(resource, arena);

	buffer_text(sql, " ORDER BY ");
	for (const char *part = sort; part;) {
		const char *comma = strchr(part, ',');
		bool down = *part == '-';
		const char *name = arena_copy_n(arena, part + down,
						comma ? (size_t)(comma - part) -
								down
						      : strlen(part + down));

		if (!is_shown(resource, name))
			return no_column(resource, name, e);
		buffer_printf(sql, "%s%s%s", part == sort ? "" : ", ",
			      sql_name(arena, name),
			      down ? " DESC NULLS LAST" : " ASC NULLS FIRST");
		part = comma ? comma + 1 : NULL;
	}
	if (*key)
		buffer_printf(sql, ", %s", key);
	return OK;
}

/* ORDER BY, LIMIT and OFFSET as the call asks for them. */
static enum status add_page(struct call *call, const struct resource *resource,
			    struct buffer *sql, struct error *e)
{
	const char *sort = call_text(call, "sort");
	struct value limit = call_value(call, "limit");
	struct value offset = call_value(call, "offset");

	if (sort && add_order(resource, sort, call->arena, sql, e) != OK)
		return e->status;
	if (limit.kind == VALUE_INTEGER || offset.kind == VALUE_INTEGER)
		buffer_printf(
			sql, " LIMIT %lld OFFSET %lld",
			limit.kind == VALUE_INTEGER ? (long long)limit.integer
						    : INT64_MAX,
			offset.kind == VALUE_INTEGER ? (long long)offset.integer
						     : 0LL);
	return OK;
}

enum status resource_list(struct call *call, struct error *e)
{
	const struct resource *resource = call->operation->subject;
	STATEMENT(statement);
	BUFFER(sql);

	buffer_printf(&sql, "SELECT %s FROM %s", resource->select,
		      sql_name(call->arena, resource->table->name));
	if (add_page(call, resource, &sql, e) != OK ||
	    engine_prepare(call->context->engine, sql.data, &statement, e) !=
		    OK)
		return e->status;
	return emit_all(call, resource, statement, e);
}

enum status resource_count(struct call *call, struct error *e)
{
	const struct resource *resource = call->operation->subject;
	const char *sql = arena_printf(
		call->arena, "SELECT count(*) FROM %s",
		sql_name(call->arena, resource->table->name));
	struct value values[2];

	if (engine_query_one(call->context->engine, sql, NULL, 0, call->arena,
			     &values[1], e) != OK)
		return e->status;
	values[0] = value_text(value_show(values[1], call->arena));
	call_one(call);
	return call_row(call, values, e);
}

static enum status show_one(struct call *call, const struct resource *resource,
			    struct value word, struct error *e)
{
	const char *sql = arena_printf(
		call->arena, "SELECT %s FROM %s WHERE %s", resource->select,
		sql_name(call->arena, resource->table->name),
		resource->key_where);
	struct row_key key;
	STATEMENT(statement);

	if (key_find(call->context->engine, resource, word, call->arena, &key,
		     e) != OK ||
	    engine_prepare(call->context->engine, sql, &statement, e) != OK)
		return e->status;
	key_bind(statement, &key, 1);
	return emit_all(call, resource, statement, e);
}

enum status resource_show(struct call *call, struct error *e)
{
	const struct resource *resource = call->operation->subject;
	const struct values *words = call_list(call, resource->key_name);

	/* All must be there before the first is shown. */
	for (size_t i = 0; i < words->count && words->count > 1; i++) {
		struct row_key key;

		if (key_find(call->context->engine, resource, words->items[i],
			     call->arena, &key, e) != OK)
			return e->status;
	}
	if (words->count == 1)
		call_one(call);
	for (size_t i = 0; i < words->count; i++)
		if (show_one(call, resource, words->items[i], e) != OK)
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

enum status resource_linked(struct call *call, struct error *e)
{
	const struct resource *resource = call->operation->subject;
	const struct link *link = call_link(call, resource);
	const struct resource *from = link->from;
	struct row_key key;
	STATEMENT(statement);
	BUFFER(sql);

	if (key_find(call->context->engine, resource,
		     call_value(call, resource->key_name), call->arena, &key,
		     e) != OK)
		return e->status;
	buffer_printf(&sql, "SELECT %s FROM %s WHERE %s", from->select,
		      sql_name(call->arena, from->table->name),
		      link_condition(link, resource->key_where, call->arena));
	if (add_page(call, from, &sql, e) != OK ||
	    engine_prepare(call->context->engine, sql.data, &statement, e) !=
		    OK)
		return e->status;
	key_bind(statement, &key, 1);
	return emit_all(call, from, statement, e);
}
