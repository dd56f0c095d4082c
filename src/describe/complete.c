#include "describe/complete.h"

#include <string.h>
#include <strings.h>

#include "catalog/choice.h"
#include "catalog/word.h"
#include "describe/complete_file.h"
#include "describe/complete_path.h"
#include "describe/complete_sql.h"
#include "resource/filter/filter.h"
#include "resource/key/candidate.h"
#include "util/text.h"

#define OPERATOR_SIGNS "=!<>~"

/* The command line so far. */
struct command_line {
	const struct catalog *catalog;
	struct context *context;
	struct arena *arena;
	struct candidates *out;
	const char *word; /* the one to be completed */
	const char *lead; /* put before each candidate: "--age=" */
	unsigned flags;
	bool helping;
	const char *noun, *verb;
	const struct operation *operation;
	size_t arguments;             /* words that were given for arguments */
	const struct parameter *open; /* its value comes next … */
	bool optional;                /* … unless it looks like an option */
};

static void offer_word(struct command_line *line, const char *text,
		       const char *description)
{
	size_t length = strlen(line->word);

	/* Control characters must not reach a terminal. */
	if ((line->flags & COMPLETE_ANY_CASE
		     ? strncasecmp(text, line->word, length)
		     : strncmp(text, line->word, length)) != 0 ||
	    !text_is_plain(text, strlen(text)))
		return;
	if (description &&
	    (!*description || !text_is_plain(description, strlen(description))))
		description = NULL;
	*LIST_ADD(line->arena, line->out->items,
		  line->out->count) = (struct candidate){
		.text = arena_printf(line->arena, "%s%s", line->lead, text),
		.description = description,
	};
}

/* Whether word is the value of the option before it. */
static bool is_value(const struct command_line *line, const char *word)
{
	return line->open && !(line->optional && word[0] == '-');
}

/* Reads one of the words before the last. */
static void take_word(struct command_line *line, const char *word)
{
	struct choice choice = { .parameter = NULL };

	if (is_value(line, word)) {
		line->open = NULL;
		return;
	}
	line->open = NULL;
	if (is_option(word)) {
		if (word[1] == '-')
			choice = choose_name(line->operation, word + 2);
		else if (!word[2])
			choice = choose_letter(line->operation, word[1]);
		line->optional = takes_columns(choice, line->operation,
					       line->arguments);
		if (!strchr(word, '=') &&
		    (line->optional || takes_value(choice)))
			line->open = choice.parameter;
		return;
	}
	if (!line->noun) {
		line->noun = catalog_find_noun(line->catalog, word);
		line->noun = line->noun ? line->noun : word;
		line->operation = catalog_find(line->catalog, line->noun, "");
		line->verb = line->operation ? "" : NULL;
	} else if (!line->verb) {
		line->verb = word;
		line->operation = catalog_find(line->catalog, line->noun, word);
	} else {
		line->arguments++;
	}
}

static void offer_nouns(struct command_line *line)
{
	const struct operation *operation;
	const char *last = "";

	for (size_t i = 0;
	     (operation = catalog_next(line->catalog, NULL, &i));) {
		if (strcmp(last, operation->noun) != 0)
			offer_word(line, operation->noun,
				   *operation->verb ? NULL
						    : operation->summary);
		last = operation->noun;
	}
	if (line->helping) {
		offer_word(line, HELP_OPTIONS, "what every command takes");
		return;
	}
	for (const struct word *word = program_words; *word->name; word++)
		if (word->summary &&
		    (line->flags & COMPLETE_SESSION || word->kind == WORD_HELP))
			offer_word(line, word->name, word->summary);
}

static void offer_verbs(struct command_line *line)
{
	const struct operation *operation;

	for (size_t i = 0;
	     (operation = catalog_next(line->catalog, line->noun, &i));)
		offer_word(line, operation->verb, operation->summary);
}

/* --no-completed, once it has been begun: the switch is what is seen first. */
static void offer_negated(struct command_line *line, const struct parameter *p)
{
	if (p->type == TYPE_BOOLEAN && p->role == PARAMETER_FIELD &&
	    !(p->flags & PARAMETER_HIDDEN) &&
	    strncmp(line->word, "--n", 3) == 0)
		offer_word(line,
			   arena_printf(line->arena, "--no%s",
					parameter_spelling(p, line->arena) + 1),
			   p->summary);
}

static void offer_options(struct command_line *line)
{
	const struct operation *operation = line->operation;
	const struct setting *setting;

	for (size_t i = 0; operation && i < operation->nparameters; i++) {
		const struct parameter *p = &operation->parameters[i];

		if (p->role != PARAMETER_ARGUMENT &&
		    !(p->flags & PARAMETER_HIDDEN) &&
		    !setting_hides(operation, p))
			offer_word(line, parameter_spelling(p, line->arena),
				   p->summary);
	}
	for (size_t i = 0; operation && i < operation->nparameters; i++)
		offer_negated(line, &operation->parameters[i]);
	for (setting = settings_table; setting->parameter.name; setting++)
		if (setting->kind == SETTING_GLOBAL || !line->noun)
			offer_word(line,
				   parameter_spelling(&setting->parameter,
						      line->arena),
				   setting->parameter.summary);
}

