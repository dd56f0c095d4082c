#include "migrate/watch/deletions.h"

#include "migrate/revision/scan.h"

/* Skips a leading WITH clause. */
static void skip_with(struct words *words)
{
	int depth = 0;

	if (!token_is(&words->token, "WITH"))
		return;
	for (; words->token.kind != TOKEN_END; words_next(words)) {
		depth += token_is(&words->token, "(");
		depth -= token_is(&words->token, ")");
		if (!depth && (token_is(&words->token, "INSERT") ||
			       token_is(&words->token, "REPLACE") ||
			       token_is(&words->token, "UPDATE") ||
			       token_is(&words->token, "DELETE")))
			return;
	}
}

enum verb statement_verb(struct span statement, struct arena *arena)
{
	struct words words = words_of(statement, arena);

	skip_with(&words);
	if (words_take(&words, "DROP"))
		return VERB_DROP;
	if (words_take(&words, "DELETE"))
		return VERB_DELETE;
	if (words_take(&words, "REPLACE"))
		return VERB_REPLACE;
	if ((words_take(&words, "INSERT") || words_take(&words, "UPDATE")) &&
	    words_take(&words, "OR") && words_take(&words, "REPLACE"))
		return VERB_REPLACE;
	return VERB_OTHER;
}

static struct deletion *find_deletion(const struct deletions *deletions,
				      const char *table)
{
	for (size_t i = 0; i < deletions->count; i++)
		if (name_equal(deletions->items[i].table, table))
			return &deletions->items[i];
	return NULL;
}

static void add_deletion(void *data, const char *table, enum row_fate fate)
{
	struct deletions *deletions = data;
	struct deletion *deletion = find_deletion(deletions, table);

	/* Insertions only matter after deletions. */
	if (!deletion && fate == ROW_ADDED)
		return;
	if (!deletion) {
		deletion = LIST_ADD(deletions->arena, deletions->items,
				    deletions->count);
		deletion->table = arena_copy(deletions->arena, table);
	}
	deletion->deleted += fate == ROW_DELETED;
	deletion->cascaded += fate == ROW_DELETED_INDIRECTLY;
	deletion->changed += fate == ROW_CHANGED_INDIRECTLY;
	deletion->added += fate == ROW_ADDED;
}

void deletions_watch(struct engine *engine, struct deletions *deletions)
{
	engine_on_row(engine, deletions ? add_deletion : NULL, deletions);
}

void deletions_end(struct deletions *deletions, enum verb verb)
{
	for (size_t i = 0; i < deletions->count; i++) {
		struct deletion *deletion = &deletions->items[i];

		if (verb == VERB_DELETE || verb == VERB_REPLACE)
			deletion->intended += deletion->deleted;
		/* Rows that a DROP cascades to must belong to dropped
		   tables. */
		if (verb != VERB_DROP)
			deletion->intended += deletion->cascaded;
		deletion->intended -= deletion->added;
		if (deletion->intended < 0)
			deletion->intended = 0;
		deletion->deleted = deletion->cascaded = 0;
		deletion->changed = deletion->added = 0;
	}
}

int64_t deletions_intended(const struct deletions *deletions, const char *table)
{
	const struct deletion *deletion = find_deletion(deletions, table);

	return deletion ? deletion->intended : 0;
}
