#include "http/answer/reply.h"

#include "describe/json_maker.h"
#include "http/answer/idempotent.h"
#include "http/answer/location.h"
#include "http/answer/paging.h"
#include "http/answer/problem.h"
#include "http/answer/tag.h"
#include "http/wire/accept.h"
#include "http/wire/coding.h"
#include "http/wire/uri.h"
#include "operation/echo.h"
#include "resource/model/resource.h"

void reply_init(struct reply *reply)
{
	reply->representation = request_field_has(reply->request, "prefer",
						  "return=representation");
	reply->call = (struct call){ .context = NULL };
	error_init(&reply->error, reply->arena);
}

/* The form of the body; NULL if there is none. */
static const struct body_form *find_form(const struct reply *reply)
{
	struct slice type = request_field(reply->request, "content-type");
	struct slice name = slice_trim(slice_cut(&type, ';'));
	const struct body_form *takes = reply->entry->route->takes;

	return takes && name.length ? body_find(takes, name.data, name.length)
				    : NULL;
}

static bool read_input(const struct reply *reply, struct input *input)
{
	const struct request *request = reply->request;
	struct slice body = request_slice(request, request->body);
	const struct body_form *form = find_form(reply);

	*input = (struct input){
		.place = "query",
		.whole = reply->entry->route->whole,
		.rows = reply->entry->route->rows,
		.body = true,
	};
	if (request->query.length &&
	    !uri_query(request_slice(request, request->query), reply->arena,
		       &input->pairs, &input->npairs)) {
		problem_of_status(400, "The query has a name with a NUL",
				  reply->arena, reply->response);
		return false;
	}
	input->lines = form && form->format == BODY_JSONL;
	if (reply->entry->route->takes &&
	    (input->lines || !form || form->format == BODY_JSON)) {
		input->data = body.data;
		input->data_length = body.length;
	}
	return true;
}

static void answer_error(struct reply *reply)
{
	struct input input;

	if (reply->error.nproblems && read_input(reply, &input))
		error_echo(&reply->error, &input);
	problem_report(&reply->error, reply->request, reply->operator,
		       reply->arena, reply->response);
}

/* Whether the answer contains the operation's rows. */
static bool shows_rows(const struct reply *reply)
{
	return !reply->entry->route->transaction || reply->representation;
}

/* Whether the answer is a record in the same JSON as show's. */
static bool gives_record(const struct reply *reply)
{
	const struct route *route = reply->entry->route;

	return !reply->arguments.many && !route->rows &&
	       (reply->entry->operation->flags & OPERATION_QUICK ||
		route->transaction);
}

static bool refuse_format(struct reply *reply)
{
	BUFFER(names);

	for (const struct output_format *f = output_formats; f->name; f++)
		buffer_printf(&names, "%s'%s'", names.length ? ", " : "",
			      f->name);
	problem_add(&reply->error, "query", "enum", "format",
		    arena_printf(reply->arena, "Input should be %s",
				 buffer_string(&names)));
	if (error_from_problems(&reply->error) != OK)
		answer_error(reply);
	return false;
}

/* Chooses the format of the rows.  False: response is the answer. */
static bool pick_format(struct reply *reply, struct input *input)
{
	/* ?format= is for clients that cannot set Accept. */
	const char *name = paging_take_pair(reply, input, "format");
	const struct output_format *format =
		name ? output_format_find(name) : accept_format(reply->request);

	if (name && !format)
		return refuse_format(reply);
	/* Errors may still have the form that is accepted. */
	if (!format && shows_rows(reply) && !accept_problem(reply->request)) {
		problem_of_status(406,
				  "Accept names none of the available formats",
				  reply->arena, reply->response);
		return false;
	}
	reply->output.format = format ? format->name : "json";
	if (reply->entry->operation->ncolumns)
		reply->output.columns = paging_take_pair(reply, input,
							 "columns");
	reply->output.table = reply->entry->operation->table;
	return true;
}

/* For an operation that reads a file: the body, whose form is its format. */
static bool take_file(struct reply *reply)
{
	const struct operation *operation = reply->entry->operation;
	const struct body_form *form = find_form(reply);
	int from = operation_find_flag(operation, PARAMETER_FORM);

	if (from < 0 || reply->entry->route->takes != body_file)
		return true;
	if (!form || !reply->request->body.length) {
		problem_add(&reply->error, "body", "missing", NULL,
			    "Field required")
			->input = "null";
		return error_from_problems(&reply->error) == OK;
	}
	reply->arguments.given[from] = true;
	reply->arguments.values[from] = value_text(
		body_format_names[form->format]);
	return true;
}

/*
 * With @precondition a client may change a row only if it has seen its current
 * state; an import that updates rows cannot show that.
 */
static bool admits_update(const struct reply *reply)
{
	const struct router_entry *entry = reply->entry;
	const struct arguments *arguments = &reply->arguments;
	int i = operation_find_flag(entry->operation, PARAMETER_CONFLICT);

	if (i < 0 || !arguments->given[i] || !entry->resource ||
	    !entry->resource->table->annotations.precondition ||
	    strcmp(arguments->values[i].data,
		   conflict_names[CONFLICT_UPDATE]) != 0)
		return true;
	problem_of_status(428,
			  "on_conflict=update is not allowed: rows are changed "
			  "one by one, with If-Match",
			  reply->arena, reply->response);
	return false;
}

