/*
 * Bytes that must pass and bytes that must be refused, each fed at once, byte
 * by byte, and cut in two at every place.  The first part is the probes of
 * the research that the listener's parser was decided by.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>

#include <cmocka.h>

#include "http/wire/parse.h"

enum { BODY_LIMIT = 10 * 1024 * 1024, MORE = -1, PASS = 0 };

struct sample {
	const char *label;
	int expected; /* PASS, MORE or the status of the refusal */
	const char *bytes;
	size_t length;
	const char *body; /* of what passes; NULL: empty */
	const char *rest; /* what must be left; NULL: nothing */
};

#define PIECE(text) text, sizeof(text) - 1
#define BYTES(text) .bytes = text, .length = sizeof(text) - 1
#define H "Host: 127.0.0.1\r\n"
#define GET_WITH(fields) BYTES("GET / HTTP/1.1\r\n" H fields "\r\n")
#define POST_WITH(fields, body) \
	BYTES("POST /user/create HTTP/1.1\r\n" H fields "\r\n" body)
#define CHUNKED "Transfer-Encoding: chunked\r\n"

static const struct sample samples[] = {
	/* The probes. */
	{ .label = "baseline GET", .expected = PASS, GET_WITH("") },
	{ .label = "baseline POST",
	  .expected = PASS,
	  POST_WITH("Content-Length: 2\r\n", "{}"),
	  .body = "{}" },
	{ .label = "no Host",
	  .expected = 400,
	  BYTES("GET / HTTP/1.1\r\n\r\n") },
	{ .label = "two Hosts", .expected = 400, GET_WITH("Host: evil\r\n") },
	{ .label = "bare LF",
	  .expected = 400,
	  BYTES("GET / HTTP/1.1\nHost: x\n\n") },
	{ .label = "obs-fold", .expected = 400, GET_WITH("X-A: 1\r\n 2\r\n") },
	{ .label = "blank before colon",
	  .expected = 400,
	  GET_WITH("X-A : 1\r\n") },
	{ .label = "no colon", .expected = 400, GET_WITH("XA\r\n") },
	{ .label = "empty name", .expected = 400, GET_WITH(": 1\r\n") },
	{ .label = "NUL in value", .expected = 400, GET_WITH("X-A: a\0b\r\n") },
	{ .label = "control in value",
	  .expected = 400,
	  GET_WITH("X-A: a\001b\r\n") },
	{ .label = "lone CR in value",
	  .expected = 400,
	  GET_WITH("X-A: a\rb\r\n") },
	{ .label = "CL and TE",
	  .expected = 400,
	  POST_WITH("Content-Length: 5\r\n" CHUNKED, "2\r\n{}\r\n0\r\n\r\n") },
	{ .label = "two CL differ",
	  .expected = 400,
	  POST_WITH("Content-Length: 2\r\n"
		    "Content-Length: 6\r\n",
		    "{}") },
	{ .label = "two CL same",
	  .expected = 400,
	  POST_WITH("Content-Length: 2\r\n"
		    "Content-Length: 2\r\n",
		    "{}") },
	{ .label = "CL +n",
	  .expected = 400,
	  POST_WITH("Content-Length: +2\r\n", "{}") },
	{ .label = "CL 0xN",
	  .expected = 400,
	  POST_WITH("Content-Length: 0x2\r\n", "{}") },
	{ .label = "CL n, n",
	  .expected = 400,
	  POST_WITH("Content-Length: 2, 2\r\n", "{}") },
	{ .label = "CL -1",
	  .expected = 400,
	  POST_WITH("Content-Length: -1\r\n", "") },
	{ .label = "CL 2^64+2",
	  .expected = 413,
	  POST_WITH("Content-Length: "
		    "18446744073709551618\r\n",
		    "{}") },
	{ .label = "TE xchunked",
	  .expected = 400,
	  POST_WITH("Transfer-Encoding: xchunked\r\n",
		    "2\r\n{}\r\n0\r\n\r\n") },
	{ .label = "TE twice chunked",
	  .expected = 400,
	  POST_WITH("Transfer-Encoding: chunked, chunked\r\n",
		    "2\r\n{}\r\n0\r\n\r\n") },
	{ .label = "TE gzip, chunked",
	  .expected = 400,
	  POST_WITH("Transfer-Encoding: gzip, chunked\r\n",
		    "2\r\n{}\r\n0\r\n\r\n") },
	{ .label = "TE chunked",
	  .expected = PASS,
	  POST_WITH(CHUNKED, "2\r\n{}\r\n0\r\n\r\n"),
	  .body = "{}" },
	{ .label = "TE in HTTP/1.0",
	  .expected = 400,
	  BYTES("POST / HTTP/1.0\r\n" CHUNKED "\r\n2\r\n{}\r\n0\r\n\r\n") },
	{ .label = "chunk size 0x2",
	  .expected = 400,
	  POST_WITH(CHUNKED, "0x2\r\n{}\r\n0\r\n\r\n") },
	{ .label = "chunk size -1",
	  .expected = 400,
	  POST_WITH(CHUNKED, "-1\r\n{}\r\n0\r\n\r\n") },
	{ .label = "chunk size 2^64+2",
	  .expected = 413,
	  POST_WITH(CHUNKED, "10000000000000002\r\n{}\r\n0\r\n\r\n") },
	{ .label = "chunk bare LF",
	  .expected = 400,
	  POST_WITH(CHUNKED, "2\n{}\n0\n\n") },
	{ .label = "trailer Host",
	  .expected = PASS,
	  POST_WITH(CHUNKED, "2\r\n{}\r\n0\r\nHost: evil\r\n\r\n"),
	  .body = "{}" },
	{ .label = "HTTP/1.2",
	  .expected = PASS,
	  BYTES("GET / HTTP/1.2\r\n" H "\r\n") },
	{ .label = "HTTP/2.0",
	  .expected = 505,
	  BYTES("GET / HTTP/2.0\r\n" H "\r\n") },
	{ .label = "HTTP/11.1",
	  .expected = 400,
	  BYTES("GET / HTTP/11.1\r\n" H "\r\n") },
	{ .label = "lower case",
	  .expected = 501,
	  BYTES("get / HTTP/1.1\r\n" H "\r\n") },
	{ .label = "unknown method",
	  .expected = 501,
	  BYTES("FOO / HTTP/1.1\r\n" H "\r\n") },
	{ .label = "two blanks",
	  .expected = 400,
	  BYTES("GET  / HTTP/1.1\r\n" H "\r\n") },
	{ .label = "tabs",
	  .expected = 400,
	  BYTES("GET\t/\tHTTP/1.1\r\n" H "\r\n") },
	{ .label = "blank in target",
	  .expected = 400,
	  BYTES("GET /a b HTTP/1.1\r\n" H "\r\n") },
	{ .label = "control in target",
	  .expected = 400,
	  BYTES("GET /\001 HTTP/1.1\r\n" H "\r\n") },
	{ .label = "UTF-8 in target",
	  .expected = 400,
	  BYTES("GET /\xd1\x8e HTTP/1.1\r\n" H "\r\n") },
	{ .label = "absolute form",
	  .expected = PASS,
	  BYTES("GET http://x/ HTTP/1.1\r\n" H "\r\n") },
	{ .label = "no slash",
	  .expected = 400,
	  BYTES("GET foo HTTP/1.1\r\n" H "\r\n") },
	{ .label = "%00 in path",
	  .expected = PASS,
	  BYTES("GET /%00 HTTP/1.1\r\n" H "\r\n") },
	{ .label = "TLS hello",
	  .expected = 400,
	  BYTES("\x16\x03\x01\x02\0\x01\0\r\n\r\n") },
	{ .label = "Expect 100",
	  .expected = PASS,
	  POST_WITH("Expect: 100-continue\r\n"
		    "Content-Length: 2\r\n",
		    "{}"),
	  .body = "{}" },
	{ .label = "Expect foo",
	  .expected = 417,
	  POST_WITH("Expect: foo\r\n"
		    "Content-Length: 2\r\n",
		    "{}") },
	{ .label = "HEAD",
	  .expected = PASS,
	  BYTES("HEAD / HTTP/1.1\r\n" H "Connection: close\r\n\r\n") },
	{ .label = "leading CRLF",
	  .expected = PASS,
	  BYTES("\r\n\r\nGET / HTTP/1.1\r\n" H "\r\n") },
	{ .label = "pipelined",
	  .expected = PASS,
	  BYTES("GET / HTTP/1.1\r\n" H "\r\n"
		"GET / HTTP/1.1\r\n" H "\r\n"),
	  .rest = "GET / HTTP/1.1\r\n" H "\r\n" },

	/* What must pass beside them. */
	{ .label = "HTTP/1.0 without Host",
	  .expected = PASS,
	  BYTES("GET / HTTP/1.0\r\n\r\n") },
	{ .label = "HTTP/1.0 with Expect",
	  .expected = PASS,
	  BYTES("GET / HTTP/1.0\r\nExpect: foo\r\n\r\n") },
	{ .label = "OPTIONS *",
	  .expected = PASS,
	  BYTES("OPTIONS * HTTP/1.1\r\n" H "\r\n") },
	{ .label = "empty Host",
	  .expected = PASS,
	  BYTES("GET / HTTP/1.1\r\nHost:\r\n\r\n") },
	{ .label = "IPv6 Host",
	  .expected = PASS,
	  BYTES("GET / HTTP/1.1\r\nHost: [::1]:8000\r\n\r\n") },
	{ .label = "blanks around value",
	  .expected = PASS,
	  GET_WITH("X-A: \t b c \t\r\n") },
	{ .label = "empty value", .expected = PASS, GET_WITH("X-A:\r\n") },
	{ .label = "obs-text in value",
	  .expected = PASS,
	  GET_WITH("X-A: \xff\r\n") },
	{ .label = "query of escapes",
	  .expected = PASS,
	  BYTES("GET /a?b=%00%ff&c=/?:@!$'()*+,;= HTTP/1.1\r\n" H "\r\n") },
	{ .label = "absolute without path",
	  .expected = PASS,
	  BYTES("GET http://localhost:80?a HTTP/1.1\r\n" H "\r\n") },
	{ .label = "leading zeros",
	  .expected = PASS,
	  POST_WITH("Content-Length: 0002\r\n", "{}"),
	  .body = "{}" },
	{ .label = "CL 0",
	  .expected = PASS,
	  POST_WITH("Content-Length: 0\r\n", "") },
	{ .label = "body, then more",
	  .expected = PASS,
	  POST_WITH("Content-Length: 2\r\n", "{}GET"),
	  .body = "{}",
	  .rest = "GET" },
	{ .label = "many chunks",
	  .expected = PASS,
	  POST_WITH("transfer-encoding: Chunked\r\n",
		    "1\r\na\r\n02\r\nbc\r\nA\r\n0123456789\r\n000\r\n\r\nGET"),
	  .body = "abc0123456789",
	  .rest = "GET" },
	{ .label = "chunk extensions",
	  .expected = PASS,
	  POST_WITH(CHUNKED, "2;a;b=c ; d = \"e\\\"f\"\r\n{}\r\n0\r\n\r\n"),
	  .body = "{}" },
	{ .label = "empty chunked body",
	  .expected = PASS,
	  POST_WITH(CHUNKED, "0\r\n\r\n") },
	{ .label = "CRLF in a chunk",
	  .expected = PASS,
	  POST_WITH(CHUNKED, "4\r\n\r\n\r\n\r\n0\r\n\r\n"),
	  .body = "\r\n\r\n" },
	{ .label = "no body yet",
	  .expected = MORE,
	  POST_WITH("Content-Length: 3\r\n", "{}") },
	{ .label = "no end of head",
	  .expected = MORE,
	  BYTES("GET / HTTP/1.1\r\n" H) },
	{ .label = "no last chunk",
	  .expected = MORE,
	  POST_WITH(CHUNKED, "2\r\n{}\r\n") },
	{ .label = "no end of trailers",
	  .expected = MORE,
	  POST_WITH(CHUNKED, "0\r\nA: b\r\n") },

	/* What must be refused beside them. */
	{ .label = "HTTP/0.9", .expected = 400, BYTES("GET /\r\n") },
	{ .label = "h2 preface",
	  .expected = 505,
	  BYTES("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n") },
	{ .label = "CONNECT",
	  .expected = 501,
	  BYTES("CONNECT a:80 HTTP/1.1\r\n" H "\r\n") },
	{ .label = "GET *",
	  .expected = 400,
	  BYTES("GET * HTTP/1.1\r\n" H "\r\n") },
	{ .label = "fragment",
	  .expected = 400,
	  BYTES("GET /#a HTTP/1.1\r\n" H "\r\n") },
	{ .label = "bad escape",
	  .expected = 400,
	  BYTES("GET /%g0 HTTP/1.1\r\n" H "\r\n") },
	{ .label = "cut escape",
	  .expected = 400,
	  BYTES("GET /%0 HTTP/1.1\r\n" H "\r\n") },
	{ .label = "version in lower case",
	  .expected = 400,
	  BYTES("GET / http/1.1\r\n" H "\r\n") },
	{ .label = "blank after version",
	  .expected = 400,
	  BYTES("GET / HTTP/1.1 \r\n" H "\r\n") },
	{ .label = "blank before method",
	  .expected = 400,
	  BYTES(" GET / HTTP/1.1\r\n" H "\r\n") },
	{ .label = "no target",
	  .expected = 400,
	  BYTES("GET HTTP/1.1\r\n" H "\r\n") },
	{ .label = "CR in the line",
	  .expected = 400,
	  BYTES("GET /\r HTTP/1.1\r\n" H "\r\n") },
	{ .label = "CR CR LF", .expected = 400, GET_WITH("X-A: b\r\r\n") },
	{ .label = "bare LF after fields",
	  .expected = 400,
	  BYTES("GET / HTTP/1.1\r\n" H "\n") },
	{ .label = "DEL in value", .expected = 400, GET_WITH("X-A: \x7f\r\n") },
	{ .label = "blank before first field",
	  .expected = 400,
	  BYTES("GET / HTTP/1.1\r\n " H "\r\n") },
	{ .label = "Host with a path",
	  .expected = 400,
	  BYTES("GET / HTTP/1.1\r\nHost: a/b\r\n\r\n") },
	{ .label = "Host with a user",
	  .expected = 400,
	  BYTES("GET / HTTP/1.1\r\nHost: a@b\r\n\r\n") },
	{ .label = "Host list",
	  .expected = 400,
	  BYTES("GET / HTTP/1.1\r\nHost: a b\r\n\r\n") },
	{ .label = "Host with a bad port",
	  .expected = 400,
	  BYTES("GET / HTTP/1.1\r\nHost: a:8o\r\n\r\n") },
	{ .label = "Host only a port",
	  .expected = 400,
	  BYTES("GET / HTTP/1.1\r\nHost: :80\r\n\r\n") },
	{ .label = "Host open bracket",
	  .expected = 400,
	  BYTES("GET / HTTP/1.1\r\nHost: [::1\r\n\r\n") },
	{ .label = "absolute without host",
	  .expected = 400,
	  BYTES("GET http:/// HTTP/1.1\r\n" H "\r\n") },
	{ .label = "absolute with a user",
	  .expected = 400,
	  BYTES("GET http://a@b/ HTTP/1.1\r\n" H "\r\n") },
	{ .label = "empty CL",
	  .expected = 400,
	  POST_WITH("Content-Length:\r\n", "") },
	{ .label = "CL 1e1",
	  .expected = 400,
	  POST_WITH("Content-Length: 1e1\r\n", "") },
	{ .label = "large CL, no number",
	  .expected = 400,
	  POST_WITH("Content-Length: 99999999999999999999x\r\n", "") },
	{ .label = "CL over the limit",
	  .expected = 413,
	  POST_WITH("Content-Length: 10485761\r\n", "") },
	{ .label = "two TE",
	  .expected = 400,
	  POST_WITH(CHUNKED CHUNKED, "0\r\n\r\n") },
	{ .label = "TE chunked, identity",
	  .expected = 400,
	  POST_WITH("Transfer-Encoding: chunked, identity\r\n", "") },
	{ .label = "two Content-Types",
	  .expected = 400,
	  GET_WITH("Content-Type: a/b\r\ncontent-type: a/b\r\n") },
	{ .label = "two Origins",
	  .expected = 400,
	  GET_WITH("Origin: a\r\nOrigin: a\r\n") },
	{ .label = "empty chunk size",
	  .expected = 400,
	  POST_WITH(CHUNKED, "\r\n{}\r\n") },
	{ .label = "blank after chunk size",
	  .expected = 400,
	  POST_WITH(CHUNKED, "2 \r\n{}\r\n0\r\n\r\n") },
	{ .label = "blank before chunk size",
	  .expected = 400,
	  POST_WITH(CHUNKED, " 2\r\n{}\r\n0\r\n\r\n") },
	{ .label = "blank after extension",
	  .expected = 400,
	  POST_WITH(CHUNKED, "2;a \r\n{}\r\n0\r\n\r\n") },
	{ .label = "nameless extension",
	  .expected = 400,
	  POST_WITH(CHUNKED, "2;\r\n{}\r\n0\r\n\r\n") },
	{ .label = "open quote in extension",
	  .expected = 400,
	  POST_WITH(CHUNKED, "2;a=\"b\r\n{}\r\n0\r\n\r\n") },
	{ .label = "chunk too long",
	  .expected = 400,
	  POST_WITH(CHUNKED, "2\r\n{}}\r\n0\r\n\r\n") },
	{ .label = "chunk ends with LF",
	  .expected = 400,
	  POST_WITH(CHUNKED, "2\r\n{}\n0\r\n\r\n") },
	{ .label = "chunk over the limit",
	  .expected = 413,
	  POST_WITH(CHUNKED, "a00001\r\n") },
	{ .label = "bad trailer",
	  .expected = 400,
	  POST_WITH(CHUNKED, "0\r\nA : b\r\n\r\n") },
	{ .label = "trailer bare LF",
	  .expected = 400,
	  POST_WITH(CHUNKED, "0\r\n\n") },
};

