#include "operation/records.h"

#include <string.h>

#include "input/json_feed.h"
#include "operation/convert.h"
#include "operation/echo.h"
#include "input/plain.h"
#include "input/source.h"
#include "operation/unreadable.h"
#include "util/text.h"

enum {
	RECORDS_LIMIT = 250000, /* of a request */
	INSIDE_LIMIT = 100000,  /* arrays and objects in its records */
};

void fields_init(struct fields *fields, const struct operation *operation,
		 struct arena *arena)
{
	fields->values = arena_array(arena, operation->nparameters,
				     sizeof(*fields->values));
	fields->given = arena_array(arena, operation->nparameters,
				    sizeof(*fields->given));
}

static struct problem *add_problem(struct record_reader *reader,
				   const char *field,
				   struct complaint complaint, struct raw raw)
{
	struct problem *problem = error_problem(reader->e);

	*problem = (struct problem){
		.type = complaint.type,
		.message = arena_copy(reader->e->arena, complaint.message),
		.context = arena_copy(reader->e->arena, complaint.context),
		.place = "body",
		.record = reader->position,
		.within = nesting_copy(reader->within, NULL, reader->e->arena),
		.field = arena_copy(reader->e->arena, field),
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
	bool nests = false;

	close_names_init(&close, name);
	for (size_t i = 0; i < operation->nparameters; i++) {
		if (operation->parameters[i].role == PARAMETER_FIELD)
			close_names_offer(&close,
					  operation->parameters[i].name);
		nests |= operation->parameters[i].nested != NULL;
	}
	problem->suggestion = close_names_list(&close, reader->e->arena);
	if (json_is_object(json_array_get(raw.json, 0)))
		problem->hint = arena_printf(
			reader->e->arena,
			"to read the records in this list, take it out with "
			"jq .%s%s",
			name, nests ? "" : "; related rows need create --data");
}

static void read_object(struct record_reader *reader, struct raw raw,
			struct fields *record);

/* Whether the record around it sets the field. */
static bool is_set(const struct parameter *list, const char *field)
{
	for (const char *const *f = list->fields; *f; f++)
		if (strcmp(*f, field) == 0)
			return true;
	return false;
}

static void require_nested_fields(struct record_reader *reader,
				  const struct parameter *list,
				  const struct fields *record, struct raw raw)
{
	const struct operation *operation = reader->operation;
	const struct complaint complaint = {
		.type = "missing",
		.message = "Field required",
	};

	for (size_t i = 0; i < operation->nparameters; i++) {
		const struct parameter *p = &operation->parameters[i];

		if (p->role == PARAMETER_FIELD &&
		    p->flags & PARAMETER_REQUIRED && !is_set(list, p->name) &&
		    !record_has(operation, record, i))
			add_problem(reader, p->name, complaint, raw);
	}
}

static void read_item(struct record_reader *reader, struct nested *nested,
		      struct raw raw)
{
	const struct nesting within = {
		.field = nested->parameter->name,
		.item = (long)nested->count,
		.outer = reader->within,
	};
	struct record_reader inner = *reader;
	struct fields record = { .said = false };