static void offer_one(void *data, const char *text, const char *description)
{
	offer_word(data, text, description);
}

/* A column that refers to an id, unlike the reference's name, takes no text. */
static bool takes_ids(const struct parameter *parameter)
{
	return parameter->role == PARAMETER_FIELD &&
	       parameter->type == TYPE_INTEGER &&
	       !(parameter->flags & PARAMETER_NAMED);
}

static void offer_keys(struct command_line *line,
		       const struct parameter *parameter)
{
	const struct resource *resource = catalog_find_resource(
		line->catalog, parameter->noun);

	if (resource && line->context->engine)
		resource_candidates(line->context->engine, resource, line->word,
				    takes_ids(parameter), line->arena,
				    offer_one, line);
}

/* The text before the part to be completed is kept. */
static void keep_lead(struct command_line *line, size_t length)
{
	line->lead = arena_printf(line->arena, "%s%.*s", line->lead,
				  (int)length, line->word);
	line->word += length;
}

/* The name at the end of a list of columns, or of related rows. */
static void offer_path(struct command_line *line, enum parameter_values values)
{
	const char *word = line->word;
	const char *before;

	keep_lead(line, complete_path_word(word));
	before = arena_copy_n(line->arena, word, (size_t)(line->word - word));
	complete_path(line->catalog, line->operation, values, before,
		      line->arena, offer_one, line);
}

/* The values that the parameter declares; also after the colon of a range. */
static void offer_known(struct command_line *line,
			const struct parameter *parameter)
{
	const char *colon = strrchr(line->word, ':');

	if (colon)
		keep_lead(line, (size_t)(colon - line->word) + 1);
	parameter->candidates(line->context, line->arena, offer_one, line);
}

static void offer_values(struct command_line *line,
			 const struct parameter *parameter);

/* The values of a field whose name and operator are typed already: age=,
   age>=, age.gte=. */
static void offer_values_of(struct command_line *line,
			    const struct operation *operation)
{
	size_t end = strcspn(line->word, OPERATOR_SIGNS);
	size_t length = strcspn(line->word, OPERATOR_SIGNS ".");
	const char *name = arena_copy_n(line->arena, line->word, length);

	keep_lead(line, end + strspn(line->word + end, OPERATOR_SIGNS));
	for (size_t i = 0; operation && i < operation->nparameters; i++)
		if (operation->parameters[i].role == PARAMETER_FIELD &&
		    strcmp(operation->parameters[i].name, name) == 0)
			offer_values(line, &operation->parameters[i]);
}

/* age.gte= and the like, once the column is typed. */
static void offer_operators(struct command_line *line, const char *column)
{
	size_t length = strlen(column);

	if (strncmp(line->word, column, length) != 0 ||
	    (line->word[length] && line->word[length] != '.'))
		return;
	for (size_t i = 0; resource_operator(i); i++)
		offer_word(line,
			   arena_printf(line->arena, "%s.%s=", column,
					resource_operator(i)),
			   NULL);
}

/* What may follow the name but "=": a field of the row that it refers to. */
static void offer_rest(struct command_line *line, const struct parameter *field)
{
	if (field->flags & (PARAMETER_ALIAS | PARAMETER_NAMED))
		offer_word(line, arena_printf(line->arena, "%s.", field->name),
			   NULL);
	else
		offer_operators(line, field->name);
}

/* The operation with the fields: a condition is about any column, also one that
   the command itself cannot set. */
static const struct operation *
operation_with_fields(const struct command_line *line,
		      enum parameter_values values)
{
	const struct operation *operation = line->operation;

	return values == VALUES_CONDITIONS && operation &&
			       operation->flags & OPERATION_WRITES
		       ? catalog_find(line->catalog, line->noun, "list")
		       : operation;
}

/* Goes on from the row that a condition refers to: the fields after "user."
   are those of users. */
static const struct operation *
follow_references(struct command_line *line, const struct operation *operation)
{
	size_t length;

	while (length = strcspn(line->word, "." OPERATOR_SIGNS),
	       line->word[length] == '.') {
		const struct resource *resource = complete_reference(
			line->catalog, operation,
			arena_copy_n(line->arena, line->word, length + 1),
			line->arena);

		if (!resource)
			break;
		keep_lead(line, length + 1);
		line->noun = resource->name;
		operation = catalog_find(line->catalog, line->noun, "list");
	}
	return operation;
}

/* FIELD= and then its values; FIELD alone where it is set to null. */
static void offer_fields(struct command_line *line,
			 enum parameter_values values)
{
	const struct operation *operation = operation_with_fields(line, values);
	unsigned wanted = values == VALUES_FIELDS ? PARAMETER_NULLABLE : 0u;
	unsigned unwanted = PARAMETER_HIDDEN;