/* What the parser came to, from bytes that were fed in pieces. */
struct outcome {
	enum parse_result result;
	struct request request;
	char *data; /* an own allocation of just that length */
	size_t length;
};

static void feed(struct outcome *o, const char *bytes, size_t length)
{
	char *grown = malloc(o->length + length + 1);

	/* Always elsewhere, and no byte longer: nothing stale is read. */
	assert_non_null(grown);
	if (o->length)
		memcpy(grown, o->data, o->length);
	memcpy(grown + o->length, bytes, length);
	free(o->data);
	o->length += length;
	o->data = malloc(o->length);
	assert_non_null(o->data);
	memcpy(o->data, grown, o->length);
	free(grown);
	if (o->result == PARSE_MORE)
		o->result = request_parse(&o->request, o->data, &o->length);
	o->request.data = o->data;
}

static void outcome_init(struct outcome *o, size_t limit)
{
	o->result = PARSE_MORE;
	request_init(&o->request, limit);
	o->data = NULL;
	o->length = 0;
}

static void check_passed(const struct sample *sample, const struct outcome *o)
{
	const struct request *request = &o->request;
	const char *body = sample->body ? sample->body : "";
	const char *rest = sample->rest ? sample->rest : "";

	assert_int_equal(o->result, PARSE_DONE);
	assert_true(slice_is(request_slice(request, request->body), body));
	assert_int_equal(o->length - request->position, strlen(rest));
	assert_memory_equal(o->data + request->position, rest, strlen(rest));
}

