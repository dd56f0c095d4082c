#include <stdlib.h>
#include <string.h>

#include "resource/op/inside.h"
#include "schema/text/token.h"

/*
 * Reads simple CHECKs, so that help, completion and OpenAPI can show them:
 * terms joined by AND, each one of
 *	column >= 0, 0 <= column, column BETWEEN 1 AND 5,
 *	column IN ('a', 'b'), length(column) <= 20
 * All others are left to the engine.
 */
enum { TOKENS = 256 };

struct check_reading {
	const struct column *column;
	struct arena *arena;
	struct parameter *parameter;
	struct token tokens[TOKENS];
	size_t count;
};

static bool read_tokens(struct check_reading *reading, const char *sql)
{
	struct lexer lexer = lexer_of(span_of(sql));

	reading->count = 0;
	while (reading->count < TOKENS &&
	       lexer_next(&lexer, &reading->tokens[reading->count]))
		reading->count++;
	return reading->count < TOKENS;
}

static bool is_column(struct check_reading *reading, const struct token *token)
{
	return (token->kind == TOKEN_WORD || token->kind == TOKEN_NAME) &&
	       name_equal(token_name(token, reading->arena),
			  reading->column->name);
}

/* Reads a number with an optional sign at *t, and moves *t after it. */
static struct value *take_number(struct check_reading *reading,
				 const struct token **t,
				 const struct token *end)
{
	const struct token *at = *t;
	bool minus = at < end && token_is(at, "-");
	struct value *value;
	const char *text;
	char *stop;

	at += minus;
	if (at >= end || at->kind != TOKEN_NUMBER)
		return NULL;
	text = arena_printf(reading->arena, "%s%.*s", minus ? "-" : "",
			    (int)at->length, at->text);
	value = arena_zero(reading->arena, sizeof(*value));
	if (strpbrk(text, ".eExX"))
		*value = value_real(strtod(text, &stop));
	else
		*value = value_integer(strtoll(text, &stop, 10));
	*t = at + 1;
	return *stop ? NULL : value;
}

static void set_minimum(struct parameter *p, struct value *value, bool open)
{
	p->minimum = value;
	p->exclusive_minimum = open;
}

static void set_maximum(struct parameter *p, struct value *value, bool open)
{
	p->maximum = value;
	p->exclusive_maximum = open;
}

/* An order between the column and a number; turned: the number came first. */
static bool set_bound(struct parameter *p, const struct token *operator,
		      struct value * value, bool turned)
{
	bool open = token_is(operator, "<") || token_is(operator, ">");
	bool below = token_is(operator, "<") || token_is(operator, "<=");

	if (!open && !token_is(operator, "<=") && !token_is(operator, ">="))
		return false;
	if (below != turned)
		set_maximum(p, value, open);
	else
		set_minimum(p, value, open);
	return true;
}

static void read_in(struct check_reading *reading, const struct token *t,
		    const struct token *end)
{
	const char **choices = arena_array(reading->arena, TOKENS + 1,
					   sizeof(*choices));
	size_t n = 0;

	/* 0 and 1 of a boolean are its nature. */
	if (reading->column->type == TYPE_BOOLEAN)
		return;
	for (; t < end; t += 2) {
		const bool minus = token_is(t, "-") && t + 1 < end;

		t += minus;
		if (t->kind != TOKEN_NUMBER &&
		    (minus || t->kind != TOKEN_STRING))
			return;
		choices[n++] = arena_printf(reading->arena, "%s%s",
					    minus ? "-" : "",
					    token_name(t, reading->arena));
		if (t + 1 == end && token_is(t, ")"))
			break;
		if (t + 1 < end && !token_is(t + 1, ",") &&
		    !token_is(t + 1, ")"))
			return;
	}
	reading->parameter->choices = choices;
}

static void read_between(struct check_reading *reading, const struct token *t,
			 const struct token *end)
{
	struct value *low = take_number(reading, &t, end), *high;

	if (!low || t >= end || !token_is(t, "and"))
		return;
	t++;
	high = take_number(reading, &t, end);
	if (!high || t != end)
		return;
	set_minimum(reading->parameter, low, false);
	set_maximum(reading->parameter, high, false);
}

/* length ( column ) <= 20 */
static bool read_length(struct check_reading *reading, const struct token *t,
			const struct token *end)
{
	struct value *value;
	const struct token *operator= t + 4;

	if (end - t < 6 || !token_is(t, "length") || !token_is(t + 1, "(") ||
	    !is_column(reading, t + 2) || !token_is(t + 3, ")"))
		return false;
	t += 5;
	value = take_number(reading, &t, end);
	if (value && t == end && value->kind == VALUE_INTEGER &&
	    value->integer > 0 && token_is(operator, "<="))
		reading->parameter->max_length = (size_t)value->integer;
	return true;
}

static void read_term(struct check_reading *reading, const struct token *t,
		      const struct token *end)
{
	const struct token *operator;
	struct value *value;

	while (end - t > 2 && token_is(t, "(") && token_is(end - 1, ")")) {
		t++;
		end--;
	}
	if (end - t < 3 || read_length(reading, t, end))
		return;
	if (is_column(reading, t)) {
		operator= t + 1;
		t += 2;
		if (token_is(operator, "in") && token_is(t, "(")) {
			read_in(reading, t + 1, end);
			return;
		}
		if (token_is(operator, "between")) {
			read_between(reading, t, end);
			return;
		}
		value = take_number(reading, &t, end);
		if (value && t == end)
			set_bound(reading->parameter, operator, value, false);
		return;
	}
	value = take_number(reading, &t, end);
	if (value && end - t == 2 && is_column(reading, t + 1))
		set_bound(reading->parameter, t, value, true);
}

/* Whether anything but AND joins the terms, which makes them conditional. */
static bool is_conjunction(const struct check_reading *reading)
{
	for (size_t i = 0; i < reading->count; i++)
		if (token_is(&reading->tokens[i], "or") ||
		    token_is(&reading->tokens[i], "not") ||
		    token_is(&reading->tokens[i], "case"))
			return false;
	return true;
}

static void read_check(struct check_reading *reading)
{
	const struct token *end = reading->tokens + reading->count;
	const struct token *start = reading->tokens;
	bool between = false;
	int depth = 0;

	for (const struct token *t = start; t < end; t++) {
		depth += token_is(t, "(") - token_is(t, ")");
		if (token_is(t, "between"))
			between = true;
		if (depth || !token_is(t, "and"))
			continue;
		if (between) {
			between = false;
			continue;
		}
		read_term(reading, start, t);
		start = t + 1;
	}
	read_term(reading, start, end);
}

static bool has_column(struct check_reading *reading)
{
	for (size_t i = 0; i < reading->count; i++)
		if (is_column(reading, &reading->tokens[i]))
			return true;
	return false;
}

struct parameter *column_limits(const struct table *table, struct arena *arena)
{
	struct parameter *limits = arena_array(arena, table->ncolumns,
					       sizeof(*limits));
	struct check_reading reading; /* large: not to be zeroed */

	reading.arena = arena;
	for (size_t i = 0; i < table->ncolumns; i++)
		limits[i].max_length = table->columns[i].max_length;
	for (size_t i = 0; i < table->nchecks; i++) {
		if (!read_tokens(&reading, table->checks[i].sql) ||
		    !is_conjunction(&reading))
			continue;
		for (size_t k = 0; k < table->ncolumns; k++) {
			reading.column = &table->columns[k];
			reading.parameter = &limits[k];
			if (has_column(&reading))
				read_check(&reading);
		}
	}
	return limits;
}
