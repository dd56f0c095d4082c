#include "migrate/run/loss.h"

#include "migrate/run/tally.h"
#include "migrate/watch/trace.h"
#include "schema/text/token.h"
#include "util/buffer.h"

struct comparison {
	const struct site *site;
	struct trace_sections sections;
	struct tally before, after;
	const struct trace *traces; /* of the tables of before */
	struct buffer *lost, *filled;
};

/* A table before and after the run. */
struct match {
	const struct table *before, *after;
	const struct trace *trace;
	const int64_t *had, *has; /* counts of a tally */
};

static void add_loss(struct buffer *buffer, int64_t number, const char *what,
		     const char *table, const char *column)
{
	if (number > 0)
		buffer_printf(buffer, "%s%lld %s%s of %s%s%s",
			      buffer->length ? ", " : "", (long long)number,
			      what, number == 1 ? "" : "s", table,
			      column ? "." : "", column ? column : "");
}

/*
 * The column after the run, or NULL.  A rebuild replaces it with one of the
 * same name.
 */
static const struct column *column_after(const struct match *match, size_t i)
{
	const char *name = match->trace->columns[i];
	const struct column *found = name ? table_find_column(match->after,
							      name)
					  : NULL;
	const char *own = match->before->columns[i].name;

	for (size_t j = 0; !found && j < match->before->ncolumns; j++)
		if (match->trace->columns[j] &&
		    name_equal(match->trace->columns[j], own))
			return NULL;
	return found || !name ? found : table_find_column(match->after, own);
}

/* Values of a column that becomes generated: those that differ from what is
   generated, or all of them if that can't be computed. */
static int64_t count_replaced(const struct comparison *comparison,
			      const struct match *match,
			      const struct column *column,
			      const struct column *after, int64_t had)
{
	const struct site *site = comparison->site;
	struct arena *arena = site->arena;
	struct value count;
	const char *name = sql_name(arena, column->name);
	ERROR(ignored, arena);

	if (engine_query_one(site->engine,
			     arena_printf(arena,
					  "SELECT count(*) FROM %s WHERE %s "
					  "NOT NULL AND %s IS NOT (%s)",
					  sql_name(arena, match->before->name),
					  name, name, after->generated_sql),
			     NULL, 0, arena, &count, &ignored) != OK)
		return had;
	return count.integer;
}

static void compare_column(const struct comparison *comparison,
			   const struct match *match, size_t i)
{
	const struct table *table = match->before;
	const struct column *column = &table->columns[i];
	const struct column *after = column_after(match, i);
	int64_t had = match->had[1 + i];
	int64_t nulls = match->had[0] - had;
	bool fewer_rows = match->has[0] < match->had[0];

	if (column->generated != GENERATED_NOT)
		return;
	if (!after) {
		add_loss(comparison->lost, had, "value", table->name,
			 column->name);
		return;
	}
	/* Values deleted with their rows are not counted. */
	if (fewer_rows)
		return;
	if (after->generated != GENERATED_NOT) {
		add_loss(comparison->lost,
			 count_replaced(comparison, match, column, after, had),
			 "value", table->name, column->name);
		return;
	}
	add_loss(comparison->lost,
		 had - match->has[1 + (after - match->after->columns)], "value",
		 table->name, column->name);
	if (after->not_null && !column->not_null && nulls > 0) {
		const char *value = trace_replacement(&comparison->sections,
						      table->name, column->name,
						      comparison->site->arena);

		add_loss(comparison->filled, nulls, "NULL", table->name,
			 column->name);
		buffer_printf(comparison->filled, " become%s %s",
			      nulls == 1 ? "s" : "",
			      value ? value : "another value");
	}
}

/* The table after the run, or NULL; as with columns. */
static const struct table *table_after(const struct comparison *comparison,
				       size_t i)
{
	const struct schema *before = comparison->before.schema;
	const struct schema *after = comparison->after.schema;
	const char *name = comparison->traces[i].table;
	const struct table *found = name ? schema_find_table(after, name)
					 : NULL;
	const char *own = before->tables[i].name;

	for (size_t j = 0; !found && j < before->ntables; j++)
		if (comparison->traces[j].table &&
		    name_equal(comparison->traces[j].table, own))
			return NULL;
	return found || !name ? found : schema_find_table(after, own);
}

static void compare_table(const struct comparison *comparison, size_t i)
{
	struct match match = {
		.before = &comparison->before.schema->tables[i],
		.after = table_after(comparison, i),
		.trace = &comparison->traces[i],
		.had = comparison->before.counts[i],
	};

	if (match.before->kind == TABLE_VIEW)
		return;
	if (!match.after || match.after->kind == TABLE_VIEW) {
		add_loss(comparison->lost, match.had[0], "row",
			 match.before->name, NULL);
		return;
	}
	match.has = comparison->after.counts[match.after -
					     comparison->after.schema->tables];
	add_loss(comparison->lost, match.had[0] - match.has[0], "row",
		 match.before->name, NULL);
	for (size_t j = 0; j < match.before->ncolumns; j++)
		compare_column(comparison, &match, j);
}

/* The sections of the steps from first on. */
static struct trace_sections sections_of(const struct run *run, size_t first)
{
	struct trace_sections out = {
		.items = arena_array(run->site->arena, run->nsteps,
				     sizeof(*out.items)),
	};

	for (size_t i = first; i < run->nsteps; i++)
		out.items[out.count++] = run_part(run, &run->steps[i]);
	return out;
}

enum status loss_begin(struct run *run, struct buffer *rewritten,
		       struct loss_watch *watch, struct error *e)
{
	*watch = (struct loss_watch){ .rewritten = rewritten,
				      .first = run->next };
	if (tally_read(run->site->engine, run->site->arena, &watch->before,
		       e) != OK)
		return e->status;
	run->rewritten = rewritten;
	run->after = &watch->after;
	return OK;
}

void loss_end(struct run *run, const struct loss_watch *watch, struct loss *out)
{
	struct arena *arena = run->site->arena;
	BUFFER(lost);
	BUFFER(filled);
	struct comparison comparison = {
		.site = run->site,
		.sections = sections_of(run, watch->first),
		.before = watch->before,
		.after = watch->after,
		.lost = &lost,
		.filled = &filled,
	};

	comparison.traces = trace_renames(&comparison.sections,
					  watch->before.schema, arena);
	for (size_t i = 0; i < comparison.before.schema->ntables; i++)
		compare_table(&comparison, i);
	*out = (struct loss){ 0 };
	if (lost.length)
		out->lost = arena_copy(arena, lost.data);
	if (watch->rewritten->length)
		out->rewritten = arena_copy(arena, watch->rewritten->data);
	if (filled.length)
		out->filled = arena_copy(arena, filled.data);
	run->rewritten = NULL;
	run->after = NULL;
}

enum status loss_find(struct run *run, struct loss *out, struct error *e)
{
	struct loss_watch watch;
	BUFFER(rewritten);

	if (loss_begin(run, &rewritten, &watch, e) != OK ||
	    run_rehearse(run, e) != OK)
		return e->status;
	loss_end(run, &watch, out);
	return OK;
}
