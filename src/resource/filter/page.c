#include "resource/filter/page.h"

#include <inttypes.h>
#include <strings.h>

#include "resource/filter/cursor.h"
#include "resource/filter/path.h"
#include "resource/model/column.h"
#include "util/text.h"

static bool is_shown(const struct resource *resource, const char *name)
{
	for (size_t i = 0; i < resource->ncolumns; i++)
		if (strcmp(resource->columns[i].name, name) == 0)
			return true;
	return false;
}

/* The rowid, which is not a column, is never NULL. */
static bool term_is_nullable(const struct table *table,
			     const struct column *column)
{
	return column && column_is_nullable(table, column);
}

static void add_term(struct list_page *page, const char *name, bool descending,
		     struct arena *arena)
{
	const struct table *table = page->resource->table;

	*LIST_ADD(arena, page->terms, page->nterms) = (struct term){
		.sql = sql_name(arena, name),
		.descending = descending,
		.nullable = term_is_nullable(table,
					     table_find_column(table, name)),
	};
}

/* "user.age": false if that is not a column of a referenced row. */
static bool add_path(struct list_page *page, const char *name, bool descending,
		     struct arena *arena)
{
	struct column_path path;

	if (!strchr(name, '.') ||
	    !path_find(page->resource, name, arena, &path))
		return false;
	*LIST_ADD(arena, page->terms, page->nterms) = (struct term){
		.sql = path.sql,
		.descending = descending,
		.nullable = path.nullable,
	};
	return true;
}

static enum status refuse_term(const struct call *call,
			       const struct resource *resource,
			       const char *name, struct error *e)
{
	const size_t length = strcspn(name, " ");

	if (path_refuse(call, "sort", resource, name, e) != OK &&
	    strcasecmp(name + length, " desc") == 0)
		error_set_hint(e, "write -%.*s to sort it descending",
			       (int)length, name);
	return e->status;
}

/* "age,-username,user.age" */
static enum status add_sort(struct list_page *page, const struct call *call,
			    struct error *e)
{
	struct arena *arena = call->arena;
	const char *list = page->sort;

	while (list) {
		const char *item = text_next_item(&list, arena);
		const bool descending = *item == '-';
		const char *name = item + descending;

		if (is_shown(page->resource, name))
			add_term(page, name, descending, arena);
		else if (!add_path(page, name, descending, arena))
			return refuse_term(call, page->resource, name, e);
	}
	return OK;
}

static void add_key(struct list_page *page, struct arena *arena)
{
	const struct resource *resource = page->resource;
	const struct table *table = resource->table;

	if (resource->rowid)
		add_term(page, resource->rowid, false, arena);
	for (size_t i = 0; !resource->rowid && i < table->nkey; i++)
		add_term(page, table->columns[table->key[i]].name, false,
			 arena);
	/* Rows whose keys are NULL come one after another, too. */
	if (key_is_nullable(resource))
		add_term(page, resource->handle, false, arena);
	page->has_key = key_count(resource) > 0;
}

const char *page_select(const struct list_page *page, struct arena *arena)
{
	const char *sql = "";

	for (size_t i = 0;
	     page->limit >= 0 && page->has_key && i < page->nterms; i++)
		sql = arena_printf(arena, "%s, %s", sql, page->terms[i].sql);
	return sql;
}

const char *page_sql(const struct list_page *page, struct arena *arena)
{
	const char *sql = "";

	for (size_t i = 0; i < page->nterms; i++) {
		const struct term *term = &page->terms[i];
		bool mixed = term->nullable && (i || !page->apart);

		sql = arena_printf(arena, "%s%s %s %s%s", sql,
				   i ? "," : " ORDER BY", term->sql,
				   term->descending ? "DESC" : "ASC",
				   mixed ? " NULLS LAST" : "");
	}
	if (page->limit < 0 && !page->offset)
		return sql;
	return arena_printf(arena, "%s LIMIT %" PRId64 " OFFSET %" PRId64, sql,
			    page->limit < 0 || page->limit == INT64_MAX
				    ? INT64_MAX
				    : page->limit + 1,
			    page->offset);
}

