#include "catalog/catalog.h"

#include <ctype.h>
#include <string.h>

#include "catalog/settings.h"
#include "catalog/word.h"
#include "engine/sql.h"
#include "migrate/migrate.h"
#include "resource/op/operations.h"
#include "schema/model/read.h"
#include "sql/sql.h"
#include "undo/undo.h"
#include "util/text.h"

/* Those that are the same for every schema, in help's order. */
typedef const struct operation *operation_list(size_t *count);
static operation_list *const lists[] = { migrate_operations, sql_operations,
					 undo_operations };

enum { LISTS = sizeof(lists) / sizeof(*lists) };

const struct operation *catalog_find_const(const char *noun, const char *verb)
{
	for (size_t k = 0; k < LISTS; k++) {
		size_t count;
		const struct operation *operations = lists[k](&count);

		for (size_t i = 0; i < count; i++)
			if (strcmp(operations[i].noun, noun) == 0 &&
			    (!verb ||
			     operation_same_name(operations[i].verb, verb)))
				return &operations[i];
	}
	return NULL;
}

static bool is_program_noun(const char *noun)
{
	return word_is_reserved(noun) || catalog_find_const(noun, NULL);
}

static void add_const(struct catalog *catalog, struct arena *arena)
{
	for (size_t k = 0; k < LISTS; k++) {
		size_t count;
		const struct operation *operations = lists[k](&count);

		for (size_t i = 0; i < count; i++)
			*LIST_ADD(arena, catalog->operations,
				  catalog->noperations) = &operations[i];
	}
}

static void add_resources(struct catalog *catalog, const struct schema *schema,
			  struct arena *arena)
{
	struct resource *resources;

	resources_build(schema, is_program_noun, arena, &resources,
			&catalog->nresources);
	catalog->resources = resources;
	for (size_t i = 0; i < catalog->nresources; i++)
		resource_operations(&resources[i], setting_is_global, arena,
				    &catalog->operations,
				    &catalog->noperations);
}

/* catalog_next, for what is set in an operation that is not complete. */
static const struct operation *next_of(const struct catalog *catalog,
				       const char *noun, size_t *at)
{
	const char *other = NULL;

	while (*at < catalog->noperations) {
		const struct operation *operation = catalog->operations[*at];

		++*at;
		if (!noun)
			return operation;
		if (operation->noun == other)
			continue;
		if (strcmp(operation->noun, noun) == 0)
			return operation;
		other = operation->noun;
	}
	return NULL;
}

const struct operation *catalog_next(const struct catalog *catalog,
				     const char *noun, size_t *at)
{
	return operation_complete(next_of(catalog, noun, at));
}

static void complete_all(const struct catalog *catalog)
{
	for (size_t i = 0; catalog_next(catalog, NULL, &i);)
		;
}

struct schema_reading {
	struct arena *arena;
	struct schema *schema;
};

/* One read transaction: a consistent schema, and a single lock. */
static enum status run_schema_read(struct engine *engine, void *data,
				   struct error *e)
{
	struct schema_reading *reading = data;

	return schema_read(engine, reading->arena, &reading->schema, e);
}

/* Hides what SQLite cannot compute, so that it can read the other columns. */
static void hide_uncomputed(struct engine *engine, const struct table *table,
			    struct column *column)
{
	ARENA(arena);
	STATEMENT(statement);
	ERROR(ignored, &arena);

	if (column->generated != GENERATED_VIRTUAL ||
	    column->annotations.hidden ||
	    engine_prepare(engine,
			   arena_printf(&arena, "SELECT %s FROM %s",
					sql_name(&arena, column->name),
					sql_name(&arena, table->name)),
			   &statement, &ignored) != OK)
		return;
	column->uncomputed = column->annotations.hidden = engine_lacks_function(
		engine, column->generated_sql);
}

/* The database's schema, or schema.sql's if there is no database yet. */
static enum status read_schema(struct context *context, struct arena *arena,
			       bool *missing, struct schema **out,
			       struct error *e)
{
	struct schema_reading reading = { .arena = arena };
	const char *text = NULL, *name = NULL;

	*missing = !context->engine && !engine_exists(context->url);
	if (*missing) {
		if (migrate_schema_text(context, arena, &text, &name, e) != OK)
			return e->status;
		return schema_read_text(text, name, NULL, arena, out, e);
	}
	if (context_open(context, 0, e) != OK ||
	    engine_transaction(context->engine, TRANSACTION_READ,
			       run_schema_read, &reading, e) != OK)
		return e->status;
	*out = reading.schema;
	for (size_t i = 0; i < reading.schema->ntables; i++) {
		struct table *table = &reading.schema->tables[i];

		for (size_t k = 0; k < table->ncolumns; k++)
			hide_uncomputed(context->engine, table,
					&table->columns[k]);
	}
	return OK;
}

