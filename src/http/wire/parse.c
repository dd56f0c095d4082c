#include "http/wire/parse.h"

#include <assert.h>

#include "http/wire/grammar.h"

enum { MAX_CHUNK_LINE = 256 };

void request_init(struct request *request, uint64_t body_limit)
{
	assert(body_limit <= UINT32_MAX - 64 * 1024);
	/* Not fields, which is large: only nfields of them are valid. */
	request->line = (struct request_part){ .length = 0 };
	request->path = request->query = (struct request_part){ .length = 0 };
	request->authority = request->body =
		(struct request_part){ .length = 0 };
	request->has_authority = request->asterisk = false;
	request->keep_alive = request->expects_continue = false;
	request->nfields = 0;
	request->status = 0;
	request->reason = NULL;
	request->state = REQUEST_LINE;
	request->data = NULL;
	request->length = request->position = request->scanned = 0;
	request->head_length = 0;
	request->remaining = 0;
	request->body_limit = body_limit;
	request->chunked = false;
}

/* The limit of a line, and the error for a longer one. */
struct line_limit {
	size_t length;
	int status;
	const char *reason;
};

static bool line_check(struct request *request, struct slice line,
		       const struct line_limit *limit)
{
	/* An unfinished line may include its CR. */
	if (line.length > limit->length + 1)
		return request_refuse(request, limit->status, limit->reason);
	return true;
}

/* Takes the next line, without its CRLF, when it is complete. */
static enum parse_result take_line(struct request *request,
				   const struct line_limit *limit,
				   struct slice *line)
{
	const char *from = request->data + request->scanned;
	const char *end = memchr(from, '\n',
				 request->length - request->scanned);

	line->data = request->data + request->position;
	if (!end)
		end = request->data + request->length;
	line->length = (size_t)(end - line->data);
	if (!line_check(request, *line, limit))
		return PARSE_REFUSED;
	request->scanned = (size_t)(end - request->data);
	if (request->scanned == request->length)
		return PARSE_MORE;
	if (!line->length || line->data[line->length - 1] != '\r') {
		request_refuse(request, 400, "A line does not end with CR LF");
		return PARSE_REFUSED;
	}
	line->length--;
	request->position = request->scanned = request->scanned + 1;
	return PARSE_DONE;
}

static enum parse_result result_of(bool good)
{
	return good ? PARSE_DONE : PARSE_REFUSED;
}

static enum parse_result step_line(struct request *request)
{
	const struct line_limit limit = {
		REQUEST_MAX_LINE,
		414,
		"The request line is too long",
	};
	struct slice line;
	enum parse_result result = take_line(request, &limit, &line);

	if (result != PARSE_DONE)
		return result;
	/* Empty lines before a request are skipped (RFC 9112, 2.2). */
	if (!line.length)
		return result_of(request->position <= REQUEST_MAX_LINE ||
				 request_refuse(request, 400,
						"The request line is empty"));
	request->state = REQUEST_FIELDS;
	request->line = request_part_of(request, line);
	return result_of(parse_request_line(request, line));
}

static enum parse_result take_field_line(struct request *request,
					 struct slice *line)
{
	const struct line_limit limit = {
		REQUEST_MAX_HEAD - request->head_length,
		431,
		"The header fields are too large",
	};
	enum parse_result result = take_line(request, &limit, line);

	if (result == PARSE_DONE)
		request->head_length += line->length;
	return result;
}

static enum parse_result step_fields(struct request *request)
{
	struct slice line;
	enum parse_result result = take_field_line(request, &line);

	if (result != PARSE_DONE)
		return result;
	if (line.length)
		return result_of(parse_field(request, line));
	request->body.start = (uint32_t)request->position;
	request->state = REQUEST_BODY;
	if (!parse_meaning(request))
		return PARSE_REFUSED;
	if (request->chunked)
		request->state = REQUEST_CHUNK_SIZE;
	return PARSE_DONE;
}

static enum parse_result step_body(struct request *request)
{
	if (request->length - request->position < request->remaining)
		return PARSE_MORE;
	request->body.length = (uint32_t)request->remaining;
	request->position += request->body.length;
	request->state = REQUEST_COMPLETE;
	return PARSE_DONE;
}

static enum parse_result step_chunk_size(struct request *request)
{
	const struct line_limit limit = {
		MAX_CHUNK_LINE,
		400,
		"A chunk's first line is too long",
	};
	struct slice line;
	enum parse_result result = take_line(request, &limit, &line);

	if (result != PARSE_DONE)
		return result;
	if (!parse_chunk_size(request, line))
		return PARSE_REFUSED;
	request->state = request->remaining ? REQUEST_CHUNK_DATA
					    : REQUEST_TRAILERS;
	return PARSE_DONE;
}

/* Appends the bytes of the chunk that have arrived to the body. */
static enum parse_result step_chunk_data(struct request *request)
{
	size_t count = request->length - request->position;

	if (count > request->remaining)
		count = (size_t)request->remaining;
	memmove(request->data + request->body.start + request->body.length,
		request->data + request->position, count);
	request->body.length += (uint32_t)count;
	request->position += count;
	request->remaining -= count;
	if (request->remaining)
		return PARSE_MORE;
	request->state = REQUEST_CHUNK_END;
	return PARSE_DONE;
}

static enum parse_result step_chunk_end(struct request *request)
{
	const char *data = request->data + request->position;
	size_t length = request->length - request->position;

	if (length > 2)
		length = 2;
	if (memcmp(data, "\r\n", length) != 0) {
		request_refuse(request, 400, "A chunk is longer than its size");
		return PARSE_REFUSED;
	}
	if (length < 2)
		return PARSE_MORE;
	request->position += 2;
	request->scanned = request->position;
	request->state = REQUEST_CHUNK_SIZE;
	return PARSE_DONE;
}

static enum parse_result step_trailers(struct request *request)
{
	struct slice line;
	enum parse_result result = take_field_line(request, &line);

	if (result != PARSE_DONE)
		return result;
	if (line.length)
		return result_of(parse_trailer(request, line));
	request->state = REQUEST_COMPLETE;
	return PARSE_DONE;
}

/* The step of each state; DONE continues with the next state. */
static enum parse_result (*const steps[])(struct request *) = {
	[REQUEST_LINE] = step_line,
	[REQUEST_FIELDS] = step_fields,
	[REQUEST_BODY] = step_body,
	[REQUEST_CHUNK_SIZE] = step_chunk_size,
	[REQUEST_CHUNK_DATA] = step_chunk_data,
	[REQUEST_CHUNK_END] = step_chunk_end,
	[REQUEST_TRAILERS] = step_trailers,
};

/*
 * Otherwise many small chunks would need a much larger buffer than their
 * content.
 */
static void close_gap(struct request *request, size_t *length)
{
	size_t end = request->body.start + request->body.length;
	size_t gap = request->position - end;

	memmove(request->data + end, request->data + request->position,
		*length - request->position);
	request->position = end;
	request->scanned = request->scanned > end + gap ? request->scanned - gap
							: end;
	*length -= gap;
}

enum parse_result request_parse(struct request *request, char *data,
				size_t *length)
{
	enum parse_result result = PARSE_DONE;

	request->data = data;
	request->length = *length;
	while (result == PARSE_DONE && request->state != REQUEST_COMPLETE)
		result = steps[request->state](request);
	if (result == PARSE_MORE && request->chunked)
		close_gap(request, length);
	return result;
}
