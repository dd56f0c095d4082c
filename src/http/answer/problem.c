#include "http/answer/problem.h"

#include "describe/json_maker.h"
#include "http/wire/accept.h"

/* "tasks",0 */
static void add_nesting(struct json_maker *json, const struct nesting *nesting)
{
	if (!nesting)
		return;
	add_nesting(json, nesting->outer);
	json_add_text(json, NULL, nesting->field);
	json_add_integer(json, NULL, nesting->item);
}

/*
 * ["body", 1, "tasks", 0, "age"]: which record of several, from 0, or which
 * line, from 1, which of those nested in it, and which field of it.
 */
static void add_location(struct json_maker *json, const struct problem *problem)
{
	json_open(json, "loc", '[');
	json_add_text(json, NULL, problem->place);
	if (problem->record >= 0)
		json_add_integer(json, NULL, problem->record + problem->line);
	add_nesting(json, problem->within);
	json_add_text(json, NULL, problem->field);
	json_close(json, ']');
}

static void add_problem(struct json_maker *json, const struct problem *problem)
{
	const bool of_value = strcmp(problem->type, "value_error") == 0;

	json_open(json, NULL, '{');
	json_add_text(json, "type", problem->type);
	add_location(json, problem);
	/* Pydantic's text for a ValueError. */
	json_add_form(json, "msg", of_value ? "'Value error, %s'" : "'%s'",
		      problem->message);
	json_add_raw(json, "input", problem->input ? problem->input : "null");
	if (problem->context)
		json_add_raw(json, "ctx", problem->context);
	if (problem->suggestion)
		json_add_form(json, "hint", "'did you mean %s?'",
			      problem->suggestion);
	json_close(json, '}');
}

static void add_problems(struct json_maker *json, const struct error *e)
{
	/* Stands for all problems beyond the most that are listed. */
	const struct problem others = {
		.type = "too_many_problems",
		.place = "body",
		.record = -1,
		.message = e->nunlisted ? error_unlisted(e) : NULL,
	};
	/* Each 422 is a list, so that clients can rely on it: an error that
	   names no place is one of the whole request. */
	const struct problem whole = {
		.type = "value_error",
		.place = "body",
		.record = -1,
		.message = e->nproblems ? NULL : error_sentence(e),
		.input = e->value,
	};

	json_open(json, "detail", '[');
	for (size_t i = 0; i < e->nproblems; i++)
		add_problem(json, &e->problems[i]);
	if (others.message)
		add_problem(json, &others);
	if (whole.message)
		add_problem(json, &whole);
	json_close(json, ']');
}

static void answer(struct response *response, int status,
		   const struct buffer *body, struct arena *arena)
{
	response_json(response, status, slice_copy(body, arena));
	response->problem = true;
}

/*
 * Adds the members of RFC 9457; its detail is text, so a list of problems goes
 * elsewhere.
 */
static void add_members(struct json_maker *json,
			const struct response *response)
{
	const char *ours = response->body.data + strlen("{\"detail\":");
	size_t length = response->body.length - strlen("{\"detail\":}");
	const bool list = *ours == '[';

	json_open(json, NULL, '{');
	json_add_text(json, "type", "about:blank");
	json_add_text(json, "title", http_reason(response->status));
	json_add_integer(json, "status", response->status);
	if (list)
		json_add_text(json, "detail", "The request has problems");
	json_add_raw(json, list ? "errors" : "detail", "");
	buffer_add(json->out, ours, length);
	json_close(json, '}');
}

void problem_adapt(const struct request *request, struct arena *arena,
		   struct response *response)
{
	BUFFER(out);
	struct json_maker json = { .out = &out };

	if (!response->problem || !accept_problem(request))
		return;
	add_members(&json, response);
	response->media_type = MEDIA_PROBLEM;
	response->body = slice_copy(&out, arena);
}

/*
 * Besides a list of problems the message only: details of our own faults are
 * for the operator, and "User was not found" is all that a client needs who
 * asked for a key.
 */
static void answer_error(const struct error *e, struct arena *arena,
			 struct response *response)
{
	const int status = status_http(e->status);
	BUFFER(body);
	struct json_maker json = { .out = &body };

	json_open(&json, NULL, '{');
	if (e->nproblems || status == 422)
		add_problems(&json, e);
	else
		json_add_text(&json, "detail",
			      status == 500 ? http_reason(500) : e->message);
	json_close(&json, '}');
	answer(response, status, &body, arena);
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
	if (e->status == FAILED || e->status == NO_SPACE)
		context_note(operator, "taskmgr: %s %.*s: %s%s%s",
			     http_method_name(request->method),
			     (int)path.length, path.data, e->message,
			     e->hint ? "; " : "", e->hint ? e->hint : "");
}

void problem_of_status(int status, const char *detail, struct arena *arena,
		       struct response *response)
{
	BUFFER(body);
	struct json_maker json = { .out = &body };

	json_add_form(&json, NULL, "{'detail':'%s'}",
		      detail ? detail : http_reason(status));
	answer(response, status, &body, arena);
}
