#include "operation/records.h"

#include <string.h>

#include "operation/convert.h"
#include "operation/source.h"
#include "util/text.h"

enum {
	RECORDS_LIMIT = 250000, /* of a request */
	INSIDE_LIMIT = 100000,  /* arrays and objects in its records */
};

struct record_reader {
	const struct operation *operation;
	const struct input *input;
	struct arena *arena;
	struct arguments *arguments;
	struct error *e;
	long position; /* of the record; -1: it is the only one */
	record_done *done;
	void *data;
	size_t faults; /* problems from before */
};

struct fields *record_add(const struct operation *operation,
			  struct arena *arena, struct arguments *arguments)
{
	struct fields *record = LIST_ADD(arena, arguments->records,
					 arguments->nrecords);

	record->values = arena_array(arena, operation->nparameters,
				     sizeof(*record->values));
	record->given = arena_array(arena, operation->nparameters,
				    sizeof(*record->given));
	return record;
}

static struct problem *add_problem(struct record_reader *reader,
				   const char *field,
				   struct complaint complaint, struct raw raw)
{
	struct problem *problem = error_problem(reader->e);

	*problem = (struct problem){
		.type = complaint.type,
		.message = complaint.message,
		.context = complaint.context,
		.place = "body",
		.record = reader->position,
		.field = field ? arena_copy(reader->e->arena, field) : NULL,
		.input = raw_json(raw, reader->e->arena),
	};
	return problem;
}

static void refuse_unknown_field(struct record_reader *reader, const char *name,
				 struct raw raw)
{
	const struct operation *operation = reader->operation;
	const struct complaint complaint = {
		.type = "extra_forbidden",
		.message = "Extra inputs are not permitted",
	};
	struct problem *problem = add_problem(reader, name, complaint, raw);
	struct close_names close;

	close_names_init(&close, name);
	for (size_t i = 0; i < operation->nparameters; i++)
		if (operation->parameters[i].role == PARAMETER_FIELD)
			close_names_offer(&close,
					  operation->parameters[i].name);
	problem->suggestion = close_names_list(&close, reader->e->arena);
}

static void read_field(struct record_reader *reader, struct fields *record,
		       const char *name, struct raw raw)
{
	int i = operation_find_field(reader->operation, name, strlen(name));
	struct complaint complaint;

	if (i < 0) {
		refuse_unknown_field(reader, name, raw);
		return;
	}
	complaint = convert(&reader->operation->parameters[i], raw,
			    reader->arena, &record->values[i]);
	record->given[i] = true;
	if (complaint.type)
		add_problem(reader, name, complaint, raw);
	else
		record->values[i] = value_copy(record->values[i],
					       reader->arena);
}

static void read_record(struct record_reader *reader, struct raw raw)
{
	struct fields *record = record_add(reader->operation, reader->arena,
					   reader->arguments);
	struct raw member = { .text = NULL };
	struct json_walk members;
	const char *name;

	if (!json_is_object(raw.json)) {
		add_problem(
			reader, NULL,
			(struct complaint){
				.type = "model_attributes_type",
				.message =
					"Input should be a valid dictionary or "
					"object to extract fields from",
			},
			raw);
		return;
	}
	/* "Field required" repeats it; for a list that would be too much. */
	if (reader->position < 0)
		record->json = raw_json(raw, reader->arena);
	members = source_open(raw.source, raw.source + raw.source_length);
	/* jansson keeps the members in the order of the source. */
	json_object_foreach(raw.json, name, member.json)
	{
		if (error_is_full(reader->e) ||
		    !source_next(&members, &member.source,
				 &member.source_length))
			return;
		read_field(reader, record, name, member);
	}
	reader->done(reader->data, record, reader->position);
}

/* jansson's message, without mentioning jansson. */
static const char *json_fault(const json_error_t *error)
{
	switch (json_error_code(error)) {
	case json_error_null_character:
	case json_error_null_byte_in_key:
		return "a string must not contain NUL";
	default:
		return error->text;
	}
}