enum status catalog_load(struct context *context, unsigned flags,
			 struct arena *arena, struct catalog *out,
			 struct error *e)
{
	struct schema *schema = NULL;

	*out = (struct catalog){ .operations = NULL };
	if (!(flags & CATALOG_CONST_ONLY)) {
		if (read_schema(context, arena, &out->missing, &schema, e) !=
		    OK)
			return e->status;
		add_resources(out, schema, arena);
	}
	add_const(out, arena);
	if (!(flags & CATALOG_LAZY))
		complete_all(out);
	return OK;
}

const struct operation *catalog_find(const struct catalog *catalog,
				     const char *noun, const char *verb)
{
	const struct operation *alike = NULL, *shorter = NULL, *operation;

	for (size_t i = 0; (operation = next_of(catalog, noun, &i));) {
		if (strcmp(operation->verb, verb) == 0)
			return operation_complete(operation);
		if (!alike && operation_same_name(operation->verb, verb))
			alike = operation;
		if (word_is_among(operation->also, verb))
			shorter = operation;
	}
	return operation_complete(alike ? alike : shorter);
}

const struct operation *catalog_find_flag(const struct catalog *catalog,
					  const void *subject, unsigned flag)
{
	for (size_t i = 0; i < catalog->noperations; i++)
		if (catalog->operations[i]->subject == subject &&
		    catalog->operations[i]->flags & flag)
			return operation_complete(catalog->operations[i]);
	return NULL;
}

/* Compares as SQLite does table names, with -, _ and blank alike. */
static int noun_letter(char c)
{
	return c == '-' || c == ' ' ? '_' : tolower((unsigned char)c);
}

static bool is_same_noun(const char *a, const char *b)
{
	while (*a && noun_letter(*a) == noun_letter(*b)) {
		a++;
		b++;
	}
	return *a == *b;
}

const char *catalog_find_noun(const struct catalog *catalog, const char *word)
{
	const struct resource *resources = catalog->resources;
	const char *last = NULL;

	if (catalog_has_noun(catalog, word))
		return word;
	for (size_t i = 0; i < catalog->noperations; i++) {
		const char *noun = catalog->operations[i]->noun;

		if (noun == last)
			continue;
		if (is_same_noun(noun, word))
			return noun;
		last = noun;
	}
	for (size_t i = 0; i < catalog->nresources; i++)
		if (is_same_noun(resources[i].table->name, word) &&
		    !is_program_noun(word))
			return resources[i].name;
	return NULL;
}

const struct resource *catalog_find_resource(const struct catalog *catalog,
					     const char *noun)
{
	for (size_t i = 0; i < catalog->nresources; i++)
		if (strcmp(catalog->resources[i].name, noun) == 0)
			return &catalog->resources[i];
	return NULL;
}

const struct resource *catalog_find_columns(const struct catalog *catalog,
					    const struct output_column *columns)
{
	for (size_t i = 0; i < catalog->nresources; i++)
		if (catalog->resources[i].columns == columns)
			return &catalog->resources[i];
	return NULL;
}

bool catalog_has_noun(const struct catalog *catalog, const char *noun)
{
	return next_of(catalog, noun, &(size_t){ 0 });
}

/*
 * The first operation that has the word as its verb, or another tool's for it:
 * of the noun, or if that is NULL of any, tables last; NULL if there is none.
 */
static const struct operation *find_synonym(const struct catalog *catalog,
					    const char *noun, const char *word)
{
	const struct operation *meant = NULL, *operation;

	for (size_t i = 0; (operation = next_of(catalog, noun, &i));) {
		if (meant && (operation->subject || !meant->subject))
			continue;
		if (operation_same_name(operation->verb, word) ||
		    word_is_among(operation->also, word) ||
		    word_is_among(operation->peers, word))
			meant = operation;
	}
	return meant;
}

/*
 * Hints at what the words may mean: "list users" is "user list", "init" is "db
 * init", "show tables" is "db info", "serve" is "--serve", and "list" needs a
 * noun; false if nothing is similar.
 */
