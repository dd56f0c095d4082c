#include <string.h>

#include "engine/sql.h"
#include "resource/filter/filter.h"
#include "resource/key/key.h"
#include "resource/model/column.h"
#include "util/number.h"

static const char *const signs[] = {
	[FILTER_EQUAL] = "=",   [FILTER_UNEQUAL] = "<>",
	[FILTER_LESS] = "<",    [FILTER_LESS_EQUAL] = "<=",
	[FILTER_GREATER] = ">", [FILTER_GREATER_EQUAL] = ">=",
	[FILTER_CONTAINS] = "", [FILTER_LACKS] = "NOT ",
	[FILTER_LIKE] = "LIKE", [FILTER_UNLIKE] = "NOT LIKE",
};

const char *filter_bind(struct filter *filter, struct value value)
{
	*LIST_ADD(filter->call->arena, filter->values, filter->nvalues) = value;
	return arena_printf(filter->call->arena, "$%zu", filter->nvalues);
}

void filter_bind_all(const struct filter *filter, struct statement *statement)
{
	for (size_t i = 0; i < filter->nvalues; i++)
		statement_bind(statement, (int)i + 1, filter->values[i]);
}

static bool is_equality(enum filter_operator op)
{
	return op == FILTER_EQUAL || op == FILTER_UNEQUAL;
}

static bool is_negative(enum filter_operator op)
{
	return op == FILTER_UNEQUAL || op == FILTER_LACKS ||
	       op == FILTER_UNLIKE;
}

/* How many values a word has: as many as the foreign key that it means. */
static size_t word_width(const struct filter_condition *condition)
{
	return condition->reference && is_equality(condition->op)
		       ? condition->reference->ncolumns
		       : 1;
}

static enum type value_type(const struct filter_condition *condition,
			    bool quoted)
{
	enum type type = condition->column ? condition->column->type
					   : TYPE_INTEGER;

	if (filter_is_pattern(condition->op) || type == TYPE_JSON ||
	    (type == TYPE_ANY && quoted))
		return TYPE_TEXT;
	return type;
}

static const char *convert_word(const struct filter_condition *condition,
				struct filter_word word, struct arena *arena,
				struct value *out)
{
	struct parameter parameter = {
		.type = value_type(condition, word.quoted),
	};

	if (parameter.type != TYPE_ANY)
		return parameter_value(
			&parameter,
			filter_relative(word.text, parameter.type, arena),
			arena, out);
	parameter.type = TYPE_NUMERIC;
	if (!parameter_value(&parameter, word.text, arena, out))
		return NULL;
	parameter.type = TYPE_TEXT;
	return parameter_value(&parameter, word.text, arena, out);
}

/* What a refused word should have been; NULL: there are no short words. */
static const char *expected(enum type type, const char *word,
			    struct arena *arena)
{
	size_t length = strlen(word);
	int64_t integer;
	double real;

	if (type == TYPE_INTEGER
		    ? parse_integer(word, length, &integer) == PARSED_TOO_LARGE
		    : (type == TYPE_REAL || type == TYPE_NUMERIC) &&
			      parse_real(word, length, &real) != PARSED_NOT)
		return "a number that 64 bits can hold";
	return parameter_domain(&(struct parameter){ .type = type }, arena);
}

enum status filter_value(struct filter *filter,
			 struct filter_condition *condition,
			 struct filter_word word, struct error *e)
{
	struct arena *arena = filter->call->arena;
	size_t first = condition->nvalues;
	const char *why, *domain;

	for (size_t i = 0; i < word_width(condition); i++)
		*LIST_ADD(arena, condition->values,
			  condition->nvalues) = value_null();
	if (condition->reference && is_equality(condition->op))
		return reference_follow(filter->call, condition->reference,
					value_text(word.text),
					condition->values + first, e);
	why = convert_word(condition, word, arena, condition->values + first);
	if (!why)
		return OK;
	domain = expected(value_type(condition, false), word.text, arena);
	return domain ? fail(e, USAGE, "expected %s, not %s", domain, word.text)
		      : fail(e, USAGE, "%s", why);
}

static const char *column_sql(const struct filter_condition *condition,
			      struct arena *arena)
{
	return condition->column ? sql_name(arena, condition->column->name)
				 : rowid_of(condition->resource);
}

/* One value against the column. */
static void add_comparison(struct filter *filter,
			   const struct filter_condition *condition,
			   struct value value)
{
	struct arena *arena = filter->call->arena;
	const char *column = column_sql(condition, arena);
	const char *sign = signs[condition->op];
	const char *bound = filter_bind(filter, value);