/*
 * Reports a syntax error and its position.  Problems of earlier records are
 * then dropped.
 */
static void refuse_json(struct record_reader *reader, size_t position,
			const char *why)
{
	struct arena *arena = reader->e->arena;
	struct problem *problem;
	const char *data = reader->input->data;
	BUFFER(context);
	int line = 1, column = 0;

	for (size_t i = 0; i < position && i < reader->input->data_length;
	     i++) {
		line += data[i] == '\n';
		/* The bytes 10xxxxxx continue a character. */
		column = data[i] == '\n' ? 0
					 : column + ((data[i] & 0xc0) != 0x80);
	}
	reader->e->nproblems = reader->faults;
	reader->e->nunlisted = 0;
	problem = error_problem(reader->e);
	buffer_text(&context, "{\"error\":");
	text_json(&context, why, strlen(why));
	buffer_text(&context, "}");
	*problem = (struct problem){
		.type = "json_invalid",
		.place = "body",
		.record = (long)position,
		.message = arena_printf(arena,
					"JSON decode error: %s "
					"(line %d, column %d)",
					why, line, column),
		.context = arena_copy(arena, context.data),
		.input = "{}",
	};
}

/*
 * Loads one JSON value at *next and advances to its end; false on error.
 * Numbers are read from the source, so those that jansson can't hold may be
 * blanked.
 */
static bool load_json(struct record_reader *reader, const char **next,
		      struct raw *out)
{
	const size_t flags = JSON_REJECT_DUPLICATES | JSON_DECODE_ANY |
			     JSON_DISABLE_EOF_CHECK;
	const char *data = reader->input->data;
	const char *end = data + reader->input->data_length;
	size_t length = (size_t)(end - *next);
	json_error_t error;

	*out = (struct raw){ .source = *next };
	out->json = json_loadb(*next, length, flags, &error);
	if (!out->json &&
	    json_error_code(&error) == json_error_numeric_overflow) {
		length = (size_t)(source_value_end(*next, end) - *next);
		out->json = json_loadb(
			source_blank_numbers(*next, length, reader->arena),
			length, flags, &error);
	}
	if (!out->json) {
		refuse_json(reader,
			    (size_t)(*next - data) +
				    (size_t)(error.position > 0 ? error.position
								: 0),
			    json_fault(&error));
		return false;
	}
	out->source_length = (size_t)error.position;
	*next += error.position;
	return true;
}

static void refuse_body(struct record_reader *reader, const char *type,
			const char *message)
{
	*error_problem(reader->e) = (struct problem){
		.type = type,
		.place = "body",
		.record = -1,
		.message = message,
	};
}

/* A byte order mark may be ignored (RFC 8259, section 8.1). */
static size_t mark_length(const struct input *input)
{
	static const char mark[] = "\xef\xbb\xbf";
	size_t length = sizeof(mark) - 1;

	return input->data_length >= length &&
			       memcmp(input->data, mark, length) == 0
		       ? length
		       : 0;
}

/*
 * Each array or object takes some hundred bytes of memory, however short it is,
 * so a request's records may not contain millions of them.
 */
static bool check_nesting(struct record_reader *reader)
{
	const char *data = reader->input->data, *next;
	size_t inside = 0, most, depth = 0;
	bool quoted = false;

	if (!reader->input->body)
		return true;
	next = data + mark_length(reader->input);
	next = source_skip_space(next, data + reader->input->data_length);
	most = reader->input->data_length && *next == '[' ? 2 : 1;
	for (size_t i = 0; i < reader->input->data_length; i++) {
		if (data[i] == '"')
			quoted = !quoted;
		else if (quoted)
			i += data[i] == '\\';
		else if (data[i] == '[' || data[i] == '{')
			inside += depth++ >= most;
		else if (depth && (data[i] == ']' || data[i] == '}'))
			depth--;
	}
	if (inside <= INSIDE_LIMIT)
		return true;
	refuse_body(reader, "value_error",
		    "more than 100000 arrays and objects inside "
		    "records");
	return false;
}

