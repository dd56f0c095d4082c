/* The header of a revision file. */
#include "migrate/revision/revision.h"

#include <string.h>
#include <strings.h>

#include "util/text.h"

struct revision_reader {
	const char *name;
	int line;
	unsigned seen; /* keys, as bits by index */
	struct arena *arena;
	struct revision *revision;
};

static enum status fail_at(const struct revision_reader *reader,
			   const char *text, const char *value, struct error *e)
{
	return fail(e, SCHEMA, "%s:%d: %s%s", reader->name, reader->line, text,
		    value);
}

static enum status read_names(const struct revision_reader *reader,
			      const char *value, const char *what,
			      struct names *out, struct error *e)
{
	*out = names_split(value, reader->arena);
	for (size_t i = 0; i < out->count; i++) {
		if (revision_check_id(out->items[i], what, e) != OK) {
			error_prefix(e, "%s:%d", reader->name, reader->line);
			return e->status = SCHEMA;
		}
	}
	return OK;
}

static enum status read_off(const struct revision_reader *reader,
			    const char *value, bool *off, struct error *e)
{
	*off = strcmp(value, "off") == 0;
	if (*off || strcmp(value, "on") == 0)
		return OK;
	return fail_at(reader, "expected on or off, not ", value, e);
}

static enum status set_revision(struct revision_reader *reader,
				const char *value, struct error *e)
{
	struct names names;
	enum status status = read_names(reader, value, "revision identifier",
					&names, e);

	if (status != OK)
		return status;
	if (names.count != 1)
		return fail_at(reader, "expected one revision identifier", "",
			       e);
	reader->revision->id = names.items[0];
	return OK;
}

static enum status set_down(struct revision_reader *reader, const char *value,
			    struct error *e)
{
	return read_names(reader, value, "revision identifier",
			  &reader->revision->down, e);
}

static enum status set_labels(struct revision_reader *reader, const char *value,
			      struct error *e)
{
	return read_names(reader, value, "branch label",
			  &reader->revision->labels, e);
}

static enum status set_depends(struct revision_reader *reader,
			       const char *value, struct error *e)
{
	return read_names(reader, value, "revision identifier",
			  &reader->revision->depends, e);
}

static enum status set_date(struct revision_reader *reader, const char *value,
			    struct error *e)
{
	(void)e;
	reader->revision->create_date = value;
	return OK;
}

static enum status set_foreign_keys(struct revision_reader *reader,
				    const char *value, struct error *e)
{
	return read_off(reader, value, &reader->revision->foreign_keys_off, e);
}

static enum status set_transaction(struct revision_reader *reader,
				   const char *value, struct error *e)
{
	return read_off(reader, value, &reader->revision->transaction_off, e);
}

static enum status set_sql(struct revision_reader *reader, const char *value,
			   struct error *e)
{
	reader->revision->sql_unknown = strcmp(value, "unknown") == 0;
	return reader->revision->sql_unknown
		       ? OK
		       : fail_at(reader, "expected unknown, not ", value, e);
}

static const struct header_key {
	const char *name;
	enum status (*set)(struct revision_reader *reader, const char *value,
			   struct error *e);
} header_keys[] = {
	{ "revision", set_revision },
	{ "down_revision", set_down },
	{ "branch_labels", set_labels },
	{ "depends_on", set_depends },
	{ "create_date", set_date },
	{ "foreign_keys", set_foreign_keys },
	{ "transaction", set_transaction },
	{ "sql", set_sql },
};

enum { NKEYS = sizeof(header_keys) / sizeof(*header_keys) };

/* The key that a line begins with, or NKEYS; sets *value to the text after
   it. */
static size_t find_key(const char *line, const char **value)
{
	for (size_t i = 0; i < NKEYS; i++) {
		size_t length = strlen(header_keys[i].name);
		const char *colon;

		if (strncmp(line, header_keys[i].name, length) != 0)
			continue;
		colon = line + length;
		colon += strspn(colon, " \t");
		if (*colon != ':')
			continue;
		*value = colon + 1 + strspn(colon + 1, " \t");
		return i;
	}
	return NKEYS;
}

