/* Finds a value that CHECKs allow, by trying the literals they contain. */
#include <string.h>

#include "engine/engine.h"
#include "schema/model/type.h"
#include "schema/plan/plan.h"
#include "schema/text/spelling.h"
#include "schema/trial/row_copy.h"

struct probe {
	const struct table *table;
	const struct column *column;
	struct arena *arena;
	struct engine *engine; /* holds the table, without its constraints */
	const char *first;
	const char *condition; /* all CHECKs on the column */
};

static void add_condition(struct buffer *all, const char *one)
{
	buffer_printf(all, "%s((%s) IS NOT 0)", all->length ? " AND " : "",
		      one);
}

/* False if nothing restricts the column. */
static bool read_condition(struct probe *search)
{
	const struct table *table = search->table;
	const char *type = column_strict_type(table, search->column);
	BUFFER(condition);

	for (size_t i = 0; i < table->nchecks; i++)
		if (tokens_name(span_of(table->checks[i].sql),
				search->column->name))
			add_condition(&condition, table->checks[i].sql);
	if (type)
		add_condition(&condition,
			      arena_printf(search->arena,
					   "typeof(%s) IN ('null', '%s')",
					   spelling(search->arena,
						    search->column->name),
					   type));
	search->condition = arena_copy(search->arena,
				       buffer_string(&condition));
	return condition.length > 0;
}

/* All other columns are NULL, which few CHECKs reject. */
static const char *insert_probe(const struct probe *search, const char *value,
				struct arena *arena)
{
	const struct table *table = search->table;
	BUFFER(into);
	BUFFER(values);

	for (size_t i = 0; i < table->ncolumns; i++) {
		const struct column *column = &table->columns[i];

		if (column->generated)
			continue;
		buffer_item(&into, spelling(arena, column->name));
		buffer_item(&values, column == search->column ? value : "NULL");
	}
	return arena_printf(arena, "INSERT INTO %s (%s) VALUES (%s)",
			    spelling(arena, table->name), into.data,
			    values.data);
}

/* A CHECK that fails here, for lack of a function say, allows everything. */
static bool passes_checks(const struct probe *search, const char *value)
{
	ARENA(arena);
	const char *table = spelling(&arena, search->table->name);
	struct value held;
	ERROR(ignored, &arena);

	return engine_run(search->engine,
			  arena_printf(&arena, "DELETE FROM %s", table), NULL,
			  0, &ignored) != OK ||
	       engine_run(search->engine, insert_probe(search, value, &arena),
			  NULL, 0, &ignored) != OK ||
	       engine_query_one(search->engine,
				arena_printf(&arena, "SELECT %s FROM %s",
					     search->condition, table),
				NULL, 0, &arena, &held, &ignored) != OK ||
	       held.integer;
}

/* Tries a number and its neighbours; for text, a string of that length. */
static const char *try_number(const struct probe *search, const char *number)
{
	static const char *const numbers[] = {
		"$", "$ + 1", "$ - 1", "-$", "1 - $", "-$ - 1", "$ * 0.5", NULL,
	};
	static const char *const texts[] = {
		"printf('%.*c', $, 'x')",
		"printf('%.*c', $ + 1, 'x')",
		NULL,
	};
	const char *const *format = type_stores_number(search->column->type)
					    ? numbers
					    : texts;
	bool length = strlen(number) <= 4 &&
		      strspn(number, "0123456789") == strlen(number);

	if (!type_stores_number(search->column->type) && !length)
		return NULL;
	for (; *format; format++) {
		const char *value = fill_sql(*format, number, search->arena);

		if (passes_checks(search, value))
			return value;
	}
	return NULL;
}

static bool is_date(const struct column *column)
{
	return column->type == TYPE_DATE || column->type == TYPE_DATETIME;
}

/* Tries a pattern without its wildcards, the text itself, and a greater one. */
static const char *try_text(const struct probe *search, const char *text)
{
	struct arena *arena = search->arena;
	BUFFER(plain);
	const char *tries[3];

	for (const char *p = text; *p; p++)
		if (*p != '%' && *p != '*')
			buffer_byte(&plain, *p == '_' || *p == '?' ? 'x' : *p);
	tries[0] = sql_literal(arena, buffer_string(&plain));
	tries[1] = sql_literal(arena, text);
	tries[2] = is_date(search->column)
			   ? "'9999-12-31'"
			   : sql_literal(arena,
					 arena_printf(arena, "%sx", text));
	for (size_t i = 0; i < 3; i++)
		if (passes_checks(search, tries[i]))
			return tries[i];
	return NULL;
}

static const char *find_allowed_value(const struct probe *search)
{
	struct lexer lexer = lexer_of(span_of(search->condition));
	struct token token;
	const char *found = NULL;

	if (passes_checks(search, search->first))
		return search->first;
	while (!found && lexer_next(&lexer, &token)) {
		const char *text = token_name(&token, search->arena);

		if (token.kind == TOKEN_STRING)
			found = try_text(search, text);
		else if (token.kind == TOKEN_NUMBER)
			found = try_number(search, text);
	}
	if (!found)
		found = try_number(search, "1");
	return found ? found : search->first;
}

const char *plan_allowed_value(const struct plan *plan,
			       const struct table *table,
			       const struct column *column, const char *first)
{
	ENGINE(engine);
	struct probe search = {
		.table = table,
		.column = column,
		.arena = plan->arena,
		.first = first,
	};
	ERROR(ignored, plan->arena);

	if (!table->ddl || !read_condition(&search) ||
	    engine_open_model(NULL, NULL, &engine, &ignored) != OK ||
	    engine_run(engine,
		       row_copy_create(table->name, table->ddl, plan->arena),
		       NULL, 0, &ignored) != OK)
		return first;
	search.engine = engine;
	return find_allowed_value(&search);
}
