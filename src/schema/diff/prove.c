#include "schema/diff/diff.h"
#include "schema/model/read.h"
#include "schema/text/token.h"
#include "schema/trial/world.h"

/* The part of a schema that takes part in the proof. */
struct subset {
	const struct schema *schema;
	bool *in;
};

static bool has_same_indexes(const struct table *a, const struct table *b)
{
	bool same = a->nindexes == b->nindexes;

	for (size_t i = 0; same && i < a->nindexes; i++)
		same = tokens_equal(a->indexes[i].sql, b->indexes[i].sql);
	return same;
}

/* The tables that the other schema lacks or has in another form. */
static void mark_changed(const struct subset *part, const struct schema *other)
{
	size_t near = 0;

	for (size_t i = 0; i < part->schema->ntables; i++) {
		const struct table *table = &part->schema->tables[i];
		const struct table *same = schema_find_same(other, table,
							    &near);

		/* A change of comments alone is one, too. */
		part->in[i] = !same || strcmp(table->sql, same->sql) != 0 ||
			      !has_same_indexes(table, same);
	}
}

/* A rename changes the children; a fill may read a parent. */
static void mark_related(const struct subset *part, struct arena *arena)
{
	world_add_children(part->schema, part->in, arena);
	world_add_parents(part->schema, part->in);
}

/* Adds the tables of one part to the other; true if any was added. */
static bool mark_same(const struct subset *from, const struct subset *to)
{
	bool added = false;

	for (size_t i = 0; i < from->schema->ntables; i++) {
		const struct table *table = schema_find_table(
			to->schema, from->schema->tables[i].name);
		bool *in = table ? &to->in[table - to->schema->tables] : NULL;

		if (from->in[i] && in && !*in)
			added = *in = true;
	}
	return added;
}

static void choose_parts(struct subset *from, struct subset *to,
			 struct arena *arena)
{
	from->in = arena_array(arena, from->schema->ntables, sizeof(bool));
	to->in = arena_array(arena, to->schema->ntables, sizeof(bool));
	mark_changed(from, to->schema);
	mark_changed(to, from->schema);
	mark_related(from, arena);
	mark_related(to, arena);
	do {
		world_complete(from->schema, from->in, arena);
		world_complete(to->schema, to->in, arena);
	} while (mark_same(from, to) || mark_same(to, from));
}

static struct schema *extract_part(const struct subset *part,
				   struct arena *arena)
{
	const struct schema *schema = part->schema;
	struct schema *small = arena_zero(arena, sizeof(*small));

	small->tables = arena_array(arena, schema->ntables,
				    sizeof(*small->tables));
	for (size_t i = 0; i < schema->ntables; i++)
		if (part->in[i])
			small->tables[small->ntables++] = schema->tables[i];
	return small;
}

/* As in an upgrade: guarded and in one transaction. */
static enum status run_proof(struct engine *world, void *data, struct error *e)
{
	const struct script script = { .text = data, .guard = true };

	return engine_script(world, &script, e);
}

static enum status apply_proof(struct engine *world, const struct diff *diff,
			       const char *direction, struct error *e)
{
	ARENA(arena);
	char *sql = arena_copy(&arena, diff->sql);

	if (engine_transaction(world, TRANSACTION_WRITE, run_proof, sql, e) ==
	    OK)
		return OK;
	error_prefix(e, "the generated %s fails", direction);
	e->status = FAILED;
	return FAILED;
}

static enum status check_target(struct engine *world,
				const struct subset *target,
				const struct diff *diff, const char *direction,
				struct error *e)
{
	const struct diff_options options = {
		.column_order = diff->options.column_order,
		.ordered = diff->options.ordered,
		.nordered = diff->options.nordered,
	};
	ARENA(arena);
	struct schema *now;
	struct diff rest;

	if (schema_read(world, &arena, &now, e) != OK ||
	    diff_compute(now, extract_part(target, &arena), &options, &arena,
			 &rest, e) != OK)
		return e->status;
	if (!rest.nchanges)
		return OK;
	return fail(e, FAILED, "the generated %s leaves a difference: %s",
		    direction, rest.changes[0].text);
}

enum status diff_prove(const struct schema *from, const struct schema *to,
		       const struct diff *up, const struct diff *down,
		       struct error *e)
{
	ARENA(arena);
	struct subset before = { .schema = from }, after = { .schema = to };
	ENGINE(world);

	choose_parts(&before, &after, &arena);
	if (world_open(from, before.in, NULL, &world, e) != OK) {
		return error_prefix(e, "the schema cannot be built in memory");
	}
	if (apply_proof(world, up, "upgrade", e) != OK ||
	    check_target(world, &after, up, "upgrade", e) != OK ||
	    apply_proof(world, down, "downgrade", e) != OK)
		return e->status;
	return check_target(world, &before, down, "downgrade", e);
}