static bool hint_meant(const struct catalog *catalog, const char *noun,
		       const char *verb, struct error *e)
{
	const char *swapped = catalog_find_noun(catalog, verb);
	const char *both = arena_printf(e->arena, "%s-%s", noun, verb);
	const struct setting *setting = setting_find(noun);
	const struct resource *of = swapped ? catalog_find_resource(catalog,
								    swapped)
					    : NULL;
	const struct operation *meant = NULL;

	if (swapped)
		meant = find_synonym(catalog, swapped, noun);
	if (!meant)
		meant = find_synonym(catalog, NULL, both);
	if (!meant)
		meant = find_synonym(catalog, NULL, noun);
	/* "describe user" */
	if (meant && of && !meant->subject && operation_argument(meant, 0))
		error_hint(e, "did you mean: taskmgr %s %s?",
			   operation_title(meant, e->arena), of->table->name);
	else if (meant)
		error_hint(e,
			   swapped || !meant->subject
				   ? "did you mean: taskmgr %s?"
				   : "begin with a noun: taskmgr %s",
			   operation_title(meant, e->arena));
	else if (setting && setting->kind == SETTING_START &&
		 setting->parameter.type == TYPE_BOOLEAN)
		error_hint(e, "did you mean: taskmgr %s?",
			   parameter_spelling(&setting->parameter, e->arena));
	else
		return false;
	return true;
}

/* An unknown noun may be created by the next upgrade. */
static enum status fail_unknown_noun(const struct catalog *catalog,
				     struct context *context, const char *noun,
				     const char *verb, struct error *e)
{
	const bool missing = context && catalog->missing;
	struct close_names close;
	const char *last = "";

	fail(e, USAGE, "unknown command %s", noun);
	if (word_kind(noun) == WORD_SQL) {
		error_hint(e, "SQL is one argument of sql: taskmgr sql "
			      "'SELECT 1'");
		return USAGE;
	}
	if (hint_meant(catalog, noun, verb, e))
		return USAGE;
	if (word_hint(noun))
		return error_hint(e, "%s", word_hint(noun));
	if (word_of_kind(word_kind(noun))->summary) {
		error_hint(e, "use it in a session: run taskmgr without a "
			      "command");
		return USAGE;
	}
	if (missing && !catalog->nresources &&
	    context_open(context, 0, e) != OK)
		return e->status;
	close_names_init(&close, noun);
	for (size_t i = 0; i < catalog->noperations; i++) {
		if (strcmp(last, catalog->operations[i]->noun) != 0)
			close_names_offer(&close, catalog->operations[i]->noun);
		last = catalog->operations[i]->noun;
	}
	for (size_t i = 0; i < catalog->nresources; i++)
		close_names_offer_as(&close, catalog->resources[i].table->name,
				     catalog->resources[i].name);
	ERROR(behind, e->arena);
	if (!close.count && context && context->engine &&
	    migrate_require_head(context, e->arena, &behind) != OK) {
		*e = behind;
		return e->status;
	}
	if (context && context->engine && !catalog->nresources) {
		fail(e, SCHEMA,
		     "unknown command %s: the database has no "
		     "tables",
		     noun);
		if (engine_path(context->url, e->arena))
			error_hint(e, "create them with: taskmgr db upgrade");
		else
			error_hint(e, "each session starts with an empty "
				      "database in memory: run db upgrade "
				      "first, in the same session");
		return SCHEMA;
	}
	/* Its path may be misspelt. */
	if (missing && !close.count)
		fail(e, USAGE,
		     "unknown command %s, and database %s does not exist", noun,
		     engine_path(context->url, e->arena));
	error_hint(e, "taskmgr help lists all commands");
	close_names_suggest(&close, e);
	return USAGE;
}

static const char *close_verbs(const struct catalog *catalog, const char *noun,
			       const char *verb, struct arena *arena)
{
	const struct operation *meant = find_synonym(catalog, noun, verb);
	const struct operation *operation;
	struct close_names close;

	if (meant)
		return meant->verb;
	close_names_init(&close, verb);
	for (size_t i = 0; (operation = next_of(catalog, noun, &i));)
		close_names_offer(&close, operation->verb);
	return close_names_list(&close, arena);
}

/* Without a key, none of its rows can be named. */
static bool is_view(const struct catalog *catalog, const char *noun)
{
	const struct resource *resource = catalog_find_resource(catalog, noun);

	return resource && resource->table->kind == TABLE_VIEW;
}

enum status catalog_get(const struct catalog *catalog, struct context *context,
			const char *noun, const char *verb,
			const struct operation **out, struct error *e)
{
	*out = catalog_find(catalog, noun, verb);
	if (*out)
		return OK;
	if (!catalog_has_noun(catalog, noun))
		return fail_unknown_noun(catalog, context, noun, verb, e);
	fail(e, USAGE, "%s has no command %s", noun, verb);
	error_suggest(e, verb, close_verbs(catalog, noun, verb, e->arena));
	error_hint(e, "taskmgr help %s lists them", noun);
	if (*verb && !verb[strspn(verb, "0123456789")] &&
	    catalog_find(catalog, noun, "show"))
		error_hint(e, "did you mean: taskmgr %s show %s?", noun, verb);
	else if (!e->wrong && is_view(catalog, noun))
		error_hint(e,
			   "a view has only list and count; taskmgr %s list "
			   "--help shows how to select rows",
			   noun);
	return USAGE;
}