	inner.operation = operation_complete(*nested->parameter->nested);
	/* cppcheck-suppress autoVariables // problems have copies of it */
	inner.within = &within;
	inner.kept = true;
	fields_init(&record, inner.operation, reader->arena);
	read_object(&inner, raw, &record);
	if (record.said)
		require_nested_fields(&inner, nested->parameter, &record, raw);
	*LIST_ADD(reader->arena, nested->records, nested->count) = record;
}

static void read_nested(struct record_reader *reader, struct fields *record,
			const struct parameter *parameter, struct raw raw)
{
	const struct complaint complaint = {
		.type = "list_type",
		.message = "Input should be a valid list",
	};
	struct nested *nested;
	struct json_walk items;
	struct raw item = { .text = NULL };
	size_t i;

	if (!json_is_array(raw.json)) {
		add_problem(reader, parameter->name, complaint, raw);
		return;
	}
	nested = LIST_ADD(reader->arena, record->nested, record->nnested);
	nested->parameter = parameter;
	items = source_open(raw.source, raw.source + raw.source_length);
	json_array_foreach(raw.json, i, item.json)
	{
		if (error_is_full(reader->e) ||
		    !source_next(&items, &item.source, &item.source_length))
			return;
		read_item(reader, nested, item);
	}
}

/* copied: the text that raw is in will not last. */
static void read_field(struct record_reader *reader, struct fields *record,
		       size_t i, struct raw raw, bool copied)
{
	const struct parameter *parameter = &reader->operation->parameters[i];
	struct value *value = &record->values[i];
	struct complaint complaint;

	if (parameter->nested) {
		read_nested(reader, record, parameter, raw);
		return;
	}
	complaint = convert(parameter, raw, reader->arena, value);
	record->given[i] = true;
	if (complaint.type)
		add_problem(reader, parameter->name, complaint, raw);
	else if (copied)
		*value = value_copy(*value, reader->arena);
}

static void read_member(struct record_reader *reader, struct fields *record,
			const char *name, struct raw raw)
{
	int i = operation_find_field(reader->operation, name, strlen(name));

	if (i < 0)
		refuse_unknown_field(reader, name, raw);
	else
		read_field(reader, record, (size_t)i, raw, true);
}

static void read_object(struct record_reader *reader, struct raw raw,
			struct fields *record)
{
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
	record->said = true;
	members = source_open(raw.source, raw.source + raw.source_length);
	/* jansson keeps the members in the order of the source. */
	json_object_foreach(raw.json, name, member.json)
	{
		if (error_is_full(reader->e) ||
		    !source_next(&members, &member.source,
				 &member.source_length))
			return;
		read_member(reader, record, name, member);
	}
}

static void read_plain_member(struct record_reader *reader,
			      struct fields *record,
			      const struct plain_member *member)
{
	const struct raw raw = {
		.source = member->value,
		.source_length = member->length,
	};
	int i = operation_find_field(reader->operation, member->name,
				     member->name_length);

	if (i < 0)
		refuse_unknown_field(reader,
				     arena_copy_n(reader->e->arena,
						  member->name,
						  member->name_length),
				     raw);
	else
		read_field(reader, record, (size_t)i, raw, reader->kept);
}

static void read_plain_record(struct record_reader *reader,
			      const struct plain *plain, struct fields *record)
{
	record->said = true;
	for (size_t i = 0; i < plain->count && !error_is_full(reader->e); i++)
		read_plain_member(reader, record, &plain->members[i]);
}

/*
 * Parses the value of length bytes, or the beginning of one.  Numbers are read
 * from the source, so jansson does not see those that it cannot represent.
 */
static bool load_json(struct record_reader *reader, size_t length,
		      struct raw *out)
{
	const size_t flags = JSON_REJECT_DUPLICATES | JSON_DECODE_ANY |
			     JSON_DISABLE_EOF_CHECK;
	const char *text = feed_rest(reader->feed);
	json_error_t error = { .position = 0 };

	*out = (struct raw){ .source = text };
	/* jansson ignores a NUL after a number. */
	if (!memchr(text, '\0', length))
		out->json = json_loadb(text, length, flags, &error);
	if (!out->json &&
	    json_error_code(&error) == json_error_numeric_overflow)
		out->json = json_loadb(
			source_blank_numbers(text, length, reader->arena),
			length, flags, &error);
	if (!out->json) {
		records_refuse_value(reader, length, &error);
		return false;
	}
	out->source_length = (size_t)error.position;
	return true;
}

bool records_are_shallow(const char *data, size_t length)
{
	const char *next = source_skip_space(data, data + length);
	const size_t most = length && *next == '[' ? 2 : 1;
	size_t inside = 0, depth = 0;
	bool quoted = false;

	for (size_t i = 0; i < length; i++) {
		if (data[i] == '"')
			quoted = !quoted;
		else if (quoted)
			i += data[i] == '\\';
		else if (data[i] == '[' || data[i] == '{')
			inside += depth++ >= most;
		else if (depth && (data[i] == ']' || data[i] == '}'))
			depth--;
	}
	return inside <= INSIDE_LIMIT;
}

void records_refuse_depth(struct error *e)
{
	problem_add(e, "body", "value_error", NULL,
		    "more than 100000 arrays and objects inside records");
}

/* A lone value is one record, a second one makes it the first of a list. */
static bool place_record(struct record_reader *reader, size_t length)
{
	bool last = true;

	if (!reader->many && !reader->body &&
	    feed_is_last(reader->feed, length, &last, reader->e) != OK)
		return false;
	reader->many |= !last;
	reader->position = reader->many ? (long)reader->count : -1;
	return true;
}

/* What a record's text turned out to be: an object of plain's, or raw.json. */
struct loaded {
	struct plain plain;
	bool is_plain;
	struct raw raw;
};

static bool load_plain(struct loaded *loaded, const char *text, size_t length)
{
	loaded->is_plain = plain_read(&loaded->plain, text, length);
	loaded->raw = (struct raw){
		.source = text,
		.source_length = loaded->plain.length,
	};
	return loaded->is_plain;
}

/* Reads a loaded record and releases it. */
static void read_loaded(struct record_reader *reader, struct loaded *loaded,
			struct fields *record)
{
	if (loaded->is_plain)
		read_plain_record(reader, &loaded->plain, record);
	else
		read_object(reader, loaded->raw, record);
	json_decref(loaded->raw.json);
}

/* Brings the value into the window.  Whether a first one is plain is found out
   there: what follows it may have to be read first. */
static bool find_value(struct record_reader *reader, struct loaded *loaded,
		       size_t *length)
{
	struct feed *feed = reader->feed;

	if ((reader->many || reader->body) &&
	    load_plain(loaded, feed_rest(feed), feed_left(feed))) {
		*length = loaded->plain.length;
		return place_record(reader, *length);
	}
	loaded->is_plain = false;
	return feed_value(feed, length, reader->e) == OK &&
	       place_record(reader, *length);
}

static enum record_step refuse_more(struct record_reader *reader)
{
	problem_add(reader->e, "body", "too_long", NULL,
		    "List should have at most 250000 items");
	return RECORD_BROKEN;
}

static enum record_step read_value(struct record_reader *reader,
				   struct fields *record)
{
	struct loaded loaded;
	size_t length;

