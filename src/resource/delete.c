#include <string.h>

#include "resource/inside.h"

enum { DEPTH = 16 }; /* of a chain of cascades that is counted */

static const char *key_text(const struct row_key *key, struct arena *arena)
{
	const char *text = "";

	for (size_t i = 0; i < key->count; i++)
		text = arena_printf(arena, "%s%s%s", text, i ? "," : "",
				    value_show(key->values[i], arena));
	return text;
}

static enum status delete_one(struct call *call,
			      const struct resource *resource,
			      struct value word, struct row_key *key,
			      struct error *e)
{
	const char *sql = arena_printf(
		call->arena, "DELETE FROM %s WHERE %s",
		sql_name(call->arena, resource->table->name),
		resource->key_where);
	struct engine *engine = call->context->engine;

	if (key_find(engine, resource, word, call->arena, key, e) != OK)
		return e->status;
	if (engine_run(engine, sql, key->values, (int)key->count, e) != OK)
		return refuse_fault(engine, resource, NULL, e);
	return OK;
}

enum status resource_delete(struct call *call, struct error *e)
{
	const struct resource *resource = call->operation->subject;
	const struct values *words = call_list(call, resource->key_name);

	struct row_key key = { .count = 0 };

	for (size_t i = 0; i < words->count; i++)
		if (delete_one(call, resource, words->items[i], &key, e) != OK)
			return e->status;
	if (words->count == 1)
		call_note(call, "Deleted %s %s", resource->name,
			  key_text(&key, call->arena));
	else
		call_note(call, "Deleted %zu %s", words->count,
			  resource->plural);
	return OK;
}

/* A total of the rows that a cascade reaches, by resource. */
struct tally {
	const struct resource *resource;
	int64_t count;
};

struct toll {
	struct call *call;
	struct tally *tallies;
	size_t ntallies;
};

static struct tally *toll_of(struct toll *toll, const struct resource *resource)
{
	for (size_t i = 0; i < toll->ntallies; i++)
		if (toll->tallies[i].resource == resource)
			return &toll->tallies[i];
	struct tally *tally = LIST_ADD(toll->call->arena, toll->tallies,
				       toll->ntallies);

	tally->resource = resource;
	return tally;
}

/*
 * Adds the rows that are deleted along with those of resource for which
 * condition holds.  A table that refers to itself is followed one step.
 */
static enum status count_cascade(struct toll *toll,
				 const struct resource *resource,
				 const char *condition,
				 const struct row_key *key, int depth,
				 struct error *e)
{
	struct arena *arena = toll->call->arena;

	for (size_t i = 0; i < resource->nlinks; i++) {
		const struct link *link = &resource->links[i];
		const struct table *from = link->from->table;
		const char *below;
		struct value count;

		if (!link->cascades)
			continue;
		below = arena_printf(
			arena, "%s IN (SELECT %s FROM %s WHERE %s)",
			sql_name(arena, from->columns[link->from_column].name),
			sql_name(arena, link->to_column->name),
			sql_name(arena, resource->table->name), condition);
		if (engine_query_one(
			    toll->call->context->engine,
			    arena_printf(arena,
					 "SELECT count(*) FROM %s WHERE %s",
					 sql_name(arena, from->name), below),
			    key->values, (int)key->count, arena, &count,
			    e) != OK)
			return e->status;
		if (!count.integer)
			continue;
		toll_of(toll, link->from)->count += count.integer;
		if (link->from != resource && depth < DEPTH &&
		    count_cascade(toll, link->from, below, key, depth + 1, e) !=
			    OK)
			return e->status;
	}
	return OK;
}

static enum status caption_of(struct call *call,
			      const struct resource *resource,
			      const struct row_key *key, const char **out,
			      struct error *e)
{
	struct value caption = value_null();
	const char *shown;

	*out = "";
	if (!resource->caption)
		return OK;
	if (engine_query_one(
		    call->context->engine,
		    arena_printf(call->arena, "SELECT %s FROM %s WHERE %s",
				 sql_name(call->arena, resource->caption->name),
				 sql_name(call->arena, resource->table->name),
				 resource->key_where),
		    key->values, (int)key->count, call->arena, &caption,
		    e) != OK)
		return e->status;
	if (caption.kind != VALUE_TEXT)
		return OK;
	shown = value_show(caption, call->arena);
	*out = arena_printf(call->arena, " “%.*s”", (int)strlen(shown) - 2,
			    shown + 1);
	return OK;
}

/* "user 2 “user2”", or "3 users". */
static enum status name_rows(struct call *call, const struct resource *resource,
			     const struct values *words, struct toll *toll,
			     const char **out, struct error *e)
{
	struct row_key key = { .count = 0 };
	const char *caption;

	for (size_t i = 0; i < words->count; i++) {
		if (key_find(call->context->engine, resource, words->items[i],
			     call->arena, &key, e) != OK ||
		    count_cascade(toll, resource, resource->key_where, &key, 0,
				  e) != OK)
			return e->status;
	}
	if (words->count != 1) {
		*out = arena_printf(call->arena, "%zu %s", words->count,
				    resource->plural);
		return OK;
	}
	if (caption_of(call, resource, &key, &caption, e) != OK)
		return e->status;
	*out = arena_printf(call->arena, "%s %s%s", resource->name,
			    key_text(&key, call->arena), caption);
	return OK;
}

enum status resource_delete_question(struct call *call, const char **out,
				     struct error *e)
{
	const struct resource *resource = call->operation->subject;
	const struct values *words = call_list(call, resource->key_name);
	struct toll toll = { .call = call };
	const char *rows = "";

	if (name_rows(call, resource, words, &toll, &rows, e) != OK)
		return e->status;
	*out = arena_printf(call->arena, "Delete %s", rows);
	for (size_t i = 0; i < toll.ntallies; i++) {
		const struct tally *tally = &toll.tallies[i];

		*out = arena_printf(call->arena, "%s%s%lld %s", *out,
				    i + 1 == toll.ntallies ? " and " : ", ",
				    (long long)tally->count,
				    tally->count == 1
					    ? tally->resource->name
					    : tally->resource->plural);
	}
	*out = arena_printf(call->arena, "%s?", *out);
	return OK;
}
