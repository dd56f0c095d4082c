/*
 * The request parser must make the same of a request however its bytes come,
 * and what it accepts is RFC 9112's grammar.  The first byte says how many come
 * at a time; what follows a request is the next one.
 */
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>

#include "http/wire/parse.h"
#include "http/wire/uri.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

enum { BODY_MOST = 1000 };

struct parsing {
	struct request request;
	enum parse_result result;
	char *bytes; /* those that have come, without what chunks took */
	size_t length, taken;
};

static void expect(bool holds, const char *what)
{
	if (holds)
		return;
	fprintf(stderr, "%s\n", what);
	abort();
}

/* The bytes are elsewhere each time, with nothing behind them. */
static void read_request(struct parsing *reading, const uint8_t *data,
			 size_t size, size_t step)
{
	*reading = (struct parsing){ .result = PARSE_MORE };
	request_init(&reading->request, BODY_MOST);
	while (reading->result == PARSE_MORE && reading->taken < size) {
		size_t left = size - reading->taken;
		size_t more = step < left ? step : left;
		char *bytes = malloc(reading->length + more);

		if (reading->length)
			memcpy(bytes, reading->bytes, reading->length);
		memcpy(bytes + reading->length, data + reading->taken, more);
		free(reading->bytes);
		reading->bytes = bytes;
		reading->length += more;
		reading->taken += more;
		reading->result = request_parse(&reading->request, bytes,
						&reading->length);
	}
}

static struct slice part(const struct parsing *reading,
			 struct request_part where)
{
	return request_slice(&reading->request, where);
}

static void expect_same(struct slice a, struct slice b, const char *what)
{
	expect(a.length == b.length &&
		       (!a.length || memcmp(a.data, b.data, a.length) == 0),
	       what);
}

static size_t count_left(const struct parsing *reading, size_t size)
{
	return reading->length - reading->request.position + size -
	       reading->taken;
}

static void compare(const struct parsing *a, const struct parsing *b,
		    size_t size)
{
	const struct request *x = &a->request, *y = &b->request;

	expect(a->result == b->result, "another result");
	if (a->result == PARSE_REFUSED)
		expect(x->status == y->status, "another status");
	if (a->result != PARSE_DONE)
		return;
	expect(x->method == y->method && x->minor == y->minor &&
		       x->keep_alive == y->keep_alive &&
		       x->nfields == y->nfields,
	       "another head");
	expect_same(part(a, x->path), part(b, y->path), "another path");
	expect_same(part(a, x->query), part(b, y->query), "another query");
	expect_same(part(a, x->body), part(b, y->body), "another body");
	for (size_t i = 0; i < x->nfields; i++) {
		expect_same(part(a, x->fields[i].name),
			    part(b, y->fields[i].name), "another name");
		expect_same(part(a, x->fields[i].value),
			    part(b, y->fields[i].value), "another value");
	}
	expect(count_left(a, size) == count_left(b, size), "another end");
}

static bool has_control(struct slice text)
{
	for (size_t i = 0; i < text.length; i++) {
		unsigned char byte = (unsigned char)text.data[i];

		if ((byte < ' ' && byte != '\t') || byte == 0x7f)
			return true;
	}
	return false;
}

static size_t count_fields(const struct parsing *reading, const char *name)
{
	size_t count = 0;

	for (size_t i = 0; i < reading->request.nfields; i++)
		count += slice_is_fold(
			part(reading, reading->request.fields[i].name), name);
	return count;
}

/* What two programs could read differently is not accepted. */
static void check_accepted(const struct parsing *reading)
{
	const struct request *request = &reading->request;
	struct slice path = part(reading, request->path);
	size_t lengths = count_fields(reading, "content-length");
	size_t codings = count_fields(reading, "transfer-encoding");

	/* http://localhost has none. */
	expect(request->asterisk || !path.length || *path.data == '/',
	       "a path without a slash");
	expect(!has_control(part(reading, request->line)), "a control");
	expect(lengths + codings <= 1, "two lengths");
	expect(count_fields(reading, "host") == 1 || !request->minor,
	       "no host, or two");
	expect(request->body.length <= BODY_MOST, "a body beyond its limit");
	expect(request->body.length == 0 || lengths + codings == 1,
	       "a body without a length");
	for (size_t i = 0; i < request->nfields; i++) {
		struct slice name = part(reading, request->fields[i].name);

		expect(name.length && !has_control(name), "a name");
		for (size_t k = 0; k < name.length; k++)
			expect(!strchr(" \t:", name.data[k]), "a name's byte");
		expect(!has_control(part(reading, request->fields[i].value)),
		       "a value");
	}
}

static void decode(const struct parsing *reading)
{
	const struct request *request = &reading->request;
	const struct pair *pairs;
	size_t count;
	ARENA(arena);

	uri_decode(part(reading, request->path), &arena);
	if (request->query.length)
		(void)uri_query(part(reading, request->query), &arena, &pairs,
				&count);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	size_t step = size ? (size_t)*data % 64 + 1 : 1;
	bool more = size > 1;

	data += more;
	size -= more;
	while (more) {
		struct parsing whole, pieces;
		size_t left = 0;

		read_request(&whole, data, size, size);
		read_request(&pieces, data, size, step);
		compare(&whole, &pieces, size);
		if (whole.result == PARSE_DONE) {
			check_accepted(&whole);
			decode(&pieces);
			left = count_left(&whole, size);
		}
		more = whole.result == PARSE_DONE && left;
		free(whole.bytes);
		free(pieces.bytes);
		data += size - left;
		size = left;
	}
	return 0;
}
