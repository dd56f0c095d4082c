#include "http/wire/grammar.h"

/*
 * Fields that may occur only once: programs differ in which of two lines they
 * use.
 */
static const struct slice singletons[] = {
	{ "host", 4 },
	{ "content-length", 14 },
	{ "transfer-encoding", 17 },
	{ "content-type", 12 },
	{ "origin", 6 },
	{ "sec-fetch-site", 14 },
	{ "authorization", 13 },
	{ "idempotency-key", 15 },
	{ "expect", 6 },
};

static bool is_repeated(const struct request *request, struct slice name)
{
	for (size_t i = 0; i < sizeof(singletons) / sizeof(*singletons); i++) {
		if (singletons[i].length == name.length &&
		    slice_is_fold(name, singletons[i].data))
			return request_field(request, singletons[i].data).data;
	}
	return false;
}

static bool split_field(struct request *request, struct slice line,
			struct slice *name, struct slice *value)
{
	*name = slice_cut(&line, ':');
	if (!line.data)
		return request_refuse(request, 400,
				      "A header field has no colon");
	/*
	 * Refuses folded lines, too: they begin with a blank, which is not
	 * allowed in a name.
	 */
	if (!name->length || slice_span(*name, BYTE_TOKEN) != name->length)
		return request_refuse(
			request, 400,
			"The name of a header field is not valid");
	*value = slice_trim(line);
	if (slice_span(*value, BYTE_VALUE) != value->length)
		return request_refuse(request, 400,
				      "A header field has a control character");
	return true;
}

bool parse_field(struct request *request, struct slice line)
{
	struct slice name, value;

	if (!split_field(request, line, &name, &value))
		return false;
	if (request->nfields == REQUEST_MAX_FIELDS)
		return request_refuse(request, 431,
				      "There are too many header fields");
	if (is_repeated(request, name))
		return request_refuse(request, 400, "Duplicate header field");
	request->fields[request->nfields++] = (struct request_field){
		.name = request_part_of(request, name),
		.value = request_part_of(request, value),
	};
	return true;
}

bool parse_trailer(struct request *request, struct slice line)
{
	struct slice name, value;

	return split_field(request, line, &name, &value);
}

static bool parse_host(struct request *request)
{
	struct slice host = request_field(request, "host");

	if (!host.data)
		return request->minor == 0 ||
		       request_refuse(request, 400, "The Host is missing");
	if (!authority_is_valid(host))
		return request_refuse(request, 400, "The Host is not valid");
	if (!request->has_authority)
		request->authority = request_part_of(request, host);
	request->has_authority = true;
	return true;
}

static bool parse_length(struct request *request, struct slice text)
{
	bool large = false;

	if (!text.length)
		return request_refuse(request, 400,
				      "The Content-Length is not a number");
	for (size_t i = 0; i < text.length; i++) {
		if (text.data[i] < '0' || text.data[i] > '9')
			return request_refuse(request, 400,
					      "The Content-Length is not a "
					      "number");
		request->remaining = request->remaining * 10 +
				     (uint64_t)(text.data[i] - '0');
		if (request->remaining <= request->body_limit)
			continue;
		large = true;
		request->remaining = request->body_limit;
	}
	if (large)
		return request_refuse(request, 413, "The body is too large");
	return true;
}

/* RFC 9112, 6.3, but refuses what two programs could read differently. */
static bool parse_framing(struct request *request)
{
	struct slice length = request_field(request, "content-length");
	struct slice coding = request_field(request, "transfer-encoding");

	if (!coding.data)
		return !length.data || parse_length(request, length);
	if (length.data)
		return request_refuse(request, 400,
				      "Content-Length cannot be combined with "
				      "Transfer-Encoding");
	if (request->minor == 0)
		return request_refuse(request, 400,
				      "HTTP/1.0 has no Transfer-Encoding");
	if (!slice_is_fold(coding, "chunked"))
		return request_refuse(request, 400,
				      "The Transfer-Encoding is not chunked");
	request->chunked = true;
	return true;
}

static bool parse_expect(struct request *request)
{
	struct slice expect = request_field(request, "expect");

	/* HTTP/1.0 has no Expect (RFC 9110, 10.1.1). */
	if (!expect.data || request->minor == 0)
		return true;
	if (!slice_is_fold(expect, "100-continue"))
		return request_refuse(request, 417, "Unsupported expectation");
	request->expects_continue = true;
	return true;
}

bool parse_meaning(struct request *request)
{
	request->keep_alive = request->minor > 0 &&
			      !request_field_has(request, "connection",
						 "close");
	return parse_host(request) && parse_framing(request) &&
	       parse_expect(request);
}
