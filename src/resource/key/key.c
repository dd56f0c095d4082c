#include "resource/key/key.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "resource/model/column.h"
#include "util/text.h"

void key_bind(struct statement *statement, const struct row_key *key, int first)
{
	for (size_t i = 0; i < key->count; i++)
		statement_bind(statement, first + (int)i, key->values[i]);
}

const char *value_show(struct value value, struct arena *arena)
{
	BUFFER(buffer);
	size_t length;

	switch (value.kind) {
	case VALUE_NULL:
		return "NULL";
	case VALUE_INTEGER:
		return arena_printf(arena, "%" PRId64, value.integer);
	case VALUE_REAL:
		buffer_real(&buffer, value.real);
		return arena_copy(arena, buffer.data);
	case VALUE_TEXT:
	case VALUE_BLOB:
		break;
	}
	buffer_byte(&buffer, '"');
	length = text_cut(value.data, value.length, 60);
	text_visible(&buffer, value.data, length);
	buffer_text(&buffer, length < value.length ? "…\"" : "\"");
	return arena_copy(arena, buffer.data);
}

const char *key_handle(const struct row_key *key, struct arena *arena)
{
	for (size_t i = 1; i < key->count && key->handle; i++)
		if (key->values[i].kind == VALUE_NULL)
			return arena_printf(arena, KEY_HANDLE "%" PRId64,
					    key->values[0].integer);
	return NULL;
}

const char *key_text(const struct row_key *key, struct arena *arena)
{
	const char *text = key_handle(key, arena);

	if (text)
		return text;
	text = "";
	for (size_t i = key->handle; i < key->count; i++)
		text = arena_printf(arena, "%s%s%s", text, *text ? "," : "",
				    value_show(key->values[i], arena));
	return text;
}

const char *row_caption(struct engine *engine, const struct resource *resource,
			const struct row_key *key, struct arena *arena)
{
	struct value caption = value_null();
	struct error ignored;
	const char *shown;

	error_init(&ignored, arena);
	if (!resource->caption || resource->caption->key ||
	    engine_query_one(
		    engine,
		    arena_printf(arena, "SELECT %s FROM %s WHERE %s",
				 sql_name(arena, resource->caption->name),
				 sql_name(arena, resource->table->name),
				 resource->key_where),
		    key->values, (int)key->count, arena, &caption,
		    &ignored) != OK ||
	    caption.kind != VALUE_TEXT)
		return NULL;
	shown = value_show(caption, arena);
	return arena_copy_n(arena, shown + 1, strlen(shown) - 2);
}

const char *row_title(struct engine *engine, const struct resource *resource,
		      const struct row_key *key, struct arena *arena)
{
	const char *caption = row_caption(engine, resource, key, arena);
	const char *text = key_text(key, arena);

	return caption ? arena_printf(arena, "%s %s \"%s\"", resource->name,
				      text, caption)
		       : arena_printf(arena, "%s %s", resource->name, text);
}

void key_read(const struct resource *resource, struct statement *statement,
	      struct arena *arena, struct row_key *out)
{
	out->handle = resource->handle;
	out->count = (size_t)statement_columns(statement);
	out->values = arena_array(arena, out->count, sizeof(*out->values));
	for (size_t i = 0; i < out->count; i++)
		out->values[i] = statement_copy(statement, (int)i, arena);
}

static int compare_bytes(struct value a, struct value b)
{
	size_t length = a.length < b.length ? a.length : b.length;
	int order = length ? memcmp(a.data, b.data, length) : 0;

	return order ? order : (a.length > b.length) - (a.length < b.length);
}

static int compare_values(struct value a, struct value b)
{
	if (a.kind != b.kind)
		return a.kind < b.kind ? -1 : 1;
	switch (a.kind) {
	case VALUE_NULL:
		break;
	case VALUE_INTEGER:
		return (a.integer > b.integer) - (a.integer < b.integer);
	case VALUE_REAL:
		return (a.real > b.real) - (a.real < b.real);
	case VALUE_TEXT:
	case VALUE_BLOB:
		return compare_bytes(a, b);
	}
	return 0;
}

int key_compare(const struct row_key *a, const struct row_key *b)
{
	int order = 0;

	for (size_t i = 0; i < a->count && !order; i++)
		order = compare_values(a->values[i], b->values[i]);
	return order;
}
