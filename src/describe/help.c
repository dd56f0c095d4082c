#include "describe/help.h"

#include <string.h>

#include "catalog/settings.h"
#include "catalog/word.h"
#include "describe/lay_out.h"
#include "resource/model/resource.h"
#include "util/text.h"

static bool assigns(const struct operation *operation)
{
	for (size_t i = 0; i < operation->nparameters; i++)
		if (operation->parameters[i].values == VALUES_ASSIGNMENTS)
			return true;
	return false;
}

static const char *left_side(const struct operation *operation,
			     const struct parameter *parameter,
			     struct arena *arena)
{
	const char *name = parameter_spelling(parameter, arena);
	const char *value = parameter_metavar(parameter);

	if (operation && setting_hides(operation, parameter))
		return arena_printf(arena, "    --%s %s=%s",
				    assigns(operation) ? "set" : "where",
				    parameter->name, *value ? value : "true");

	if (parameter->role == PARAMETER_ARGUMENT)
		return name;
	if (parameter->flags & PARAMETER_BARE)
		return arena_printf(arena, "    %s[=%s]", name, value);
	return arena_printf(arena, "%s%c%s%s%s%s", parameter->letter ? "-" : "",
			    parameter->letter ? parameter->letter : ' ',
			    parameter->letter ? ", " : "   ", name,
			    *value ? " " : "", value);
}

static const char *bounds_text(const struct parameter *p, struct arena *arena)
{
	const char *text = "";
	const struct {
		const struct value *value;
		const char *words;
	} sides[] = {
		{ p->minimum, p->exclusive_minimum ? "above" : "at least" },
		{ p->maximum, p->exclusive_maximum ? "below" : "at most" },
	};

	for (size_t i = 0; i < 2; i++) {
		const struct value *value = sides[i].value;

		if (!value || p->role != PARAMETER_FIELD)
			continue;
		text = arena_printf(arena, "%s; %s %.15g", text, sides[i].words,
				    value->kind == VALUE_REAL
					    ? value->real
					    : (double)value->integer);
	}
	return text;
}

/* Whether the summary names all the choices anyway. */
static bool names_choices(const struct parameter *p)
{
	for (const char *const *c = p->choices; c && *c; c++)
		if (!p->summary || !strstr(p->summary, *c))
			return false;
	return true;
}

/* The summary and what applies to the value: required, choices, limits … */
static const char *right_side(const struct parameter *p, struct arena *arena)
{
	const char *text = p->summary ? p->summary : "";

	if (p->flags & PARAMETER_REQUIRED && p->role == PARAMETER_FIELD)
		text = arena_printf(arena, "%s; required", text);
	if (p->type >= TYPE_DATE && p->role == PARAMETER_FIELD)
		text = arena_printf(arena, "%s; %s", text, type_name(p->type));
	for (const char *const *c = names_choices(p) ? NULL : p->choices;
	     c && *c; c++)
		text = arena_printf(arena, "%s%s%s", text,
				    c == p->choices ? "; one of " : ", ", *c);
	if (p->max_length)
		text = arena_printf(arena, "%s; at most %zu characters", text,
				    p->max_length);
	text = arena_printf(arena, "%s%s", text, bounds_text(p, arena));
	if (p->flags & PARAMETER_REPEATED && p->role == PARAMETER_OPTION &&
	    p->values != VALUES_ASSIGNMENTS && p->values != VALUES_FIELDS)
		text = arena_printf(arena, "%s; repeatable", text);
	if (p->default_text)
		text = arena_printf(arena, "%s; default %s", text,
				    p->default_text);
	if (p->type == TYPE_BOOLEAN && p->role == PARAMETER_FIELD)
		text = arena_printf(arena, "%s; --no%s for false", text,
				    parameter_spelling(p, arena) + 1);
	return strncmp(text, "; ", 2) == 0 ? text + 2 : text;
}

static bool is_listed(const struct parameter *parameter, bool arguments)
{
	return !(parameter->flags & PARAMETER_HIDDEN) &&
	       (parameter->role == PARAMETER_ARGUMENT) == arguments;
}

static void add_parameters(const struct operation *operation, bool arguments,
			   const char *title, struct buffer *out)
{
	ARENA(arena);
	bool titled = false;

	for (size_t i = 0; i < operation->nparameters; i++) {
		const struct parameter *p = &operation->parameters[i];

		if (!is_listed(p, arguments))
			continue;
		if (!titled)
			buffer_printf(out, "\n%s:\n", title);
		titled = true;
		help_add_row(out, left_side(operation, p, &arena),
			     right_side(p, &arena), HELP_LEFT);
	}
}

