#include "operation/records.h"

#include <string.h>

#include "operation/convert.h"
#include "util/text.h"

struct reader {
	const struct operation *operation;
	const struct input *input;
	struct arena *arena;
	struct arguments *arguments;
	struct error *e;
	long position; /* of the record; -1: it is the only one */
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

static struct problem *add_problem(struct reader *reader, const char *field,
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

/* The field of that name exactly; -1 if there is none. */
static int find_field(const struct operation *operation, const char *name)
{
	for (size_t i = 0; i < operation->nparameters; i++)
		if (operation->parameters[i].role == PARAMETER_FIELD &&
		    strcmp(operation->parameters[i].name, name) == 0)
			return (int)i;
	return -1;
}

static void refuse_field(struct reader *reader, const char *name,
			 const json_t *json)
{
	const struct operation *operation = reader->operation;
	const struct complaint complaint = {
		.type = "extra_forbidden",
		.message = "Extra inputs are not permitted",
	};
	struct problem *problem = add_problem(reader, name, complaint,
					      (struct raw){ .json = json });
	struct close_names close;
	const char *text;

	close_names_init(&close, name);
	for (size_t i = 0; i < operation->nparameters; i++)
		if (operation->parameters[i].role == PARAMETER_FIELD)
			close_names_offer(&close,
					  operation->parameters[i].name);
	text = close_names_text(&close, reader->e->arena);
	problem->hint = *text ? text : NULL;
}

/* Text stays in the arena: the JSON it came from is let go. */
static struct value keep(struct value value, struct arena *arena)
{
	if (value.kind == VALUE_TEXT || value.kind == VALUE_BLOB)
		value.data = arena_copy_n(arena, value.data, value.length);
	return value;
}

static void read_record(struct reader *reader, json_t *json)
{
	const struct raw raw = { .json = json };
	struct fields *record = record_add(reader->operation, reader->arena,
					   reader->arguments);
	const char *name;
	json_t *member;

	if (!json_is_object(json)) {
		record->broken = true;
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
	/* Told again by "Field required"; of many it would be too much. */
	if (reader->position < 0)
		record->json = raw_json(raw, reader->arena);
	json_object_foreach(json, name, member)
	{
		int i = find_field(reader->operation, name);
		struct complaint complaint;

		if (i < 0) {
			refuse_field(reader, name, member);
			continue;
		}
		complaint = convert(&reader->operation->parameters[i],
				    (struct raw){ .json = member },
				    reader->arena, &record->values[i]);
		record->values[i] = keep(record->values[i], reader->arena);
		record->given[i] = true;
		if (complaint.type)
			add_problem(reader, name, complaint,
				    (struct raw){ .json = member });
	}
}

static void read_value(struct reader *reader, json_t *json)
{
	size_t i;
	json_t *item;

	if (!json_is_array(json)) {
		read_record(reader, json);
		return;
	}
	reader->arguments->many = true;
	json_array_foreach(json, i, item)
	{
		reader->position = (long)i;
		read_record(reader, item);
	}
}

/* jansson's words, where they would speak of jansson. */
static const char *json_fault(const json_error_t *error)
{
	switch (json_error_code(error)) {
	case json_error_null_character:
	case json_error_null_byte_in_key:
		return "a text may not hold NUL";
	case json_error_numeric_overflow:
		return "a number is too large";
	default:
		return error->text;
	}
}

/* Not JSON: where, and what was expected. */
static void refuse_json(struct reader *reader, size_t offset,
			const json_error_t *error)
{
	struct arena *arena = reader->e->arena;
	struct problem *problem = error_problem(reader->e);
	const char *data = reader->input->data;
	BUFFER(context);
	int line = 1, before = 0;

	for (size_t i = 0; i < offset; i++) {
		line += data[i] == '\n';
		before = data[i] == '\n' ? 0 : before + 1;
	}
	buffer_text(&context, "{\"error\":");
	text_json(&context, json_fault(error), strlen(json_fault(error)));
	buffer_text(&context, "}");
	*problem = (struct problem){
		.type = "json_invalid",
		.place = "body",
		.record = (long)offset +
			  (error->position > 0 ? error->position : 0),
		.message = arena_printf(
			arena,
			"JSON decode error: %s "
			"(line %d, column %d)",
			json_fault(error), line + error->line - 1,
			error->column + (error->line == 1 ? before : 0)),
		.context = arena_copy(arena, context.data),
		.input = "{}",
	};
}

static const char *skip_blank(const char *text, const char *end)
{
	while (text < end && (*text == ' ' || (*text >= '\t' && *text <= '\r')))
		text++;
	return text;
}

/*
 * An integer beyond 64 bits, which jansson refuses: read as a real it shows
 * which field it stands in.  False where that says nothing.
 */
static bool refuse_large(struct reader *reader, const char *text, size_t length,
			 size_t flags)
{
	json_t *json = json_loadb(text, length, flags | JSON_DECODE_INT_AS_REAL,
				  NULL);
	size_t faults = reader->e->nproblems;

	if (!json)
		return false;
	read_value(reader, json);
	json_decref(json);
	return reader->e->nproblems > faults;
}

static void read_all(struct reader *reader)
{
	const char *data = reader->input->data;
	const char *end = data + reader->input->data_length;
	const size_t flags = JSON_REJECT_DUPLICATES | JSON_DECODE_ANY |
			     (reader->input->body ? 0 : JSON_DISABLE_EOF_CHECK);
	const char *next = skip_blank(data, end);
	size_t faults = reader->e->nproblems;

	while (next < end && reader->e->nproblems == faults) {
		json_error_t error;
		json_t *json = json_loadb(next, (size_t)(end - next), flags,
					  &error);

		/* No record at all, as an empty text is. */
		if (json_is_null(json) && reader->input->body) {
			json_decref(json);
			return;
		}
		if (!json) {
			if (json_error_code(&error) ==
				    json_error_numeric_overflow &&
			    refuse_large(reader, next, (size_t)(end - next),
					 flags))
				return;
			refuse_json(reader, (size_t)(next - data), &error);
			return;
		}
		next = reader->input->body
			       ? end
			       : skip_blank(next + error.position, end);
		/* A second value makes the first one of several. */
		if (next < end && reader->position < 0) {
			reader->arguments->many = true;
			reader->position = 0;
		}
		read_value(reader, json);
		json_decref(json);
		if (reader->arguments->many)
			reader->position = (long)reader->arguments->nrecords;
	}
}

void records_decode(const struct operation *operation,
		    const struct input *input, struct arena *arena,
		    struct arguments *arguments, struct error *e)
{
	struct reader reader = {
		.operation = operation,
		.input = input,
		.arena = arena,
		.arguments = arguments,
		.e = e,
		.position = -1,
	};
	size_t faults = e->nproblems;

	read_all(&reader);
	if (arguments->nrecords || arguments->many || e->nproblems > faults)
		return;
	*error_problem(e) = (struct problem){
		.type = "missing",
		.place = "body",
		.record = -1,
		.message = "Field required",
		.input = "null",
		.hint = input->body ? NULL : " (there is no record in --data)",
	};
}
