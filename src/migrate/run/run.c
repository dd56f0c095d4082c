#include "migrate/run/run.h"

#include <string.h>

#include "migrate/explain/explain.h"
#include "migrate/record/undo_order.h"
#include "migrate/record/version.h"
#include "migrate/run/replay.h"
#include "migrate/run/inside.h"
#include "migrate/run/tally.h"
#include "migrate/watch/audit.h"
#include "migrate/watch/rows.h"
#include "util/clock.h"

static const char *run_direction(const struct run *run)
{
	return run->up ? "upgrade" : "downgrade";
}

static const char *down_text(const struct run *run,
			     const struct revision *revision)
{
	return names_text(&revision->down, "", run->site->arena);
}

const char *run_title(const struct run *run, const struct run_step *step)
{
	const struct revision *revision = step->revision;
	const char *below = down_text(run, revision);

	return arena_printf(run->site->arena, "Running %s %s -> %s%s%s",
			    run_direction(run), run->up ? below : revision->id,
			    run->up ? revision->id : below,
			    *revision->message ? ", " : "", revision->message);
}

static enum status read_step(struct run *run, struct run_step *step,
			     struct error *e)
{
	struct site *site = run->site;

	step->revision = site->graph.nodes[step->node].revision;
	if (site_text(site, step->revision, &step->text, &step->sections, e) !=
	    OK)
		return e->status;
	if (run->up && step->revision->sql_unknown) {
		fail(e, FAILED,
		     "Revision %s cannot be run: its SQL is unknown (%s)",
		     step->revision->id, step->revision->name);
		return error_hint(e,
				  "add its SQL and remove \"-- sql: unknown\", "
				  "or run: taskmgr db stamp %s",
				  step->revision->id);
	}
	if (!run->up && !step->sections.down.text)
		return fail(e, FAILED,
			    "Revision %s cannot be downgraded: %s has no \"-- "
			    "migrate:down\" section",
			    step->revision->id, step->revision->name);
	if (run->single && step->revision->transaction_off)
		return fail(
			e, USAGE,
			"Revision %s runs outside a transaction (%s), so it "
			"allows neither --dry-run nor --single-transaction",
			step->revision->id, step->revision->name);
	return OK;
}

enum status run_plan(struct run *run, struct error *e)
{
	struct site *site = run->site;
	struct nodes nodes = { 0 };

	if ((run->up ? target_upgrades : target_downgrades)(
		    &site->graph, &site->current, &run->target, site->arena,
		    &nodes, e) != OK ||
	    (!run->up && undo_sort(site, &nodes, e) != OK))
		return e->status;
	run->next = 0;
	run->nsteps = nodes.count;
	run->steps = arena_array(site->arena, nodes.count, sizeof(*run->steps));
	for (size_t i = 0; i < nodes.count; i++) {
		run->steps[i].node = nodes.items[i];
		if (read_step(run, &run->steps[i], e) != OK)
			return e->status;
	}
	return OK;
}

enum status run_check_edited(const struct run *run, struct error *e)
{
	const struct site *site = run->site;
	struct nodes nodes = { 0 };

	if (!site->engine)
		return OK;
	if (run->up)
		nodes = graph_marked(&site->graph, site_applied(site),
				     site->arena);
	for (size_t i = 0; !run->up && i < run->nsteps; i++)
		nodes_add(&nodes, run->steps[i].node, site->arena);
	return site_check_edited(site, &nodes, e);
}

static void note_waiting(void *data)
{
	context_note(data,
		     "Waiting for another process to release the database …");
}

void run_set_wait(struct context *context, int64_t seconds)
{
	int wait = -1;

	if (seconds >= 0)
		wait = seconds > 1000000 ? 1000000000 : (int)seconds * 1000;
	engine_set_wait(context->engine, wait);
	engine_on_wait(context->engine, note_waiting, context);
}

void run_end_wait(struct context *context)
{
	engine_set_wait(context->engine, ENGINE_WAIT);
	engine_on_wait(context->engine, NULL, NULL);
}

static struct log_entry log_entry(const struct run *run,
				  const struct run_step *step)
{
	const char *below = down_text(run, step->revision);

	return (struct log_entry){
		.operation = run_direction(run),
		.from = run->up ? below : step->revision->id,
		.to = run->up ? step->revision->id : below,
		.duration = step->duration,
	};
}

static enum status update_record(const struct run *run,
				 const struct run_step *step, struct error *e)
{
	struct engine *engine = run->site->engine;
	struct record record;

	if (!run->up)
		return record_remove(engine, step->revision->id, e);
	record = (struct record){
		.revision = step->revision->id,
		.message = step->revision->message,
		.duration = step->duration,
		.sum = revision_sum(step->revision, &step->sections,
				    run->site->arena),
		.body = step->text,
	};
	return record_put(engine, &record, e);
}

