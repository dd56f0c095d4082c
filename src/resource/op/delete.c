#include <string.h>

#include "engine/change/changes.h"
#include "resource/key/key.h"
#include "resource/model/column.h"
#include "resource/op/inside.h"
#include "resource/op/selection.h"
#include "resource/write/foreign.h"

/*
 * CONFLICT if a trigger prevented a deletion that changed nothing at all, so
 * that the row still exists.  A trigger that changes something instead, such as
 * a column deleted_at, is how its table deletes rows.
 */
static enum status check_deleted(struct call *call, const struct row_key *key,
				 struct error *e)
{
	const struct resource *resource = call->operation->subject;
	struct arena *arena = call->arena;
	struct value kept;

	if (engine_query_one(
		    call->context->engine,
		    arena_printf(arena, "SELECT count(*) FROM %s WHERE %s",
				 sql_name(arena, resource->table->name),
				 resource->key_where),
		    key->values, (int)key->count, arena, &kept, e) != OK)
		return e->status;
	return kept.integer ? fail(e, CONFLICT,
				   "a trigger kept %s %s from being deleted",
				   resource->name, key_text(key, arena))
			    : OK;
}

/*
 * Deletes the rows in any order, whichever refer to which; one that a cascade
 * has already deleted is skipped.
 */
static enum status delete_rows(struct call *call,
			       const struct selection *doomed, struct error *e)
{
	const struct resource *resource = call->operation->subject;
	struct engine *engine = call->context->engine;
	const char *sql = arena_printf(
		call->arena, "DELETE FROM %s WHERE %s",
		sql_name(call->arena, resource->table->name),
		resource->key_where);

	if (doomed->count > 1 && engine_defer_foreign_keys(engine, e) != OK)
		return e->status;
	for (size_t i = 0; i < doomed->count; i++) {
		const struct row_key *key = &doomed->keys[i];
		const int64_t total = changes_total(engine);

		if (engine_run(engine, sql, key->values, (int)key->count, e) !=
		    OK)
			return refuse_delete(engine, resource, key, call->arena,
					     e);
		if (changes_total(engine) == total &&
		    check_deleted(call, key, e) != OK)
			return e->status;
	}
	if (engine_check_deferred(engine, e) != OK)
		return refuse_deleted(engine, resource,
				      selection_text(call, doomed),
				      doomed->count, e);
	return OK;
}

enum status resource_delete(struct call *call, struct error *e)
{
	struct selection doomed;

	if (selection_take(call, &doomed, e) != OK ||
	    delete_rows(call, &doomed, e) != OK)
		return e->status;
	call->affected = (int64_t)doomed.count;
	call_note(call, "Deleted %s", selection_text(call, &doomed));
	return OK;
}

/* More rows than this are not waited for before a question. */
enum { COUNTED = 100000 };

/* What is deleted or changed along with the rows, by table. */
struct effect {
	const char *table;
	int64_t deleted, changed;
};

struct effects {
	struct call *call;
	const struct selection *doomed;
	struct effect *items;
	size_t count;
	int64_t nrows;
	bool stopped; /* there may be more */
};

static struct effect *effect_on(struct effects *effects, const char *table)
{
	for (size_t i = 0; i < effects->count; i++)
		if (strcmp(effects->items[i].table, table) == 0)
			return &effects->items[i];
	struct effect *effect = LIST_ADD(effects->call->arena, effects->items,
					 effects->count);

	effect->table = arena_copy(effects->call->arena, table);
	return effect;
}

static void count_row(void *data, const char *table, enum row_fate fate)
{
	struct effects *effects = data;
	const struct context *context = effects->call->context;

	switch (fate) {
	case ROW_ADDED:
	case ROW_DELETED:
		return;
	case ROW_DELETED_INDIRECTLY:
		effect_on(effects, table)->deleted++;
		break;
	case ROW_CHANGED_INDIRECTLY:
		effect_on(effects, table)->changed++;
		break;
	}
	/* A dry run continues in the same transaction, which this would end. */
	if (++effects->nrows < COUNTED || context->flags & CONTEXT_DRY_RUN)
		return;
	effects->stopped = true;
	engine_interrupt(context->engine);
}

static enum status rehearse_delete(struct engine *engine, void *data,
				   struct error *e)
{
	struct effects *effects = data;

	(void)engine;
	effects->count = 0;
	effects->items = NULL;
	effects->nrows = 0;
	effects->stopped = false;
	return delete_rows(effects->call, effects->doomed, e);
}

/*
 * Counts by deleting and rolling back, so rows that cannot be deleted are
 * refused before the question.
 */
