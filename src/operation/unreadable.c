#include "operation/unreadable.h"

#include <string.h>

#include "input/json_fault.h"
#include "input/source.h"
#include "util/text.h"

/* Messages for what Python's json accepts. */
static const char *strict_words(const json_error_t *error,
				const char *duplicate)
{
	switch (json_error_code(error)) {
	case json_error_null_character:
	case json_error_null_byte_in_key:
		return "A string must not contain NUL";
	case json_error_duplicate_key:
		return duplicate;
	case json_error_invalid_utf8:
		return "Not UTF-8";
	case json_error_stack_overflow:
		return "Nested too deeply";
	case json_error_invalid_syntax: /* of a string, without a fault */
		return "Unpaired surrogate in a string";
	default:
		return error->text;
	}
}

/* The position that json.loads reports: characters after a byte order mark. */
static long fault_position(const struct feed *feed, size_t at)
{
	static const char mark[] = "\xef\xbb\xbf";
	const size_t length = strlen(mark);
	const bool marked = at >= length &&
			    memcmp(feed->data, mark, length) == 0;

	return (long)utf8_length(feed->data, at) - marked;
}

enum record_step records_refuse_json(struct record_reader *reader, size_t at,
				     const char *words)
{
	struct arena *arena = reader->e->arena;
	const char *message = "JSON decode error";
	struct problem *problem;
	size_t line, column;
	BUFFER(context);

	if (!reader->body) {
		feed_locate(reader->feed, at, &line, &column);
		message = arena_printf(arena, "%s: %s (line %zu, column %zu)",
				       message, words, line + 1, column + 1);
	}
	reader->e->nproblems = reader->faults;
	reader->e->nunlisted = 0;
	problem = error_problem(reader->e);
	buffer_text(&context, "{\"error\":");
	text_json(&context, words, strlen(words));
	buffer_text(&context, "}");
	*problem = (struct problem){
		.type = "json_invalid",
		.place = "body",
		.record = fault_position(reader->feed, at),
		.message = message,
		.context = arena_copy(arena, context.data),
		.input = "{}",
	};
	return RECORD_BROKEN;
}

/* name includes its quotes. */
static const char *duplicate_words(const char *name, size_t length,
				   struct arena *arena)
{
	enum { NAME_SHOWN = 100 };

	return arena_printf(arena, "Duplicate property name%s%.*s",
			    length > NAME_SHOWN ? "" : " ",
			    length > NAME_SHOWN ? 0 : (int)length, name);
}

void records_refuse_value(struct record_reader *reader, size_t length,
			  const json_error_t *error)
{
	const char *text = feed_rest(reader->feed);
	const size_t near = error->position > 0 ? (size_t)error->position : 0;
	const struct json_fault fault = json_fault_find(text, length, near);
	size_t at = fault.string;
	const char *words = fault.words;
	const enum json_error_code code = json_error_code(error);

	if (words) {
		at = fault.at;
	} else if ((code == json_error_invalid_syntax ||
		    code == json_error_unknown) &&
		   !strchr("\"]}", text[fault.at - 1])) {
		/* 1.x: jansson reads it as one token. */
		at = fault.at;
		words = reader->inside ? "Expecting ',' delimiter"
				       : "Extra data";
	} else {
		words = strict_words(error,
				     duplicate_words(text + at, near - at,
						     reader->e->arena));
	}
	records_refuse_json(reader, reader->feed->at + at, words);
}
