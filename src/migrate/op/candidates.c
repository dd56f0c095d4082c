/* Completion candidates for the parameters of db. */
#include "migrate/op/operations.h"

#include "migrate/graph/target.h"
#include "migrate/record/site.h"
#include "migrate/revision/folder.h"
#include "schema/model/read.h"

struct symbol {
	const char *text, *description;
};

#define HEAD \
	{ \
		"head", "the only head" \
	}
#define HEADS \
	{ \
		"heads", "all heads" \
	}
#define BASE \
	{ \
		"base", "before the first revision" \
	}

/* The revisions and symbols to offer, and the symbol of a branch:
   LABEL@symbol. */
struct wanted {
	enum { ALL, PENDING, APPLIED } which;
	struct symbol symbols[5];
	struct symbol of_branch;
};

static bool is_wanted(const struct wanted *wanted, const bool *applied,
		      size_t node)
{
	return wanted->which == ALL || !applied ||
	       applied[node] == (wanted->which == APPLIED);
}

static void offer_revisions(struct context *context, struct arena *arena,
			    const struct wanted *wanted, offer_candidate *offer,
			    void *data)
{
	const struct nodes none = { 0 };
	struct nodes nodes;
	struct site site;
	const bool *applied;
	ERROR(e, arena);

	if ((context->engine ? site_load(context, arena, 0, &site, &e)
			     : site_load_files(context, arena, &site, &e)) ||
	    target_range(&site.graph, &none, ":", arena, &nodes, &e) != OK)
		return;
	applied = site.engine ? site_applied(&site) : NULL;
	for (const struct symbol *s = wanted->symbols; s->text; s++)
		offer(data, s->text, s->description);
	for (size_t i = 0; i < nodes.count; i++) {
		const struct revision *revision =
			site.graph.nodes[nodes.items[i]].revision;

		if (is_wanted(wanted, applied, nodes.items[i]))
			offer(data, revision->id, revision->message);
	}
	for (size_t i = 0; i < site.graph.labels.count; i++)
		offer(data,
		      arena_printf(arena, "%s@%s", site.graph.labels.items[i],
				   wanted->of_branch.text),
		      wanted->of_branch.description);
}

void revision_candidates(struct context *context, struct arena *arena,
			 offer_candidate *offer, void *data)
{
	static const struct wanted wanted = {
		ALL,
		{ HEAD, HEADS, BASE },
		{ "head", "the head of a branch" },
	};

	offer_revisions(context, arena, &wanted, offer, data);
}

void upgrade_candidates(struct context *context, struct arena *arena,
			offer_candidate *offer, void *data)
{
	static const struct wanted wanted = {
		PENDING,
		{ HEAD,
		  HEADS,
		  { "+1", "one step up from the current revision" },
		  BASE },
		{ "head", "the head of a branch" },
	};

	offer_revisions(context, arena, &wanted, offer, data);
}

void downgrade_candidates(struct context *context, struct arena *arena,
			  offer_candidate *offer, void *data)
{
	static const struct wanted wanted = {
		APPLIED,
		{ { "-1", "one step down from the current revision" }, BASE },
		{ "base", "before a branch" },
	};

	offer_revisions(context, arena, &wanted, offer, data);
}

static const struct schema *read_schema(const struct context *context,
					struct arena *arena)
{
	static const struct schema none;
	struct schema *schema;
	ERROR(e, arena);

	if (!context->engine ||
	    schema_read(context->engine, arena, &schema, &e) != OK)
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

/* Whether existing rows need a value: the column is new, or was nullable. */
static bool needs_fill(const struct column *column, const struct table *old)
{
	const struct column *before = table_find_column(old, column->name);

	return column->not_null && !column->default_sql && !column->key &&
	       column->generated == GENERATED_NOT &&
	       (!before || !before->not_null);
}

void fill_candidates(struct context *context, struct arena *arena,
		     offer_candidate *offer, void *data)
{
	const struct schema *have = read_schema(context, arena);
	struct schema *want;
	const char *text;
	ERROR(e, arena);

	if (folder_read(context->migrations, FOLDER_SCHEMA, arena, &text, &e) !=
		    OK ||
	    schema_read_text(text, FOLDER_SCHEMA, NULL, arena, &want, &e) != OK)
		return;
	for (size_t i = 0; i < want->ntables; i++) {
		const struct table *table = &want->tables[i];
		const struct table *old = schema_find_table(have, table->name);

		for (size_t j = 0; old && j < table->ncolumns; j++)
			if (needs_fill(&table->columns[j], old))
				offer(data,
				      arena_printf(arena, "%s.%s=", table->name,
						   table->columns[j].name),
				      table->columns[j].declared);
	}
}
