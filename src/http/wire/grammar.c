#include "http/wire/grammar.h"

/* What unreserved and sub-delims of RFC 3986 have in all uses here. */
#define NAME (BYTE_TOKEN | BYTE_TARGET | BYTE_VALUE | BYTE_HOST)
#define DIGIT (NAME | BYTE_HEX)
#define DELIM (BYTE_TARGET | BYTE_VALUE | BYTE_HOST)

const unsigned char byte_classes[256] = {
	['\t'] = BYTE_VALUE,
	[' '] = BYTE_VALUE,
	['!'] = NAME,
	['"'] = BYTE_VALUE,
	['#'] = BYTE_TOKEN | BYTE_VALUE,
	['$'] = NAME,
	['%'] = NAME,
	['&'] = NAME,
	['\''] = NAME,
	['('] = DELIM,
	[')'] = DELIM,
	['*'] = NAME,
	['+'] = NAME,
	[','] = DELIM,
	['-'] = NAME,
	['.'] = NAME,
	['/'] = BYTE_TARGET | BYTE_VALUE,
	['0' ... '9'] = DIGIT,
	[':'] = BYTE_TARGET | BYTE_VALUE,
	[';'] = DELIM,
	['<'] = BYTE_VALUE,
	['='] = DELIM,
	['>'] = BYTE_VALUE,
	['?'] = BYTE_TARGET | BYTE_VALUE,
	['@'] = BYTE_TARGET | BYTE_VALUE,
	['A' ... 'F'] = DIGIT,
	['G' ... 'Z'] = NAME,
	['[' ... ']'] = BYTE_VALUE,
	['^'] = BYTE_TOKEN | BYTE_VALUE,
	['_'] = NAME,
	['`'] = BYTE_TOKEN | BYTE_VALUE,
	['a' ... 'f'] = DIGIT,
	['g' ... 'z'] = NAME,
	['{'] = BYTE_VALUE,
	['|'] = BYTE_TOKEN | BYTE_VALUE,
	['}'] = BYTE_VALUE,
	['~'] = NAME,
	[0x80 ... 0xff] = BYTE_VALUE, /* obs-text */
};

size_t slice_span(struct slice slice, enum byte_class class)
{
	size_t i = 0;

	while (i < slice.length && byte_is(slice.data[i], class))
		i++;
	return i;
}

int hex_value(char digit)
{
	if (digit <= '9')
		return digit - '0';
	return (digit | 0x20) - 'a' + 10;
}

struct request_part request_part_of(const struct request *request,
				    struct slice slice)
{
	return (struct request_part){
		.start = (uint32_t)(slice.data - request->data),
		.length = (uint32_t)slice.length,
	};
}

static bool port_is_valid(struct slice text)
{
	if (!text.length)
		return true;
	if (text.data[0] != ':')
		return false;
	for (size_t i = 1; i < text.length; i++) {
		if (text.data[i] < '0' || text.data[i] > '9')
			return false;
	}
	return text.length <= sizeof(":65535") - 1;
}

/* "::1]:8000": what follows the bracket of an IPv6 address. */
static bool literal_is_valid(struct slice text)
{
	struct slice address = slice_cut(&text, ']');

	if (!text.data || !address.length)
		return false;
	for (size_t i = 0; i < address.length; i++) {
		char byte = address.data[i];

		if (!byte_is(byte, BYTE_HEX) && byte != ':' && byte != '.')
			return false;
	}
	return port_is_valid(text);
}

bool authority_is_valid(struct slice text)
{
	size_t host;

	if (text.length && text.data[0] == '[')
		return literal_is_valid((struct slice){
			.data = text.data + 1,
			.length = text.length - 1,
		});
	host = slice_span(text, BYTE_HOST);
	text.data += host;
	text.length -= host;
	return port_is_valid(text) && (host || !text.length);
}
