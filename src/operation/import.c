#include "operation/import.h"

#include <stdio.h>
#include <strings.h>

#include "input/json_feed.h"
#include "operation/convert.h"
#include "operation/echo.h"

static bool find_format(const char *name, enum body_format *out)
{
	for (*out = BODY_CSV; *out < BODY_FORMATS; (*out)++)
		if (strcasecmp(name, body_format_names[*out]) == 0)
			return true;
	if (strcasecmp(name, "tab") == 0)
		*out = BODY_TSV;
	else if (strcasecmp(name, "ndjson") == 0)
		*out = BODY_JSONL;
	else
		return false;
	return true;
}

/* JSON begins with a bracket; objects are lines where the first one is. */
static enum status guess_format(struct import *import, struct error *e)
{
	struct feed *feed = import->feed;
	size_t value, line;

	import->format = BODY_CSV;
	import->guessed = true;
	if (feed_skip_space(feed, e) != OK)
		return e->status;
	if (!feed_left(feed)) {
		import->format = BODY_JSONL;
		return OK;
	}
	if (*feed_rest(feed) == '[')
		import->format = BODY_JSON;
	if (*feed_rest(feed) != '{')
		return OK;
	if (feed_line(feed, &line, e) != OK ||
	    feed_value(feed, &value, e) != OK)
		return e->status;
	import->format = value <= line ? BODY_JSONL : BODY_JSON;
	return OK;
}

static bool holds_text(const struct parameter *p)
{
	return p->type == TYPE_TEXT || p->type == TYPE_BLOB ||
	       p->type == TYPE_ANY;
}

static enum status pick_format(struct import *import, struct call *call,
			       struct error *e)
{
	const char *from = call_text(call, "from");
	const char *point = strrchr(import->feed->name, '.');

	if (from && find_format(from, &import->format))
		return OK;
	if (point && find_format(point + 1, &import->format))
		return OK;
	return guess_format(import, e);
}

/* Whether nothing at all says NULL, or in TSV an empty text. */
static bool takes_nothing(const struct import *import,
			  const struct parameter *p)
{
	return p->flags & PARAMETER_NULLABLE ||
	       (import->rows.tsv && holds_text(p));
}

static enum status open_rows(struct import *import, struct call *call,
			     struct error *e)
{
	const char *decimal = call_text(call, "decimal");
	bool tsv = import->format == BODY_TSV;
	char separator = '\t';

	if (!tsv && delimited_guess(import->feed, &separator, e) != OK)
		return e->status;
	if (import->guessed && separator == '\t')
		tsv = true;
	if (!tsv && separator != ',')
		import->note = arena_printf(
			call->arena, "%s: columns are separated by %s",
			import->feed->name,
			separator == '\t' ? "tabs"
					  : (char[]){ separator, '\0' });
	delimited_open(&import->rows, import->feed, separator, tsv);
	import->null = call_text(call, "null");
	import->dates = call_text(call, "dates");
	if (decimal)
		import->decimal = *decimal == 'c' ? ',' : '.';
	if (import_map(import, call, e) != OK)
		return e->status;
	import->rows.blanks =
		import->ncolumns == 1 && import->columns[0] >= 0 &&
		takes_nothing(import,
			      &call->operation->parameters[import->columns[0]]);
	return OK;
}

/* The options of CSV and TSV. */
static enum status check_options(struct call *call, struct error *e)
{
	static const char *const options[] = { "columns", "dates", "decimal" };

	for (size_t i = 0; i < sizeof(options) / sizeof(*options); i++)
		if (call_text(call, options[i]))
			return call_refuse(call, options[i], NULL, e,
					   "only for CSV and TSV");
	if (call_list(call, "map")->count)
		return call_refuse(call, "map", NULL, e,
				   "only for CSV and TSV");
	return OK;
}

