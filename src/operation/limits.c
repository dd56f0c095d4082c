#include <inttypes.h>

#include "operation/convert.h"
#include "util/number.h"
#include "util/text.h"

static const struct complaint fits = { .type = NULL };

static int compare_numbers(struct value a, struct value b)
{
	double x = a.kind == VALUE_REAL ? a.real : (double)a.integer;
	double y = b.kind == VALUE_REAL ? b.real : (double)b.integer;

	if (a.kind == VALUE_INTEGER && b.kind == VALUE_INTEGER)
		return (a.integer > b.integer) - (a.integer < b.integer);
	return (x > y) - (x < y);
}

static const char *number_text(struct value value, struct arena *arena)
{
	BUFFER(text);

	if (value.kind == VALUE_INTEGER)
		return arena_printf(arena, "%" PRId64, value.integer);
	buffer_real(&text, value.real);
	return arena_copy(arena, text.data);
}

static struct complaint out_of_range(const char *type, const char *words,
				     const char *key, struct value limit,
				     struct arena *arena)
{
	const char *number = number_text(limit, arena);

	return (struct complaint){
		.type = type,
		.message = arena_printf(arena, "Input should be %s %s", words,
					number),
		.context = arena_printf(arena, "{\"%s\":%s}", key, number),
	};
}

static struct complaint check_range(const struct parameter *p,
				    struct value value, struct arena *arena)
{
	if (value.kind != VALUE_INTEGER && value.kind != VALUE_REAL)
		return fits;
	if (p->minimum && !p->exclusive_minimum &&
	    compare_numbers(value, *p->minimum) < 0)
		return out_of_range("greater_than_equal",
				    "greater than or equal to", "ge",
				    *p->minimum, arena);
	if (p->minimum && p->exclusive_minimum &&
	    compare_numbers(value, *p->minimum) <= 0)
		return out_of_range("greater_than", "greater than", "gt",
				    *p->minimum, arena);
	if (p->maximum && !p->exclusive_maximum &&
	    compare_numbers(value, *p->maximum) > 0)
		return out_of_range("less_than_equal", "less than or equal to",
				    "le", *p->maximum, arena);
	if (p->maximum && p->exclusive_maximum &&
	    compare_numbers(value, *p->maximum) >= 0)
		return out_of_range("less_than", "less than", "lt", *p->maximum,
				    arena);
	return fits;
}

/* 2 is 2.0. */
static bool is_number(struct value value, const char *text)
{
	double real;

	return value.kind != VALUE_TEXT &&
	       parse_real(text, strlen(text), &real) == PARSED &&
	       compare_numbers(value, value_real(real)) == 0;
}

static bool is_choice(const struct parameter *p, struct value value,
		      struct arena *arena)
{
	const char *text = value.kind == VALUE_TEXT
				   ? arena_copy_n(arena, value.data,
						  value.length)
				   : number_text(value, arena);

	for (const char *const *choice = p->choices; *choice; choice++)
		if (strcmp(*choice, text) == 0 || is_number(value, *choice))
			return true;
	return false;
}

static struct complaint check_choices(const struct parameter *p,
				      struct value value, struct arena *arena)
{
	const bool text = value.kind == VALUE_TEXT;
	const char *list = "";
	BUFFER(context);

	/* Blobs are left to the engine's CHECK. */
	if (!p->choices || value.kind == VALUE_BLOB ||
	    is_choice(p, value, arena))
		return fits;
	for (const char *const *choice = p->choices; *choice; choice++)
		list = arena_printf(arena, text ? "%s%s'%s'" : "%s%s%s", list,
				    choice == p->choices ? ""
				    : choice[1]          ? ", "
							 : " or ",
				    *choice);
	buffer_text(&context, "{\"expected\":");
	text_json(&context, list, strlen(list));
	buffer_byte(&context, '}');
	return (struct complaint){
		.type = "enum",
		.message = arena_printf(arena, "Input should be %s", list),
		.context = arena_copy(arena, context.data),
	};
}

static struct complaint check_length(const struct parameter *p,
				     struct value value, struct arena *arena)
{
	if (!p->max_length || value.kind != VALUE_TEXT ||
	    utf8_length(value.data, value.length) <= p->max_length)
		return fits;
	return (struct complaint){
		.type = "string_too_long",
		.message = arena_printf(arena,
					"String should have at most "
					"%zu character%s",
					p->max_length,
					p->max_length == 1 ? "" : "s"),
		.context = arena_printf(arena, "{\"max_length\":%zu}",
					p->max_length),
	};
}

struct complaint check_limits(const struct parameter *parameter,
			      struct value value, struct arena *arena)
{
	struct complaint complaint = check_length(parameter, value, arena);

	if (!complaint.type)
		complaint = check_range(parameter, value, arena);
	if (!complaint.type)
		complaint = check_choices(parameter, value, arena);
	return complaint;
}