/* Updates the version rows, the record and the log after a step. */
static enum status mark_done(struct run *run, const struct run_step *step,
			     struct error *e)
{
	struct site *site = run->site;
	struct nodes after = target_step(&site->graph, &run->reached,
					 step->node, run->up, site->arena);
	struct names from = site_ids(site, &run->reached);
	struct names to = site_ids(site, &after);
	const struct version_changes changes = version_changes(&from, &to,
							       site->arena);
	const struct log_entry entry = log_entry(run, step);

	run->reached = after;
	if (version_apply(site->engine, &changes, e) != OK ||
	    update_record(run, step, e) != OK)
		return e->status;
	return log_add(site->engine, &entry, e);
}

static enum status apply_step(struct run *run, struct run_step *step,
			      struct error *e)
{
	struct engine *engine = run->site->engine;

	if (!run->outside) {
		run->began = clock_ticks();
		if (!run->quiet)
			context_note(run->site->context, "%s",
				     run_title(run, step));
	}
	if ((!run->outside && run_checked(run, step, e) != OK) ||
	    run_verify(run, step, e) != OK)
		return e->status;
	/* As its commit would check, if it had one of its own. */
	if (engine_check_deferred(engine, e) != OK) {
		explain_fault(engine, run_part(run, step), true, e);
		return error_prefix(e, "%s", step->revision->name);
	}
	step->duration = clock_ticks() - run->began;
	return OK;
}

/* The body of the transaction: reads the version again under its lock. */
static enum status apply_steps(struct engine *engine, void *data,
			       struct error *e)
{
	struct run *run = data;
	struct arena *arena = run->site->arena;
	size_t end = run->single ? run->nsteps : run->next + 1;

	run->started = true;
	if (site_refresh(run->site, &run->moved, e) != OK || run->moved)
		return e->status;
	/* The first step's transaction creates them for the others. */
	if (!run->next &&
	    (version_ensure(engine, e) != OK || record_ensure(engine, e) != OK))
		return e->status;
	run->reached = run->site->current;
	for (size_t i = run->next; i < end; i++) {
		run->at = i;
		if (apply_step(run, &run->steps[i], e) != OK)
			return e->status;
	}
	/* After all steps: each change of the schema makes the engine
	   prepare these statements again. */
	for (size_t i = run->next; i < end; i++)
		if (mark_done(run, &run->steps[i], e) != OK)
			return e->status;
	run->worked = (!run->counts ||
		       rows_count(engine, arena, NULL, run->counts, e) == OK) &&
		      (!run->after ||
		       tally_read(engine, arena, run->after, e) == OK);
	return e->status;
}

static enum status run_in_transaction(struct run *run, struct error *e)
{
	struct engine *engine = run->site->engine;
	bool dry = run->after || run->site->context->flags & CONTEXT_DRY_RUN;
	bool last = run->single || run->next + 1 == run->nsteps;
	enum status status;

	run->worked = false;
	status = dry ? engine_dry_run(engine, apply_steps, run, e)
		     : engine_transaction(engine,
					  last ? TRANSACTION_MIGRATION
					       : TRANSACTION_UNSYNCED,
					  apply_steps, run, e);
	/* An error of the commit has no line: a full disk, a deferred
	   foreign key. */
	if (status != OK && run->worked)
		error_prefix(e, "%s", run->steps[run->at].revision->name);
	return status;
}

/* Runs the step's statements one by one, without a rollback. */
static enum status run_statements(struct run *run, const struct run_step *step,
				  struct error *e)
{
	struct site *site = run->site;
	struct audit before;
	enum status status = audit_begin(
		site->engine, site->arena, run_part(run, step),
		step->revision->foreign_keys_off, &before, e);

	if (status != OK)
		return status;
	if (run_section(run, step, false, e) != OK) {
		if (!e->hint)
			error_hint(e, "earlier statements stay committed");
		return e->status;
	}
	if (audit_end(site->engine, site->arena, &before, &run->deletions, e) ==
	    OK)
		return OK;
	error_prefix(e, "%s", step->revision->name);
	return error_hint(e,
			  "its changes stay; once the rows are right, run: "
			  "taskmgr db stamp %s",
			  step->revision->id);
}

/* Runs a step outside a transaction, and records it in one. */
static enum status run_outside(struct run *run, struct error *e)
{
	const struct run_step *step = &run->steps[run->next];
	enum status status;
	HOLD(hold);

