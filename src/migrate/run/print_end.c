#include "migrate/run/inside.h"

#include "engine/engine.h"
#include "migrate/revision/scan.h"

/* A temporary object, attached database or setting of a section. */
struct leftover {
	const char *end;  /* the SQL before its name: "DETACH "; NULL if the
			     section ends it itself */
	const char *name; /* NULL if end is complete */
};

struct leftovers {
	struct arena *arena;
	struct leftover *items;
	size_t count;
};

static struct leftover *find_leftover(const struct leftovers *lefts,
				      const char *name)
{
	for (size_t i = 0; i < lefts->count; i++)
		if (lefts->items[i].end && lefts->items[i].name &&
		    name_equal(lefts->items[i].name, name))
			return &lefts->items[i];
	return NULL;
}

static void add_leftover(struct leftovers *lefts, const char *end,
			 const char *name)
{
	*LIST_ADD(lefts->arena, lefts->items,
		  lefts->count) = (struct leftover){ end, name };
}

/* "TEMP TABLE x", "VIEW IF NOT EXISTS temp.x". */
static void read_create(struct leftovers *lefts, struct words *words)
{
	bool temporary = words_take(words, "TEMP") ||
			 words_take(words, "TEMPORARY");
	const char *kind, *name;

	words_take(words, "VIRTUAL");
	kind = words_name(words);
	if (words_take(words, "IF") && words_take(words, "NOT"))
		words_take(words, "EXISTS");
	name = words_name(words);
	if (words_take(words, ".")) {
		temporary = temporary || name_equal(name, "temp");
		name = words_name(words);
	}
	if (temporary)
		add_leftover(lefts,
			     arena_printf(lefts->arena,
					  "DROP %s IF EXISTS temp.", kind),
			     name);
}

/* "TABLE x RENAME TO y" */
static void read_alter(struct leftovers *lefts, struct words *words)
{
	struct leftover *left;

	words_take(words, "TABLE");
	left = find_leftover(lefts, words_table(words));
	if (left && words_take(words, "RENAME") && words_take(words, "TO"))
		left->name = words_name(words);
}

/* "DATABASE 'file' AS x" */
static void read_attach(struct leftovers *lefts, struct words *words)
{
	while (words->token.kind != TOKEN_END && !words_take(words, "AS"))
		words_next(words);
	add_leftover(lefts, "DETACH ", words_name(words));
}

static void read_detach(struct leftovers *lefts, struct words *words)
{
	struct leftover *left;

	words_take(words, "DATABASE");
	left = find_leftover(lefts, words_name(words));
	if (left)
		left->end = NULL;
}

static void read_pragma(struct leftovers *lefts, struct words *words)
{
	const char *name = words_table(words);
	const char *value = engine_setting(name);

	if (value &&
	    (token_is(&words->token, "=") || token_is(&words->token, "(")))
		add_leftover(
			lefts,
			arena_printf(lefts->arena, "PRAGMA %s=%s", name, value),
			NULL);
}

static void read_statement(struct leftovers *lefts, struct words *words)
{
	if (words_take(words, "CREATE"))
		read_create(lefts, words);
	else if (words_take(words, "ALTER"))
		read_alter(lefts, words);
	else if (words_take(words, "ATTACH"))
		read_attach(lefts, words);
	else if (words_take(words, "DETACH"))
		read_detach(lefts, words);
	else if (words_take(words, "PRAGMA"))
		read_pragma(lefts, words);
}

void print_end(struct buffer *sql, const struct section *section,
	       struct arena *arena)
{
	struct leftovers lefts = { .arena = arena };
	struct scan scan = scan_of(section->text);
	struct span statement;

	while (scan_statement(&scan, &statement)) {
		struct words words = words_of(statement, arena);

		read_statement(&lefts, &words);
	}
	/* The last first, as it may depend on an earlier one. */
	while (lefts.count) {
		const struct leftover *left = &lefts.items[--lefts.count];

		if (!left->end)
			continue;
		buffer_printf(sql, "%s%s;\n\n", left->end,
			      left->name ? sql_name(arena, left->name) : "");
	}
}
