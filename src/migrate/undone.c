#include "migrate/undone.h"

#include <ctype.h>
#include <string.h>

#include "migrate/replay.h"
#include "migrate/rows.h"
#include "schema/read.h"
#include "schema/shape.h"
#include "util/text.h"

/* A part of a table. */
struct part {
	const char *meaning; /* the same in all spellings */
	const char *sql;     /* what a file that knows of it says, canonical */
	const char *called;  /* what a comment may say instead */
};

struct parts {
	struct arena *arena;
	struct part *items;
	size_t count;
};

static void add(struct parts *parts, const char *meaning, const char *sql,
		const char *called)
{
	*LIST_ADD(parts->arena, parts->items,
		  parts->count) = (struct part){ meaning, sql, called };
}

static const char *canonical(const struct parts *parts, const char *sql)
{
	return tokens_canonical(parts->arena, span_of(sql));
}

static void add_columns(struct parts *parts, const struct table *table,
			const struct shape *shape)
{
	for (size_t i = 0; i < shape->ncolumns; i++) {
		const struct shape_column *column = &shape->columns[i];
		struct span text = table->ddl->columns[i].definition;
		add(parts,
		    arena_printf(parts->arena, "%s %s %s %s %s %s",
				 column->name, column->type, column->not_null,
				 column->default_value, column->collation,
				 column->generated),
		    tokens_canonical(parts->arena, text),
		    arena_printf(parts->arena, "%s.%s", table->name,
				 table->columns[i].name));
	}
}

static void add_constraint(struct parts *parts,
			   const struct shape_constraint *constraint)
{
	bool is_key = constraint->kind == CLAUSE_REFERENCES;
	const char *kind = is_key                             ? "FOREIGN KEY"
			   : constraint->kind == CLAUSE_CHECK ? "CHECK"
							      : "UNIQUE";
	const char *sql = arena_printf(parts->arena, "%s (%s)", kind,
				       constraint->columns);
	add(parts,
	    arena_printf(parts->arena, "%s %s %s", sql, constraint->name,
			 constraint->text),
	    canonical(parts, sql), sql);
}

/* Known by the name of what it makes. */
static void add_statement(struct parts *parts, const char *sql,
			  const char *name)
{
	if (sql)
		add(parts, canonical(parts, sql),
		    canonical(parts, sql_name(parts->arena, name)), name);
}

static struct parts parts_of(const struct table *table,
			     const struct schema *schema, struct arena *arena)
{
	struct parts parts = { .arena = arena };
	const struct shape *shape = shape_of(table, schema, arena);
	add_columns(&parts, table, shape);
	for (size_t i = 0; i < shape->nconstraints; i++)
		add_constraint(&parts, &shape->constraints[i]);
	for (size_t i = 0; i < table->nindexes; i++)
		add_statement(&parts, table->indexes[i].sql,
			      table->indexes[i].name);
	for (size_t i = 0; i < table->ntriggers; i++)
		add_statement(&parts, table->triggers[i].sql,
			      table->triggers[i].name);
	return parts;
}

/* Takes away those that others have as well. */
static void subtract(struct parts *parts, const struct parts *others)
{
	size_t count = parts->count;
	parts->count = 0;
	for (size_t i = 0; i < count; i++) {
		bool found = false;
		for (size_t j = 0; !found && j < others->count; j++)
			found = !strcmp(parts->items[i].meaning,
					others->items[j].meaning);
		if (!found)
			parts->items[parts->count++] = parts->items[i];
	}
}

static bool is_letter(char c)
{
	return isalnum((unsigned char)c) || c == '_' || (unsigned char)c >= 128;
}

static bool has_word(const char *text, const char *word)
{
	size_t length = strlen(word);
	for (const char *at = text; (at = strcasestr(at, word)); at++)
		if ((at == text || !is_letter(at[-1])) &&
		    !is_letter(at[length]))
			return true;
	return false;
}

/* Takes away those that a file names, in its SQL or in a comment. */
static void subtract_named(struct parts *parts, const char *file)
{
	size_t count = parts->count;
	const char *text = arena_printf(parts->arena, " %s ",
					canonical(parts, file));
	parts->count = 0;
	for (size_t i = 0; i < count; i++) {
		const struct part *part = &parts->items[i];
		const char *sql = arena_printf(parts->arena, " %s ", part->sql);
		if (!strstr(text, sql) && !has_word(file, part->called))
			parts->items[parts->count++] = *part;
	}
}

/* The nodes that are applied before the step that runs. */
static bool *mark_applied(const struct run *run)
{
	bool *marks = site_applied(run->site);
	for (size_t i = run->next; i < run->at; i++)
		marks[run->steps[i].node] = run->up;
	return marks;
}

/* Where the step begins: at those below it, or at itself. */
static struct nodes start_of(const struct run *run, const struct run_step *step)
{
	struct nodes one = { 0 };
	if (run->up)
		return run->site->graph.nodes[step->node].needs;
	nodes_add(&one, step->node, run->site->arena);
	return one;
}