/* Reads the next record of several; false: stop. */
static bool read_item(struct record_reader *reader, const char **next)
{
	struct raw raw;

	reader->position = (long)reader->arguments->nrecords;
	if (reader->input->body && reader->position == RECORDS_LIMIT) {
		refuse_body(reader, "too_long",
			    "List should have at most 250000 items");
		return false;
	}
	if (!load_json(reader, next, &raw))
		return false;
	read_record(reader, raw);
	json_decref(raw.json);
	return !error_is_full(reader->e);
}

/* Reads [ records ] without loading them all at once. */
static bool read_array(struct record_reader *reader, const char **next,
		       const char *end)
{
	reader->arguments->many = true;
	*next = source_skip_space(*next + 1, end);
	if (*next < end && **next == ']') {
		++*next;
		return true;
	}
	for (;;) {
		if (!read_item(reader, next))
			return false;
		*next = source_skip_space(*next, end);
		if (*next < end && **next == ']') {
			++*next;
			return true;
		}
		if (*next == end || **next != ',') {
			refuse_json(reader,
				    (size_t)(*next - reader->input->data),
				    "Expecting ',' delimiter");
			return false;
		}
		*next = source_skip_space(*next + 1, end);
	}
}

static bool read_single(struct record_reader *reader, const char **next,
			const char *end)
{
	struct raw raw;

	if (!load_json(reader, next, &raw))
		return false;
	*next = source_skip_space(*next, end);
	/* With a second value this is a list. */
	if (*next < end && !reader->input->body) {
		reader->arguments->many = true;
		reader->position = 0;
	}
	/* A body of null is no record, like an empty body. */
	if (!json_is_null(raw.json) || !reader->input->body)
		read_record(reader, raw);
	json_decref(raw.json);
	return true;
}

static bool read_value(struct record_reader *reader, const char **next,
		       const char *end)
{
	if (**next == '[')
		return read_array(reader, next, end);
	if (reader->arguments->many)
		return read_item(reader, next);
	return read_single(reader, next, end);
}

static void read_all(struct record_reader *reader)
{
	const char *data = reader->input->data;
	const char *end = data + reader->input->data_length;
	const char *next = source_skip_space(data + mark_length(reader->input),
					     end);

	while (next < end) {
		if (!read_value(reader, &next, end))
			return;
		next = source_skip_space(next, end);
		if (next < end && reader->input->body) {
			refuse_json(reader, (size_t)(next - data),
				    "Extra data");
			return;
		}
	}
	/* Empty JSON Lines are an empty list. */
	if (!reader->arguments->nrecords && !reader->input->body)
		reader->arguments->many = true;
}

void records_decode(const struct operation *operation,
		    const struct input *input, struct arena *arena,
		    struct arguments *arguments, record_done *done, void *data,
		    struct error *e)
{
	struct record_reader reader = {
		.operation = operation,
		.input = input,
		.arena = arena,
		.arguments = arguments,
		.e = e,
		.position = -1,
		.done = done,
		.data = data,
		.faults = e->nproblems,
	};

	if (!check_nesting(&reader))
		return;
	read_all(&reader);
	if (arguments->nrecords || arguments->many ||
	    e->nproblems > reader.faults)
		return;
	*error_problem(e) = (struct problem){
		.type = "missing",
		.place = "body",
		.record = -1,
		.message = "Field required",
		.input = "null",
	};
}

bool record_has(const struct operation *operation, const struct fields *record,
		size_t i)
{
	const char *name = operation->parameters[i].name;

	for (size_t k = 0; k < operation->nparameters; k++)
		if (record->given[k] &&
		    (k == i ||
		     parameter_is_alias_of(&operation->parameters[k], name)))
			return true;
	return false;
}
