#include "operation/condition.h"

#include "util/buffer.h"

static void add_quoted(struct buffer *out, const struct pair *pair)
{
	buffer_byte(out, '"');
	for (size_t i = 0; i < pair->length; i++) {
		if (pair->text[i] == '"' || pair->text[i] == '\\')
			buffer_byte(out, '\\');
		buffer_byte(out, pair->text[i]);
	}
	buffer_byte(out, '"');
}

const char *condition_text(const struct pair *pair, struct arena *arena)
{
	const char *dot = strrchr(pair->name, '.');
	BUFFER(text);

	if (!dot || !pair->text)
		return NULL;
	buffer_printf(&text, "%s=", pair->name);
	if (strcmp(dot, ".in") == 0)
		buffer_add(&text, pair->text, pair->length);
	else if (pair->length)
		add_quoted(&text, pair);
	return arena_copy(arena, text.data);
}
