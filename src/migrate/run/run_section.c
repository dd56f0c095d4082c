#include "migrate/run/inside.h"

#include <string.h>

#include "migrate/explain/explain.h"
#include "migrate/run/replay.h"
#include "migrate/watch/audit.h"
#include "migrate/watch/cascade.h"
#include "migrate/watch/parts.h"
#include "migrate/watch/rewrite.h"
#include "migrate/watch/undone.h"
#include "migrate/watch/wipe.h"
#include "schema/diff/breakage.h"
#include "schema/text/token.h"
#include "util/clock.h"

static void note_statement(const struct run *run, const char *text,
			   size_t length, int64_t microseconds)
{
	const char *end = memchr(text, '\n', length);

	context_note(run->site->context, "%9.3f s  %.*s%s",
		     (double)microseconds / 1e6,
		     (int)(end ? end - text : (ptrdiff_t)length), text,
		     end ? " …" : "");
}

/* A downgrade asks about them after its rehearsal; an upgrade refuses. */
static enum status refuse_rewritten(const struct run *run, const char *text,
				    size_t length, struct error *e)
{
	BUFFER(found);
	BUFFER(rows);
	enum status status = rewrite_find(run->site->engine, text, length,
					  &found, &rows, e);

	if (status != OK || !found.length)
		return status;
	fail(e, CONFLICT, "%s would be rewritten", found.data);
	e->detail = arena_copy(e->arena, buffer_string(&rows));
	return error_hint(e, "change the rows first; %s",
			  run->steps[run->at].revision->transaction_off
				  ? "earlier statements stay committed"
				  : "nothing was changed");
}

static enum status check_cascade(struct run *run, const char *text,
				 size_t length, struct error *e)
{
	const struct span statement = { text, length };
	struct arena *arena = run->site->arena;
	struct cascade cascade = {
		.engine = run->site->engine,
		.arena = arena,
		.deletions = &run->deletions,
		.verb = statement_verb(statement, arena),
		.statement = statement,
		.rest = text + length,
	};

	if (cascade_check(&cascade, e) == OK) {
		deletions_end(&run->deletions, cascade.verb);
		return OK;
	}
	if (run->steps[run->at].revision->transaction_off)
		error_hint(e, "%s; earlier statements stay committed", e->hint);
	return e->status;
}

static enum status statement_done(void *data, const char *text, size_t length,
				  int64_t microseconds, struct error *e)
{
	struct run *run = data;

	if (run->site->context->flags & CONTEXT_VERBOSE && !run->quiet)
		note_statement(run, text, length, microseconds);
	if (check_cascade(run, text, length, e) != OK)
		return e->status;
	if (run->up)
		return refuse_rewritten(run, text, length, e);
	return run->rewritten ? rewrite_find(run->site->engine, text, length,
					     run->rewritten, NULL, e)
			      : OK;
}

/* A revision that changed the version or the record would be run again, or
   never. */
static bool is_own_table(const char *table)
{
	return name_equal(table, "alembic_version") ||
	       name_equal(table, "_taskmgr_revision") ||
	       name_equal(table, "_taskmgr_log");
}

static struct script script_of(const struct run_step *step,
			       const struct section *section)
{
	return (struct script){
		.name = step->revision->name,
		.first_line = section->line,
		.text = section->text,
		.is_kept = is_own_table,
		.kept_why = "alembic_version and the record are written by "
			    "taskmgr alone",
	};
}

/* Notes that a long section is still running, less and less often. */
struct heartbeat {
	const struct run *run;
	const char *name;
	int64_t began, next; /* microseconds */
};

static void note_running(void *data)
{
	struct heartbeat *heartbeat = data;
	int64_t now = clock_ticks() - heartbeat->began;

	if (now < heartbeat->next)
		return;
	context_note(heartbeat->run->site->context,
		     "%s: still running after %lld s …", heartbeat->name,
		     (long long)(now / 1000000));
	heartbeat->next = 2 * now;
}

static enum status run_script(struct run *run, const struct run_step *step,
			      bool guard, struct error *e)
{
	struct script script = script_of(step, run_part(run, step));
	enum status status;

	script.guard = guard;
	script.alone = !guard;
	script.done = statement_done;
	script.data = run;
	run->deletions = (struct deletions){ .arena = run->site->arena };
	deletions_watch(run->site->engine, &run->deletions);
	status = engine_script(run->site->engine, &script, e);
	deletions_watch(run->site->engine, NULL);
	return status;
}

static enum status run_analyzed(struct run *run, const struct run_step *step,
				bool guard, struct error *e)
{
	struct statistics before;
	ARENA(arena);

	if (engine_statistics(run->site->engine, &arena, &before, e) != OK ||
	    run_script(run, step, guard, e) != OK)
		return e->status;
	return engine_restore_statistics(run->site->engine, &before, e);
}

