#include "shell/line/problem.h"

#include <string.h>

#include "catalog/settings.h"
#include "operation/operation.h"
#include "util/text.h"

/* How the value that was given is shown after the sentence. */
enum given { HIDDEN, NOT, GOT };

/* The first row with the problem's type and the start of its message. */
static const struct sentence {
	const char *type;  /* "": any */
	const char *start; /* replaced by words; NULL: the whole message */
	const char *words; /* after the field's name */
	enum given given;
} sentences[] = {
	{ "missing", NULL, "is required", HIDDEN },
	{ "extra_forbidden", NULL, "is not a field", HIDDEN },
	{ "frozen_field", "Field is frozen", "cannot be changed", HIDDEN },
	{ "frozen_field", "Field is computed", "is computed from other columns",
	  HIDDEN },
	{ "null_forbidden", NULL, "must not be null", HIDDEN },
	{ "model_attributes_type", NULL, "expected a JSON object", NOT },
	{ "int_parsing", NULL, "must be a whole number", NOT },
	{ "int_type", NULL, "must be a whole number", NOT },
	{ "int_from_float", NULL, "must be a whole number", NOT },
	{ "int_parsing_size", NULL, "must be a 64-bit integer", NOT },
	{ "decimal_max_digits", "Decimal input should have",
	  "would lose digits; it must have", GOT },
	{ "float_parsing", NULL, "must be a number", NOT },
	{ "float_type", NULL, "must be a number", NOT },
	{ "bool_parsing", NULL, "must be true or false", NOT },
	{ "bool_type", NULL, "must be true or false", NOT },
	{ "string_type", NULL, "must be text", NOT },
	{ "string_unicode", NULL, "must be UTF-8 text without NUL", NOT },
	{ "string_too_long", "String should", "must", GOT },
	{ "base64_decode", NULL, "must be base64", NOT },
	{ "greater_than_equal", "Input should be greater than or equal to",
	  "must be at least", NOT },
	{ "less_than_equal", "Input should be less than or equal to",
	  "must be at most", NOT },
	{ "date_parsing",
	  "Input should be a valid date in the format YYYY-MM-DD, ",
	  "must be a date (YYYY-MM-DD): ", GOT },
	{ "time_parsing", "Input should be in a valid time format, ",
	  "must be a time: ", GOT },
	{ "datetime_parsing", "Input should be a valid datetime, ",
	  "must be a date and time: ", GOT },
	{ "", "Input should", "must", NOT },
};

static const struct sentence *find_sentence(const struct problem *problem)
{
	for (size_t i = 0; i < sizeof(sentences) / sizeof(*sentences); i++) {
		const struct sentence *s = &sentences[i];

		if ((!*s->type || strcmp(problem->type, s->type) == 0) &&
		    (!s->start || strncmp(problem->message, s->start,
					  strlen(s->start)) == 0))
			return s;
	}
	return NULL;
}

/* --user-id for an option; user_id in JSON, and where only --set names it. */
static void add_field(const struct problem *problem, struct buffer *out)
{
	const struct parameter field = {
		.name = problem->field,
		.role = PARAMETER_FIELD,
	};
	const struct setting *setting = setting_find(problem->field);
	bool is_option = strcmp(problem->place, "option") == 0 &&
			 !(setting && setting->kind == SETTING_GLOBAL);
	ARENA(arena);

	text_show(out, is_option ? parameter_spelling(&field, &arena)
				 : problem->field);
}

static void add_given(const struct problem *problem, enum given given,
		      struct buffer *out)
{
	if (given == HIDDEN || !problem->input || *problem->input == '{')
		return;
	buffer_text(out, given == NOT ? ", not " : " (got ");
	text_show(out, problem->input);
	buffer_text(out, given == NOT ? "" : ")");
}

/* tasks[0]. */
static void add_nesting(const struct nesting *nesting, struct buffer *out)
{
	if (!nesting)
		return;
	add_nesting(nesting->outer, out);
	if (nesting->outer)
		buffer_byte(out, '.');
	text_show(out, nesting->field);
	buffer_printf(out, "[%ld]", nesting->item);
}

const char *problem_field(const struct problem *problem, struct arena *arena)
{
	BUFFER(out);

	if (!problem->within)
		return problem->field;
	add_nesting(problem->within, &out);
	if (problem->field)
		buffer_printf(&out, ".%s", problem->field);
	return arena_copy(arena, out.data);
}

void problem_print(const struct problem *problem, struct buffer *out)
{
	const struct sentence *sentence = find_sentence(problem);
	const char *message = problem->message;

	if (problem->line)
		buffer_printf(out, "line %ld: ", problem->record + 1);
	/* For invalid JSON it is the byte, which the message locates. */
	else if (problem->record >= 0 &&
		 strcmp(problem->type, "json_invalid") != 0)
		buffer_printf(out, "record %ld: ", problem->record + 1);
	add_nesting(problem->within, out);
	if (problem->within)
		buffer_text(out, problem->field ? "." : " ");
	if (problem->field) {
		add_field(problem, out);
		buffer_text(out, sentence ? " " : ": ");
	}
	if (sentence) {
		buffer_text(out, sentence->words);
		message += strlen(sentence->start ? sentence->start : message);
	}
	text_show(out, message);
	add_given(problem, sentence ? sentence->given : GOT, out);
	if (problem->suggestion) {
		buffer_text(out, " (did you mean ");
		text_show(out, problem->suggestion);
		buffer_text(out, "?)");
	}
	if (problem->hint)
		buffer_printf(out, " (%s)", problem->hint);
}