	if (values == VALUES_CONDITIONS) {
		keep_lead(line, complete_condition_word(line->word));
		operation = follow_references(line, operation);
	} else {
		unwanted |= PARAMETER_ALIAS;
	}
	if (line->word[strcspn(line->word, OPERATOR_SIGNS)]) {
		offer_values_of(line, operation);
		return;
	}
	for (size_t i = 0; operation && i < operation->nparameters; i++) {
		const struct parameter *p = &operation->parameters[i];

		if (p->role != PARAMETER_FIELD ||
		    (p->flags & wanted) != wanted || p->flags & unwanted)
			continue;
		offer_word(line,
			   arena_printf(line->arena, "%s%s", p->name,
					wanted ? "" : "="),
			   p->summary);
		if (values == VALUES_CONDITIONS)
			offer_rest(line, p);
	}
}

static void offer_formats(struct command_line *line)
{
	for (const struct output_format *format = output_formats; format->name;
	     format++)
		offer_word(line, format->name, format->summary);
}

/* JSON itself cannot be completed, the name of a file can. */
static void offer_record_files(struct command_line *line)
{
	if (*line->word != '@')
		return;
	keep_lead(line, 1);
	complete_files(line->word, false, line->arena, offer_one, line);
}

static void offer_sql(struct command_line *line)
{
	if (*line->word == '@') {
		offer_record_files(line);
		return;
	}
	keep_lead(line, complete_sql_word(line->word));
	complete_sql(line->catalog, line->lead, line->arena, offer_one, line);
}

/* The values that a field can have: a filter takes any, but finds no others. */
static const char *const *field_choices(const struct command_line *line,
					const struct parameter *field)
{
	const struct operation *create;
	int i;

	if (field->choices || field->role != PARAMETER_FIELD || !line->noun)
		return field->choices;
	create = catalog_find(line->catalog, line->noun, "create");
	i = create ? operation_find_field(create, field->name,
					  strlen(field->name))
		   : -1;
	return i < 0 ? NULL : create->parameters[i].choices;
}

static void offer_values(struct command_line *line,
			 const struct parameter *parameter)
{
	for (const char *const *c = field_choices(line, parameter); c && *c;
	     c++)
		offer_word(line, *c, NULL);
	if (parameter->noun)
		offer_keys(line, parameter);
	if (parameter->type == TYPE_BOOLEAN) {
		offer_word(line, "true", NULL);
		offer_word(line, "false", NULL);
	}
	if (parameter->candidates)
		offer_known(line, parameter);
	switch (parameter->values) {
	case VALUES_ANY:
		break;
	case VALUES_FILES:
	case VALUES_FOLDERS:
		complete_files(line->word, parameter->values == VALUES_FOLDERS,
			       line->arena, offer_one, line);
		break;
	case VALUES_COLUMNS:
	case VALUES_PATHS:
	case VALUES_RELATED:
		offer_path(line, parameter->values);
		break;
	case VALUES_FORMATS:
		offer_formats(line);
		break;
	case VALUES_CONDITIONS:
	case VALUES_FIELDS:
	case VALUES_ASSIGNMENTS:
		offer_fields(line, parameter->values);
		break;
	case VALUES_RECORDS:
		offer_record_files(line);
		break;
	case VALUES_SQL:
		offer_sql(line);
		break;
	}
}

static void offer_after_equals(struct command_line *line)
{
	const char *equals = strchr(line->word, '=');
	const char *name = arena_copy_n(line->arena, line->word + 2,
					(size_t)(equals - line->word) - 2);
	struct choice choice = choose_name(line->operation, name);

	line->lead = arena_copy_n(line->arena, line->word,
				  (size_t)(equals + 1 - line->word));
	line->word = equals + 1;
	if (choice.parameter && !choice.negated)
		offer_values(line, choice.parameter);
}

/* Options; what looks like one, -1, may be a value. */
static void offer_dashed(struct command_line *line,
			 const struct parameter *argument)
{
	offer_options(line);
	if (argument && argument->candidates)
		offer_known(line, argument);
}

void complete_words(const struct catalog *catalog, struct context *context,
		    const char *const *words, size_t nwords, unsigned flags,
		    struct arena *arena, struct candidates *out)
{
	const struct parameter *argument;
	struct command_line line = {
		.catalog = catalog,
		.context = context,
		.arena = arena,
		.out = out,
		.word = nwords ? words[nwords - 1] : "",
		.lead = "",
		.flags = flags,
	};

	*out = (struct candidates){ .items = NULL };
	line.helping = nwords > 1 && word_kind(words[0]) == WORD_HELP;
	for (size_t i = line.helping; i + 1 < nwords; i++)
		take_word(&line, words[i]);
	argument = line.operation
			   ? operation_argument(line.operation, line.arguments)
			   : NULL;
	if (is_value(&line, line.word))
		offer_values(&line, line.open);
	else if (strncmp(line.word, "--", 2) == 0 && strchr(line.word, '='))
		offer_after_equals(&line);
	else if (line.word[0] == '-')
		offer_dashed(&line, argument);
	else if (!line.noun)
		offer_nouns(&line);
	else if (!line.verb)
		offer_verbs(&line);
	else if (argument)
		offer_values(&line, argument);
	out->lead = strlen(line.lead);
}
