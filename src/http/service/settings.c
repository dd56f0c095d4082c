#include "http/service/settings.h"

#include "http/wire/grammar.h"

bool http_list_has(const char *list, struct slice name)
{
	struct slice rest = { .data = NULL };

	if (list)
		rest = slice_of(list);
	while (rest.data) {
		struct slice item = slice_trim(slice_cut(&rest, ','));

		if (item.length == name.length &&
		    !strncasecmp(item.data, name.data, name.length))
			return true;
	}
	return false;
}

/* scheme "://" host [ ":" port ], as browsers send it (RFC 6454, 6.2). */
static bool is_origin(struct slice text)
{
	struct slice scheme = slice_cut(&text, ':');

	if (!slice_is_fold(scheme, "http") && !slice_is_fold(scheme, "https"))
		return false;
	if (text.length < 3 || memcmp(text.data, "//", 2) != 0)
		return false;
	text.data += 2;
	text.length -= 2;
	return authority_is_valid(text);
}

static enum status check_cors(const char *list, bool tokens, struct error *e)
{
	struct slice rest = slice_of(list);

	while (rest.data) {
		struct slice item = slice_trim(slice_cut(&rest, ','));

		if (is_origin(item) || (slice_is(item, "*") && tokens))
			continue;
		if (slice_is(item, "*")) {
			fail(e, USAGE,
			     "--cors *: any web page could change everything");
			error_hint(e, "name the sites whose pages may ask "
				      "(--cors https://app.example.org), or "
				      "add --token-file");
			return e->status;
		}
		fail(e, USAGE, "--cors %.*s is not an origin", (int)item.length,
		     item.data);
		error_hint(e, "an origin has a scheme, a host and perhaps a "
			      "port, and no path: http://localhost:5173");
		return e->status;
	}
	return OK;
}

/* "/x" or "/x/y": no slash at its end, nothing that would need an escape. */
static bool is_root_path(const char *path)
{
	struct slice text = slice_of(path);

	return !text.length || (*path == '/' && path[text.length - 1] != '/' &&
				!strchr(path, '?') && !strstr(path, "//") &&
				slice_span(text, BYTE_TARGET) == text.length);
}

enum status http_settings_check(const struct http_settings *settings,
				struct error *e)
{
	if (settings->cors &&
	    check_cors(settings->cors, settings->token_file, e) != OK)
		return e->status;
	if (is_root_path(settings->root_path))
		return OK;
	fail(e, USAGE, "--root-path %s is not a path such as /api",
	     settings->root_path);
	error_hint(e, "it begins with a slash, and does not end with one");
	return e->status;
}