static void check(const struct sample *sample, const struct outcome *o)
{
	if (sample->expected == PASS) {
		check_passed(sample, o);
	} else if (sample->expected == MORE) {
		assert_int_equal(o->result, PARSE_MORE);
	} else {
		assert_int_equal(o->result, PARSE_REFUSED);
		assert_int_equal(o->request.status, sample->expected);
		assert_non_null(o->request.reason);
	}
	free(o->data);
}

static void check_sample(const struct sample *sample)
{
	struct outcome o;

	outcome_init(&o, BODY_LIMIT);
	for (size_t i = 0; i < sample->length; i++)
		feed(&o, sample->bytes + i, 1);
	check(sample, &o);
	for (size_t cut = 1; cut <= sample->length; cut++) {
		outcome_init(&o, BODY_LIMIT);
		feed(&o, sample->bytes, cut);
		if (cut < sample->length)
			feed(&o, sample->bytes + cut, sample->length - cut);
		check(sample, &o);
	}
}

static void test_sample(void **state)
{
	check_sample(*state);
}

/* before, count times piece, after. */
static struct sample repeated(int expected, const char *before,
			      const char *piece, size_t count,
			      const char *after)
{
	size_t size = strlen(before) + strlen(piece) * count + strlen(after);
	char *bytes = malloc(size + 1);

	assert_non_null(bytes);
	strcpy(bytes, before);
	for (size_t i = 0, at = strlen(before); i < count; i++) {
		strcpy(bytes + at, piece);
		at += strlen(piece);
	}
	strcpy(bytes + size - strlen(after), after);
	return (struct sample){
		.expected = expected,
		.bytes = bytes,
		.length = size,
	};
}

