#include "migrate/run/replay.h"

#include "migrate/run/run.h"
#include "schema/model/read.h"

static void discard_note(void *door, const char *line)
{
	(void)door;
	(void)line;
}

/* The same revisions with a database of their own. */
struct stage {
	struct context context;
	struct site site;
	bool skip_checks;
};

static void start_stage(struct stage *stage, const struct site *site,
			struct engine *engine)
{
	stage->skip_checks = false;
	stage->context = *site->context;
	stage->context.engine = engine;
	stage->context.flags = 0;
	stage->context.note = discard_note;
	stage->site = *site;
	stage->site.context = &stage->context;
	stage->site.engine = engine;
	stage->site.versions = stage->site.unknown = (struct names){ 0 };
	stage->site.current = (struct nodes){ 0 };
}

/* Whether the real database uses the name, of a function that only its own
   program defines, say, so that a stand-in is needed here. */
static bool is_named(const void *real, const char *name)
{
	return real && engine_schema_mentions(real, name);
}

static enum status open_engine(const struct site *site, struct engine **out,
			       struct error *e)
{
	return engine_open_model(is_named, site->engine, out, e);
}

static enum status run_stage(struct stage *stage, const struct nodes *to,
			     bool up, struct error *e)
{
	struct run run = {
		.site = &stage->site,
		.target = { .nodes = *to, .branch = GRAPH_NONE },
		.up = up,
		.skip_checks = stage->skip_checks,
	};

	if (run_plan(&run, e) != OK)
		return e->status;
	return run_steps(&run, e);
}

/* Runs the revisions up to these nodes in a new engine, for the caller. */
static enum status replay_stage(struct stage *stage, const struct site *site,
				const struct nodes *to, struct engine **engine,
				struct error *e)
{
	if (open_engine(site, engine, e) != OK)
		return error_status(e);
	start_stage(stage, site, *engine);
	return run_stage(stage, to, true, e) == OK
		       ? OK
		       : error_prefix(e, "replaying the revisions");
}

enum status replay_up(const struct site *site, const struct nodes *to,
		      struct schema **out, struct error *e)
{
	ENGINE(engine);
	struct stage stage;

	return replay_stage(&stage, site, to, &engine, e) != OK
		       ? e->status
		       : schema_read(engine, site->arena, out, e);
}

struct replay {
	const struct site *site;
	struct engine *engine; /* NULL before the first replay */
	struct stage stage;
};

struct replay *replay_new(const struct site *site)
{
	struct replay *replay = arena_zero(site->arena, sizeof(*replay));

	replay->site = site;
	return replay;
}

void replay_free(struct replay *replay)
{
	if (replay && replay->engine)
		engine_close(replay->engine);
}

/* Whether everything replayed is among these nodes and their ancestors. */
static bool is_below(const struct replay *replay, const struct nodes *to)
{
	const struct graph *graph = &replay->site->graph;
	const struct nodes *current = &replay->stage.site.current;
	bool *below = graph_below(graph, to, replay->site->arena);

	for (size_t i = 0; i < current->count; i++)
		if (!below[current->items[i]])
			return false;
	return true;
}

enum status replay_to(struct replay *replay, const struct nodes *to,
		      struct schema **out, struct error *e)
{
	if (replay->engine && !is_below(replay, to)) {
		engine_close(replay->engine);
		replay->engine = NULL;
	}
	if (!replay->engine) {
		if (open_engine(replay->site, &replay->engine, e) != OK)
			return e->status;
		start_stage(&replay->stage, replay->site, replay->engine);
		replay->stage.skip_checks = true;
	}
	if (run_stage(&replay->stage, to, true, e) != OK)
		return e->status;
	return schema_read(replay->engine, replay->site->arena, out, e);
}

static enum status check_empty(struct stage *stage, struct error *e)
{
	struct schema *left;

	if (schema_read(stage->site.engine, stage->site.arena, &left, e) !=
		    OK ||
	    !left->ntables)
		return e->status;
	return fail(e, FAILED, "table \"%s\" remains after a downgrade to base",
		    left->tables[0].name);
}

/* The newest revision without a down section, or none. */
static enum status find_floor(const struct stage *stage, struct nodes *out,
			      struct error *e)
{
	const struct site *site = &stage->site;
	bool *applied = site_applied(site);

	*out = (struct nodes){ 0 };
	for (size_t i = site->graph.count; i-- > 0;) {
		const char *text;
		struct sections sections;

		if (!applied[i])
			continue;
		if (site_text(site, site->graph.nodes[i].revision, &text,
			      &sections, e) != OK)
			return e->status;
		if (sections.down.text)
			continue;
		nodes_add(out, i, site->arena);
		return OK;
	}
	return OK;
}

static enum status downgrade_stage(struct stage *stage,
				   const struct context *context,
				   struct error *e)
{
	struct nodes floor;

	if (find_floor(stage, &floor, e) == OK && floor.count)
		context_note(context,
			     "Revision %s has no down section, so it and its "
			     "ancestors are not downgraded",
			     nodes_text(&stage->site.graph, &floor,
					stage->site.arena));
	if (e->status != OK || run_stage(stage, &floor, false, e) != OK ||
	    (!floor.count && check_empty(stage, e) != OK))
		return error_prefix(e, "replaying the revisions back to base");
	return OK;
}

enum status replay_round(const struct site *site, const struct nodes *to,
			 struct schema **out, struct error *e)
{
	ENGINE(engine);
	struct stage stage;

	/* Upgrades again: a down section may have left something behind. */
	if (replay_stage(&stage, site, to, &engine, e) != OK ||
	    downgrade_stage(&stage, site->context, e) != OK ||
	    run_stage(&stage, to, true, e) != OK)
		return e->status;
	return schema_read(engine, site->arena, out, e);
}
