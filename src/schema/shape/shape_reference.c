#include "schema/shape/canonical.h"
#include "schema/shape/shape.h"

/* SQLite defers only DEFERRABLE INITIALLY DEFERRED. */
static const char *deferrable_of(const struct ddl_clause *clause,
				 struct arena *arena)
{
	const char *words = tokens_canonical(arena, clause->deferrable);

	if (!*words || name_begins(words, "not "))
		return "";
	return strcmp(words, "deferrable initially deferred") == 0
		       ? " deferrable initially deferred"
		       : " deferrable";
}

static const char *action_or_default(const char *words)
{
	return words ? words : "NO ACTION";
}

/* The names of a list, without commas. */
static const char **list_names(struct span list, struct arena *arena,
			       size_t *count)
{
	const char **names = NULL;
	struct lexer lexer = lexer_of(list);

	*count = 0;
	for (struct token token; lexer_next(&lexer, &token);)
		if (!token_is(&token, ","))
			*LIST_ADD(arena, names, *count) = canonical_name(
				token_name(&token, arena), arena);
	return names;
}

/* Without a list, a foreign key references the primary key. */
static const char **list_referenced(const struct ddl_clause *clause,
				    const struct schema *schema,
				    struct arena *arena, size_t *count)
{
	const struct table *table = schema_find_table(
		schema, clause->table ? clause->table : "");
	const char **names = NULL;

	if (clause->others.length)
		return list_names(clause->others, arena, count);
	*count = 0;
	for (size_t i = 0; table && i < table->nkey; i++)
		*LIST_ADD(arena, names, *count) = canonical_name(
			table->columns[table->key[i]].name, arena);
	return names;
}

static const char *join_names(const char *const *names, size_t count,
			      struct arena *arena)
{
	BUFFER(list);

	for (size_t i = 0; i < count; i++)
		buffer_item(&list, names[i]);
	return arena_copy(arena, buffer_string(&list));
}

static int compare_strings(const void *a, const void *b)
{
	return strcmp(*(const char *const *)a, *(const char *const *)b);
}

/* The pairs of referencing and referenced columns, in any order. */
static const char *pairs_of(const struct shape_constraint *constraint,
			    const char *const *names, size_t nnames,
			    const char *const *others, size_t nothers,
			    struct arena *arena)
{
	const char **pairs = NULL;
	size_t count = 0;

	if (nnames != nothers)
		return arena_printf(arena, "%s -> %s", constraint->columns,
				    constraint->others);
	for (size_t i = 0; i < nnames; i++)
		*LIST_ADD(arena, pairs, count) = arena_printf(
			arena, "%s -> %s", names[i], others[i]);
	if (count)
		qsort(pairs, count, sizeof(*pairs), compare_strings);
	return join_names(pairs, count, arena);
}

/* SQLite treats every foreign key as MATCH SIMPLE. */
static const char *match_of(const struct ddl_clause *clause)
{
	return clause->match && !name_equal(clause->match, "SIMPLE")
		       ? clause->match
		       : "";
}

void shape_reference(const struct ddl_clause *clause,
		     const struct schema *schema, struct arena *arena,
		     struct shape_constraint *constraint)
{
	size_t nnames = 1, nothers;
	const char **others = list_referenced(clause, schema, arena, &nothers);
	const char **names = &constraint->columns;

	if (clause->column < 0)
		names = list_names(clause->body, arena, &nnames);
	constraint->others = join_names(others, nothers, arena);
	constraint->text = arena_printf(
		arena, "%s to %s update %s delete %s match %s%s",
		pairs_of(constraint, names, nnames, others, nothers, arena),
		constraint->table, action_or_default(clause->on_update),
		action_or_default(clause->on_delete), match_of(clause),
		deferrable_of(clause, arena));
}
