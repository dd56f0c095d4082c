#include <ctype.h>
#include <inttypes.h>
#include <string.h>

#include "operation/convert.h"
#include "util/buffer.h"
#include "util/number.h"
#include "util/text.h"

const char *operation_title(const struct operation *operation,
			    struct arena *arena)
{
	return *operation->verb ? arena_printf(arena, "%s %s", operation->noun,
					       operation->verb)
				: operation->noun;
}

/* A verb's own options take precedence over columns of the same name. */
int operation_find_parameter(const struct operation *operation,
			     const char *name)
{
	for (size_t i = 0; i < operation->nparameters; i++)
		if (operation->parameters[i].role != PARAMETER_FIELD &&
		    operation_same_name(operation->parameters[i].name, name))
			return (int)i;
	for (size_t i = 0; i < operation->nparameters; i++)
		if (operation->parameters[i].role == PARAMETER_FIELD &&
		    operation_same_name(operation->parameters[i].name, name))
			return (int)i;
	return -1;
}

int operation_find_field(const struct operation *operation, const char *name,
			 size_t length)
{
	for (size_t i = 0; i < operation->nparameters; i++) {
		const struct parameter *p = &operation->parameters[i];

		if (p->role == PARAMETER_FIELD && strlen(p->name) == length &&
		    memcmp(p->name, name, length) == 0)
			return (int)i;
	}
	return -1;
}

int operation_find_option(const struct operation *operation, const char *name,
			  bool *negated)
{
	int i = operation_find_parameter(operation, name);

	*negated = i < 0 && strncmp(name, "no-", 3) == 0;
	if (!*negated)
		return i;
	i = operation_find_parameter(operation, name + 3);
	*negated = i >= 0 && operation->parameters[i].type == TYPE_BOOLEAN;
	return *negated ? i : -1;
}

int operation_find_letter(const struct operation *operation, char letter)
{
	for (size_t i = 0; i < operation->nparameters; i++)
		if (operation->parameters[i].letter == letter)
			return (int)i;
	return -1;
}

const struct parameter *operation_argument(const struct operation *operation,
					   size_t words)
{
	for (size_t i = 0; i < operation->nparameters; i++) {
		const struct parameter *p = &operation->parameters[i];

		if (p->role != PARAMETER_ARGUMENT)
			continue;
		if (!words || p->flags & PARAMETER_REPEATED)
			return p;
		words--;
	}
	return NULL;
}

const char *operation_option_for(const struct operation *operation,
				 const char *word, struct arena *arena)
{
	size_t length = strcspn(word, "=<>!");
	bool number = !word[strspn(word, "0123456789")];
	int i = number ? operation_find_flag(operation, PARAMETER_LIMIT)
		       : operation_find_parameter(
				 operation, arena_copy_n(arena, word, length));
	BUFFER(condition);

	if (i < 0 || (!number && !word[length]))
		return NULL;
	if (number || word[length] == '=')
		return arena_printf(
			arena, "%s %s",
			parameter_spelling(&operation->parameters[i], arena),
			number ? word : word + length + 1);
	if (operation_find_parameter(operation, "where") < 0)
		return NULL;
	text_shell(&condition, word);
	return arena_printf(arena, "--where %s", condition.data);
}

const char *operation_usage_for(const struct operation *operation,
				const char *word, struct arena *arena)
{
	int i = operation_find_parameter(operation, word);
	const struct parameter *p = &operation->parameters[i < 0 ? 0 : i];

	if (i < 0 || p->role == PARAMETER_ARGUMENT)
		return NULL;
	if (p->type == TYPE_BOOLEAN)
		return parameter_spelling(p, arena);
	return arena_printf(arena, "%s %s", parameter_spelling(p, arena),
			    parameter_metavar(p));
}

const char *input_option_for(const struct input *input, const char *word,
			     struct arena *arena)
{
	for (size_t i = 0; i < input->npairs; i++) {
		const struct parameter *p = input->pairs[i].parameter;
		bool truth, bare = p && p->flags & PARAMETER_BARE;

		if (!p || input->pairs[i].negated || input->pairs[i].length)
			continue;
		if (bare || parse_boolean(word, strlen(word), &truth) == PARSED)
			return arena_printf(arena, "%s=%s",
					    parameter_spelling(p, arena),
					    bare ? parameter_metavar(p) : word);
	}
	return NULL;
}

bool parameter_is_alias_of(const struct parameter *parameter, const char *field)
{
	const char *const *name = parameter->fields;

	while (name && *name && strcmp(*name, field) != 0)
		name++;
	return name && *name;
}

