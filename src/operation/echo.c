#include "operation/echo.h"

#include <string.h>

#include "operation/condition.h"
#include "operation/given.h"
#include "input/source.h"
#include "util/text.h"

enum {
	INPUT_SHOWN = 1000, /* bytes of input that a problem repeats */
	SEARCHED = 65536,   /* a longer record is not searched for a field */
};

const char *raw_json(struct raw raw, struct arena *arena)
{
	const struct input_value given = classify_input(raw);
	const bool text = given.form == FORM_TEXT;
	BUFFER(buffer);

	if ((text ? given.length : raw.source_length) > INPUT_SHOWN)
		return NULL;
	if (text)
		text_json(&buffer, given.text, given.length);
	else
		source_compact(&buffer, raw.source, raw.source_length);
	return arena_copy_n(arena, buffer_string(&buffer), buffer.length);
}

/* A walk over the records of a request; problems come in their order. */
struct echo_reading {
	const struct input *input;
	struct json_walk items;
	long position; /* of the record, -1: all that was sent */
	const char *text;
	size_t length;
};

static void start(struct echo_reading *reading)
{
	static const char mark[] = "\xef\xbb\xbf";
	const struct input *input = reading->input;
	const char *end = input->data + input->data_length;
	const char *text = input->data;

	if (input->data_length > strlen(mark) &&
	    memcmp(text, mark, strlen(mark)) == 0)
		text += strlen(mark);
	reading->text = source_skip_space(text, end);
	reading->length = (size_t)(end - reading->text);
	reading->items = source_open(reading->text, end);
	if (input->lines)
		reading->items.at = reading->text;
	reading->position = -1;
}

/* A line may be broken, so that no value ends where the next one begins. */
static bool next_line(struct echo_reading *reading)
{
	const char *end = reading->items.end, *stop;

	reading->text = source_skip_space(reading->items.at, end);
	stop = memchr(reading->text, '\n', (size_t)(end - reading->text));
	reading->items.at = stop ? stop : end;
	reading->length = (size_t)(reading->items.at - reading->text);
	return reading->length > 0;
}

static bool next_record(struct echo_reading *reading)
{
	/* A lone record; what was started with is all of it. */
	if (!reading->input->lines && reading->items.object)
		return reading->position < 0;
	return reading->input->lines
		       ? next_line(reading)
		       : source_next(&reading->items, &reading->text,
				     &reading->length);
}

static bool find_record(struct echo_reading *reading, long position)
{
	if (!reading->text || position < reading->position)
		start(reading);
	while (reading->position < position) {
		if (!next_record(reading))
			return false;
		reading->position++;
	}
	return reading->length > 0;
}

static const char *find_input(const struct echo_reading *reading,
			      const char *field, struct arena *arena)
{
	const char *end = reading->text + reading->length, *name;
	struct json_walk members = source_open(reading->text, end);
	const char *input = NULL;
	struct raw raw = { .text = NULL };
	json_t *record;

	if (reading->length > SEARCHED)
		return NULL;
	record = json_loadb(
		source_blank_numbers(reading->text, reading->length, arena),
		reading->length, 0, NULL);
	json_object_foreach(record, name, raw.json)
	{
		if (!source_next(&members, &raw.source, &raw.source_length))
			break;
		if (strcmp(name, field) == 0)
			input = raw_json(raw, arena);
	}
	json_decref(record);
	return input;
}

static const char *in_records(struct echo_reading *reading,
			      const struct problem *problem,
			      struct arena *arena)
{
	BUFFER(buffer);

	if (!reading->input->data_length ||
	    !find_record(reading, problem->record))
		return NULL;
	if (problem->field && strcmp(problem->type, "missing") != 0)
		return find_input(reading, problem->field, arena);
	if (reading->length > INPUT_SHOWN)
		return NULL;
	source_compact(&buffer, reading->text, reading->length);
	return arena_copy_n(arena, buffer_string(&buffer), buffer.length);
}

/* age.gte=x is a condition, which is wrong at the place age.gte. */
static void name_condition(const struct input *input, struct problem *problem,
			   struct arena *arena)
{
	for (size_t i = 0; i < input->npairs; i++) {
		const struct pair *pair = &input->pairs[i];
		const struct raw raw = { .text = pair->text,
					 .length = pair->length };
		const char *text = condition_text(pair, arena);
		const struct raw whole = { .text = text,
					   .length = text ? strlen(text) : 0 };
		const char *shown;

		shown = text ? raw_json(whole, arena) : NULL;
		if (!shown || strcmp(shown, problem->input) != 0)
			continue;
		problem->field = arena_copy(arena, pair->name);
		problem->input = raw_json(raw, arena);
		return;
	}
}

/* Of a repeated name the last value counts. */
static const char *in_query(const struct input *input,
			    const struct problem *problem, struct arena *arena)
{
	for (size_t i = input->npairs; problem->field && i--;) {
		const struct pair *pair = &input->pairs[i];

		if (pair->text &&
		    operation_same_name(pair->name, problem->field))
			return raw_json((struct raw){ .text = pair->text,
						      .length = pair->length },
					arena);
	}
	return NULL;
}

void error_echo(struct error *e, const struct input *input)
{
	struct echo_reading reading = { .input = input };

	for (size_t i = 0; i < e->nproblems; i++) {
		struct problem *problem = &e->problems[i];

		if (problem->input && strcmp(problem->place, "query") == 0)
			name_condition(input, problem, e->arena);
		if (problem->input || problem->within)
			continue;
		if (strcmp(problem->place, "body") == 0)
			problem->input = in_records(&reading, problem,
						    e->arena);
		else if (strcmp(problem->place, "query") == 0)
			problem->input = in_query(input, problem, e->arena);
	}
}