/* What a request may send; a file is its owner's matter. */
static enum status check_depth(const struct import *import,
			       const struct call *call, struct error *e)
{
	const struct feed *feed = import->feed;

	if (strcmp(call->arguments->place, "query") != 0 ||
	    records_are_shallow(feed_rest(feed), feed_left(feed)))
		return OK;
	records_refuse_depth(e);
	return error_from_problems(e);
}

enum status import_open(struct import *import, struct call *call,
			struct error *e)
{
	import->feed = call->feed;
	import->record = &import->fields;
	import->completion = (struct completion){
		.operation = call->operation,
		.options = &call->arguments->records[0],
		.place = call->arguments->place,
		.sent = true,
		.whole = true,
	};
	fields_init(&import->fields, call->operation, call->arena);
	if (feed_skip_mark(import->feed, e) != OK ||
	    pick_format(import, call, e) != OK)
		return e->status;
	if (import_has_lines(import))
		return open_rows(import, call, e);
	if (check_options(call, e) != OK)
		return e->status;
	import->reader = (struct record_reader){
		.operation = call->operation,
		.feed = import->feed,
		.many = true,
	};
	return check_depth(import, call, e);
}

void import_clear(struct import *import)
{
	if (import->rows.feed)
		delimited_clear(&import->rows);
}

static struct problem *add_problem(const struct import *import,
				   const char *type, const char *field,
				   const char *message, struct error *e)
{
	struct problem *problem = problem_add(e, "body", type, field, message);

	problem->record = (long)import->number - 1;
	problem->line = import_has_lines(import);
	return problem;
}

/* Whether a field of a file gives its column no value. */
static bool is_absent(const struct import *import, const struct parameter *p,
		      const struct delimited_field *field, const char *text)
{
	if (import->null && field->length == strlen(import->null) &&
	    memcmp(text, import->null, field->length) == 0)
		return true;
	/*
	 * In TSV NULL is \N, and an empty field is empty text, if the type
	 * allows it.
	 */
	if (import->rows.tsv && !field->length)
		return !holds_text(p);
	return field->bare;
}

struct value import_field(const struct import *import, size_t column)
{
	const struct delimited_field *field = &import->rows.fields[column];
	const char *text = import->rows.text.data + field->start;
	const int i = import->columns[column];
	const bool absent =
		i < 0 ? field->bare
		      : is_absent(import,
				  &import->completion.operation->parameters[i],
				  field, text);

	return absent ? value_null() : value_bytes(text, field->length);
}

static void take_field(struct import *import, size_t column,
		       struct arena *arena, struct error *e)
{
	const struct delimited_field *field = &import->rows.fields[column];
	const char *text = import->rows.text.data + field->start;
	const struct raw raw = { .text = text, .length = field->length };
	const int i = import->columns[column];
	const struct parameter *p =
		&import->completion.operation->parameters[i];
	struct complaint complaint;
	struct problem *problem;

	if (is_absent(import, p, field, text)) {
		import->fields.given[i] = p->flags & PARAMETER_NULLABLE;
		import->fields.values[i] = value_null();
		return;
	}
	import->fields.given[i] = true;
	complaint = convert(p, import_respell(import, p, raw, arena), arena,
			    &import->fields.values[i]);
	if (!complaint.type)
		return;
	problem = add_problem(import, complaint.type, p->name,
			      complaint.message, e);
	problem->input = raw_json(raw, e->arena);
}

/* The step of a record of JSON that reader has read. */
static enum import_step take_json(struct import *import,
				  const struct record_reader *reader,
				  enum record_step step, struct error *e)
{
	switch (step) {
	case RECORD_READ:
		break;
	case RECORD_NONE:
	case RECORD_END:
		return IMPORT_END;
	case RECORD_BROKEN:
		return IMPORT_BROKEN;
	case RECORD_FAILED:
		return IMPORT_FAILED;
	}
	if (import->fields.said)
		record_complete(&import->completion, &import->fields,
				reader->position, e);
	return e->nproblems ? IMPORT_BAD : IMPORT_RECORD;
}

