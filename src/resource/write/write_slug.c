#include <inttypes.h>

#include "resource/key/key.h"
#include "resource/model/column.h"
#include "resource/text/slug.h"
#include "resource/write/writing.h"

static enum status slug_is_free(struct writing *writing, const char *slug,
				bool *free, struct error *e)
{
	const struct resource *resource = writing->resource;
	struct arena *arena = writing->call->arena;
	struct value value = value_text(slug), found;

	if (engine_query_one(
		    writing->call->context->engine,
		    arena_printf(arena, "SELECT 1 FROM %s WHERE %s = $1",
				 sql_name(arena, resource->table->name),
				 sql_name(arena, resource->slug->name)),
		    &value, 1, arena, &found, e) != OK)
		return e->status;
	*free = found.kind == VALUE_NULL;
	return OK;
}

/*
 * The first free one of slug, slug-2, slug-3 …: doubling, then halving the
 * gap, so that a thousand equal titles do not make a thousand look-ups each.
 */
static enum status number_slug(struct writing *writing, const char **slug,
			       struct error *e)
{
	struct arena *arena = writing->call->arena;
	uint64_t taken = 1, tried = 1;
	const char *name = *slug;
	bool free = false;

	if (slug_is_free(writing, name, &free, e) != OK || free)
		return e->status;
	while (!free) {
		taken = tried;
		tried *= 2;
		name = arena_printf(arena, "%s-%" PRIu64, *slug, tried);
		if (slug_is_free(writing, name, &free, e) != OK)
			return e->status;
	}
	while (tried - taken > 1) {
		uint64_t middle = taken + (tried - taken) / 2;

		name = arena_printf(arena, "%s-%" PRIu64, *slug, middle);
		if (slug_is_free(writing, name, &free, e) != OK)
			return e->status;
		if (free)
			tried = middle;
		else
			taken = middle;
	}
	*slug = arena_printf(arena, "%s-%" PRIu64, *slug, tried);
	return OK;
}

/* A given slug must be valid; those that list prints are. */
static enum status check_slug(struct writing *writing, struct value slug,
			      struct error *e)
{
	const struct column *column = writing->resource->slug;
	const char *made;

	if (slug.kind == VALUE_NULL)
		return OK;
	made = slug_make(writing->call->arena, slug.data, slug.length);
	if (!*made || !value_equal(slug, value_text(made)))
		problem_add(e, "body", "value_error", column->name,
			    "a slug has only a-z, 0-9 and single hyphens");
	return error_from_problems(e);
}

enum status writing_slug(struct writing *writing, struct error *e)
{
	const struct resource *resource = writing->resource;
	const struct table *table = resource->table;
	size_t at, source;
	const char *slug = "";
	struct value from;

	if (!resource->slug)
		return OK;
	at = column_position(table, resource->slug);
	source = column_position(table, resource->slug_source);
	from = writing->values[source];
	if (writing->given[at])
		return check_slug(writing, writing->values[at], e);
	if (from.kind == VALUE_TEXT)
		slug = slug_make(writing->call->arena, from.data, from.length);
	else if (from.kind == VALUE_INTEGER)
		slug = value_show(from, writing->call->arena);
	if (!*slug && resource->slug->not_null) {
		problem_add(e, "body", "value_error",
			    resource->slug_source->name,
			    "no letter or digit to make a slug from");
		return error_from_problems(e);
	}
	if (*slug && resource->slug->unique && !resource->slug_source->unique &&
	    number_slug(writing, &slug, e) != OK)
		return e->status;
	writing->given[at] = *slug;
	writing->values[at] = value_text(slug);
	return OK;
}
