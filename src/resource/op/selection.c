#include "resource/op/selection.h"

#include <inttypes.h>
#include <stdlib.h>

#include "resource/filter/filter.h"
#include "resource/model/column.h"
#include "resource/write/foreign.h"

/* How many of the rows a question shows. */
enum { SHOWN = 3 };

static bool has_conditions(const struct call *call)
{
	return call_list(call, "where")->count ||
	       call_value(call, "search").kind != VALUE_NULL;
}

bool selection_is_filtered(const struct call *call)
{
	return has_conditions(call) || call_flag(call, "all");
}

/* The words that are keys: a list, or the one that update takes. */
static struct values call_words(const struct call *call, struct value *one)
{
	const struct resource *resource = call->operation->subject;
	const struct values *list = call_list(call, resource->key_name);

	*one = call_value(call, resource->key_name);
	if (list->count || one->kind == VALUE_NULL)
		return *list;
	return (struct values){ .items = one, .count = 1 };
}

/* Equal keys come together, in the order in which they were given. */
static int compare_places(const void *a, const void *b)
{
	const struct row_key *x = *(const struct row_key *const *)a;
	const struct row_key *y = *(const struct row_key *const *)b;
	int order = key_compare(x, y);

	return order ? order : (x > y) - (x < y);
}

/* Keeps the first of equal keys. */
static void drop_repeated(struct selection *selection, struct arena *arena)
{
	struct row_key *keys = selection->keys;
	const size_t count = selection->count;
	const struct row_key **sorted = arena_array(arena, count,
						    sizeof(struct row_key *));
	bool *repeated = arena_array(arena, count, sizeof(bool));

	for (size_t i = 0; i < count; i++)
		sorted[i] = &keys[i];
	if (count)
		qsort(sorted, count, sizeof(struct row_key *), compare_places);
	for (size_t i = 1; i < count; i++)
		repeated[sorted[i] - keys] = key_compare(sorted[i - 1],
							 sorted[i]) == 0;
	selection->count = 0;
	for (size_t i = 0; i < count; i++)
		if (!repeated[i])
			keys[selection->count++] = keys[i];
}

static enum status find_named(struct call *call, struct values words,
			      struct selection *out, struct error *e)
{
	out->keys = arena_array(call->arena, words.count, sizeof(*out->keys));
	for (; out->count < words.count; out->count++)
		if (call_key(call, words.items[out->count],
			     &out->keys[out->count], e) != OK)
			return e->status;
	drop_repeated(out, call->arena);
	return OK;
}

/* One row more than most, which shows that there are too many. */
static const char *select_sql(const struct filter *filter, int64_t most)
{
	const struct resource *resource = filter->resource;
	struct arena *arena = filter->call->arena;
	const char *columns = key_columns(resource, arena);
	const char *limit = most < 0 || most == INT64_MAX
				    ? ""
				    : arena_printf(arena, " LIMIT %" PRId64,
						   most + 1);

	return arena_printf(arena, "SELECT %s FROM %s%s ORDER BY %s%s", columns,
			    sql_name(arena, resource->table->name),
			    filter_where(filter), columns, limit);
}

static enum status find_filtered(struct call *call, int64_t most,
				 struct selection *out, struct error *e)
{
	const struct resource *resource = call->operation->subject;
	FILTER(filter);
	STATEMENT(statement);

	filter_init(&filter, call, resource);
	if (filter_take_conditions(&filter, e) != OK ||
	    engine_prepare(call->context->engine, select_sql(&filter, most),
			   &statement, e) != OK)
		return e->status;
	filter_bind_all(&filter, statement);
	while (statement_next(statement, e))
		key_read(resource, statement, call->arena,
			 LIST_ADD(call->arena, out->keys, out->count));
	return e->status;
}

static enum status check_count(struct call *call, int64_t most,
			       const struct selection *selection,
			       struct error *e)
{
	const struct resource *resource = call->operation->subject;
	int64_t count = (int64_t)selection->count;

	if (most >= 0 && count > most) {
		fail(e, CONFLICT, "more than %s, which %s allows",
		     count_text(most, resource, call->arena),
		     call_spelling(call, "max_affected"));
		error_hint(e, "narrow the condition, or raise --max-affected");
		return CONFLICT;
	}
	if (call->asked && count > call->asked)
		return fail(e, CONFLICT,
			    "there are %s by now, more than the question "
			    "counted",
			    count_text(count, resource, call->arena));
	return OK;
}

enum status selection_take(struct call *call, struct selection *out,
			   struct error *e)
{
	struct value given = call_value(call, "max_affected"), one;
	struct values words = call_words(call, &one);
	int64_t most = given.kind == VALUE_INTEGER ? given.integer : -1;
	enum status status;

	*out = (struct selection){ .filtered = selection_is_filtered(call) };
	if (has_conditions(call) && call_flag(call, "all"))
		return call_refuse(call, "all", NULL, e,
				   "cannot be combined with %s or %s",
				   call_spelling(call, "where"),
				   call_spelling(call, "search"));
	status = out->filtered ? find_filtered(call, most, out, e)
			       : find_named(call, words, out, e);
	return status == OK ? check_count(call, most, out, e) : status;
}

const char *selection_text(const struct call *call,
			   const struct selection *selection)
{
	const struct resource *resource = call->operation->subject;

	if (selection->count != 1)
		return count_text((int64_t)selection->count, resource,
				  call->arena);
	return arena_printf(call->arena, "%s %s", resource->name,
			    key_text(&selection->keys[0], call->arena));
}

static const char *caption(const struct call *call, const struct row_key *key)
{
	return row_caption(call->context->engine, call->operation->subject, key,
			   call->arena);
}

void selection_add_captions(const struct call *call,
			    const struct selection *selection,
			    struct buffer *out)
{
	const char *text;

	if (selection->count == 1) {
		text = caption(call, &selection->keys[0]);
		if (text)
			buffer_printf(out, " “%s”", text);
		return;
	}
	if (!selection->filtered || !selection->count)
		return;
	for (size_t i = 0; i < selection->count && i < SHOWN; i++) {
		buffer_text(out, i ? ", " : " (");
		text = caption(call, &selection->keys[i]);
		if (text)
			buffer_printf(out, "“%s”", text);
		else
			buffer_text(out,
				    key_text(&selection->keys[i], call->arena));
	}
	buffer_text(out, selection->count > SHOWN ? ", …)" : ")");
}
