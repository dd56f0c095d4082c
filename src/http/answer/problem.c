#include "http/answer/problem.h"

#include "http/wire/accept.h"
#include "util/text.h"

static void add_string(struct buffer *out, const char *text)
{
	text_json(out, text, strlen(text));
}

/* ,"tasks",0 */
static void add_nesting(struct buffer *out, const struct nesting *nesting)
{
	if (!nesting)
		return;
	add_nesting(out, nesting->outer);
	buffer_byte(out, ',');
	add_string(out, nesting->field);
	buffer_printf(out, ",%ld", nesting->item);
}

/*
 * ["body", 1, "tasks", 0, "age"]: which record of several, from 0, or which
 * line, from 1, which of those nested in it, and which field of it.
 */
static void add_location(struct buffer *out, const struct problem *problem)
{
	buffer_byte(out, '[');
	add_string(out, problem->place);
	if (problem->record >= 0)
		buffer_printf(out, ",%ld", problem->record + problem->line);
	add_nesting(out, problem->within);
	if (problem->field) {
		buffer_byte(out, ',');
		add_string(out, problem->field);
	}
	buffer_byte(out, ']');
}

static void add_suggestion(struct buffer *out, const char *suggestion)
{
	BUFFER(hint);

	buffer_printf(&hint, "did you mean %s?", suggestion);
	buffer_text(out, ",\"hint\":");
	add_string(out, hint.data);
}

/* Pydantic's text for a ValueError. */
static void add_message(struct buffer *out, const struct problem *problem)
{
	BUFFER(text);

	if (strcmp(problem->type, "value_error") == 0)
		buffer_text(&text, "Value error, ");
	buffer_text(&text, problem->message);
	add_string(out, text.data);
}

static void add_problem(struct buffer *out, const struct problem *problem)
{
	buffer_text(out, "{\"type\":");
	add_string(out, problem->type);
	buffer_text(out, ",\"loc\":");
	add_location(out, problem);
	buffer_text(out, ",\"msg\":");
	add_message(out, problem);
	buffer_text(out, ",\"input\":");
	buffer_text(out, problem->input ? problem->input : "null");
	if (problem->context) {
		buffer_text(out, ",\"ctx\":");
		buffer_text(out, problem->context);
	}
	if (problem->suggestion)
		add_suggestion(out, problem->suggestion);
	buffer_byte(out, '}');
}

/* Stands for all problems beyond the most that are listed. */
static void add_unlisted(struct buffer *out, const struct error *e)
{
	const struct problem problem = {
		.type = "too_many_problems",
		.place = "body",
		.record = -1,
		.message = error_unlisted(e),
	};

	buffer_byte(out, ',');
	add_problem(out, &problem);
}

/*
 * Each 422 is a list, so that clients can rely on it: an error that names no
 * place is one of the whole request.
 */
static void add_only_problem(struct buffer *out, const struct error *e)
{
	const struct problem problem = {
		.type = "value_error",
		.place = "body",
		.record = -1,
		.message = error_sentence(e),
		.input = e->value,
	};

	buffer_byte(out, '[');
	add_problem(out, &problem);
	buffer_byte(out, ']');
}

static void add_problems(struct buffer *out, const struct error *e)
{
	buffer_byte(out, '[');
	for (size_t i = 0; i < e->nproblems; i++) {
		if (i)
			buffer_byte(out, ',');
		add_problem(out, &e->problems[i]);
	}
	if (e->nunlisted)
		add_unlisted(out, e);
	buffer_byte(out, ']');
}

/*
 * The message only: details of our own faults are for the operator, and "User
 * was not found" is all that a client needs who asked for a key.
 */
static void add_detail(struct buffer *out, const struct error *e)
{
	add_string(out, status_http(e->status) == 500 ? http_reason(500)
						      : e->message);
}

static void answer(struct response *response, int status,
		   const struct buffer *body, struct arena *arena)
{
	response_json(
		response, status,
		(struct slice){
			.data = arena_copy_n(arena, body->data, body->length),
			.length = body->length,
		});
	response->problem = true;
}

/*
 * Adds the members of RFC 9457; its detail is text, so a list of problems goes
 * elsewhere.
 */
static void add_members(struct buffer *out, const struct response *response)
{
	const char *ours = response->body.data + strlen("{\"detail\":");
	size_t length = response->body.length - strlen("{\"detail\":}");

	buffer_text(out, "{\"type\":\"about:blank\",\"title\":");
	add_string(out, http_reason(response->status));
	buffer_printf(out, ",\"status\":%d,", response->status);
	if (*ours == '[')
		buffer_text(
			out,
			"\"detail\":\"The request has problems\",\"errors\":");
	else
		buffer_text(out, "\"detail\":");
	buffer_add(out, ours, length);
	buffer_byte(out, '}');
}

void problem_adapt(const struct request *request, struct arena *arena,
		   struct response *response)
{
	BUFFER(out);

	if (!response->problem ||
	    !accept_names(request, "application/problem+json"))
		return;
	add_members(&out, response);
	response->media_type = "application/problem+json";
	response->body = (struct slice){
		.data = arena_copy_n(arena, out.data, out.length),
		.length = out.length,
	};
}

static void answer_error(const struct error *e, struct arena *arena,
			 struct response *response)
{
	BUFFER(body);

	buffer_text(&body, "{\"detail\":");
	if (e->nproblems)
		add_problems(&body, e);
	else if (status_http(e->status) == 422)
		add_only_problem(&body, e);
	else
		add_detail(&body, e);
	buffer_byte(&body, '}');
	answer(response, status_http(e->status), &body, arena);
	/*
	 * Not for LOST: the change may have been made, and must not be
	 * repeated.
	 */
	if (e->status == BUSY)
		response_field(response, "Retry-After", "1");
}

void problem_report(const struct error *e, const struct request *request,
		    const struct context *operator, struct arena * arena,
		    struct response *response)
{
	struct slice path = request_slice(request, request->path);

	answer_error(e, arena, response);
	if (response->status == 500)
		context_note(operator, "taskmgr: %s %.*s: %s",
			     http_method_name(request->method),
			     (int)path.length, path.data, e->message);
}

void problem_of_status(int status, const char *detail, struct arena *arena,
		       struct response *response)
{
	BUFFER(body);

	buffer_text(&body, "{\"detail\":");
	add_string(&body, detail ? detail : http_reason(status));
	buffer_byte(&body, '}');
	answer(response, status, &body, arena);
}
