#include "migrate/trace.h"

#include "migrate/scan.h"

struct tracer {
	struct arena *arena;
	struct trace *traces;
	size_t ntraces;
	struct lexer lexer; /* of a statement */
	struct token token; /* its next token */
};

static bool is_name(const char *name, const char *other)
{
	return name && name_equal(name, other);
}

static void advance(struct tracer *tracer)
{
	lexer_next(&tracer->lexer, &tracer->token);
}

static bool take(struct tracer *tracer, const char *word)
{
	if (!token_is(&tracer->token, word))
		return false;
	advance(tracer);
	return true;
}

static const char *take_name(struct tracer *tracer)
{
	const char *name = token_name(&tracer->token, tracer->arena);
	advance(tracer);
	return name;
}

/* Whoever had the new name has lost it: it was dropped before. */
static void rename_table(struct tracer *tracer, const char *old,
			 const char *new)
{
	struct trace *found = NULL;
	for (size_t i = 0; i < tracer->ntraces; i++)
		if (is_name(tracer->traces[i].table, old))
			found = &tracer->traces[i];
	if (!found)
		return;
	for (size_t i = 0; i < tracer->ntraces; i++)
		if (is_name(tracer->traces[i].table, new))
			tracer->traces[i].table = NULL;
	found->table = new;
}

static void rename_column(struct tracer *tracer, const char *table,
			  const char *old, const char *new)
{
	const char **found = NULL;
	struct trace *trace = NULL;
	for (size_t i = 0; i < tracer->ntraces; i++)
		if (is_name(tracer->traces[i].table, table))
			trace = &tracer->traces[i];
	for (size_t i = 0; trace && i < trace->ncolumns; i++)
		if (is_name(trace->columns[i], old))
			found = &trace->columns[i];
	if (!found)
		return;
	for (size_t i = 0; i < trace->ncolumns; i++)
		if (is_name(trace->columns[i], new))
			trace->columns[i] = NULL;
	*found = new;
}

static void trace_statement(struct tracer *tracer,
			    const struct scan_statement *statement)
{
	tracer->lexer = scan_lexer(statement);
	advance(tracer);
	if (!take(tracer, "ALTER") || !take(tracer, "TABLE"))
		return;
	const char *table = take_name(tracer);
	if (take(tracer, "."))
		table = take_name(tracer);
	if (!take(tracer, "RENAME"))
		return;
	if (take(tracer, "TO")) {
		rename_table(tracer, table, take_name(tracer));
		return;
	}
	if (take(tracer, "COLUMN") && token_is(&tracer->token, "TO"))
		return;
	const char *column = take_name(tracer);
	if (take(tracer, "TO"))
		rename_column(tracer, table, column, take_name(tracer));
}

static void trace_section(struct tracer *tracer, const struct section *section)
{
	struct scan scan = scan_of(section->text ? section->text : "",
				   section->line);
	struct scan_statement statement;
	while (scan_statement(&scan, &statement))
		trace_statement(tracer, &statement);
}

static const struct section *section_of(const struct run *run,
					const struct run_step *step)
{
	return run->up ? &step->sections.up : &step->sections.down;
}

struct trace *trace_renames(const struct run *run, const struct schema *schema)
{
	struct tracer tracer = {
		.arena = run->site->arena,
		.traces = arena_array(run->site->arena, schema->ntables,
				      sizeof(*tracer.traces)),
		.ntraces = schema->ntables,
	};
	for (size_t i = 0; i < schema->ntables; i++) {
		const struct table *table = &schema->tables[i];
		struct trace *trace = &tracer.traces[i];
		trace->table = table->name;
		trace->ncolumns = table->ncolumns;
		trace->columns = arena_array(tracer.arena, table->ncolumns,
					     sizeof(*trace->columns));
		for (size_t j = 0; j < table->ncolumns; j++)
			trace->columns[j] = table->columns[j].name;
	}
	for (size_t i = run->next; i < run->nsteps; i++)
		trace_section(&tracer, section_of(run, &run->steps[i]));
	return tracer.traces;
}

struct trace_names trace_tables(const struct section *section,
				const struct row_counts *tables,
				struct arena *arena)
{
	struct trace_names names = {
		.from = arena_array(arena, tables->count, sizeof(*names.from)),
		.to = arena_array(arena, tables->count, sizeof(*names.to)),
	};
	struct tracer tracer = {
		.arena = arena,
		.traces = arena_array(arena, tables->count,
				      sizeof(*tracer.traces)),
		.ntraces = tables->count,
	};
	for (size_t i = 0; i < tables->count; i++)
		tracer.traces[i].table = tables->items[i].table;
	trace_section(&tracer, section);
	for (size_t i = 0; i < tables->count; i++) {
		const char *to = tracer.traces[i].table;
		if (to == tables->items[i].table)
			continue;
		names.from[names.count] = tables->items[i].table;
		names.to[names.count++] = to;
	}
	return names;
}

const char *trace_name(const struct trace_names *names, const char *table)
{
	for (size_t i = 0; i < names->count; i++)
		if (name_equal(names->from[i], table))
			return names->to[i];
	return table;
}

/* Up to the parenthesis that closes the one before. */
static const char *take_argument(struct tracer *tracer)
{
	const char *start = tracer->token.text, *end = start;
	for (int depth = 0; tracer->token.kind != TOKEN_END; advance(tracer)) {
		depth += token_is(&tracer->token, "(");
		depth -= token_is(&tracer->token, ")");
		if (depth < 0)
			break;
		end = tracer->token.text + tracer->token.length;
	}
	const struct span span = { start, (size_t)(end - start) };
	return tokens_plain(tracer->arena, span);
}

static const char *find_replacement(struct tracer *tracer,
				    const struct scan_statement *statement,
				    const char *column)
{
	tracer->lexer = scan_lexer(statement);
	for (advance(tracer); tracer->token.kind != TOKEN_END;) {
		if (!take(tracer, "coalesce") && !take(tracer, "ifnull")) {
			advance(tracer);
			continue;
		}
		if (take(tracer, "(") &&
		    name_equal(take_name(tracer), column) && take(tracer, ","))
			return take_argument(tracer);
	}
	return NULL;
}

const char *trace_replacement(const struct run *run, const char *table,
			      const char *column)
{
	struct tracer tracer = { .arena = run->site->arena };
	const char *value = NULL;
	for (size_t i = run->next; !value && i < run->nsteps; i++) {
		const struct section *section = section_of(run, &run->steps[i]);
		struct scan scan = scan_of(section->text ? section->text : "",
					   section->line);
		struct scan_statement statement;
		while (!value && scan_statement(&scan, &statement))
			if (scan_takes_all(&statement, table, tracer.arena))
				value = find_replacement(&tracer, &statement,
							 column);
	}
	return value;
}