	if (!find_value(reader, &loaded, &length))
		return RECORD_FAILED;
	if (reader->body && reader->position == RECORDS_LIMIT)
		return refuse_more(reader);
	if (!loaded.is_plain && !load_json(reader, length, &loaded.raw))
		return RECORD_BROKEN;
	reader->source = loaded.raw.source;
	reader->source_length = loaded.raw.source_length;
	reader->awaits = reader->inside;
	reader->seen = true;
	reader->feed->at += loaded.raw.source_length;
	/* Refuses an empty text, which has no record. */
	if (json_is_null(loaded.raw.json) && reader->body && !reader->many) {
		json_decref(loaded.raw.json);
		return RECORD_NONE;
	}
	reader->count++;
	read_loaded(reader, &loaded, record);
	return RECORD_READ;
}

/* Consumes a bracket or comma of an array; RECORD_READ: a value is there. */
static enum record_step read_mark(struct record_reader *reader)
{
	struct feed *feed = reader->feed;
	int c = feed_left(feed) ? *feed_rest(feed) : '\0';

	if (reader->inside && c == ']' && (reader->awaits || reader->opened)) {
		reader->inside = reader->awaits = false;
	} else if (reader->awaits && c == ',') {
		reader->awaits = false;
	} else if (reader->awaits) {
		return records_refuse_json(reader, feed->at,
					   "Expecting ',' delimiter");
	} else if (!reader->inside && reader->body && reader->seen) {
		return records_refuse_json(reader, feed->at, "Extra data");
	} else if (!reader->inside && c == '[') {
		reader->inside = reader->many = reader->seen = true;
	} else {
		return RECORD_READ;
	}
	reader->opened = c == '[';
	feed->at++;
	return RECORD_NONE;
}

/* A body of white space alone is not JSON; one that is empty is missing. */
static enum record_step end_records(struct record_reader *reader)
{
	const struct feed *feed = reader->feed;

	return reader->body && !reader->seen && feed->length
		       ? records_refuse_json(reader, feed->at,
					     "Expecting value")
		       : RECORD_END;
}

enum record_step records_next(struct record_reader *reader,
			      struct fields *record)
{
	struct feed *feed = reader->feed;
	enum record_step step = RECORD_NONE;

	while (step == RECORD_NONE) {
		if (feed_skip_space(feed, reader->e) != OK)
			return RECORD_FAILED;
		if (!feed_left(feed) && !reader->inside)
			return end_records(reader);
		step = read_mark(reader);
		if (step == RECORD_READ)
			step = read_value(reader, record);
	}
	return step;
}

enum record_step records_next_line(struct record_reader *reader,
				   struct fields *record)
{
	struct feed *feed = reader->feed;
	struct loaded loaded;
	const char *end;
	size_t length;

	reader->many = true;
	if (feed_skip_space(feed, reader->e) != OK)
		return RECORD_FAILED;
	if (!feed_left(feed))
		return RECORD_END;
	if (reader->body && reader->count == RECORDS_LIMIT)
		return refuse_more(reader);
	reader->position = (long)reader->count++;
	if (feed_line(feed, &length, reader->e) != OK)
		return RECORD_FAILED;
	reader->source = feed_rest(feed);
	reader->source_length = length;
	end = reader->source + length;
	if (load_plain(&loaded, reader->source, length) ||
	    load_json(reader, length, &loaded.raw)) {
		const char *next = loaded.raw.source + loaded.raw.source_length;

		if (source_skip_space(next, end) == end)
			read_loaded(reader, &loaded, record);
		else
			records_refuse_json(reader,
					    (size_t)(next - reader->feed->data),
					    "Extra data");
	}
	feed->at += length;
	return RECORD_READ;
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
