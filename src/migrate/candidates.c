/* What completion offers for the parameters of db. */
#include "migrate/operations.h"

#include "migrate/site.h"
#include "migrate/target.h"
#include "schema/read.h"

void revision_candidates(struct context *context, struct arena *arena,
			 offer_candidate *offer, void *data)
{
	const struct nodes none = { 0 };
	struct nodes nodes;
	struct site site;
	struct error e;
	error_init(&e, arena);
	if (site_load_files(context, arena, &site, &e) ||
	    target_range(&site.graph, &none, ":", arena, &nodes, &e))
		return;
	offer(data, "head", "the one revision that nothing follows");
	offer(data, "heads", "all of those");
	offer(data, "base", "before the first revision");
	for (size_t i = 0; i < nodes.count; i++) {
		const struct revision *revision =
			site.graph.nodes[nodes.items[i]].revision;
		offer(data, revision->id, revision->message);
	}
	for (size_t i = 0; i < site.graph.labels.count; i++)
		offer(data,
		      arena_printf(arena, "%s@head",
				   site.graph.labels.items[i]),
		      "the head of a branch");
}

static const struct schema *read_schema(const struct context *context,
					struct arena *arena)
{
	static const struct schema none;
	struct schema *schema;
	struct error e;
	error_init(&e, arena);
	if (!context->engine ||
	    schema_read(context->engine, arena, &schema, &e))
		return &none;
	return schema;
}

void table_candidates(struct context *context, struct arena *arena,
		      offer_candidate *offer, void *data)
{
	const struct schema *schema = read_schema(context, arena);
	for (size_t i = 0; i < schema->ntables; i++)
		offer(data, schema->tables[i].name, NULL);
}

void rename_candidates(struct context *context, struct arena *arena,
		       offer_candidate *offer, void *data)
{
	const struct schema *schema = read_schema(context, arena);
	for (size_t i = 0; i < schema->ntables; i++) {
		const struct table *table = &schema->tables[i];
		offer(data, arena_printf(arena, "%s=", table->name), NULL);
		for (size_t j = 0; j < table->ncolumns; j++)
			offer(data,
			      arena_printf(arena, "%s.%s=", table->name,
					   table->columns[j].name),
			      NULL);
	}
}