enum status run_section(struct run *run, const struct run_step *step,
			bool guard, struct error *e)
{
	struct engine *engine = run->site->engine;
	bool keys = !step->revision->foreign_keys_off;
	struct heartbeat heartbeat = {
		run,
		step->revision->name,
		clock_ticks(),
		2000000,
	};
	enum status status;
	ERROR(second, e->arena);

	if (!keys && engine_set_foreign_keys(engine, false, e) != OK)
		return e->status;
	if (!run->quiet && run->site->context->ask)
		engine_on_progress(engine, note_running, &heartbeat);
	status = run_analyzed(run, step, guard, e);
	engine_on_progress(engine, NULL, NULL);
	if (status != OK)
		explain_fault(engine, run_part(run, step), guard, e);
	if (!keys && engine_set_foreign_keys(engine, true, &second) != OK &&
	    status == OK)
		*e = second;
	return e->status;
}

enum status run_verify(const struct run *run, const struct run_step *step,
		       struct error *e)
{
	const struct section *section = &step->sections.verify;
	struct script script;

	if (!run->up || !section->text)
		return OK;
	script = script_of(step, section);
	script.guard = script.verify = true;
	if (engine_script(run->site->engine, &script, e) == FAILED &&
	    !run->outside)
		error_hint(e, "nothing was changed");
	return e->status;
}

/* A rebuild writes half as much if freed pages are not overwritten. */
static enum status run_sparing(struct run *run, const struct run_step *step,
			       struct error *e)
{
	struct engine *engine = run->site->engine;
	bool needless;
	enum status status = wipe_is_needless(engine, run_part(run, step),
					      run->site->arena, &needless, e);

	if (status == OK && needless)
		status = engine_set_secure_delete(engine, false, e);
	if (status == OK)
		status = run_section(run, step, true, e);
	ERROR(second, e->arena);
	if (engine_set_secure_delete(engine, true, &second) != OK &&
	    status == OK)
		*e = second;
	return e->status;
}

static enum status run_unchecked(struct run *run, const struct run_step *step,
				 struct error *e)
{
	return step->revision->foreign_keys_off
		       ? run_sparing(run, step, e)
		       : run_section(run, step, true, e);
}

/* Marks the nodes applied before the running step. */
static bool *mark_applied(const struct run *run)
{
	bool *marks = site_applied(run->site);

	for (size_t i = run->next; i < run->at; i++)
		marks[run->steps[i].node] = run->up;
	return marks;
}

static enum status replay_known(void *data, const struct nodes *to,
				struct schema **out, struct error *e)
{
	struct run *run = data;

	if (!run->known)
		run->known = replay_new(run->site);
	return replay_to(run->known, to, out, e);
}

static struct undone undone_of(struct run *run, const struct run_step *step)
{
	return (struct undone){
		.site = run->site,
		.node = step->node,
		.revision = step->revision,
		.text = step->text,
		.sections = &step->sections,
		.up = run->up,
		.from_nothing = run->from_nothing,
		.quiet = run->quiet,
		.applied = mark_applied(run),
		.replay = replay_known,
		.data = run,
	};
}

/* What fails before the section; NULL if it cannot break anything: then a
   schema, which may be large, need not be read for each of many revisions. */
static enum status find_failing(struct engine *engine,
				const struct audit *audit, struct arena *arena,
				const struct failing **out, struct error *e)
{
	bool possible = false;

	if (audit->alters && failing_possible(engine, &possible, e) != OK)
		return e->status;
	return possible || audit->adds_trigger
		       ? failing_read(engine, arena, out, e)
		       : OK;
}

/* SQLite lets a revision drop what a view or a trigger uses.  A comment allows
   it, as a later revision may mend that. */
static enum status refuse_failing(const struct run *run,
				  const struct run_step *step,
				  const struct failing *before, struct error *e)
{
	struct arena *arena = run->site->arena;
	const struct failing *after;
	const char *what, *why;
	size_t at = 0;

	if (!before)
		return OK;
	if (failing_read(run->site->engine, arena, &after, e) != OK)
		return e->status;
	do
		what = failing_next(before, after, &at, &why);
	while (what && comment_mentions(step->text, what, arena));
	if (!what)
		return OK;
	fail(e, CONFLICT, "%s would fail: %s", what, why);
	return error_hint(e,
			  "it works now; mend it in this revision as well, or "
			  "allow it with a comment: -- %s",
			  what);
}

enum status run_checked(struct run *run, const struct run_step *step,
			struct error *e)
{
	struct engine *engine = run->site->engine;
	struct arena *arena = run->site->arena;
	struct audit before;
	struct undone undone = { .before = NULL };
	const struct failing *failing = NULL;

	if (run->skip_checks)
		return run_unchecked(run, step, e);
	if (audit_begin(engine, arena, run_part(run, step),
			step->revision->foreign_keys_off, &before, e) != OK)
		return e->status;
	if (before.copies)
		undone = undone_of(run, step);
	if ((before.copies && undone_begin(&undone, &before.drops, e) != OK) ||
	    (run->up && !run->from_nothing &&
	     find_failing(engine, &before, arena, &failing, e) != OK) ||
	    run_unchecked(run, step, e) != OK)
		return e->status;
	if (audit_end(engine, arena, &before, &run->deletions, e) != OK ||
	    undone_end(&undone, e) != OK ||
	    refuse_failing(run, step, failing, e) != OK)
		return error_prefix(e, "%s", step->revision->name);
	return OK;
}