/* A misspelt key would silently change how the revision runs. */
static enum status check_near(const struct revision_reader *reader,
			      const char *line, struct error *e)
{
	size_t length = strcspn(line, " \t:");
	const char *word;

	if (length < 8 || line[length + strspn(line + length, " \t")] != ':')
		return OK;
	word = arena_copy_n(reader->arena, line, length);
	for (size_t i = 0; i < NKEYS; i++)
		if (name_distance(word, header_keys[i].name) <= 1)
			return fail_at(reader,
				       arena_printf(reader->arena,
						    "expected %s, not ",
						    header_keys[i].name),
				       word, e);
	return OK;
}

/*
 * The first non-empty line is the message; lines with unknown keys are
 * ignored.
 */
static enum status read_line(struct revision_reader *reader, const char *line,
			     struct error *e)
{
	const char *value;
	size_t key = find_key(line, &value);

	if (key == NKEYS) {
		if (!reader->seen && !*reader->revision->message)
			reader->revision->message = line;
		else
			return check_near(reader, line, e);
		return OK;
	}
	if (reader->seen & 1U << key)
		return fail_at(reader, "duplicate key ", header_keys[key].name,
			       e);
	reader->seen |= 1U << key;
	return header_keys[key].set(reader, value, e);
}

static bool is_marker(const char *remark)
{
	remark += strspn(remark, " \t");
	return strncasecmp(remark, "migrate:", 8) == 0;
}

bool revision_is_instruction(const char *remark)
{
	const char *value;

	remark += strspn(remark, " \t");
	return is_marker(remark) || find_key(remark, &value) != NKEYS;
}

/* Whether line belongs to the header; sets *remark to the text after its
   dashes. */
static bool is_header_line(const char *line, const char **remark)
{
	line += strspn(line, " \t\r");
	*remark = "";
	if (*line == '\n')
		return true;
	if (strncmp(line, "--", 2) != 0)
		return false;
	*remark = line + 2;
	return !is_marker(*remark);
}

static const char *skip_mark(const char *text)
{
	/* Some editors write a byte order mark. */
	return strncmp(text, "\xef\xbb\xbf", 3) != 0 ? text : text + 3;
}

bool revision_header_ends(const char *text, size_t length)
{
	const char *remark;

	for (const char *line = skip_mark(text), *end;
	     (end = memchr(line, '\n', length - (size_t)(line - text)));
	     line = end + 1)
		if (!is_header_line(line, &remark))
			return true;
	return false;
}

static const char *trimmed(const char *text, struct arena *arena)
{
	size_t length = strcspn(text, "\n");
	size_t blanks;

	while (length && strchr(" \t\r", text[length - 1]))
		length--;
	blanks = strspn(text, " \t");
	if (blanks > length)
		blanks = length;
	return arena_copy_n(arena, text + blanks, length - blanks);
}

enum status revision_parse(const char *text, const char *name,
			   struct arena *arena, struct revision *out,
			   struct error *e)
{
	struct revision_reader reader;
	const char *remark;

	*out = (struct revision){
		.name = name,
		.message = "",
		.create_date = "",
	};
	reader = (struct revision_reader){
		.name = name,
		.arena = arena,
		.revision = out,
	};
	for (const char *line = skip_mark(text);
	     *line && is_header_line(line, &remark);) {
		enum status status;

		reader.line++;
		status = read_line(&reader, trimmed(remark, arena), e);
		if (status != OK)
			return status;
		line += strcspn(line, "\n");
		line += *line == '\n';
	}
	if (!out->id)
		return fail(e, SCHEMA,
			    "%s: no \"-- revision: …\" in its first lines",
			    name);
	return OK;
}
