#include "http/wire/grammar.h"

static void skip(struct slice *text, size_t count)
{
	text->data += count;
	text->length -= count;
}

static bool take_byte(struct slice *text, char byte)
{
	if (!text->length || *text->data != byte)
		return false;
	skip(text, 1);
	return true;
}

static bool take_token(struct slice *text)
{
	size_t count = slice_span(*text, BYTE_TOKEN);

	skip(text, count);
	return count;
}

static bool take_quoted(struct slice *text)
{
	if (!take_byte(text, '"'))
		return false;
	while (text->length && *text->data != '"') {
		take_byte(text, '\\');
		if (!text->length || !byte_is(*text->data, BYTE_VALUE))
			return false;
		skip(text, 1);
	}
	return take_byte(text, '"');
}

static void skip_blanks(struct slice *text)
{
	while (take_byte(text, ' ') || take_byte(text, '\t'))
		continue;
}

/*
 * Checks one ; name [= value], where blanks are allowed between the parts, but
 * not at the end.
 */
static bool take_extension(struct slice *text)
{
	struct slice rest;

	skip_blanks(text);
	if (!take_byte(text, ';'))
		return false;
	skip_blanks(text);
	if (!take_token(text))
		return false;
	rest = *text;
	skip_blanks(&rest);
	if (!take_byte(&rest, '='))
		return true;
	skip_blanks(&rest);
	*text = rest;
	return take_token(text) || take_quoted(text);
}

/* chunk-ext is checked and ignored (RFC 9112, 7.1.1). */
static bool extensions_are_valid(struct slice text)
{
	while (text.length) {
		if (!take_extension(&text))
			return false;
	}
	return true;
}

bool parse_chunk_size(struct request *request, struct slice line)
{
	size_t digits = slice_span(line, BYTE_HEX);
	uint64_t room = request->body_limit - request->body.length;

	request->remaining = 0;
	for (size_t i = 0; i < digits; i++) {
		request->remaining = request->remaining * 16 +
				     (uint64_t)hex_value(line.data[i]);
		if (request->remaining > room)
			return request_refuse(request, 413,
					      "The body is too large");
	}
	skip(&line, digits);
	if (!digits || !extensions_are_valid(line))
		return request_refuse(request, 400,
				      "The size of a chunk is not valid");
	return true;
}