/* What a cursor is bound to. */
static const char *sort_text(const struct list_page *page)
{
	return page->sort ? page->sort : "";
}

const char *page_cursor(const struct list_page *page,
			struct statement *statement, size_t first,
			struct arena *arena)
{
	struct value *values = arena_array(arena, page->nterms,
					   sizeof(*values));

	statement_values(statement, first, page->nterms, values);
	return cursor_write(sort_text(page), values, page->nterms, arena);
}

/* Rows that differ from the cursor's in no term before this one, and come
   later by this. */
static void add_after_term(const struct list_page *page, struct filter *filter,
			   const struct value *values, size_t at)
{
	struct buffer *sql = &filter->sql;
	const struct term *term = &page->terms[at];

	for (size_t i = 0; i < at; i++) {
		buffer_text(sql, page->terms[i].sql);
		if (values[i].kind == VALUE_NULL)
			buffer_text(sql, " IS NULL AND ");
		else
			buffer_printf(sql, " = %s AND ",
				      filter_bind(filter, values[i]));
	}
	if (values[at].kind == VALUE_NULL) {
		buffer_text(sql, "FALSE");
		return;
	}
	buffer_printf(sql, "(%s %s %s", term->sql, term->descending ? "<" : ">",
		      filter_bind(filter, values[at]));
	if (term->nullable && (at || !page->rest))
		buffer_printf(sql, " OR %s IS NULL", term->sql);
	buffer_byte(sql, ')');
}

/*
 * Adds a bound on the first term alone, so that an index can be used.  NULLs are
 * outside of it and come last, so they are what is left when it has no more.
 */
static void add_after(struct list_page *page, struct filter *filter,
		      const struct value *values)
{
	const struct term *first = page->terms;
	struct buffer *sql = &filter->sql;

	page->apart = values->kind == VALUE_NULL || !page->offset;
	if (first->nullable && values->kind != VALUE_NULL && page->apart)
		page->rest = arena_printf(filter->call->arena, "%s IS NULL",
					  first->sql);
	if (sql->length)
		buffer_text(sql, " AND ");
	if (values->kind == VALUE_NULL)
		buffer_printf(sql, "%s IS NULL AND ", first->sql);
	else if (!first->nullable || page->rest)
		buffer_printf(sql, "%s %s %s AND ", first->sql,
			      first->descending ? "<=" : ">=",
			      filter_bind(filter, *values));
	for (size_t i = 0; i < page->nterms; i++) {
		buffer_text(sql, i ? " OR " : "(");
		add_after_term(page, filter, values, i);
	}
	buffer_byte(sql, ')');
}

static enum status take_after(struct list_page *page, struct filter *filter,
			      const char *text, struct error *e)
{
	struct arena *arena = filter->call->arena;
	struct value *values = arena_array(arena, page->nterms,
					   sizeof(*values));
	const char *wrong = page->has_key
				    ? cursor_read(text, sort_text(page), values,
						  page->nterms, arena)
				    : "these rows have no key to continue from";

	if (!wrong) {
		add_after(page, filter, values);
		return OK;
	}
	call_refuse(filter->call, "after", NULL, e, "%s", wrong);
	error_hint(e, "use the cursor printed after a list that --limit cut");
	return e->status;
}

static int64_t number_value(const struct call *call, const char *name,
			    int64_t none)
{
	struct value value = call_value(call, name);

	return value.kind == VALUE_INTEGER ? value.integer : none;
}

enum status page_take(struct list_page *page, struct filter *filter,
		      struct error *e)
{
	struct call *call = filter->call;
	const char *sort = call_text(call, "sort");
	const char *after = call_text(call, "after");

	*page = (struct list_page){
		.resource = filter->resource,
		.sort = sort,
		.limit = number_value(call, "limit", -1),
		.offset = number_value(call, "offset", 0),
	};
	if (add_sort(page, call, e) != OK)
		return e->status;
	add_key(page, call->arena);
	return after ? take_after(page, filter, after, e) : OK;
}
