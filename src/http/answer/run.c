#include "http/answer/run.h"

#include <inttypes.h>
#include <stdio.h>

#include "http/answer/idempotent.h"
#include "http/answer/paging.h"
#include "http/answer/problem.h"
#include "http/answer/tag.h"
#include "http/wire/accept.h"
#include "http/wire/coding.h"
#include "http/wire/uri.h"
#include "operation/echo.h"
#include "resource/key/key.h"
#include "util/base64.h"
#include "util/text.h"

void run_init(struct run *run)
{
	run->representation = request_field_has(run->request, "prefer",
						"return=representation");
	run->call = (struct call){ .context = NULL };
	error_init(&run->error, run->arena);
}

/* The form of the body; NULL if there is none. */
static const struct body_form *find_form(const struct run *run)
{
	struct slice type = request_field(run->request, "content-type");
	struct slice name = slice_trim(slice_cut(&type, ';'));
	const struct body_form *takes = run->entry->route->takes;

	return takes && name.length ? body_find(takes, name.data, name.length)
				    : NULL;
}

static bool read_input(const struct run *run, struct input *input)
{
	const struct request *request = run->request;
	struct slice body = request_slice(request, request->body);
	const struct body_form *form = find_form(run);

	*input = (struct input){
		.place = "query",
		.whole = run->entry->route->whole,
		.rows = run->entry->route->rows,
		.body = true,
	};
	if (request->query.length &&
	    !uri_query(request_slice(request, request->query), run->arena,
		       &input->pairs, &input->npairs)) {
		problem_of_status(400, "The query has a name with a NUL",
				  run->arena, run->response);
		return false;
	}
	input->lines = form && form->format == BODY_JSONL;
	if (run->entry->route->takes &&
	    (input->lines || !form || form->format == BODY_JSON)) {
		input->data = body.data;
		input->data_length = body.length;
	}
	return true;
}

static void answer_error(struct run *run)
{
	struct input input;

	if (run->error.nproblems && read_input(run, &input))
		error_echo(&run->error, &input);
	problem_report(&run->error, run->request, run->operator, run->arena,
		       run->response);
}

/* Whether the answer contains the operation's rows. */
static bool shows_rows(const struct run *run)
{
	return !run->entry->route->transaction || run->representation;
}

/* Whether the answer is a record in the same JSON as show's. */
static bool gives_record(const struct run *run)
{
	const struct route *route = run->entry->route;

	return !run->arguments.many && !route->rows &&
	       (run->entry->operation->flags & OPERATION_QUICK ||
		route->transaction);
}

static bool refuse_format(struct run *run, const char *name)
{
	struct problem *problem = error_problem(&run->error);
	BUFFER(names);
	BUFFER(input);

	for (const struct output_format *f = output_formats; f->name; f++)
		buffer_printf(&names, "%s'%s'", names.length ? ", " : "",
			      f->name);
	text_json(&input, name, strlen(name));
	*problem = (struct problem){
		.type = "enum",
		.place = "query",
		.record = -1,
		.field = "format",
		.message = arena_printf(run->arena, "Input should be %s",
					buffer_string(&names)),
		.input = arena_copy(run->arena, input.data),
	};
	if (error_from_problems(&run->error) != OK)
		answer_error(run);
	return false;
}

/* Chooses the format of the rows.  False: response is the answer. */
static bool pick_format(struct run *run, struct input *input)
{
	/* ?format= is for clients that cannot set Accept. */
	const char *name = paging_take_pair(run, input, "format");
	const struct output_format *format = name ? output_format_find(name)
						  : accept_format(run->request);

	if (name && !format)
		return refuse_format(run, name);
	/* Errors may still have the form that is accepted. */
	if (!format && shows_rows(run) &&
	    !accept_names(run->request, "application/problem+json")) {
		problem_of_status(406,
				  "Accept names none of the available formats",
				  run->arena, run->response);
		return false;
	}
	run->output.format = format ? format->name : "json";
	if (run->entry->operation->ncolumns)
		run->output.columns = paging_take_pair(run, input, "columns");
	run->output.table = run->entry->operation->table;
	return true;
}

