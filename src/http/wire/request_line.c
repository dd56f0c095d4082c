#include "http/wire/grammar.h"

/* HTTP-version = "HTTP/" DIGIT "." DIGIT (RFC 9112, 2.3). */
static bool parse_version(struct request *request, struct slice version)
{
	const char *text = version.data;

	if (version.length != 8 || memcmp(text, "HTTP/", 5) != 0 ||
	    text[5] < '0' || text[5] > '9' || text[6] != '.' || text[7] < '0' ||
	    text[7] > '9')
		return request_refuse(request, 400,
				      "The request line does not end with "
				      "HTTP/1.1");
	if (text[5] != '1')
		return request_refuse(request, 505,
				      "The version must be HTTP/1.1");
	/* A higher minor version is answered as 1.1 (RFC 9110, 2.5). */
	request->minor = text[7] != '0';
	return true;
}

static bool parse_method(struct request *request, struct slice name)
{
	if (!name.length || slice_span(name, BYTE_TOKEN) != name.length)
		return request_refuse(request, 400,
				      "The request line has no method");
	request->method = http_method_find(name);
	if (request->method == HTTP_METHOD_COUNT)
		return request_refuse(request, 501,
				      "The method is not implemented");
	return true;
}

/* Bytes of a URI, each % followed by two hexadecimal digits. */
static bool target_is_valid(struct slice target)
{
	for (size_t i = 0; i < target.length; i++) {
		if (!byte_is(target.data[i], BYTE_TARGET))
			return false;
		if (target.data[i] != '%')
			continue;
		if (target.length - i < 3 ||
		    !byte_is(target.data[i + 1], BYTE_HEX) ||
		    !byte_is(target.data[i + 2], BYTE_HEX))
			return false;
	}
	return true;
}

static bool target_has_scheme(struct slice target, const char *scheme)
{
	return target.length >= strlen(scheme) &&
	       !strncasecmp(target.data, scheme, strlen(scheme));
}

/*
 * Removes scheme and authority from an absolute target: they replace the Host
 * (RFC 9112, 3.2.2).
 */
static bool parse_authority(struct request *request, struct slice *target)
{
	struct slice rest = *target;
	struct slice authority;

	slice_cut(&rest, '/');
	slice_cut(&rest, '/');
	authority = rest;
	authority.length = 0;
	while (authority.length < rest.length &&
	       rest.data[authority.length] != '/' &&
	       rest.data[authority.length] != '?')
		authority.length++;
	if (!authority.length || !authority_is_valid(authority))
		return request_refuse(request, 400,
				      "The target has no valid host");
	request->authority = request_part_of(request, authority);
	request->has_authority = true;
	target->data = authority.data + authority.length;
	target->length = rest.length - authority.length;
	return true;
}

static bool parse_target(struct request *request, struct slice target)
{
	struct slice path;

	if (!target_is_valid(target))
		return request_refuse(request, 400,
				      "The target has a character that must "
				      "be percent-encoded, such as > as %3E");
	if (slice_is(target, "*") && request->method == HTTP_OPTIONS) {
		request->asterisk = true;
		return true;
	}
	if (target_has_scheme(target, "http://") ||
	    target_has_scheme(target, "https://")) {
		if (!parse_authority(request, &target))
			return false;
	} else if (!target.length || *target.data != '/') {
		return request_refuse(request, 400,
				      "The target does not begin with a /");
	}
	path = slice_cut(&target, '?');
	request->path = request_part_of(request, path);
	if (target.data)
		request->query = request_part_of(request, target);
	return true;
}

bool parse_request_line(struct request *request, struct slice line)
{
	struct slice method = slice_cut(&line, ' ');
	struct slice target = slice_cut(&line, ' ');

	if (!line.data)
		return request_refuse(request, 400,
				      "The request line does not have three "
				      "parts");
	return parse_version(request, line) && parse_method(request, method) &&
	       parse_target(request, target);
}
