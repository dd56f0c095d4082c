/* db upgrade, downgrade. */
#include <string.h>

#include "migrate/op/operations.h"
#include "migrate/run/loss.h"
#include "migrate/run/print_run.h"
#include "migrate/run/ran.h"
#include "migrate/run/run.h"
#include "migrate/watch/rows.h"
#include "util/buffer.h"
#include "util/clock.h"

static int64_t lock_timeout(const struct call *call)
{
	struct value value = call_value(call, "lock_timeout");

	return value.kind == VALUE_NULL ? -1 : value.integer;
}

/* A missing database can only be upgraded. */
static enum status open_for_run(const struct call *call, struct site *site,
				bool up, struct error *e)
{
	if (context_open(site->context, up ? OPERATION_CREATES : 0, e) != OK)
		return e->status;
	site->engine = site->context->engine;
	run_set_wait(site->context, lock_timeout(call));
	return OK;
}

/* Suggests what an unknown target may have meant. */
static void hint_target(const struct call *call, const struct run *run,
			const char *spec, struct error *e)
{
	const char *backup = call_text(call, "backup");
	const char *signed_spec = arena_printf(e->arena, "%c%s",
					       run->up ? '+' : '-', spec);
	size_t length = strlen(spec);

	if (backup && !*backup) {
		error_hint(e, "attach the value with =: --backup=%s", spec);
	} else if (length && length < 4 &&
		   strspn(spec, "0123456789") == length) {
		error_hint(e, "did you mean %s?", signed_spec);
		error_replace(e, spec, signed_spec);
	}
}

static enum status plan_run(struct call *call, struct run *run,
			    const char *spec, struct error *e)
{
	struct site *site = run->site;

	run->single = call_flag(call, "single_transaction") ||
		      call->context->flags & CONTEXT_DRY_RUN;
	if (site_load(call->context, call->arena, OPERATION_CREATES, site, e) !=
		    OK ||
	    site_guard(site, e) != OK ||
	    (run->up ? site_require_files : site_require_known)(site, e) != OK)
		return e->status;
	if (target_find(&site->graph, &site->current, spec, site->arena,
			&run->target, e) != OK) {
		if (e->status == NOT_FOUND)
			hint_target(call, run, spec, e);
		return e->status;
	}
	return run_plan(run, e) != OK ? e->status : run_check_edited(run, e);
}

/* "5 rows", "5 rows, gone", "new, 1 row", "5 rows, then 6" */
static void note_rows(const struct site *site, const struct row_count *before,
		      const struct row_count *after)
{
	const struct row_count *one = before ? before : after;
	const char *then = before && !after ? ", gone" : "";

	if (before && after && after->rows != before->rows)
		then = arena_printf(site->arena, ", then %lld",
				    (long long)after->rows);
	context_note(site->context, "  %s: %s%lld row%s%s", one->table,
		     before ? "" : "new, ", (long long)one->rows,
		     one->rows == 1 ? "" : "s", then);
}

static void add_part(struct buffer *text, const char *what, const char *would,
		     const char *become)
{
	if (what)
		buffer_printf(text, "%s%s%s%s", text->length ? ", and " : "",
			      what, would, become);
}

/* "1 row of a would be lost, and 2 NULLs of k.s become 0" */
static const char *loss_text(const struct loss *loss, const char *would,
			     struct arena *arena)
{
	BUFFER(text);

	add_part(&text, loss->lost, would, " be lost");
	add_part(&text, loss->rewritten, would, " be rewritten");
	add_part(&text, loss->filled, "", "");
	return arena_copy(arena, buffer_string(&text));
}

static void note_dry_run(const struct run *run, const struct row_counts *before,
			 const struct row_counts *after,
			 const struct loss *loss)
{
	const struct site *site = run->site;

	for (size_t i = 0; i < run->nsteps; i++)
		context_note(site->context, "  %s: %.3f s",
			     run->steps[i].revision->id,
			     (double)run->steps[i].duration / 1e6);
	for (size_t i = 0; i < before->count; i++)
		note_rows(site, &before->items[i],
			  rows_find(after, before->items[i].table));
	for (size_t i = 0; i < after->count; i++)
		if (!rows_find(before, after->items[i].table))
			note_rows(site, NULL, &after->items[i]);
	if (loss->lost || loss->rewritten || loss->filled)
		context_note(site->context, "%s",
			     loss_text(loss, " would", site->arena));
}

/* Runs the steps and counts the rows after them. */
static enum status run_counted(struct run *run, struct row_counts *after,
			       struct error *e)
{
	enum status status;

	run->counts = after;
	status = run_steps(run, e);
	run->counts = NULL;
	return status;
}

/* Runs the steps, notes what happened to the rows, and rolls back. */
static enum status dry_run(struct run *run, struct error *e)
{
	struct site *site = run->site;
	struct row_counts before, after = { 0 };
	struct loss_watch watch;
	struct loss loss;
	int64_t began = clock_ticks();
	BUFFER(rewritten);