/* For an operation that reads a file: the body, whose form is its format. */
static bool take_file(struct run *run)
{
	const struct operation *operation = run->entry->operation;
	const struct body_form *form = find_form(run);
	int from = operation_find_parameter(operation, "from");

	if (from < 0 || run->entry->route->takes != body_file)
		return true;
	if (!form || !run->request->body.length) {
		*error_problem(&run->error) = (struct problem){
			.type = "missing",
			.place = "body",
			.record = -1,
			.message = "Field required",
			.input = "null",
		};
		return error_from_problems(&run->error) == OK;
	}
	run->arguments.given[from] = true;
	run->arguments.values[from] = value_text(
		body_format_name(form->format));
	return true;
}

bool run_decode(struct run *run)
{
	struct input input;

	if (!read_input(run, &input) || !pick_format(run, &input) ||
	    !idempotent_take(run))
		return false;
	if (paging_take(run, &input) &&
	    operation_decode(run->entry->operation, &input, run->arena,
			     &run->arguments, &run->error) == OK &&
	    take_file(run))
		return true;
	answer_error(run);
	return false;
}

/* Checks that must be made in the operation's transaction. */
static enum status before(struct call *call, bool *skip, struct error *e)
{
	struct run *run = call->door;
	struct slice body = request_slice(run->request, run->request->body);

	/* From its start, whenever the operation is run again. */
	feed_open_text(&run->feed, body.data, body.length);
	run->feed.name = "the body";
	if (idempotent_find(run, e) != OK)
		return e->status;
	*skip = run->answered;
	if (*skip || tag_check(run, e) != OK)
		return e->status;
	return paging_count(run, e);
}

static enum status after(struct call *call, struct error *e)
{
	return idempotent_keep(call->door, e);
}

void run_prepare(struct run *run, struct context *context)
{
	run->call = (struct call){
		.context = context,
		.arena = run->arena,
		.operation = run->entry->operation,
		.arguments = &run->arguments,
		.quiet = !shows_rows(run),
		.feed = &run->feed,
		.before = before,
		.after = after,
		.door = run,
	};
}

/* The writer's complaint, as one about the query. */
static void refuse_columns(struct run *run)
{
	struct error *e = &run->error;
	const char *message = e->message, *suggestion = e->suggestion;
	BUFFER(input);

	text_json(&input, run->output.columns, strlen(run->output.columns));
	error_init(e, run->arena);
	*error_problem(e) = (struct problem){
		.type = "value_error",
		.place = "query",
		.record = -1,
		.field = "columns",
		.message = message,
		.input = arena_copy(run->arena, input.data),
		.suggestion = suggestion,
	};
	e->status = error_from_problems(e);
}

static enum status make_writer(struct run *run)
{
	struct error *e = &run->error;

	run->sink->buffer.length = 0;
	if (operation_shape(&run->call, run->output.columns, e) == OK &&
	    writer_new(&run->output, run->call.columns, run->call.ncolumns,
		       run->sink, run->arena, &run->call.writer, e) == USAGE)
		refuse_columns(run);
	return e->status;
}

static enum status read_rows(struct run *run)
{
	if (make_writer(run) != OK ||
	    operation_run(&run->call, &run->error) != OK)
		return run->error.status;
	return writer_end(run->call.writer, &run->error);
}

void run_read(struct run *run)
{
	if (read_rows(run) != OK)
		run->call.writer = NULL; /* its rows are incomplete */
}

static void add_base64(struct buffer *out, struct value value)
{
	BUFFER(text);

	base64_encode(&text, value.data, value.length);
	uri_encode(out, buffer_string(&text), text.length);
}

/* The shortest decimal that gives the same bits again; infinity is 9e999. */
static void add_real(struct buffer *out, double real)
{
	char text[32];

	if (real - real != 0) {
		buffer_text(out, real < 0 ? "-9e999" : "9e999");
		return;
	}
	for (int digits = 15; digits <= 17; digits++) {
		snprintf(text, sizeof(text), "%.*g", digits, real);
		if (strtod(text, NULL) == real)
			break;
	}
	uri_encode(out, text, strlen(text));
}

/* Appends a key's value in the form that lists print. */
static bool add_key_part(struct buffer *out, const struct value *value)
{
	if (!value)
		return false;
	switch (value->kind) {
	case VALUE_NULL:
		return false;
	case VALUE_INTEGER:
		buffer_printf(out, "%" PRId64, value->integer);
		return true;
	case VALUE_REAL:
		add_real(out, value->real);
		return true;
	case VALUE_TEXT:
		if (utf8_check(value->data, value->length) != value->length)
			add_base64(out, *value);
		else
			uri_encode(out, value->data, value->length);
		return true;
	case VALUE_BLOB:
		add_base64(out, *value);
		return true;
	}
	return false;
}

