#include "http/run.h"

#include <jansson.h>

#include "http/problem.h"
#include "http/uri.h"
#include "operation/source.h"
#include "resource/resource.h"
#include "util/text.h"

enum { SINK_KEEP = 1024 * 1024 }; /* what the sink may keep of memory */

/* One run on its way. */
struct run {
	struct service *service;
	const struct router_entry *entry;
	const struct request *request;
	struct arena *arena;
	struct response *response;
};

static bool read_input(const struct run *run, struct input *input)
{
	const struct request *request = run->request;
	struct slice body = request_slice(request, request->body);

	*input = (struct input){
		.place = "query",
		.whole = run->entry->route->whole,
		.body = true,
	};
	if (request->query.length &&
	    !uri_query(request_slice(request, request->query), run->arena,
		       &input->pairs, &input->npairs)) {
		problem_of_status(400, "The query has a name with a NUL",
				  run->arena, run->response);
		return false;
	}
	if (run->entry->takes_body) {
		input->data = body.data;
		input->data_length = body.length;
	}
	return true;
}

/* The rows as JSON, in the service's sink. */
static enum status make_rows(const struct run *run,
			     const struct arguments *arguments, struct error *e)
{
	const struct output_options options = { .format = "json" };
	const struct operation *operation = run->entry->operation;
	struct sink *sink = &run->service->sink;
	struct call call = {
		.context = &run->service->context,
		.arena = run->arena,
		.operation = operation,
		.arguments = arguments,
	};

	if (sink->buffer.capacity > SINK_KEEP)
		sink_clear(sink);
	sink->buffer.length = 0;
	if (writer_new(&options, operation->columns, operation->ncolumns, sink,
		       run->arena, &call.writer, e) != OK ||
	    operation_run(&call, e) != OK)
		return e->status;
	return writer_end(call.writer, e);
}

/* A row as it was written, and what it is. */
struct record {
	json_t *json; /* its numbers are all 0 */
	struct slice source;
};

/* A value as a query has it: the spelling of a number, the text of a string,
   and what a tagged value holds. */
static bool add_value(struct buffer *out, json_t *value, struct slice source)
{
	struct source members;

	switch (json_typeof(value)) {
	case JSON_STRING:
		uri_encode(out, json_string_value(value),
			   json_string_length(value));
		return true;
	case JSON_INTEGER:
	case JSON_REAL:
	case JSON_TRUE:
	case JSON_FALSE:
		uri_encode(out, source.data, source.length);
		return true;
	case JSON_OBJECT:
		members = source_open(source.data, source.data + source.length);
		return json_object_size(value) == 1 &&
		       source_next(&members, &source.data, &source.length) &&
		       add_value(
			       out,
			       json_object_iter_value(json_object_iter(value)),
			       source);
	case JSON_ARRAY:
	case JSON_NULL:
		break;
	}
	return false;
}

/* A key's value in a query; nothing where the record doesn't show it. */
static bool add_key_part(struct buffer *out, const struct record *record,
			 const char *column)
{
	struct source members = source_open(record->source.data,
					    record->source.data +
						    record->source.length);
	struct slice source;
	const char *name;
	json_t *value;

	json_object_foreach(record->json, name, value)
	{
		if (!source_next(&members, &source.data, &source.length))
			return false;
		if (strcmp(name, column) == 0)
			return add_value(out, value, source);
	}
	return false;
}

static bool add_key(struct buffer *out, const struct resource *resource,
		    const struct record *record)
{
	const struct table *table = resource->table;

	if (resource->rowid)
		return add_key_part(out, record, resource->rowid);
	for (size_t i = 0; i < table->nkey; i++) {
		if (i)
			buffer_byte(out, ',');
		if (!add_key_part(out, record,
				  table->columns[table->key[i]].name))
			return false;
	}
	return table->nkey;
}

/* Where the one record that was made is to be seen. */
static void add_location(const struct run *run)
{
	const struct router_entry *entry = run->entry;
	const struct buffer *rows = &run->service->sink.buffer;
	struct record record = { .source = { rows->data, rows->length } };
	BUFFER(out);

	if (!entry->show || !entry->resource || !rows->length)
		return;
	record.json = json_loadb(
		source_blank_numbers(rows->data, rows->length, run->arena),
		rows->length, 0, NULL);
	uri_encode_path(&out, entry->show->path);
	buffer_byte(&out, '?');
	uri_encode(&out, entry->resource->key_name,
		   strlen(entry->resource->key_name));
	buffer_byte(&out, '=');
	if (json_is_object(record.json) &&
	    add_key(&out, entry->resource, &record))
		response_field(run->response, "Location",
			       arena_copy(run->arena, out.data));
	json_decref(record.json);
}

static void answer_rows(const struct run *run)
{
	const struct buffer *rows = &run->service->sink.buffer;

	response_json(run->response, run->entry->route->status,
		      (struct slice){
			      .data = buffer_string(rows),
			      .length = rows->length,
		      });
}

static void answer_transaction(const struct run *run)
{
	const struct route *route = run->entry->route;
	BUFFER(out);

	buffer_printf(&out,
		      "{\"status_code\":%d,\"transaction\":", route->status);
	text_json(&out, route->transaction, strlen(route->transaction));
	buffer_byte(&out, '}');
	response_json(
		run->response, route->status,
		(struct slice){
			.data = arena_copy_n(run->arena, out.data, out.length),
			.length = out.length,
		});
}

static void answer(const struct run *run)
{
	const struct route *route = run->entry->route;
	bool representation = request_field_has(run->request, "prefer",
						"return=representation");

	if (!route->transaction) {
		answer_rows(run);
	} else if (representation && run->service->sink.buffer.length) {
		answer_rows(run);
		response_field(run->response, "Preference-Applied",
			       "return=representation");
	} else {
		answer_transaction(run);
	}
	if (route->status == 201)
		add_location(run);
}

void run_route(struct service *service, const struct router_entry *entry,
	       const struct request *request, struct arena *arena,
	       struct response *response)
{
	const struct run run = { service, entry, request, arena, response };
	struct arguments arguments;
	struct input input;
	struct error e;

	error_init(&e, arena);
	if (!read_input(&run, &input))
		return;
	if (operation_decode(entry->operation, &input, arena, &arguments, &e) !=
		    OK ||
	    make_rows(&run, &arguments, &e) != OK)
		service_fail(service, request, &e, arena, response);
	else
		answer(&run);
}
