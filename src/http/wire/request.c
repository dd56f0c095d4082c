#include "http/wire/request.h"

static const char *const methods[HTTP_METHOD_COUNT] = {
#define HTTP_METHOD_NAME(name) [HTTP_##name] = #name,
	HTTP_METHODS(HTTP_METHOD_NAME)
#undef HTTP_METHOD_NAME
};

const char *http_method_name(enum http_method method)
{
	return methods[method];
}

enum http_method http_method_find(struct slice name)
{
	int i = 0;

	while (i < HTTP_METHOD_COUNT && !slice_is(name, methods[i]))
		i++;
	return (enum http_method)i;
}

bool http_method_is_safe(enum http_method method)
{
	return method == HTTP_GET || method == HTTP_HEAD ||
	       method == HTTP_OPTIONS;
}

struct slice request_field(const struct request *request, const char *name)
{
	for (size_t i = 0; i < request->nfields; i++) {
		const struct request_field *field = &request->fields[i];

		if (slice_is_fold(request_slice(request, field->name), name))
			return request_slice(request, field->value);
	}
	return (struct slice){ .data = NULL };
}

static bool list_has(struct slice list, const char *token)
{
	while (list.data) {
		struct slice item = slice_trim(slice_cut(&list, ','));

		if (slice_is_fold(item, token))
			return true;
	}
	return false;
}

bool request_field_has(const struct request *request, const char *name,
		       const char *token)
{
	for (size_t i = 0; i < request->nfields; i++) {
		const struct request_field *field = &request->fields[i];

		if (slice_is_fold(request_slice(request, field->name), name) &&
		    list_has(request_slice(request, field->value), token))
			return true;
	}
	return false;
}