static const struct value *key_value(const struct resource *resource, size_t i,
				     const struct call *call)
{
	const struct table *table = resource->table;

	return call_result(call, table->columns[table->key[i]].name);
}

static bool has_null_key(const struct resource *resource,
			 const struct call *call)
{
	for (size_t i = 0; i < resource->table->nkey; i++) {
		const struct value *value = key_value(resource, i, call);

		if (value && value->kind == VALUE_NULL)
			return true;
	}
	return false;
}

static bool add_key(struct buffer *out, const struct resource *resource,
		    const struct call *call)
{
	const size_t count = resource->table->nkey;

	if (resource->rowid)
		return add_key_part(out, call_result(call, resource->rowid));
	if (resource->handle && has_null_key(resource, call)) {
		buffer_text(out, "rowid:");
		return add_key_part(out, call_result(call, resource->handle));
	}
	for (size_t i = 0; i < count; i++) {
		const struct value *value = key_value(resource, i, call);
		struct value part;

		if (i)
			buffer_byte(out, ',');
		if (value && value->kind == VALUE_TEXT && i + 1 < count) {
			part = key_escape(*value, call->arena);
			value = &part;
		}
		if (!add_key_part(out, value))
			return false;
	}
	return count;
}

/* Location: the route that shows the record that was created. */
static void add_location(const struct run *run)
{
	const struct router_entry *entry = run->entry;
	BUFFER(out);

	if (!entry->show || !entry->resource || run->arguments.many)
		return;
	buffer_text(&out, run->root_path);
	uri_encode_path(&out, entry->show->path);
	buffer_byte(&out, '?');
	uri_encode(&out, entry->resource->key_name,
		   strlen(entry->resource->key_name));
	buffer_byte(&out, '=');
	if (add_key(&out, entry->resource, &run->call))
		response_field(run->response, "Location",
			       arena_copy(run->arena, out.data));
}

static void set_rows(struct run *run, const struct buffer *rows)
{
	const struct output_format *format = output_format_find(
		run->output.format);

	response_data(run->response, run->entry->route->status,
		      format->media_type,
		      (struct slice){
			      .data = rows ? buffer_string(rows) : "",
			      .length = rows ? rows->length : 0,
		      });
	response_field(run->response, "Vary", "Accept, Accept-Encoding");
	paging_add_fields(run);
}

static void answer_rows(struct run *run)
{
	set_rows(run, &run->sink->buffer);
}

void run_answer_head(struct run *run)
{
	set_rows(run, NULL);
	run->response->streamed = true;
	coding_choose(run->request, run->arena, run->response);
	coding_apply(run->arena, run->response);
}

static void answer_transaction(const struct run *run)
{
	const struct route *route = run->entry->route;
	BUFFER(out);

	buffer_printf(&out,
		      "{\"status_code\":%d,\"transaction\":", route->status);
	text_json(&out, route->transaction, strlen(route->transaction));
	if (route->rows)
		buffer_printf(&out, ",\"rows\":%" PRId64, run->call.affected);
	buffer_byte(&out, '}');
	response_json(
		run->response, route->status,
		(struct slice){
			.data = arena_copy_n(run->arena, out.data, out.length),
			.length = out.length,
		});
}

/* The records as stored, for Prefer: return=representation. */
static enum status write_rows(struct run *run)
{
	if (make_writer(run) != OK || call_write(&run->call, &run->error) != OK)
		return run->error.status;
	return writer_end(run->call.writer, &run->error);
}

void run_answer(struct run *run)
{
	const struct operation *operation = run->entry->operation;
	bool writes = operation->flags & OPERATION_WRITES;
	bool rows = shows_rows(run) && operation->ncolumns;

	if (run->error.status == OK && run->answered)
		return;
	*run->response = (struct response){ .status = 200 };
	if (run->error.status == OK && writes && rows)
		write_rows(run);
	if (run->error.status != OK) {
		answer_error(run);
		return;
	}
	if (rows)
		answer_rows(run);
	else
		answer_transaction(run);
	/* A change's answer may be kept, to be repeated to another client. */
	if (rows && !writes)
		coding_choose(run->request, run->arena, run->response);
	if (rows && gives_record(run))
		tag_response(run->request, run->arena, run->response);
	coding_apply(run->arena, run->response);
	if (rows && run->entry->route->transaction)
		response_field(run->response, "Preference-Applied",
			       "return=representation");
	if (run->entry->route->status == 201)
		add_location(run);
}