/* " and --sort": the operation's own options that take its columns. */
static const char *column_options(const struct operation *operation,
				  struct arena *arena)
{
	const char *names = "";

	for (size_t i = 0; i < operation->nparameters; i++) {
		const struct parameter *p = &operation->parameters[i];

		if (p->values == VALUES_COLUMNS ||
		    (p->values == VALUES_PATHS && p->flags & PARAMETER_PAGE))
			names = arena_printf(arena, "%s and %s", names,
					     parameter_spelling(p, arena));
	}
	return names;
}

/* What --columns and the like can name. */
static void add_columns(const struct operation *operation, struct buffer *out)
{
	ARENA(arena);
	BUFFER(names);

	for (size_t i = 0; i < operation->ncolumns; i++)
		if (!(operation->columns[i].flags & COLUMN_TEXT))
			buffer_printf(&names, "%s%s", names.length ? ", " : "",
				      operation->columns[i].name);
	if (!names.length)
		return;
	buffer_printf(out, "\nColumns for --columns%s:\n  ",
		      column_options(operation, &arena));
	help_add_words(out, names.data, 2, 2);
	buffer_byte(out, '\n');
}

/* "Usage: taskmgr user show KEY…" */
static void write_usage(const struct operation *operation, struct buffer *out)
{
	ARENA(arena);
	bool options = false;
	BUFFER(words);

	buffer_printf(&words, "Usage: taskmgr %s",
		      operation_title(operation, &arena));
	for (size_t i = 0; i < operation->nparameters; i++) {
		const struct parameter *p = &operation->parameters[i];

		options |= is_listed(p, false);
		if (is_listed(p, true))
			buffer_printf(&words,
				      p->flags & PARAMETER_REQUIRED ? " %s"
								    : " [%s]",
				      parameter_spelling(p, &arena));
	}
	if (options)
		buffer_text(&words, " [OPTIONS]");
	help_add_words(out, words.data, 0, 8);
	buffer_byte(out, '\n');
}

void help_operation(const struct operation *operation, struct buffer *out)
{
	BUFFER(summary);

	buffer_printf(&summary, "%s.", operation->summary);
	help_add_words(out, summary.data, 0, 0);
	buffer_text(out, "\n\n");
	write_usage(operation, out);
	if (operation->example) {
		buffer_text(out, "\nExample:\n");
		help_add_example(out, operation->example);
	}
	add_parameters(operation, true, "Arguments", out);
	add_parameters(operation, false, "Options", out);
	add_columns(operation, out);
	buffer_text(out, "\nOptions of every command: taskmgr help options\n");
}

enum {
	FEW_EXAMPLES = 3,
	VERB_LEFT = 20,
};

/* The examples of a noun's first commands. */
static void add_examples(const struct catalog *catalog, const char *noun,
			 struct buffer *out)
{
	const struct operation *operation;
	size_t left = FEW_EXAMPLES;

	for (size_t i = 0;
	     left && (operation = catalog_next(catalog, noun, &i));) {
		if (!operation->example)
			continue;
		help_add_example(out, operation->example);
		left--;
	}
}

void help_noun(const struct catalog *catalog, const char *noun,
	       struct buffer *out)
{
	const struct operation *operation;
	BUFFER(line);

	buffer_printf(&line, "Usage: taskmgr %s COMMAND", noun);
	help_add_words(out, line.data, 0, 8);
	buffer_text(out, "\n\nExamples:\n");
	add_examples(catalog, noun, out);
	buffer_text(out, "\nCommands:\n");
	for (size_t i = 0; (operation = catalog_next(catalog, noun, &i));)
		help_add_row(out, operation->verb, operation->summary,
			     VERB_LEFT);
	buffer_clear(&line);
	buffer_printf(&line, "For details: taskmgr %s COMMAND --help", noun);
	buffer_byte(out, '\n');
	help_add_words(out, line.data, 0, 8);
	buffer_byte(out, '\n');
}

enum {
	NOUN_LEFT = 12,
	MANY_RESOURCES = 15, /* more are listed by name alone */
};

/* Whether the operation is the first of its noun. */
static bool begins_noun(const struct catalog *catalog, size_t i)
{
	return !i || strcmp(catalog->operations[i - 1]->noun,
			    catalog->operations[i]->noun) != 0;
}

static void add_noun(const struct catalog *catalog, const char *noun,
		     struct buffer *out)
{
	const struct operation *operation;
	BUFFER(verbs);

	for (size_t i = 0; (operation = catalog_next(catalog, noun, &i));)
		buffer_printf(&verbs, "%s%s", verbs.length ? " " : "",
			      *operation->verb ? operation->verb
					       : operation->summary);
	help_add_row(out, noun, verbs.data, NOUN_LEFT);
}