static void check_repeated(int expected, const char *before, const char *piece,
			   size_t count, const char *after)
{
	struct sample sample = repeated(expected, before, piece, count, after);
	struct outcome o;

	outcome_init(&o, BODY_LIMIT);
	feed(&o, sample.bytes, sample.length);
	check(&sample, &o);
	free((void *)(uintptr_t)sample.bytes);
}

static void test_limits(void **state)
{
	const char *end = " HTTP/1.1\r\n" H "\r\n";
	const char *start = "GET / HTTP/1.1\r\n" H;

	(void)state;
	check_repeated(PASS, "GET /", "a", REQUEST_MAX_LINE - 14, end);
	check_repeated(414, "GET /", "a", REQUEST_MAX_LINE - 13, end);
	check_repeated(414, "GET /?", "a", 65536, end);
	check_repeated(414, "GET /?", "a", 8192, "");
	check_repeated(MORE, "GET /?", "a", 8000, "");
	check_repeated(400, "", "\r\n", 5000, start);
	check_repeated(PASS, start, "X: a\r\n", 99, "\r\n");
	check_repeated(431, start, "X: a\r\n", 100, "\r\n");
	check_repeated(431, start, "X: a\r\n", 2000, "\r\n");
	check_repeated(PASS, "GET / HTTP/1.1\r\n" H "X: ", "a", 16000,
		       "\r\n\r\n");
	check_repeated(431, "GET / HTTP/1.1\r\n" H "X: ", "a", 65536,
		       "\r\n\r\n");
	check_repeated(431, "GET / HTTP/1.1\r\n" H "X: ", "a", 16384, "");
	check_repeated(400, "POST / HTTP/1.1\r\n" H CHUNKED "\r\n2;", "a", 300,
		       "");
	check_repeated(431, "POST / HTTP/1.1\r\n" H CHUNKED "\r\n0\r\nA: ", "a",
		       20000, "\r\n\r\n");
}

