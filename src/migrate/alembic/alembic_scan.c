#include "migrate/alembic/alembic.h"

#include <ctype.h>
#include <string.h>

#include "util/text.h"

static const char *skip_line(const char *at)
{
	at += strcspn(at, "\n");
	return at + (*at == '\n');
}

/* Skips blanks, comments and newlines. */
static const char *skip_blank(const char *at)
{
	for (;;) {
		at += strspn(at, " \t\r\n\\");
		if (*at != '#')
			return at;
		at = skip_line(at);
	}
}

static bool is_word(char c)
{
	return isalnum((unsigned char)c) || c == '_';
}

/*
 * Reads the string that begins at a quote; NULL if it is unterminated.  Escapes
 * other than quotes are rare in ids and are kept.
 */
static char *read_text(const char **at, struct arena *arena)
{
	const char *from = *at;
	char quote = *from;
	size_t size = strncmp(from + 1, from, 1) == 0 && from[2] == quote ? 3
									  : 1;
	char *out = arena_alloc(arena, strlen(from) + 1), *to = out;

	for (from += size; *from; from++) {
		size_t run = 0;

		while (run < size && from[run] == quote)
			run++;
		if (run == size) {
			*to = '\0';
			*at = from + size;
			return out;
		}
		if (*from == '\n' && size == 1)
			return NULL;
		if (*from == '\\' && (from[1] == quote || from[1] == '\\'))
			from++;
		*to++ = *from;
	}
	return NULL;
}

/* Skips the r, b or u before a quote. */
static const char *skip_prefix(const char *at)
{
	const char *quote = at + strspn(at, "rRbBuU");

	return *quote == '"' || *quote == '\'' ? quote : at;
}

/* Reads None, a string, or a tuple, list or set of strings. */
static bool read_value(const char *at, struct names *out, struct arena *arena)
{
	int depth = 0;

	do {
		at = depth ? skip_blank(at) : at + strspn(at, " \t");
		at = skip_prefix(at);
		if (*at == '"' || *at == '\'') {
			const char *text = read_text(&at, arena);

			if (!text)
				return false;
			names_add(out, text, arena);
		} else if (strncmp(at, "None", 4) == 0 && !is_word(at[4])) {
			at += 4;
		} else if (text_one_of(*at, "([{")) {
			depth++;
			at++;
		} else if (text_one_of(*at, ")]}")) {
			depth--;
			at++;
		} else if (*at == ',' && depth) {
			at++;
		} else {
			return false;
		}
	} while (depth > 0);
	at += strspn(at, " \t\r,");
	return !depth && (!*at || *at == '\n' || *at == '#');
}

/* The text after "name =" or "name: annotation ="; NULL for another line. */
static const char *skip_assignment(const char *line, const char *name)
{
	size_t length = strlen(name);

	if (strncmp(line, name, length) != 0)
		return NULL;
	line += length + strspn(line + length, " \t");
	if (*line == ':')
		line += strcspn(line, "=\n");
	return *line == '=' && line[1] != '=' ? line + 1 : NULL;
}

static enum status read_assignment(const char *line, const char *name,
				   struct arena *arena, struct revision *out,
				   struct error *e)
{
	struct names id = { 0 };
	const struct {
		const char *name;
		struct names *names;
	} keys[] = {
		{ "revision", &id },
		{ "down_revision", &out->down },
		{ "branch_labels", &out->labels },
		{ "depends_on", &out->depends },
	};

	for (size_t i = 0; i < sizeof(keys) / sizeof(*keys); i++) {
		const char *value = skip_assignment(line, keys[i].name);

		if (!value)
			continue;
		*keys[i].names = (struct names){ 0 };
		if (!read_value(value, keys[i].names, arena))
			return fail(e, FAILED,
				    "%s: cannot read the value of %s", name,
				    keys[i].name);
	}
	if (id.count)
		out->id = id.items[0];
	return OK;
}

/* The date after "Create Date:", or "". */
static const char *date_of(const char *doc, struct arena *arena)
{
	static const char key[] = "Create Date:";
	const char *at = strstr(doc, key);

	if (!at)
		return "";
	at += sizeof(key) - 1;
	at += strspn(at, " \t");
	return arena_copy_n(arena, at, strcspn(at, "\r\n"));
}

static void read_docstring(char *doc, struct arena *arena, struct revision *out)
{
	out->create_date = date_of(doc, arena);
	doc += strspn(doc, " \t\r\n");
	out->message = arena_copy_n(arena, doc, strcspn(doc, "\r\n"));
}

/* The next line of code: skips the lines of a multi-line string. */
static const char *next_line(const char *line, struct arena *arena)
{
	const char *end = line + strcspn(line, "\n");

	for (const char *at = line; at < end; at++) {
		if (*at == '#')
			break;
		if (*at != '"' && *at != '\'')
			continue;
		if (!read_text(&at, arena) || at > end)
			return skip_line(at);
		at--;
	}
	return skip_line(end);
}

enum status alembic_parse(const char *text, const char *name,
			  struct arena *arena, struct revision *out,
			  struct error *e)
{
	const char *at;
	enum status status = OK;

	*out = (struct revision){
		.name = name,
		.message = "",
		.create_date = "",
	};
	if (strncmp(text, "\xef\xbb\xbf", 3) == 0)
		text += 3;
	at = skip_prefix(skip_blank(text));
	if (*at == '"' || *at == '\'') {
		char *doc = read_text(&at, arena);

		if (!doc)
			return fail(e, FAILED,
				    "%s: the first string is not terminated",
				    name);
		read_docstring(doc, arena, out);
	}
	while (status == OK && *at) {
		status = read_assignment(at, name, arena, out, e);
		at = next_line(at, arena);
	}
	return status;
}