const char *parameter_metavar(const struct parameter *parameter)
{
	static const char *const of_values[] = {
		[VALUES_FILES] = "FILE",
		[VALUES_FOLDERS] = "DIR",
		[VALUES_COLUMNS] = "COLUMNS",
		[VALUES_PATHS] = "COLUMNS",
		[VALUES_FORMATS] = "FORMAT",
		[VALUES_CONDITIONS] = "CONDITION",
		[VALUES_FIELDS] = "FIELD",
		[VALUES_ASSIGNMENTS] = "FIELD=VALUE",
		[VALUES_RECORDS] = "JSON|@FILE|-",
	};
	static const char *const of_types[] = {
		[TYPE_ANY] = "VALUE",     [TYPE_INTEGER] = "N",
		[TYPE_REAL] = "NUMBER",   [TYPE_NUMERIC] = "NUMBER",
		[TYPE_BOOLEAN] = "",      [TYPE_TEXT] = "TEXT",
		[TYPE_DATE] = "DATE",     [TYPE_TIME] = "TIME",
		[TYPE_DATETIME] = "TIME", [TYPE_JSON] = "JSON",
		[TYPE_BLOB] = "BASE64",
	};

	if (parameter->metavar)
		return parameter->metavar;
	return parameter->values ? of_values[parameter->values]
				 : of_types[parameter->type];
}

const char *parameter_spelling(const struct parameter *parameter,
			       struct arena *arena)
{
	char *text;

	if (parameter->role == PARAMETER_ARGUMENT) {
		if (parameter->metavar || parameter->values)
			return parameter_metavar(parameter);
		text = arena_copy(arena, parameter->name);
		for (char *p = text; *p; p++)
			*p = (char)toupper((unsigned char)*p);
		return text;
	}
	text = arena_printf(arena, "--%s", parameter->name);
	/* _x is --_x, not ---x. */
	for (char *p = text + 2 + strspn(text + 2, "_"); *p; p++)
		if (*p == '_')
			*p = '-';
	return text;
}

/* A whole number that the limits allow, where there is one. */
static int64_t sample_number(const struct parameter *parameter)
{
	const struct value *least = parameter->minimum;
	const struct value *most = parameter->maximum;

	if (least && least->kind == VALUE_INTEGER && least->integer >= 1)
		return least->integer + parameter->exclusive_minimum;
	if (most && most->kind == VALUE_INTEGER && most->integer <= 1)
		return most->integer - parameter->exclusive_maximum;
	return 1;
}

const char *parameter_sample(const struct parameter *parameter,
			     struct arena *arena)
{
	static const char *const samples[] = {
		[TYPE_TEXT] = "abc",
		[TYPE_BOOLEAN] = "true",
		[TYPE_DATE] = "2026-12-24",
		[TYPE_TIME] = "11:07",
		[TYPE_DATETIME] = "2026-12-24 11:07:00",
		[TYPE_JSON] = "{}",
		[TYPE_BLOB] = "aGk=",
	};
	const char *sample = samples[parameter->type];
	size_t most = parameter->max_length;

	if (parameter->choices)
		return parameter->choices[0];
	if (!sample)
		return arena_printf(arena, "%" PRId64,
				    sample_number(parameter));
	if (parameter->type == TYPE_TEXT && most && most < strlen(sample))
		return arena_copy_n(arena, sample, most);
	return sample;
}

static const char *const domains[] = {
	[TYPE_INTEGER] = "a whole number",
	[TYPE_REAL] = "a number",
	[TYPE_NUMERIC] = "a number",
	[TYPE_BOOLEAN] = "true or false",
	[TYPE_DATE] = "a date (YYYY-MM-DD)",
	[TYPE_TIME] = "a time (HH:MM:SS)",
	[TYPE_DATETIME] = "a date and time (YYYY-MM-DD HH:MM:SS)",
	[TYPE_BLOB] = "base64",
};

const char *parameter_domain(const struct parameter *p, struct arena *arena)
{
	const char *list = NULL;

	for (const char *const *c = p->choices; c && *c; c++)
		list = !list ? *c
			     : arena_printf(arena, "%s%s%s", list,
					    c[1] ? ", " : " or ", *c);
	if (list)
		return list;
	if (p->type == TYPE_INTEGER && p->minimum)
		return arena_printf(arena, "a whole number of at least %lld",
				    (long long)p->minimum->integer);
	return p->type < sizeof(domains) / sizeof(*domains) ? domains[p->type]
							    : NULL;
}

const char *parameter_value(const struct parameter *parameter, const char *text,
			    struct arena *arena, struct value *out)
{
	const struct parameter unlimited = {
		.name = parameter->name,
		.type = parameter->type,
	};
	const struct raw raw = { .text = text, .length = strlen(text) };

	return convert(&unlimited, raw, arena, out).message;
}

const struct problem *parameter_problem(const struct parameter *parameter,
					const char *text, struct arena *arena)
{
	const struct raw raw = { .text = text, .length = strlen(text) };
	struct problem *problem;
	struct complaint complaint;
	struct value value;
	BUFFER(json);

	complaint = convert(parameter, raw, arena, &value);
	/* Text of another type names a row. */
	if (!complaint.type || parameter->flags & PARAMETER_NAMED)
		return NULL;
	text_json(&json, text, raw.length);
	problem = arena_zero(arena, sizeof(*problem));
	*problem = (struct problem){
		.type = complaint.type,
		.place = "option",
		.record = -1,
		.field = parameter->name,
		.message = complaint.message,
		.context = complaint.context,
		.input = arena_copy(arena, json.data),
	};
	return problem;
}