/* A body of chunks of one byte takes no more room than its content. */
static void test_chunks_shrink(void **state)
{
	struct outcome o;

	(void)state;
	outcome_init(&o, 1000);
	feed(&o, PIECE("POST / HTTP/1.1\r\n" H CHUNKED "\r\n"));
	for (size_t i = 0; i < 1000; i++)
		feed(&o, PIECE("1\r\na\r\n"));
	assert_int_equal(o.result, PARSE_MORE);
	assert_int_equal(o.length, o.request.body.start + 1000);
	feed(&o, PIECE("1\r\n"));
	assert_int_equal(o.result, PARSE_REFUSED);
	assert_int_equal(o.request.status, 413);
	free(o.data);
}

static void test_contents(void **state)
{
	const char text[] = "PATCH http://LocalHost:80/a%20b?c=d?e HTTP/1.1\r\n"
			    "Host: other\r\nX-List: a, CLOSE ,b\r\n"
			    "connection: x\r\nConnection: Close\r\n\r\n";
	struct outcome o;
	const struct request *r = &o.request;

	(void)state;
	outcome_init(&o, BODY_LIMIT);
	feed(&o, PIECE(text));
	assert_int_equal(r->method, HTTP_PATCH);
	assert_true(slice_is(request_slice(r, r->path), "/a%20b"));
	assert_true(slice_is(request_slice(r, r->query), "c=d?e"));
	assert_true(slice_is(request_slice(r, r->authority), "LocalHost:80"));
	assert_true(slice_is(request_field(r, "HOST"), "other"));
	assert_null(request_field(r, "hos").data);
	assert_true(request_field_has(r, "x-list", "close"));
	assert_false(request_field_has(r, "x-list", "clos"));
	assert_false(r->keep_alive);
	free(o.data);
}

enum { NSAMPLES = sizeof(samples) / sizeof(*samples) };

/* Each sample is a test of its own, so that one that fails is named. */
static int run_samples(void)
{
	struct CMUnitTest tests[NSAMPLES];

	for (size_t i = 0; i < NSAMPLES; i++)
		tests[i] = (struct CMUnitTest){
			.name = samples[i].label,
			.test_func = test_sample,
			.initial_state = (void *)(uintptr_t)&samples[i],
		};
	return cmocka_run_group_tests_name("samples", tests, NULL, NULL);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_limits),
		cmocka_unit_test(test_chunks_shrink),
		cmocka_unit_test(test_contents),
	};
	int failed = run_samples();

	return failed + cmocka_run_group_tests(tests, NULL, NULL);
}