bool reply_decode(struct reply *reply)
{
	struct input input;

	if (!read_input(reply, &input) || !pick_format(reply, &input) ||
	    !idempotent_take(reply))
		return false;
	if (paging_take(reply, &input) &&
	    operation_decode(reply->entry->operation, &input, reply->arena,
			     &reply->arguments, &reply->error) == OK &&
	    take_file(reply))
		return admits_update(reply);
	answer_error(reply);
	return false;
}

/* Checks that must be made in the operation's transaction. */
static enum status before(struct call *call, bool *skip, struct error *e)
{
	struct reply *reply = call->door;
	struct slice body = request_slice(reply->request, reply->request->body);

	/* From its start, whenever the operation is run again. */
	feed_open_text(&reply->feed, body.data, body.length);
	reply->feed.name = "the body";
	if (idempotent_find(reply, e) != OK)
		return e->status;
	*skip = reply->answered;
	if (*skip || tag_check(reply, e) != OK)
		return e->status;
	return paging_count(reply, e);
}

/*
 * If a change's rows cannot be returned, as for columns that do not exist, it is
 * rolled back; so they are written before the commit.
 */
static enum status after(struct call *call, struct error *e)
{
	struct reply *reply = call->door;
	bool writes = call->operation->flags & OPERATION_WRITES;

	if (reply->answered || !writes || !(reply->key || shows_rows(reply)))
		return OK;
	reply_finish(reply);
	if (reply->error.status != OK)
		return e->status;
	reply->answered = true;
	return idempotent_keep(reply, e);
}

void reply_prepare(struct reply *reply, struct context *context)
{
	reply->call = (struct call){
		.context = context,
		.arena = reply->arena,
		.operation = reply->entry->operation,
		.arguments = &reply->arguments,
		.quiet = !shows_rows(reply),
		.feed = &reply->feed,
		.before = before,
		.after = after,
		.door = reply,
	};
}

/* The writer's complaint, as one about the query. */
static void refuse_columns(struct reply *reply)
{
	struct error *e = &reply->error;
	const char *message = e->message, *suggestion = e->suggestion;

	error_init(e, reply->arena);
	problem_add(e, "query", "value_error", "columns", message)->suggestion =
		suggestion;
	e->status = error_from_problems(e);
}

static enum status make_writer(struct reply *reply)
{
	struct error *e = &reply->error;

	reply->sink->buffer.length = 0;
	if (operation_shape(&reply->call, reply->output.columns, e) == OK &&
	    writer_new(&reply->output, reply->call.columns,
		       reply->call.ncolumns, reply->sink, reply->arena,
		       &reply->call.writer, e) == USAGE)
		refuse_columns(reply);
	return e->status;
}

static enum status read_rows(struct reply *reply)
{
	if (make_writer(reply) != OK ||
	    operation_run(&reply->call, &reply->error) != OK)
		return reply->error.status;
	return writer_end(reply->call.writer, &reply->error);
}

void reply_read(struct reply *reply)
{
	if (read_rows(reply) != OK)
		reply->call.writer = NULL; /* its rows are incomplete */
}

static void set_rows(struct reply *reply, const struct buffer *rows)
{
	const struct output_format *format = output_format_find(
		reply->output.format);

	response_data(reply->response, reply->entry->route->status,
		      format->media_type,
		      (struct slice){
			      .data = rows ? buffer_string(rows) : "",
			      .length = rows ? rows->length : 0,
		      });
	response_field(reply->response, "Vary", "Accept, Accept-Encoding");
	paging_add_fields(reply);
}

void reply_head(struct reply *reply)
{
	set_rows(reply, NULL);
	reply->response->streamed = true;
	coding_choose(reply->request, reply->response);
	coding_apply(reply->arena, reply->response);
}

static void answer_transaction(const struct reply *reply)
{
	const struct route *route = reply->entry->route;
	BUFFER(out);
	struct json_maker json = { .out = &out };

	json_open(&json, NULL, '{');
	json_add_integer(&json, "status_code", route->status);
	json_add_text(&json, "transaction", route->transaction);
	if (route->rows)
		json_add_integer(&json, "rows", reply->call.affected);
	json_close(&json, '}');
	response_json(reply->response, route->status,
		      slice_copy(&out, reply->arena));
}

/* The records as stored, for Prefer: return=representation. */
static enum status write_rows(struct reply *reply)
{
	if (make_writer(reply) != OK ||
	    call_write(&reply->call, &reply->error) != OK)
		return reply->error.status;
	return writer_end(reply->call.writer, &reply->error);
}

void reply_finish(struct reply *reply)
{
	const struct operation *operation = reply->entry->operation;
	bool writes = operation->flags & OPERATION_WRITES;
	bool rows = shows_rows(reply) && operation->ncolumns;

	if (reply->error.status == OK && reply->answered)
		return;
	*reply->response = (struct response){ .status = 200 };
	if (reply->error.status == OK && writes && rows)
		write_rows(reply);
	if (reply->error.status != OK) {
		answer_error(reply);
		return;
	}
	if (rows)
		set_rows(reply, &reply->sink->buffer);
	else
		answer_transaction(reply);
	/* A change's answer may be kept, to be repeated to another client. */
	if (rows && !writes)
		coding_choose(reply->request, reply->response);
	if (rows && gives_record(reply))
		tag_response(reply->request, reply->arena, reply->response);
	coding_apply(reply->arena, reply->response);
	if (rows && reply->entry->route->transaction)
		response_field(reply->response, "Preference-Applied",
			       "return=representation");
	if (reply->entry->route->status == 201)
		location_add(reply);
}