static enum status count_effects(struct effects *effects, struct error *e)
{
	struct engine *engine = effects->call->context->engine;
	enum status status;

	engine_on_row(engine, count_row, effects);
	status = engine_dry_run(engine, rehearse_delete, effects, e);
	engine_on_row(engine, NULL, NULL);
	if (!effects->stopped)
		return status;
	engine_clear_interrupt(engine);
	error_init(e, e->arena);
	return OK;
}

static const struct resource *table_resource(const struct resource *resource,
					     const char *table)
{
	for (size_t i = 0; i < resource->nall; i++)
		if (strcmp(resource->all[i].table->name, table) == 0)
			return &resource->all[i];
	return NULL;
}

static const char *effect_text(const struct effects *effects, const char *table,
			       int64_t count)
{
	const struct resource *resource = table_resource(
		effects->call->operation->subject, table);
	struct arena *arena = effects->call->arena;

	return resource ? count_text(count, resource, arena)
			: arena_printf(arena, "%lld in %s", (long long)count,
				       table);
}

/* " and 2 cs", ", 2 cs and 3 gs" */
static void add_deleted(const struct effects *effects, struct buffer *out)
{
	size_t left = 0;

	for (size_t i = 0; i < effects->count; i++)
		left += effects->items[i].deleted > 0;
	for (size_t i = 0; i < effects->count; i++) {
		const struct effect *effect = &effects->items[i];

		if (effect->deleted)
			buffer_printf(out, "%s%s", --left ? ", " : " and ",
				      effect_text(effects, effect->table,
						  effect->deleted));
	}
}

static bool loses_rows(const struct effects *effects,
		       const struct resource *resource)
{
	if (resource == effects->call->operation->subject)
		return true;
	for (size_t i = 0; i < effects->count; i++)
		if (effects->items[i].deleted &&
		    strcmp(effects->items[i].table, resource->table->name) == 0)
			return true;
	return false;
}

/* "loses its p_id", "change" */
static const char *change_text(const struct effects *effects,
			       const struct effect *effect)
{
	const struct resource *subject = effects->call->operation->subject;
	struct arena *arena = effects->call->arena;
	const char *nulls = "", *defaults = "", *text;
	bool one = effect->changed == 1;

	for (size_t i = 0; i < subject->nall; i++) {
		const struct resource *resource = &subject->all[i];

		for (size_t k = 0;
		     k < resource->nlinks && loses_rows(effects, resource);
		     k++) {
			const struct link *link = &resource->links[k];
			const char **list = link_acts(link, "SET NULL") ? &nulls
					    : link_acts(link, "SET DEFAULT")
						    ? &defaults
						    : NULL;

			if (!list ||
			    strcmp(link->from->table->name, effect->table) != 0)
				continue;
			*list = arena_printf(arena, "%s%s%s", *list,
					     **list ? " or " : "",
					     link_columns(link, arena));
		}
	}
	if (!*nulls && !*defaults)
		return one ? "changes" : "change";
	text = arena_printf(arena, "%s %s", one ? "its" : "their",
			    *nulls ? nulls : defaults);
	return arena_printf(
		arena, "%s %s%s",
		*nulls ? (one ? "loses" : "lose") : (one ? "resets" : "reset"),
		text,
		*nulls && *defaults
			? arena_printf(arena, " or resets %s", defaults)
			: "");
}

/* " (1 n loses its p_id)" */
static void add_changed(const struct effects *effects, struct buffer *out)
{
	const char *lead = " (";

	for (size_t i = 0; i < effects->count; i++) {
		const struct effect *effect = &effects->items[i];

		if (!effect->changed)
			continue;
		buffer_printf(
			out, "%s%s %s", lead,
			effect_text(effects, effect->table, effect->changed),
			change_text(effects, effect));
		lead = "; ";
	}
	buffer_text(out, *lead == ';' ? ")" : "");
}

enum status resource_delete_question(struct call *call, const char **out,
				     struct error *e)
{
	struct selection doomed;
	struct effects effects = { .call = call, .doomed = &doomed };
	BUFFER(text);

	if (selection_take(call, &doomed, e) != OK)
		return e->status;
	if (!doomed.count)
		return OK;
	if (count_effects(&effects, e) != OK)
		return e->status;
	buffer_printf(&text, "Delete %s", selection_text(call, &doomed));
	selection_add_captions(call, &doomed, &text);
	add_deleted(&effects, &text);
	add_changed(&effects, &text);
	if (effects.stopped)
		buffer_text(&text, ", and perhaps more");
	buffer_byte(&text, '?');
	call->asked = (int64_t)doomed.count;
	*out = arena_copy(call->arena, text.data);
	return OK;
}