/* The nodes that the step knows of. */
static bool *mark_known(const struct run *run, const struct run_step *step)
{
	const struct graph *graph = &run->site->graph;
	struct nodes start = start_of(run, step);
	bool *marks = graph_mark(graph, &start, run->site->arena);
	graph_ancestors(graph, marks);
	return marks;
}

/* Whether revisions are applied that the step doesn't know of. */
static bool is_beside(const struct run *run, const struct run_step *step)
{
	const bool *applied = mark_applied(run), *known = mark_known(run, step);
	for (size_t i = 0; i < run->site->graph.count; i++)
		if (applied[i] && !known[i])
			return true;
	return false;
}

/* The tables as the revisions that the step knows of make them; empty where
   that can't be found out. */
static const struct schema *read_known(struct run *run,
				       const struct run_step *step)
{
	static const struct schema none;
	struct nodes start = start_of(run, step);
	struct schema *known;
	struct error ignored;
	error_init(&ignored, run->site->arena);
	if (!run->known)
		run->known = replay_new(run->site);
	return replay_to(run->known, &start, &known, &ignored) ? &none : known;
}

static const struct table *find(const struct schema *schema, const char *name)
{
	const struct table *table = schema_find_table(schema, name);
	return table && table->ddl ? table : NULL;
}

struct search {
	struct run *run;
	const struct run_step *step;
	const struct schema *before, *after, *known;
};

static struct parts find_undone(struct search *search, const char *name)
{
	struct arena *arena = search->run->site->arena;
	const struct table *old = find(search->before, name);
	const struct table *new = find(search->after, name);
	struct parts parts = { .arena = arena };
	if (!old || !new)
		return parts;
	struct parts others = parts_of(new, search->after, arena);
	parts = parts_of(old, search->before, arena);
	subtract(&parts, &others);
	subtract_named(&parts, search->step->text);
	if (!parts.count)
		return parts;
	if (!search->known)
		search->known = read_known(search->run, search->step);
	old = find(search->known, name);
	if (!old)
		return (struct parts){ .count = 0 };
	others = parts_of(old, search->known, arena);
	subtract(&parts, &others);
	return parts;
}

/* A revision that was run, isn't below the step, and names the part. */
static const struct revision *find_maker(const struct search *search,
					 const struct part *part)
{
	const struct run *run = search->run;
	struct site *site = run->site;
	const struct graph *graph = &site->graph;
	const bool *applied = mark_applied(run);
	const bool *known = mark_known(run, search->step);
	for (size_t i = 0; i < graph->count; i++) {
		const char *text;
		struct sections sections;
		struct error ignored;
		struct parts one = { site->arena, &(struct part){ 0 }, 1 };
		one.items[0] = *part;
		error_init(&ignored, site->arena);
		if (!applied[i] || known[i] ||
		    site_text(site, graph->nodes[i].revision, &text, &sections,
			      &ignored))
			continue;
		subtract_named(&one, text);
		if (!one.count)
			return graph->nodes[i].revision;
	}
	return NULL;
}

static enum status refuse(const struct search *search, const char *table,
			  const struct parts *parts, struct error *e)
{
	BUFFER(shown);
	const struct part *first = &parts->items[0];
	const struct revision *maker = find_maker(search, first);
	for (size_t i = 0; i < parts->count; i++) {
		const char *called = parts->items[i].called;
		buffer_text(&shown, i ? "\n    " : "    ");
		text_visible(&shown, called, strlen(called));
	}
	fail(e, CONFLICT,
	     "making %s anew would undo what this revision doesn't know of",
	     table);
	e->detail = arena_copy(e->arena, buffer_string(&shown));
	error_hint(e,
		   "%s%s made that: %s it, or say in a comment what is meant "
		   "to go (-- %s); nothing was changed",
		   maker ? "revision " : "", maker ? maker->id : "no revision",
		   maker ? "let this one follow and keep" : "let this one keep",
		   first->called);
	return e->status;
}

enum status undone_begin(const struct run *run, const struct run_step *step,
			 const struct names *tables, struct undone *out,
			 struct error *e)
{
	struct schema *schema;
	bool changed = run->up && !run->from_nothing;
	*out = (struct undone){ .tables = tables };
	if (!tables->count || (!changed && !is_beside(run, step)))
		return OK;
	if (schema_read(run->site->engine, run->site->arena, &schema, e))
		return e->status;
	out->before = schema;
	return OK;
}

enum status undone_end(struct run *run, const struct run_step *step,
		       const struct undone *undone, struct error *e)
{
	struct schema *after;
	if (!undone->before)
		return OK;
	if (schema_read(run->site->engine, run->site->arena, &after, e))
		return e->status;
	struct search search = {
		.run = run,
		.step = step,
		.before = undone->before,
		.after = after,
	};
	for (size_t i = 0; i < undone->tables->count; i++) {
		const char *table = undone->tables->items[i];
		struct parts parts = find_undone(&search, table);
		if (parts.count)
			return refuse(&search, table, &parts, e);
	}
	return OK;
}