/* Every noun with its commands; many tables by their names alone. */
static void add_nouns(const struct catalog *catalog, struct buffer *out)
{
	bool many = catalog->nresources > MANY_RESOURCES;
	BUFFER(names);

	for (size_t i = 0; many && i < catalog->nresources; i++)
		buffer_printf(&names, "%s%s", i ? " " : "",
			      catalog->resources[i].name);
	if (many) {
		buffer_text(out, "  ");
		help_add_words(out, names.data, 2, 2);
		buffer_byte(out, '\n');
	}
	for (size_t i = 0; i < catalog->noperations; i++) {
		const char *noun = catalog->operations[i]->noun;

		if (begins_noun(catalog, i) &&
		    (!many || catalog_find_const(noun, NULL)))
			add_noun(catalog, noun, out);
	}
}

static void add_settings(enum setting_kind kind, const char *title,
			 struct buffer *out)
{
	const struct setting *setting;
	ARENA(arena);

	buffer_printf(out, "\n%s:\n", title);
	for (setting = settings_table; setting->parameter.name; setting++)
		if (setting->kind == kind)
			help_add_row(
				out,
				left_side(NULL, &setting->parameter, &arena),
				setting->parameter.summary, HELP_LEFT);
}

static void add_session_word(const struct word *word, struct buffer *out)
{
	ARENA(arena);

	help_add_row(out,
		     arena_printf(&arena, "%s%s%s", word->name,
				  word->usage ? " " : "",
				  word->usage ? word->usage : ""),
		     word->summary, HELP_LEFT);
}

static void add_session_words(struct buffer *out)
{
	buffer_text(out, "\nWords of a session:\n");
	for (const struct word *word = program_words; *word->name; word++)
		if (word->summary)
			add_session_word(word, out);
}

bool help_word(const char *name, struct buffer *out)
{
	const struct word *word = word_of_kind(word_kind(name));

	if (!*word->name || !word->summary)
		return false;
	buffer_text(out, "In a session:\n");
	add_session_word(word, out);
	return true;
}

void help_program(const struct catalog *catalog, bool in_session,
		  struct buffer *out)
{
	buffer_text(out, "Usage: taskmgr NOUN COMMAND [ARGUMENTS] [OPTIONS]\n");
	if (!in_session)
		buffer_text(out, "       taskmgr              "
				 "the same at a prompt, without \"taskmgr\"\n"
				 "       taskmgr --serve      "
				 "the same over HTTP\n");
	buffer_text(out, "\nExamples:\n");
	if (catalog->nresources)
		add_examples(catalog, catalog->resources[0].name, out);
	add_examples(catalog, "db", out);
	buffer_text(out, "\nNouns:\n");
	add_nouns(catalog, out);
	if (in_session)
		add_session_words(out);
	buffer_text(out, "\nMore:\n");
	help_add_row(out, "taskmgr help NOUN", "its commands", HELP_LEFT + 4);
	help_add_row(out, "taskmgr help NOUN COMMAND",
		     "its arguments and options", HELP_LEFT + 4);
	help_add_row(out, "taskmgr help options",
		     "options of every command, formats, exit status",
		     HELP_LEFT + 4);
}

const struct exit_status exit_statuses[] = {
	{ 0, "done" },
	{ 1, "failed" },
	{ 2, "usage" },
	{ 3, "not found" },
	{ 4, "refused" },
	{ 5, "busy" },
	{ 6, "schema missing or not at head" },
	{ 130, "interrupted" },
	{ 141, "pipe closed" },
	{ 0, NULL },
};

void help_options(bool in_session, struct buffer *out)
{
	const struct output_format *format;
	BUFFER(statuses);

	buffer_text(out, "Usage: taskmgr NOUN COMMAND [OPTIONS]\n");
	add_settings(SETTING_GLOBAL, "Options of every command", out);
	if (!in_session) {
		add_settings(SETTING_START, "Options of the program", out);
		add_settings(SETTING_SERVER, "Options of --serve", out);
		add_session_words(out);
	}
	buffer_text(out, "\nFormats:\n");
	for (format = output_formats; format->name; format++)
		help_add_row(out, format->name, format->summary, HELP_LEFT);
	for (const struct exit_status *s = exit_statuses; s->meaning; s++)
		buffer_printf(&statuses, "%s%d %s",
			      statuses.length ? ", " : "Exit status: ",
			      s->status, s->meaning);
	buffer_byte(out, '\n');
	help_add_words(out, statuses.data, 0, 2);
	buffer_byte(out, '\n');
}