	if (engine_hold(run->site->engine, &hold, e) != OK ||
	    site_refresh(run->site, &run->moved, e) != OK || run->moved)
		return e->status;
	context_note(run->site->context, "%s", run_title(run, step));
	run->started = true;
	run->began = clock_ticks();
	if (run_statements(run, step, e) != OK)
		return e->status;
	run->outside = true;
	status = run_in_transaction(run, e);
	run->outside = false;
	if (status == OK && run->moved)
		status = fail(e, FAILED,
			      "%s: another process changed the version while "
			      "this ran outside of a transaction",
			      step->revision->name);
	if (status != OK && !e->hint)
		error_hint(e, "its changes stay");
	return status;
}

static enum status run_next(struct run *run, struct error *e)
{
	return run->steps[run->next].revision->transaction_off
		       ? run_outside(run, e)
		       : run_in_transaction(run, e);
}

enum status run_rehearse(struct run *run, struct error *e)
{
	struct run rehearsal = *run;
	enum status status;

	rehearsal.single = rehearsal.quiet = true;
	status = run_next(&rehearsal, e);
	replay_free(rehearsal.known);
	if (status == OK && rehearsal.moved)
		status = fail(e, BUSY,
			      "another process has just changed the version; "
			      "try again");
	return status;
}

static enum status write_failure(struct engine *engine, void *data,
				 struct error *e)
{
	return record_ensure(engine, e) != OK ? e->status
					      : log_add(engine, data, e);
}

/* After the rollback, in a transaction of its own. */
static void log_failure(const struct run *run, const struct error *e)
{
	struct log_entry entry;

	if (!run->started || e->status == BUSY || e->status == READONLY ||
	    run->site->context->flags & CONTEXT_DRY_RUN)
		return;
	/* The run may have waited without limit; this must not. */
	engine_set_wait(run->site->engine, ENGINE_WAIT);
	entry = log_entry(run, &run->steps[run->at]);
	entry.duration = clock_ticks() - run->began;
	entry.error = e->message;
	ERROR(second, e->arena);
	/* If this fails too, the error already reported is the one that
	   matters. */
	if (engine_transaction(run->site->engine, TRANSACTION_WRITE,
			       write_failure, &entry, &second) != OK)
		return;
}

/* Notes how many steps were run before one failed. */
static void note_progress(const struct run *run)
{
	const struct site *site = run->site;

	if (run->next)
		context_note(
			site->context,
			"%zu of %zu revisions were run; the database is at %s",
			run->next, run->nsteps,
			names_text(&site->versions, "base", site->arena));
}

static enum status plan_again(struct run *run, struct error *e)
{
	if ((run->up ? site_require_files : site_require_known)(run->site, e) !=
		    OK ||
	    run_plan(run, e) != OK)
		return e->status;
	if (!run->nsteps)
		context_note(run->site->context,
			     "Nothing left to do: another process was faster");
	return OK;
}

static enum status check_empty_database(struct run *run, struct error *e)
{
	struct value tables;

	if (engine_query_one(
		    run->site->engine,
		    "SELECT count(*) FROM sqlite_schema WHERE type = 'table' "
		    "AND name NOT GLOB 'sqlite_*' AND name NOT GLOB "
		    "'_taskmgr_*' AND name <> 'alembic_version'",
		    NULL, 0, run->site->arena, &tables, e) != OK)
		return e->status;
	run->from_nothing = !tables.integer;
	return OK;
}

static enum status run_all(struct run *run, struct error *e)
{
	if (check_empty_database(run, e) != OK)
		return e->status;
	while (run->next < run->nsteps) {
		size_t end;

		run->moved = run->started = false;
		run->at = run->next;
		if (run_next(run, e) != OK) {
			log_failure(run, e);
			note_progress(run);
			return e->status;
		}
		if (run->moved) {
			if (plan_again(run, e) != OK)
				return e->status;
			continue;
		}
		run->site->current = run->reached;
		run->site->versions = site_ids(run->site, &run->reached);
		end = run->single ? run->nsteps : run->next + 1;
		for (; run->next < end; run->next++)
			*LIST_ADD(run->site->arena, run->done,
				  run->ndone) = run->steps[run->next];
	}
	return OK;
}

enum status run_steps(struct run *run, struct error *e)
{
	enum status status;
	ERROR(second, e->arena);

	status = run_all(run, e);
	replay_free(run->known);
	run->known = NULL;
	if (engine_sync(run->site->engine, &second) != OK && status == OK)
		*e = second;
	return e->status;
}
