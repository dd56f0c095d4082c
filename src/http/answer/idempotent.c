#include "http/answer/idempotent.h"

#include <inttypes.h>

#include "http/answer/problem.h"
#include "http/answer/tag.h"
#include "http/answer/repeat.h"
#include "util/text.h"

enum { KEY_MOST = 255 };

/* The key may be a string of RFC 9651, in quotes. */
bool idempotent_take(struct reply *reply)
{
	struct slice key = request_field(reply->request, "idempotency-key");

	/* Reading twice is harmless. */
	if (!key.data || !(reply->entry->operation->flags & OPERATION_WRITES))
		return true;
	if (key.length > 1 && *key.data == '"' &&
	    key.data[key.length - 1] == '"') {
		key.data++;
		key.length -= 2;
	}
	if (key.length && key.length <= KEY_MOST) {
		reply->key = arena_copy_n(reply->arena, key.data, key.length);
		return true;
	}
	problem_of_status(400, "Idempotency-Key must have 1 to 255 characters",
			  reply->arena, reply->response);
	return false;
}

/* Requests with the same method, path, query and body are the same. */
static const char *hash_request(const struct reply *reply)
{
	const struct request *request = reply->request;
	const struct request_part parts[] = { request->path, request->query,
					      request->body };
	BUFFER(text);

	buffer_text(&text, http_method_name(request->method));
	for (size_t i = 0; i < sizeof(parts) / sizeof(*parts); i++) {
		struct slice part = request_slice(request, parts[i]);

		buffer_printf(&text, " %zu ", part.length);
		buffer_add(&text, part.data, part.length);
	}
	return tag_make(text.data, text.length, reply->arena);
}

static void repeat_answer(struct reply *reply, const struct repeat *repeat)
{
	const struct slice body = { repeat->body.data, repeat->body.length };

	*reply->response = (struct response){ .status = repeat->status };
	response_data(reply->response, repeat->status, repeat->media_type,
		      body);
	if (repeat->location)
		response_field(reply->response, "Location", repeat->location);
	response_field(reply->response, "Idempotency-Replayed", "true");
	reply->answered = true;
}

static enum status refuse_other_request(const struct reply *reply,
					struct error *e)
{
	BUFFER(input);

	text_json(&input, reply->key, strlen(reply->key));
	problem_add(e, "header", "value_error", "idempotency-key",
		    "the key was used for another request")
		->input = arena_copy(e->arena, input.data);
	return error_from_problems(e);
}

enum status idempotent_find(struct reply *reply, struct error *e)
{
	struct repeat repeat = { .key = reply->key };
	bool found;

	reply->answered = false;
	if (!reply->key)
		return OK;
	if (repeat_find(reply->call.context->engine, &repeat, &found,
			reply->arena, e) != OK ||
	    !found)
		return e->status;
	if (strcmp(repeat.request, hash_request(reply)) != 0)
		return refuse_other_request(reply, e);
	repeat_answer(reply, &repeat);
	return OK;
}

static const char *find_field(const struct response *response, const char *name)
{
	for (size_t i = 0; i < response->nfields; i++)
		if (strcmp(response->fields[i].name, name) == 0)
			return response->fields[i].value;
	return NULL;
}

enum status idempotent_keep(struct reply *reply, struct error *e)
{
	const struct response *response = reply->response;
	struct repeat repeat = { .key = reply->key };

	if (!reply->key)
		return OK;
	repeat.request = hash_request(reply);
	repeat.status = response->status;
	repeat.location = find_field(response, "Location");
	repeat.media_type = response->media_type;
	repeat.body = value_bytes(response->body.data, response->body.length);
	return repeat_keep(reply->call.context->engine, &repeat, e);
}
