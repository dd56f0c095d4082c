#include "describe/help.h"

#include <string.h>

#include "catalog/settings.h"
#include "catalog/word.h"
#include "util/text.h"

enum { LEFT = 28 }; /* where the right column begins */

/* Names and comments come from a schema and may hold control characters. */
static void add_text(struct buffer *out, const char *text)
{
	text_visible(out, text, strlen(text));
}

/* "  left       right", on two lines where left is long. */
static void add_row(struct buffer *out, const char *left, const char *right)
{
	size_t width = text_width(left, strlen(left)) + 2;

	buffer_text(out, "  ");
	add_text(out, left);
	if (right && *right) {
		if (width + 2 > LEFT)
			buffer_printf(out, "\n%*s", LEFT, "");
		else
			buffer_printf(out, "%*s", (int)(LEFT - width), "");
		add_text(out, right);
	}
	buffer_byte(out, '\n');
}

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

/* The summary and what applies to the value: required, choices, limits … */
static const char *right_side(const struct parameter *p, struct arena *arena)
{
	const char *text = p->summary ? p->summary : "";

	if (p->flags & PARAMETER_REQUIRED && p->role == PARAMETER_FIELD)
		text = arena_printf(arena, "%s; required", text);
	if (p->type >= TYPE_DATE && p->role == PARAMETER_FIELD)
		text = arena_printf(arena, "%s; %s", text, type_name(p->type));
	for (const char *const *c = p->choices; c && *c; c++)
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
		add_row(out, left_side(operation, p, &arena),
			right_side(p, &arena));
	}
}

enum { WIDTH = 78 };

/* " and --sort": the operation's own options that take its columns. */
static const char *column_options(const struct operation *operation,
				  struct arena *arena)
{
	const char *names = "";

	for (size_t i = 0; i < operation->nparameters; i++)
		if (operation->parameters[i].values == VALUES_COLUMNS)
			names = arena_printf(
				arena, "%s and %s", names,
				parameter_spelling(&operation->parameters[i],
						   arena));
	return names;
}

/* What --columns and the like can name. */
static void add_columns(const struct operation *operation, struct buffer *out)
{
	ARENA(arena);
	size_t width = 0;

	for (size_t i = 0; i < operation->ncolumns; i++) {
		const char *name = operation->columns[i].name;
		size_t length = text_width(name, strlen(name));

		if (operation->columns[i].flags & COLUMN_TEXT)
			continue;
		if (!width)
			buffer_printf(out, "\nColumns for --columns%s:\n ",
				      column_options(operation, &arena));
		else
			buffer_byte(out, ',');
		if (width && width + 2 + length > WIDTH) {
			buffer_text(out, "\n ");
			width = 0;
		}
		buffer_byte(out, ' ');
		add_text(out, name);
		width += 2 + length;
	}
	if (width)
		buffer_byte(out, '\n');
}

/* "taskmgr user show KEY…" */
static void write_usage(const struct operation *operation, struct buffer *out)
{
	ARENA(arena);
	bool options = false;

	buffer_text(out, "taskmgr ");
	add_text(out, operation->noun);
	buffer_byte(out, ' ');
	add_text(out, operation->verb);
	for (size_t i = 0; i < operation->nparameters; i++) {
		const struct parameter *p = &operation->parameters[i];
		const char *name;

		options |= is_listed(p, false);
		if (!is_listed(p, true))
			continue;
		name = parameter_spelling(p, &arena);
		buffer_printf(out,
			      p->flags & PARAMETER_REQUIRED ? " %s" : " [%s]",
			      name);
	}
	buffer_text(out, options ? " [OPTIONS]\n" : "\n");
}

void help_operation(const struct operation *operation, struct buffer *out)
{
	add_text(out, operation->summary);
	buffer_text(out, ".\n\nUsage: ");
	write_usage(operation, out);
	add_parameters(operation, true, "Arguments", out);
	add_parameters(operation, false, "Options", out);
	add_columns(operation, out);
	if (operation->example) {
		buffer_text(out, "\nExample:\n  taskmgr ");
		add_text(out, operation->example);
		buffer_byte(out, '\n');
	}
	buffer_text(out, "\nOptions of every command: taskmgr help\n");
}

void help_noun(const struct catalog *catalog, const char *noun,
	       struct buffer *out)
{
	buffer_printf(out, "Usage: taskmgr %s COMMAND\n\nCommands:\n", noun);
	for (size_t i = 0; i < catalog->noperations; i++) {
		const struct operation *operation = catalog->operations[i];

		if (strcmp(operation->noun, noun) == 0)
			add_row(out, operation->verb, operation->summary);
	}
	buffer_printf(out, "\nFor details: taskmgr %s COMMAND --help\n", noun);
}

static void add_nouns(const struct catalog *catalog, struct buffer *out)
{
	const char *last = "";
	BUFFER(verbs);

	for (size_t i = 0; i <= catalog->noperations; i++) {
		const struct operation *operation =
			i < catalog->noperations ? catalog->operations[i]
						 : NULL;

		if (verbs.length &&
		    (!operation || strcmp(operation->noun, last) != 0)) {
			add_row(out, last, verbs.data);
			buffer_clear(&verbs);
		}
		if (!operation)
			break;
		buffer_printf(&verbs, "%s%s", verbs.length ? " " : "",
			      operation->verb);
		last = operation->noun;
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
			add_row(out,
				left_side(NULL, &setting->parameter, &arena),
				setting->parameter.summary);
}

void help_program(const struct catalog *catalog, struct buffer *out)
{
	const struct output_format *format;

	buffer_text(out, "Usage: taskmgr [OPTIONS] NOUN COMMAND [ARGUMENTS]\n"
			 "       taskmgr                 read commands\n"
			 "       taskmgr help [NOUN [COMMAND]]\n\nNouns:\n");
	add_nouns(catalog, out);
	buffer_text(out, "\nOther words:\n");
	for (const struct word *word = program_words; word->name; word++)
		if (word->summary)
			add_row(out, word->name, word->summary);
	add_settings(SETTING_GLOBAL, "Options of every command", out);
	add_settings(SETTING_START, "Options of the program", out);
	add_settings(SETTING_SERVER, "Options of --serve", out);
	buffer_text(out, "\nFormats:\n");
	for (format = output_formats; format->name; format++)
		add_row(out, format->name, format->summary);
	buffer_text(out,
		    "\nExit status: 0 done, 1 failed, 2 usage, 3 not found, "
		    "4 refused,\n  5 busy, 6 schema missing or not at "
		    "head, 130 interrupted, 141 pipe closed\n");
}