bool operation_takes_records(const struct operation *operation)
{
	for (size_t i = 0; i < operation->nparameters; i++)
		if (operation->parameters[i].role == PARAMETER_RECORDS)
			return true;
	return false;
}

bool parameter_in_query(const struct parameter *parameter, bool rows)
{
	if (parameter->flags & (PARAMETER_LOCAL | PARAMETER_INPUT))
		return false;
	switch (parameter->role) {
	case PARAMETER_RECORDS:
		return false;
	case PARAMETER_FIELD:
		/* Among conditions it would look like one. */
		return parameter->flags & PARAMETER_QUERY && !rows;
	case PARAMETER_ARGUMENT:
	case PARAMETER_OPTION:
		break;
	}
	if (parameter->values == VALUES_ASSIGNMENTS ||
	    parameter->values == VALUES_FIELDS)
		return false;
	return !(parameter->flags & (rows ? PARAMETER_KEY : PARAMETER_ROWS));
}

bool parameter_is_required(const struct parameter *parameter, bool rows)
{
	return !(parameter->flags & PARAMETER_INPUT) &&
	       parameter->flags &
		       (PARAMETER_REQUIRED | (rows ? 0u : PARAMETER_KEY));
}

const struct body_form body_record[] = {
	{ MEDIA_JSON, BODY_JSON, false },
	{ .media_type = NULL },
};

const struct body_form body_records[] = {
	{ MEDIA_JSON, BODY_JSON, false },
	{ "application/jsonl", BODY_JSONL, false },
	{ "application/x-ndjson", BODY_JSONL, true },
	{ .media_type = NULL },
};

const struct body_form body_file[] = {
	{ "text/csv", BODY_CSV, false },
	{ "text/tab-separated-values", BODY_TSV, false },
	{ MEDIA_JSON, BODY_JSON, false },
	{ "application/jsonl", BODY_JSONL, false },
	{ "application/x-ndjson", BODY_JSONL, true },
	{ .media_type = NULL },
};

const struct body_form *body_find(const struct body_form *forms,
				  const char *media_type, size_t length)
{
	for (; forms->media_type; forms++)
		if (strlen(forms->media_type) == length &&
		    !strncasecmp(forms->media_type, media_type, length))
			return forms;
	return NULL;
}

int operation_find_flag(const struct operation *operation,
			enum parameter_flags flag)
{
	for (size_t i = 0; i < operation->nparameters; i++)
		if (operation->parameters[i].flags & flag)
			return (int)i;
	return -1;
}

const char *const conflict_names[] = {
	[CONFLICT_REJECT] = "reject",
	[CONFLICT_SKIP] = "skip",
	[CONFLICT_UPDATE] = "update",
	NULL,
};

const char *const body_format_names[] = {
	[BODY_CSV] = "csv",     [BODY_TSV] = "tsv",    [BODY_JSON] = "json",
	[BODY_JSONL] = "jsonl", [BODY_FORMATS] = NULL,
};

/* What other servers call the parameters of a query. */
static const struct {
	const char *theirs, *ours;
} peers[] = {
	{ "select", "columns" }, { "fields", "columns" },
	{ "order", "sort" },     { "order_by", "sort" },
	{ "ordering", "sort" },  { "skip", "offset" },
	{ "per_page", "limit" }, { "page_size", "limit" },
	{ "size", "limit" },     { "q", "search" },
	{ "filter", "where" },   { "include", "with" },
	{ "cursor", "after" },
};

/* The parameter that names a row; NULL if there is none. */
static const char *find_key(const struct operation *operation,
			    const struct input *input)
{
	for (size_t i = 0; i < operation->nparameters; i++) {
		const struct parameter *p = &operation->parameters[i];

		if ((p->flags & PARAMETER_KEY ||
		     p->role == PARAMETER_ARGUMENT) &&
		    parameter_in_query(p, input->rows))
			return p->name;
	}
	return NULL;
}

const char *parameter_of_peer(const struct operation *operation,
			      const struct input *input, const char *name)
{
	if (strcmp(input->place, "query") != 0)
		return NULL;
	if (strcmp(name, "id") == 0)
		return find_key(operation, input);
	for (size_t i = 0; i < sizeof(peers) / sizeof(peers[0]); i++) {
		const char *ours = peers[i].ours;

		if (!operation_same_name(peers[i].theirs, name))
			continue;
		/* Columns are chosen by the door, of all rows. */
		if (strcmp(ours, "columns") == 0
			    ? operation->ncolumns
			    : operation_find_parameter(operation, ours) >= 0)
			return ours;
	}
	return NULL;
}
