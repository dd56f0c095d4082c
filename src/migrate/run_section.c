#include "migrate/run_section.h"

#include <string.h>

#include "migrate/explain.h"
#include "migrate/rows.h"
#include "migrate/scan.h"
#include "migrate/wipe.h"
#include "util/clock.h"

/* The section's text from the start of a line, so that columns are right. */
static const char *statement_copy_text(const struct section *section,
				       const struct scan_statement *statement,
				       struct arena *arena)
{
	const char *line = statement->text;
	while (line > section->text && line[-1] != '\n')
		line--;
	size_t indent = (size_t)(statement->text - line);
	char *copy = arena_copy_n(arena, line, indent + statement->length);
	for (size_t i = 0; i < indent; i++)
		if (copy[i] != '\t')
			copy[i] = ' ';
	return copy;
}

static void tell_statement(const struct run *run, const char *text,
			   int64_t microseconds)
{
	text += strspn(text, " \t");
	size_t length = strcspn(text, "\n");
	context_note(run->site->context, "%9.3f s  %.*s%s",
		     (double)microseconds / 1e6, (int)length, text,
		     text[length] ? " …" : "");
}

/* One statement after the other, each with the time it took. */
static enum status run_told(const struct run *run, const char *name,
			    const struct section *section, bool guard,
			    struct error *e)
{
	struct scan scan = scan_of(section->text, section->line);
	struct scan_statement statement;
	enum status status = OK;
	while (!status && scan_statement(&scan, &statement)) {
		struct script script = {
			.name = name,
			.first_line = statement.line,
			.text = statement_copy_text(section, &statement,
						    run->site->arena),
			.guard = guard,
		};
		int64_t began = clock_ticks();
		status = engine_script(run->site->engine, &script, e);
		tell_statement(run, script.text, clock_ticks() - began);
	}
	return status;
}

static const struct section *section_of(const struct run *run,
					const struct run_step *step)
{
	return run->up ? &step->sections.up : &step->sections.down;
}

/* Tells a person who waits that the work goes on, less and less often. */
struct heartbeat {
	const struct run *run;
	const char *name;
	int64_t began, next; /* microseconds */
};

static void beat(void *data)
{
	struct heartbeat *heartbeat = data;
	int64_t now = clock_ticks() - heartbeat->began;
	if (now < heartbeat->next)
		return;
	context_note(heartbeat->run->site->context,
		     "%s: still running after "
		     "%lld s …",
		     heartbeat->name, (long long)(now / 1000000));
	heartbeat->next = 2 * now;
}

static enum status run_text(const struct run *run, const struct run_step *step,
			    bool guard, struct error *e)
{
	const struct section *section = section_of(run, step);
	const char *name = step->revision->name;
	if (run->site->context->flags & CONTEXT_VERBOSE && !run->quiet)
		return run_told(run, name, section, guard, e);
	struct script script = {
		.name = name,
		.first_line = section->line,
		.text = section->text,
		.guard = guard,
	};
	return engine_script(run->site->engine, &script, e);
}

enum status run_section(const struct run *run, const struct run_step *step,
			bool guard, struct error *e)
{
	struct engine *engine = run->site->engine;
	struct heartbeat heartbeat = {
		run,
		step->revision->name,
		clock_ticks(),
		2000000,
	};
	if (!run->quiet && run->site->context->ask)
		engine_on_progress(engine, beat, &heartbeat);
	enum status status = run_text(run, step, guard, e);
	engine_on_progress(engine, NULL, NULL);
	if (status)
		explain_fault(engine, e);
	return status;
}

