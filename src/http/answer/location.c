#include "http/answer/location.h"

#include <inttypes.h>
#include <math.h>

#include "http/wire/uri.h"
#include "resource/key/key.h"
#include "util/base64.h"
#include "util/text.h"

static void add_base64(struct buffer *out, struct value value)
{
	BUFFER(text);

	base64_encode(&text, value.data, value.length);
	uri_encode(out, buffer_string(&text), text.length);
}

/* In a URL a "+" is a blank; infinity is 9e999. */
static void add_real(struct buffer *out, double real)
{
	BUFFER(text);

	if (isfinite(real))
		buffer_real(&text, real);
	else
		buffer_text(&text, real < 0 ? "-9e999" : "9e999");
	uri_encode(out, text.data, text.length);
}

/* Appends a key's value in the form that lists print. */
static bool add_key_part(struct buffer *out, const struct value *value)
{
	if (!value)
		return false;
	switch (value->kind) {
	case VALUE_NULL:
		return false;
	case VALUE_INTEGER:
		buffer_printf(out, "%" PRId64, value->integer);
		return true;
	case VALUE_REAL:
		add_real(out, value->real);
		return true;
	case VALUE_TEXT:
		if (utf8_check(value->data, value->length) != value->length)
			add_base64(out, *value);
		else
			uri_encode(out, value->data, value->length);
		return true;
	case VALUE_BLOB:
		add_base64(out, *value);
		return true;
	}
	return false;
}

static const struct value *key_value(const struct resource *resource, size_t i,
				     const struct call *call)
{
	const struct table *table = resource->table;

	return call_result(call, table->columns[table->key[i]].name);
}

static bool has_null_key(const struct resource *resource,
			 const struct call *call)
{
	for (size_t i = 0; i < resource->table->nkey; i++) {
		const struct value *value = key_value(resource, i, call);

		if (value && value->kind == VALUE_NULL)
			return true;
	}
	return false;
}

static bool add_key(struct buffer *out, const struct resource *resource,
		    const struct call *call)
{
	const size_t count = resource->table->nkey;

	if (resource->rowid)
		return add_key_part(out, call_result(call, resource->rowid));
	if (resource->handle && has_null_key(resource, call)) {
		buffer_text(out, KEY_HANDLE);
		return add_key_part(out, call_result(call, resource->handle));
	}
	for (size_t i = 0; i < count; i++) {
		const struct value *value = key_value(resource, i, call);
		struct value part;

		if (i)
			buffer_byte(out, ',');
		if (value && value->kind == VALUE_TEXT && i + 1 < count) {
			part = key_escape(*value, call->arena);
			value = &part;
		}
		if (!add_key_part(out, value))
			return false;
	}
	return count;
}

void location_add(const struct reply *reply)
{
	const struct router_entry *entry = reply->entry;
	BUFFER(out);

	if (!entry->show || !entry->resource || reply->arguments.many)
		return;
	buffer_text(&out, reply->root_path);
	uri_encode_path(&out, entry->show->path);
	buffer_byte(&out, '?');
	uri_encode(&out, entry->resource->key_name,
		   strlen(entry->resource->key_name));
	buffer_byte(&out, '=');
	if (add_key(&out, entry->resource, &reply->call))
		response_field(reply->response, "Location",
			       arena_copy(reply->arena, out.data));
}
