#include "schema/model/type.h"

#include <string.h>

#include "schema/text/spelling.h"
#include "schema/text/token.h"
#include "util/text.h"

struct type_rule {
	const char *part;
	enum type type;
};

/* Matched against the whole first word. */
static const struct type_rule words[] = {
	{ "BOOLEAN", TYPE_BOOLEAN },
	{ "BOOL", TYPE_BOOLEAN },
	{ "DATE", TYPE_DATE },
	{ "TIME", TYPE_TIME },
	{ "DATETIME", TYPE_DATETIME },
	{ "TIMESTAMP", TYPE_DATETIME },
	{ "TIMESTAMPTZ", TYPE_DATETIME },
	{ "JSON", TYPE_JSON },
	{ "JSONB", TYPE_JSON },
	{ "NUMERIC", TYPE_NUMERIC },
	{ "DECIMAL", TYPE_NUMERIC },
	{ "DEC", TYPE_NUMERIC },
	{ "NUMBER", TYPE_NUMERIC },
	{ "MONEY", TYPE_NUMERIC },
};

/* Searched in the whole declaration; the first match counts. */
static const struct type_rule parts[] = {
	{ "INT", TYPE_INTEGER }, { "CHAR", TYPE_TEXT }, { "CLOB", TYPE_TEXT },
	{ "TEXT", TYPE_TEXT },   { "BLOB", TYPE_BLOB }, { "REAL", TYPE_REAL },
	{ "FLOA", TYPE_REAL },   { "DOUB", TYPE_REAL },
};

/* Finds part in text, ignoring case; NULL if it is missing. */
static const char *find_text(const char *text, const char *part)
{
	for (; *text; text++)
		if (name_begins(text, part))
			return text;
	return NULL;
}

static bool find_part(const char *declared, enum type *out)
{
	for (size_t i = 0; i < sizeof(parts) / sizeof(*parts); i++) {
		if (!find_text(declared, parts[i].part))
			continue;
		*out = parts[i].type;
		return true;
	}
	return false;
}

/*
 * Whether a word names an integer type; POINT and INTEGER_OR_TEXT don't, though
 * their columns have the same affinity.
 */
static bool is_integer_name(const char *word, size_t length)
{
	static const char *const names[] = {
		"INT",    "INTEGER", "TINYINT", "SMALLINT",   "MEDIUMINT",
		"BIGINT", "LONGINT", "UINT",    "BIGINTEGER", "SMALLINTEGER",
	};

	while (length && word[length - 1] >= '0' && word[length - 1] <= '9')
		length--;
	for (size_t i = 0; i < sizeof(names) / sizeof(*names); i++)
		if (strlen(names[i]) == length && name_begins(word, names[i]))
			return true;
	return false;
}

static bool has_integer_name(const char *declared)
{
	while (*declared) {
		size_t length = strcspn(declared, " \t\r\n(),");

		if (is_integer_name(declared, length))
			return true;
		declared += length + (declared[length] != '\0');
	}
	return false;
}

enum type type_declared(const char *declared)
{
	size_t length = strcspn(declared, " \t\r\n(");
	enum type type = TYPE_ANY;

	for (size_t i = 0; i < sizeof(words) / sizeof(*words); i++)
		if (strlen(words[i].part) == length &&
		    name_begins(declared, words[i].part))
			return words[i].type;
	find_part(declared, &type);
	return type == TYPE_INTEGER && !has_integer_name(declared) ? TYPE_ANY
								   : type;
}

const char *type_meant(const char *word)
{
	static const char *const others[] = {
		"INTEGER", "VARCHAR", "TEXT",    "REAL",
		"DOUBLE",  "BLOB",    "PRIMARY", "UNIQUE",
	};

	if (type_declared(word) != TYPE_ANY)
		return NULL;
	for (size_t i = 0; i < sizeof(words) / sizeof(*words); i++)
		if (strlen(words[i].part) > 3 &&
		    name_distance(words[i].part, word) == 1)
			return words[i].part;
	for (size_t i = 0; i < sizeof(others) / sizeof(*others); i++)
		if (name_distance(others[i], word) == 1)
			return others[i];
	return NULL;
}

size_t type_max_length(const char *declared)
{
	const char *open = strchr(declared, '(');
	const char *character = find_text(declared, "CHAR");
	size_t length = 0;

	if (!open || !character || character > open ||
	    type_declared(declared) != TYPE_TEXT)
		return 0;
	open += 1 + strspn(open + 1, " \t\r\n");
	for (; *open >= '0' && *open <= '9'; open++) {
		if (length > SIZE_MAX / 10 - 1)
			return 0;
		length = length * 10 + (size_t)(*open - '0');
	}
	return open[strspn(open, " \t\r\n")] == ')' ? length : 0;
}

enum type type_affinity(const char *declared)
{
	enum type type;

	if (find_part(declared, &type))
		return type;
	return *declared ? TYPE_NUMERIC : TYPE_BLOB;
}

enum type column_affinity(const struct table *table,
			  const struct column *column)
{
	/* In a STRICT table ANY converts nothing. */
	if (table->strict && name_equal(column->declared, "ANY"))
		return TYPE_BLOB;
	return type_affinity(column->declared);
}

const char *column_strict_type(const struct table *table,
			       const struct column *column)
{
	if (!table->strict || name_equal(column->declared, "ANY"))
		return NULL;
	switch (type_affinity(column->declared)) {
	case TYPE_INTEGER:
		return "integer";
	case TYPE_REAL:
		return "real";
	case TYPE_TEXT:
		return "text";
	default:
		return "blob";
	}
}

/* Text that becomes a number spelt differently: '007', but not '1.50',
   which compares as equal. */
#define IS_NUMBER "typeof($) = 'text' AND $ = CAST($ AS NUMERIC) AND "
#define AS_NUMERIC \
	"CAST(CAST($ AS NUMERIC) AS TEXT) NOT IN ($, " \
	"rtrim(rtrim($, '0'), '.'))"
#define AS_REAL \
	"CAST(CAST($ AS REAL) AS TEXT) NOT IN ($, $ || '.0') AND " \
	"rtrim(CAST(CAST($ AS REAL) AS TEXT), '0') <> rtrim($, '0')"

/*
 * A condition, with $ for the column's name, for values that SQLite would
 * convert irreversibly; NULL: none.
 */
static const char *changed_values(enum type before, enum type after)
{
	/* Integers above 2^53 may not be representable as REAL. */
	if (after == TYPE_REAL && before != TYPE_REAL)
		return "(typeof($) = 'integer' AND CAST($ AS REAL) <> $) OR "
		       "(" IS_NUMBER AS_REAL ")";
	if (affinity_is_numeric(after) && !affinity_is_numeric(before))
		return IS_NUMBER AS_NUMERIC;
	/* A REAL converted to text has 15 digits. */
	if (after == TYPE_TEXT && before != TYPE_TEXT)
		return "typeof($) = 'real' AND "
		       "CAST(CAST($ AS TEXT) AS REAL) <> $";
	return NULL;
}

const char *type_rewrites(const struct table *from, const struct column *before,
			  const struct table *to, const struct column *column,
			  struct arena *arena)
{
	const char *condition = changed_values(column_affinity(from, before),
					       column_affinity(to, column));

	return condition ? fill_sql(condition, spelling(arena, before->name),
				    arena)
			 : NULL;
}
