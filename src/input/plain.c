#include "input/plain.h"

#include <string.h>

#include "input/source.h"
#include "util/text.h"

static const char *skip_space(const char *at, const char *end)
{
	while (at < end && text_is_space(*at))
		at++;
	return at;
}

/* The closing quote of the text after an opening one; NULL: not plain. */
static const char *text_end(const char *at, const char *end)
{
	const char *start = at;
	unsigned char all = 0;

	while (at < end && (unsigned char)*at >= ' ' && *at != '"' &&
	       *at != '\\')
		all |= (unsigned char)*at++;
	if (at == end || *at != '"')
		return NULL;
	if (all & 0x80 &&
	    utf8_check(start, (size_t)(at - start)) != (size_t)(at - start))
		return NULL;
	return at;
}

static const char *word_end(const char *at, const char *end, const char *word)
{
	const size_t length = strlen(word);

	return (size_t)(end - at) >= length && memcmp(at, word, length) == 0
		       ? at + length
		       : NULL;
}

/* After the value; NULL: not plain. */
static const char *value_end(const char *at, const char *end)
{
	const char *next;

	if (at == end)
		return NULL;
	switch (*at) {
	case '"':
		next = text_end(at + 1, end);
		return next ? next + 1 : NULL;
	case 't':
		return word_end(at, end, "true");
	case 'f':
		return word_end(at, end, "false");
	case 'n':
		return word_end(at, end, "null");
	default:
		next = source_number_end(at, end);
		return next > at ? next : NULL;
	}
}

/* "name": value; returns what comes after, or NULL: not plain. */
static const char *read_member(struct plain_member *member, const char *at,
			       const char *end)
{
	const char *next;

	if (at == end || *at != '"')
		return NULL;
	member->name = at + 1;
	next = text_end(at + 1, end);
	if (!next)
		return NULL;
	member->name_length = (size_t)(next - member->name);
	at = skip_space(next + 1, end);
	if (at == end || *at != ':')
		return NULL;
	member->value = skip_space(at + 1, end);
	next = value_end(member->value, end);
	if (!next)
		return NULL;
	member->length = (size_t)(next - member->value);
	return skip_space(next, end);
}

static bool is_repeated(const struct plain *plain,
			const struct plain_member *member)
{
	for (size_t i = 0; i < plain->count; i++)
		if (plain->members[i].name_length == member->name_length &&
		    memcmp(plain->members[i].name, member->name,
			   member->name_length) == 0)
			return true;
	return false;
}

bool plain_read(struct plain *plain, const char *text, size_t length)
{
	const char *end = text + length;
	const char *at = skip_space(text, end);

	plain->count = plain->length = 0;
	if (at == end || *at != '{')
		return false;
	do {
		struct plain_member *member = &plain->members[plain->count];

		if (plain->count == PLAIN_MEMBERS)
			return false;
		at = read_member(member, skip_space(at + 1, end), end);
		if (!at || at == end || is_repeated(plain, member))
			return false;
		plain->count++;
	} while (*at == ',');
	plain->length = (size_t)(at + 1 - text);
	return *at == '}';
}