/* A rejected record of JSON, corrected in its column of a file of CSV. */
static enum import_step take_reject(struct import *import, struct arena *arena,
				    struct error *e)
{
	const struct delimited_field *field =
		&import->rows.fields[import->json];
	struct feed feed;
	struct record_reader reader = {
		.operation = import->completion.operation,
		.feed = &feed,
		.many = true,
		.arena = arena,
		.e = e,
	};
	enum import_step step;

	feed_open_text(&feed, import->rows.text.data + field->start,
		       field->length);
	/* A request may send it, too. */
	if (!records_are_shallow(feed.data, feed.length)) {
		records_refuse_depth(e);
		return IMPORT_BAD;
	}
	step = take_json(import, &reader,
			 records_next(&reader, &import->fields), e);
	if (step == IMPORT_END ||
	    (step == IMPORT_RECORD && feed_skip_space(&feed, e) == OK &&
	     feed_left(&feed)))
		add_problem(import, "value_error", IMPORT_REJECT_RECORD,
			    "must be one JSON object", e);
	for (size_t i = 0; i < e->nproblems; i++) {
		e->problems[i].record = (long)import->number - 1;
		e->problems[i].line = true;
	}
	return step == IMPORT_FAILED ? step
	       : e->nproblems        ? IMPORT_BAD
				     : IMPORT_RECORD;
}

static enum import_step take_row(struct import *import, struct arena *arena,
				 struct error *e)
{
	const struct delimited *rows = &import->rows;
	const char *message;

	if (rows->nfields != import->ncolumns) {
		message = arena_printf(
			e->arena, "%zu field%s for %zu columns", rows->nfields,
			rows->nfields == 1 ? "" : "s", import->ncolumns);
		add_problem(import, "value_error", NULL, message, e);
		return IMPORT_BAD;
	}
	import->parsed = true;
	if (import->json >= 0)
		return take_reject(import, arena, e);
	for (size_t i = 0; i < import->ncolumns; i++)
		if (import->columns[i] >= 0)
			take_field(import, i, arena, e);
	record_complete(&import->completion, &import->fields,
			(long)import->number - 1, e);
	for (size_t i = 0; i < e->nproblems; i++)
		e->problems[i].line = true;
	return e->nproblems ? IMPORT_BAD : IMPORT_RECORD;
}

static enum import_step next_row(struct import *import, struct arena *arena,
				 struct error *e)
{
	const enum delimited_step step = delimited_next(&import->rows, e);

	import->parsed = false;
	import->number = import->rows.line;
	import->source = import->rows.source;
	import->source_length = import->rows.source_length;
	switch (step) {
	case DELIMITED_ROW:
		return take_row(import, arena, e);
	case DELIMITED_BAD:
		add_problem(import, "value_error", NULL, import->rows.reason,
			    e);
		return IMPORT_BAD;
	case DELIMITED_END:
		return IMPORT_END;
	case DELIMITED_FAILED:
		break;
	}
	return IMPORT_FAILED;
}

static enum import_step next_json(struct import *import, struct arena *arena,
				  struct error *e)
{
	struct record_reader *reader = &import->reader;
	enum record_step step;

	reader->arena = arena;
	reader->e = e;
	step = import->format == BODY_JSON
		       ? records_next(reader, &import->fields)
		       : records_next_line(reader, &import->fields);
	import->number = reader->count;
	import->source = reader->source;
	import->source_length = reader->source_length;
	return take_json(import, reader, step, e);
}

enum import_step import_next(struct import *import, struct arena *arena,
			     struct error *e)
{
	const size_t n = import->completion.operation->nparameters;

	memset(import->fields.given, 0, n * sizeof(*import->fields.given));
	import->fields.said = false;
	return import_has_lines(import) ? next_row(import, arena, e)
					: next_json(import, arena, e);
}
