#include "migrate/watch/trace.h"

#include "migrate/revision/scan.h"

struct tracer {
	struct arena *arena;
	struct trace *traces;
	size_t ntraces;
	struct names olds, news;
};

static bool trace_is(const char *name, const char *other)
{
	return name && name_equal(name, other);
}

/* A table that had the new name was dropped before. */
static void rename_table(struct tracer *tracer, const char *old,
			 const char *new)
{
	struct trace *found = NULL;

	names_add(&tracer->olds, old, tracer->arena);
	names_add(&tracer->news, new, tracer->arena);
	for (size_t i = 0; i < tracer->ntraces; i++)
		if (trace_is(tracer->traces[i].table, old))
			found = &tracer->traces[i];
	if (!found)
		return;
	for (size_t i = 0; i < tracer->ntraces; i++)
		if (trace_is(tracer->traces[i].table, new))
			tracer->traces[i].table = NULL;
	found->table = new;
}

static void rename_column(struct tracer *tracer, const char *table,
			  const char *old, const char *new)
{
	const char **found = NULL;
	struct trace *trace = NULL;

	for (size_t i = 0; i < tracer->ntraces; i++)
		if (trace_is(tracer->traces[i].table, table))
			trace = &tracer->traces[i];
	for (size_t i = 0; trace && i < trace->ncolumns; i++)
		if (trace_is(trace->columns[i], old))
			found = &trace->columns[i];
	if (!found)
		return;
	for (size_t i = 0; i < trace->ncolumns; i++)
		if (trace_is(trace->columns[i], new))
			trace->columns[i] = NULL;
	*found = new;
}

static void trace_statement(struct tracer *tracer, struct span statement)
{
	struct words read = words_of(statement, tracer->arena);
	struct words *words = &read;
	const char *table, *column;

	if (!words_take(words, "ALTER") || !words_take(words, "TABLE"))
		return;
	table = words_table(words);
	if (!words_take(words, "RENAME"))
		return;
	if (words_take(words, "TO")) {
		rename_table(tracer, table, words_name(words));
		return;
	}
	if (words_take(words, "COLUMN") && token_is(&words->token, "TO"))
		return;
	column = words_name(words);
	if (words_take(words, "TO"))
		rename_column(tracer, table, column, words_name(words));
}

static void trace_section(struct tracer *tracer, const struct section *section)
{
	struct scan scan = scan_of(section->text);
	struct span statement;

	while (scan_statement(&scan, &statement))
		trace_statement(tracer, statement);
}

struct trace *trace_renames(const struct trace_sections *sections,
			    const struct schema *schema, struct arena *arena)
{
	struct tracer tracer = {
		.arena = arena,
		.traces = arena_array(arena, schema->ntables,
				      sizeof(*tracer.traces)),
		.ntraces = schema->ntables,
	};

	for (size_t i = 0; i < schema->ntables; i++) {
		const struct table *table = &schema->tables[i];
		struct trace *trace = &tracer.traces[i];

		trace->table = table->name;
		trace->ncolumns = table->ncolumns;
		trace->columns = arena_array(arena, table->ncolumns,
					     sizeof(*trace->columns));
		for (size_t j = 0; j < table->ncolumns; j++)
			trace->columns[j] = table->columns[j].name;
	}
	for (size_t i = 0; i < sections->count; i++)
		trace_section(&tracer, sections->items[i]);
	return tracer.traces;
}

struct trace_names trace_tables(const struct section *section,
				const struct row_counts *tables,
				struct arena *arena)
{
	size_t count = tables ? tables->count : 0;
	struct trace_names names = {
		.from = arena_array(arena, count, sizeof(*names.from)),
		.to = arena_array(arena, count, sizeof(*names.to)),
	};
	struct tracer tracer = {
		.arena = arena,
		.traces = arena_array(arena, count, sizeof(*tracer.traces)),
		.ntraces = count,
	};

	for (size_t i = 0; i < count; i++)
		tracer.traces[i].table = tables->items[i].table;
	trace_section(&tracer, section);
	for (size_t i = 0; i < count; i++) {
		const char *to = tracer.traces[i].table;

		if (to == tables->items[i].table)
			continue;
		names.from[names.count] = tables->items[i].table;
		names.to[names.count++] = to;
	}
	names.olds = tracer.olds;
	names.news = tracer.news;
	return names;
}

const char *trace_name(const struct trace_names *names, const char *table)
{
	for (size_t i = 0; i < names->count; i++)
		if (name_equal(names->from[i], table))
			return names->to[i];
	return table;
}

static bool add_related_name(struct names *related, const char *one,
			     const char *other, struct arena *arena)
{
	if (!tables_have(related, one) || tables_have(related, other))
		return false;
	names_add(related, other, arena);
	return true;
}

struct names trace_related(const struct trace_names *names, const char *table,
			   struct arena *arena)
{
	struct names related = { 0 };
	bool more = true;

	names_add(&related, table, arena);
	while (more) {
		more = false;
		for (size_t i = 0; i < names->olds.count; i++) {
			const char *old = names->olds.items[i];
			const char *new = names->news.items[i];

			more |= add_related_name(&related, old, new, arena);
			more |= add_related_name(&related, new, old, arena);
		}
	}
	return related;
}

/* Reads up to the closing parenthesis of the call. */
static const char *read_argument(struct words *words)
{
	const char *start = words->token.text, *end = start;
	struct span span;

	for (int depth = 0; words->token.kind != TOKEN_END; words_next(words)) {
		depth += token_is(&words->token, "(");
		depth -= token_is(&words->token, ")");
		if (depth < 0)
			break;
		end = words->token.text + words->token.length;
	}
	span = (struct span){ start, (size_t)(end - start) };
	return tokens_plain(words->arena, span);
}

static const char *find_replacement(struct span statement, const char *column,
				    struct arena *arena)
{
	struct words words = words_of(statement, arena);

	while (words.token.kind != TOKEN_END) {
		if (!words_take(&words, "coalesce") &&
		    !words_take(&words, "ifnull"))
			words_next(&words);
		else if (words_take(&words, "(") &&
			 name_equal(words_name(&words), column) &&
			 words_take(&words, ","))
			return read_argument(&words);
	}
	return NULL;
}

const char *trace_replacement(const struct trace_sections *sections,
			      const char *table, const char *column,
			      struct arena *arena)
{
	const char *value = NULL;

	for (size_t i = 0; !value && i < sections->count; i++) {
		const struct section *section = sections->items[i];
		struct scan scan = scan_of(section->text);
		struct span statement;

		while (!value && scan_statement(&scan, &statement))
			if (scan_takes_all(statement, table, arena))
				value = find_replacement(statement, column,
							 arena);
	}
	return value;
}