	if (condition->op == FILTER_CONTAINS || condition->op == FILTER_LACKS)
		buffer_printf(&filter->sql, "%s%s", sign,
			      sql_contains(arena, column, bound));
	else if (filter_is_pattern(condition->op))
		buffer_printf(&filter->sql,
			      "lower(%s) %s lower(%s) ESCAPE '\\'", column,
			      sign, bound);
	else
		buffer_printf(&filter->sql, "%s %s %s", column, sign, bound);
}

static void add_bound(struct filter *filter, const struct value *values,
		      size_t count)
{
	buffer_byte(&filter->sql, '(');
	for (size_t i = 0; i < count; i++)
		buffer_printf(&filter->sql, "%s%s", i ? ", " : "",
			      filter_bind(filter, values[i]));
	buffer_byte(&filter->sql, ')');
}

/* A foreign key of several columns against each of the rows. */
static void add_row_list(struct filter *filter,
			 const struct filter_condition *condition)
{
	const struct reference *reference = condition->reference;
	size_t count = reference->ncolumns;

	buffer_printf(&filter->sql, "(%s) %s (VALUES ",
		      reference_columns(reference, condition->resource,
					filter->call->arena),
		      is_negative(condition->op) ? "NOT IN" : "IN");
	for (size_t i = 0; i < condition->nvalues; i += count) {
		buffer_text(&filter->sql, i ? ", " : "");
		add_bound(filter, condition->values + i, count);
	}
	buffer_byte(&filter->sql, ')');
}

static void add_comparisons(struct filter *filter,
			    const struct filter_condition *condition)
{
	const char *join = is_negative(condition->op) ? " AND " : " OR ";

	if (word_width(condition) > 1) {
		add_row_list(filter, condition);
	} else if (is_equality(condition->op) && condition->nvalues > 1) {
		buffer_printf(&filter->sql, "%s %s ",
			      column_sql(condition, filter->call->arena),
			      is_negative(condition->op) ? "NOT IN" : "IN");
		add_bound(filter, condition->values, condition->nvalues);
	} else {
		buffer_byte(&filter->sql, '(');
		for (size_t i = 0; i < condition->nvalues; i++) {
			buffer_text(&filter->sql, i ? join : "");
			add_comparison(filter, condition, condition->values[i]);
		}
		buffer_byte(&filter->sql, ')');
	}
}

/* Opens a subquery for the rows that a reference may name. */
static void add_reference_step(struct filter *filter,
			       const struct resource *from,
			       const struct reference *reference)
{
	struct arena *arena = filter->call->arena;

	buffer_printf(&filter->sql, "(%s) IN (SELECT %s FROM %s WHERE ",
		      reference_columns(reference, from, arena),
		      reference_targets(reference, arena),
		      sql_name(arena, reference->to->table->name));
}

static enum status check_values(const struct filter_condition *condition,
				struct error *e)
{
	if (condition->nvalues > 1 && !is_equality(condition->op) &&
	    !filter_is_pattern(condition->op))
		return fail(e, USAGE, "%s compares with one value, not a list",
			    signs[condition->op]);
	if (!condition->nvalues && !is_equality(condition->op))
		return fail(e, USAGE, "a value is missing");
	return OK;
}

/* A path is followed by subqueries, which can use an index of the rows that
   refer.  Where it ends in no row the column has no value. */
enum status filter_add(struct filter *filter,
		       const struct filter_condition *condition,
		       struct error *e)
{
	struct arena *arena = filter->call->arena;
	const struct resource *resource = filter->resource;
	const bool is_null = !condition->nvalues &&
			     condition->op == FILTER_EQUAL;
	const bool negated = is_null && condition->npath;

	if (check_values(condition, e) != OK)
		return e->status;
	buffer_byte(&filter->sql, '(');
	for (size_t i = 0; i < condition->npath; i++) {
		add_reference_step(filter, resource, condition->path[i]);
		resource = condition->path[i]->to;
	}
	if (condition->nvalues)
		add_comparisons(filter, condition);
	else
		buffer_printf(&filter->sql, "%s IS %sNULL",
			      column_sql(condition, arena),
			      is_null && !negated ? "" : "NOT ");
	for (size_t i = 0; i < condition->npath; i++)
		buffer_byte(&filter->sql, ')');
	buffer_text(&filter->sql, negated ? ") IS NOT TRUE" : ")");
	return OK;
}
