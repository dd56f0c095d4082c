#include <string.h>

#include "resource/key/key.h"
#include "resource/model/column.h"
#include "util/text.h"

enum {
	MOST = 1000,     /* names that are looked at one by one */
	WORD_LIMIT = 40, /* bytes of a word whose slips are looked up */
	SAME_START = 3,  /* bytes that names of a large table share with it */
};

/* A search for names similar to a mistyped word, and its results. */
struct near_search {
	struct engine *engine;
	const struct resource *resource;
	const char *column; /* as SQL */
	const char *word;
	struct statement *look_up; /* finds one name */
	struct arena *arena;
	struct close_names close;
};

static const char *next_digit(const char *text)
{
	return text + strcspn(text, "0123456789");
}

/* Another number is another thing, not a slip of the finger. */
static bool has_same_digits(const char *a, const char *b)
{
	for (a = next_digit(a), b = next_digit(b); *a && *a == *b;
	     a = next_digit(a + 1), b = next_digit(b + 1))
		;
	return *a == *b;
}

static bool is_slip(const char *word, const char *name)
{
	size_t length = strlen(word);
	size_t limit = length >= 9 ? 3 : length >= 5 ? 2 : length >= 2;

	/* The cheaper question first. */
	return has_same_digits(word, name) &&
	       name_distance(word, name) <= limit;
}

static void offer_near(struct near_search *search, const char *name)
{
	if (name && is_slip(search->word, name))
		close_names_offer_as(
			&search->close, name,
			arena_printf(search->arena, "\"%s\"", name));
}

/* Offers the names for which condition holds; how many there were. */
static size_t offer_near_rows(struct near_search *search, const char *condition,
			      const struct value *values, int nvalues)
{
	struct error ignored;
	size_t count = 0;
	STATEMENT(statement);

	error_init(&ignored, search->arena);
	if (engine_prepare(search->engine,
			   arena_printf(search->arena,
					"SELECT %s FROM %s%s LIMIT %d",
					search->column,
					sql_name(search->arena,
						 search->resource->table->name),
					condition, MOST + 1),
			   &statement, &ignored) != OK)
		return 0;
	for (int i = 0; i < nvalues; i++)
		statement_bind(statement, i + 1, values[i]);
	for (; statement_next(statement, &ignored); count++)
		if (count < MOST)
			offer_near(search,
				   statement_text(statement, 0, search->arena));
	return count;
}

static void look_up_name(struct near_search *search, const char *name)
{
	struct error ignored;

	error_init(&ignored, search->arena);
	statement_reset(search->look_up);
	statement_bind(search->look_up, 1, value_text(name));
	if (statement_next(search->look_up, &ignored))
		offer_near(search,
			   statement_text(search->look_up, 0, search->arena));
}

/* What the word is with one letter less, more or another, or two swapped. */
static void look_up_slips(struct near_search *search, const char *word)
{
	static const char letters[] = "abcdefghijklmnopqrstuvwxyz"
				      "ABCDEFGHIJKLMNOPQRSTUVWXYZ-_ .";
	struct arena *arena = search->arena;
	size_t length = strlen(word);
	char *slip = arena_alloc(arena, length + 2);

	for (size_t i = 0; i <= length; i++) {
		for (const char *c = letters; *c; c++) {
			memcpy(slip, word, i);
			slip[i] = *c;
			memcpy(slip + i + 1, word + i, length - i + 1);
			look_up_name(search, slip);
			if (i == length)
				continue;
			memcpy(slip + i + 1, word + i + 1, length - i);
			look_up_name(search, slip);
		}
		if (i == length)
			break;
		memcpy(slip, word, i);
		memcpy(slip + i, word + i + 1, length - i);
		look_up_name(search, slip);
		memcpy(slip, word, length + 1);
		if (i + 1 < length) {
			slip[i] = word[i + 1];
			slip[i + 1] = word[i];
			look_up_name(search, slip);
		}
	}
}

static bool is_ascii(const char *text)
{
	while (*text && !(*text & 0x80))
		text++;
	return !*text;
}

/*
 * In a table of any size: the names one slip away by index, and some of those
 * that begin like the word.
 */
static void search_index(struct near_search *search)
{
	struct arena *arena = search->arena;
	size_t length = strlen(search->word);
	const char *start = arena_copy_n(
		arena, search->word, length < SAME_START ? length : SAME_START);
	const struct value range[] = {
		value_text(start),
		value_text(arena_printf(arena, "%s\U0010FFFF", start)),
	};

	struct error ignored;
	STATEMENT(statement);

	if (length > WORD_LIMIT || !is_ascii(search->word))
		return;
	(void)offer_near_rows(search,
			      arena_printf(arena, " WHERE %s >= $1 AND %s < $2",
					   search->column, search->column),
			      range, 2);
	error_init(&ignored, arena);
	if (engine_prepare(
		    search->engine,
		    arena_printf(arena, "SELECT %s FROM %s WHERE %s = $1",
				 search->column,
				 sql_name(arena, search->resource->table->name),
				 search->column),
		    &statement, &ignored) != OK)
		return;
	search->look_up = statement;
	look_up_slips(search, search->word);
	search->look_up = NULL;
}

const char *near_names(struct engine *engine, const struct resource *resource,
		       const struct column *column, const char *word,
		       struct arena *arena)
{
	struct near_search search = {
		.engine = engine,
		.resource = resource,
		.column = key_name_sql(column, arena),
		.word = word,
		.arena = arena,
	};

	close_names_init(&search.close, word);
	if (offer_near_rows(&search, "", NULL, 0) > MOST) {
		close_names_init(&search.close, word);
		search_index(&search);
	}
	return close_names_list(&search.close, arena);
}