	if (rows_count(site->engine, site->arena, NULL, &before, e) != OK ||
	    loss_begin(run, &rewritten, &watch, e) != OK ||
	    run_counted(run, &after, e) != OK ||
	    !run->nsteps) /* another process ran it */
		return e->status;
	loss_end(run, &watch, &loss);
	note_dry_run(run, &before, &after, &loss);
	context_note(site->context, "Dry run of %.3f s: nothing was changed",
		     (double)(clock_ticks() - began) / 1e6);
	return OK;
}

static const struct revision *find_outside(const struct run *run)
{
	for (size_t i = 0; i < run->nsteps; i++)
		if (run->steps[i].revision->transaction_off)
			return run->steps[i].revision;
	return NULL;
}

static enum status ask_to_go_on(const struct run *run, const char *question,
				struct error *e)
{
	const struct context *context = run->site->context;
	bool yes;

	if (!context->ask) {
		fail(e, USAGE, "%s", question);
		error_hint(e, "use --yes to downgrade anyway");
		e->option = "--yes";
		return e->status;
	}
	question = arena_printf(run->site->arena, "%s. Go on?", question);
	if (context_ask(context, question, &yes) && yes)
		return OK;
	return fail(e, FAILED, "nothing was changed");
}

/* Asks about values that a downgrade would lose or replace. */
static enum status ask_loss(struct run *run, struct error *e)
{
	const struct context *context = run->site->context;
	struct arena *arena = run->site->arena;
	const struct revision *outside = find_outside(run);
	struct loss loss;

	if (run->up || context->flags & (CONTEXT_YES | CONTEXT_DRY_RUN))
		return OK;
	if (outside)
		return ask_to_go_on(
			run,
			arena_printf(arena,
				     "revision %s runs outside a transaction, "
				     "so losses cannot be counted",
				     outside->id),
			e);
	if (loss_find(run, &loss, e) != OK ||
	    (!loss.lost && !loss.rewritten && !loss.filled))
		return e->status;
	return ask_to_go_on(
		run, loss_text(&loss, context->ask ? " will" : " would", arena),
		e);
}

/* After the question, before anything runs. */
static enum status back_up(const struct call *call, const struct run *run,
			   struct error *e)
{
	const char *file = call_text(call, "backup");
	const char *copy = NULL;

	if (file && keep_backup(run->site->context, file, &copy, e) != OK)
		return e->status;
	if (copy)
		context_note(run->site->context, "Backup in %s", copy);
	return OK;
}

static enum status list_steps(struct call *call, const struct run *run,
			      struct error *e)
{
	for (size_t i = 0; i < run->ndone; i++) {
		const struct run_step *step = &run->done[i];
		const struct ran ran = {
			.revision = step->revision->id,
			.direction = run->up ? "upgrade" : "downgrade",
			.message = step->revision->message,
			.duration = step->duration,
		};

		if (ran_row(call, &ran, e) != OK)
			return e->status;
	}
	return OK;
}

static enum status run_prepared(struct call *call, struct run *run,
				struct error *e)
{
	const struct context *context = run->site->context;

	/* SQLite would only report it at the first write. */
	if (engine_is_read_only(context->engine))
		return fail(e, READONLY, "database %s cannot be written",
			    context->url);
	if (ask_loss(run, e) != OK || back_up(call, run, e) != OK ||
	    (context->flags & CONTEXT_DRY_RUN ? dry_run : run_steps)(run, e) !=
		    OK)
		return e->status;
	return list_steps(call, run, e);
}

static enum status run_to(struct call *call, bool up, const char *spec,
			  struct error *e)
{
	struct context *context = call->context;
	struct site site = { .context = context };
	struct run run = { .site = &site, .up = up };
	enum status status = OK;

	if (!up || engine_exists(context->url))
		status = open_for_run(call, &site, up, e);
	if (status == OK)
		status = plan_run(call, &run, spec, e);
	/* A missing database is only created if there is something to run. */
	if (status == OK && run.nsteps && !site.engine)
		status = open_for_run(call, &site, up, e);
	if (status == OK && up)
		site_note_empty(&site);
	if (status == OK && run.nsteps)
		status = run_prepared(call, &run, e);
	if (context->engine)
		run_end_wait(context);
	return status;
}

static enum status run_or_print(struct call *call, bool up, const char *spec,
				struct error *e)
{
	if (call_value(call, "lock_timeout").kind != VALUE_NULL &&
	    lock_timeout(call) < 0)
		return fail(e, USAGE,
			    "--lock-timeout must be 0 or more seconds");
	if (call_flag(call, "sql"))
		return print_run(call, up, spec, e);
	if (strchr(spec, ':'))
		return fail(e, USAGE,
			    "Range revision not allowed: '%s' is for --sql",
			    spec);
	return run_to(call, up, spec, e);
}

enum status db_upgrade(struct call *call, struct error *e)
{
	const char *spec = call_text(call, "target");

	return run_or_print(call, true, spec ? spec : "head", e);
}

enum status db_downgrade(struct call *call, struct error *e)
{
	return run_or_print(call, false, call_text(call, "target"), e);
}