/* Each statement of a verify section must give no row. */
static enum status verify_one(const struct run *run,
			      const struct run_step *step,
			      const struct scan_statement *statement,
			      struct error *e)
{
	STATEMENT(rows);
	const char *sql = arena_copy_n(run->site->arena, statement->text,
				       statement->length);
	enum step found = STEP_FAILED;
	if (!engine_prepare(run->site->engine, sql, &rows, e))
		found = statement_step(rows, e);
	switch (found) {
	case STEP_DONE:
		return OK;
	case STEP_ROW:
		return fail(e, FAILED,
			    "%s:%d: the verification failed: this "
			    "statement gives a row",
			    step->revision->name, statement->line);
	case STEP_FAILED:
		break;
	}
	error_prefix(e, "%s:%d", step->revision->name, statement->line);
	return e->status;
}

enum status run_verify(const struct run *run, const struct run_step *step,
		       struct error *e)
{
	const struct section *section = &step->sections.verify;
	if (!run->up || !section->text)
		return OK;
	struct scan scan = scan_of(section->text, section->line);
	struct scan_statement statement;
	enum status status = OK;
	while (!status && scan_statement(&scan, &statement))
		status = verify_one(run, step, &statement, e);
	return status;
}

/* Whether somebody wrote DELETE FROM or REPLACE INTO. */
static bool deletes_rows(const struct section *section)
{
	struct lexer lexer;
	lexer_init(&lexer, span_of(section->text), false);
	struct token before = { 0 };
	for (struct token token; lexer_next(&lexer, &token); before = token)
		if ((token_is(&token, "from") && token_is(&before, "delete")) ||
		    (token_is(&token, "into") && token_is(&before, "replace")))
			return true;
	return false;
}

/* What is counted before and after a section. */
struct counts {
	int64_t faults;
	struct row_counts rows;
};

static enum status count(const struct run *run, const struct run_step *step,
			 struct counts *out, struct error *e)
{
	struct engine *engine = run->site->engine;
	enum status status = engine_foreign_key_faults(engine, &out->faults, e);
	if (!status)
		status = rows_count(engine, run->site->arena, &out->rows, e);
	if (status)
		error_prefix(e, "%s", step->revision->name);
	return status;
}

static enum status compare(const struct run_step *step,
			   const struct section *section,
			   const struct counts *before,
			   const struct counts *after, struct error *e)
{
	long long faults = after->faults - before->faults;
	if (faults > 0)
		return fail(e, CONFLICT,
			    "%s: %lld row%s would violate a "
			    "foreign key",
			    step->revision->name, faults,
			    faults == 1 ? "" : "s");
	if (deletes_rows(section))
		return OK;
	for (size_t i = 0; i < before->rows.count; i++) {
		const struct row_count *old = &before->rows.items[i];
		const struct row_count *new = rows_find(&after->rows,
							old->table);
		if (new &&new->rows < old->rows)
			return fail(e, CONFLICT,
				    "%s: table \"%s\" had %lld "
				    "row%s and would have %lld",
				    step->revision->name, old->table,
				    (long long)old->rows,
				    old->rows == 1 ? "" : "s",
				    (long long)new->rows);
	}
	return OK;
}

/* A rebuild writes half as much if what it frees is not overwritten. */
static enum status run_sparing(const struct run *run,
			       const struct run_step *step, struct error *e)
{
	struct engine *engine = run->site->engine;
	bool needless;
	enum status status = wipe_is_needless(engine, section_of(run, step),
					      run->site->arena, &needless, e);
	if (!status && needless)
		status = engine_set_secure_delete(engine, false, e);
	if (!status)
		status = run_section(run, step, true, e);
	struct error second;
	error_init(&second, e->arena);
	if (engine_set_secure_delete(engine, true, &second) && !status)
		*e = second;
	return e->status;
}

enum status run_checked(const struct run *run, const struct run_step *step,
			struct error *e)
{
	if (!step->revision->foreign_keys_off)
		return run_section(run, step, true, e);
	struct counts before, after;
	enum status status = count(run, step, &before, e);
	if (!status)
		status = run_sparing(run, step, e);
	if (!status)
		status = count(run, step, &after, e);
	return status ? status
		      : compare(step, section_of(run, step), &before, &after,
				e);
}
