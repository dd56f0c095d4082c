#include "catalog/settings.h"

#include <stddef.h>
#include <stdlib.h>
#include <string.h>

/* The tables are laid out by hand. */
/* clang-format off */

static const char *const colors[] = { "auto", "always", "never", NULL };
static const char *const on_off[] = { "on", "off", NULL };

#define TEXT(n, m, s, ...) \
	.parameter = { .name = (n), .metavar = (m), .summary = (s), \
		       .role = PARAMETER_OPTION, .type = TYPE_TEXT, \
		       __VA_ARGS__ }
#define SWITCH(n, l, s) \
	.parameter = { .name = (n), .letter = (l), .summary = (s), \
		       .role = PARAMETER_OPTION, .type = TYPE_BOOLEAN }
/* A format by its name alone. */
#define SHORT(n) \
	TEXT(n, "A,B", "short for --format " n ", with these columns", \
	     .values = VALUES_COLUMNS, .flags = PARAMETER_BARE), \
	.offset = offsetof(struct settings, format), .value = n
#define PROMPT(n, s) \
	.parameter = { .name = (n), .metavar = "WHEN", .summary = (s), \
		       .role = PARAMETER_OPTION, .type = TYPE_TEXT, \
		       .choices = on_off }, \
	.kind = SETTING_START, .section = "taskmgr"
#define AT(field) .offset = offsetof(struct settings, field)

const struct setting settings_table[] = {
	{ TEXT("db", "URL|PATH", "the database", .values = VALUES_FILES),
	  AT(db), .section = "taskmgr", .key = "url", .path = true },
	{ TEXT("migrations", NULL, "the folder with schema.sql and versions",
	       .values = VALUES_FOLDERS), AT(migrations), .section = "taskmgr",
	  .key = "migrations", .path = true },
	{ TEXT("config", NULL, "read this taskmgr.ini",
	       .values = VALUES_FILES), AT(config) },
	{ TEXT("format", NULL, "the output format",
	       .values = VALUES_FORMATS), AT(format),
	  .section = "taskmgr", .key = "format" },
	{ SHORT("json") },
	{ SHORT("jsonl") },
	{ SHORT("csv") },
	{ SHORT("tsv") },
	{ SHORT("chart") },
	{ TEXT("columns", "A,B", "only these columns; -A,-B all but these",
	       .values = VALUES_COLUMNS), AT(columns) },
	{ TEXT("output", NULL, "write the result to a file", .letter = 'o',
	       .values = VALUES_FILES), AT(output) },
	{ TEXT("null", "TEXT", "write NULL as this text"), AT(null),
	  .section = "taskmgr", .key = "null" },
	{ SWITCH("no-header", 0, "omit the column names"),
	  AT(no_header) },
	{ TEXT("width", "N", "fit tables to N columns"), AT(width) },
	{ .parameter = { .name = "color", .metavar = "WHEN",
			 .summary = "auto, always or never",
			 .role = PARAMETER_OPTION, .type = TYPE_TEXT,
			 .choices = colors },
	  AT(color), .section = "taskmgr", .key = "color" },
	{ SWITCH("no-pager", 0, "never page long output"), AT(no_pager) },
	{ SWITCH("quiet", 'q', "print only results and errors"),
	  AT(quiet) },
	{ SWITCH("verbose", 'v', "print more detail"), AT(verbose) },
	{ SWITCH("timing", 0, "report the rows and the time of each command"),
	  AT(timing) },
	{ TEXT("timeout", "SECONDS", "wait that long for a locked database"),
	  AT(timeout), .section = "taskmgr", .key = "timeout" },
	{ SWITCH("read-only", 0, "open the database read-only"),
	  AT(read_only) },
	{ SWITCH("dry-run", 'n', "run it, then roll back"),
	  AT(dry_run) },
	{ SWITCH("yes", 'y', "answer yes to every question"), AT(yes) },
	{ SWITCH("no-input", 0, "never prompt"), AT(no_input) },
	{ SWITCH("help", 'h', "show help"), AT(help) },
	{ SWITCH("version", 'V', "show the version"), AT(version),
	  .kind = SETTING_START },
	{ TEXT("command", "COMMANDS", "run these commands, separated by ;",
	       .letter = 'c', .flags = PARAMETER_REPEATED),
	  AT(command), .kind = SETTING_START },
	{ TEXT("file", NULL, "run commands from a file", .letter = 'f',
	       .values = VALUES_FILES, .flags = PARAMETER_REPEATED), AT(file),
	  .kind = SETTING_START },
	{ PROMPT("highlight", "colour what is typed at the prompt: on, off"),
	  AT(highlight), .key = "highlight" },
	{ PROMPT("check", "check values while they are typed: on, off"),
	  AT(check), .key = "check" },
	{ PROMPT("suggest", "suggest from the history in grey: on, off"),
	  AT(suggest), .key = "suggest" },
	{ PROMPT("marks", "mark prompts for the terminal: on, off"),
	  AT(marks), .key = "marks" },
	{ SWITCH("keep-going", 0, "continue after a failed command"),
	  AT(keep_going), .kind = SETTING_START },
	{ SWITCH("serve", 0, "serve HTTP"), AT(serve),
	  .kind = SETTING_START },
	{ TEXT("host", "ADDRESS", "the address (127.0.0.1)"),
	  AT(host), .kind = SETTING_SERVER, .section = "server",
	  .key = "host" },
	{ TEXT("port", "N", "the port (8000); 0 picks one"), AT(port),
	  .kind = SETTING_SERVER, .section = "server", .key = "port",
	  .most = 65535 },
	{ TEXT("unix", "PATH", "listen at a Unix socket instead",
	       .values = VALUES_FILES), AT(unix_socket),
	  .kind = SETTING_SERVER, .section = "server", .key = "unix",
	  .path = true },
	{ TEXT("threads", "N", "threads that read (8)"), AT(threads),
	  .kind = SETTING_SERVER, .section = "server", .key = "threads",
	  .least = 1, .most = 64 },
	{ TEXT("token-file", NULL, "serve only clients with one of its tokens",
	       .values = VALUES_FILES), AT(token_file),
	  .kind = SETTING_SERVER, .section = "server", .key = "token_file",
	  .path = true },
	{ SWITCH("insecure", 0, "serve other machines without tokens"),
	  AT(insecure), .kind = SETTING_SERVER, .section = "server",
	  .key = "insecure" },
	{ TEXT("allow-host", "NAME", "another Host name to accept"),
	  AT(allow_host), .kind = SETTING_SERVER, .section = "server",
	  .key = "allow_host", .list = true },
	{ TEXT("cors", "ORIGIN", "a site whose pages may ask"), AT(cors),
	  .kind = SETTING_SERVER, .section = "server", .key = "cors",
	  .list = true },
	{ TEXT("root-path", "/PATH", "where a proxy serves it"), AT(root_path),
	  .kind = SETTING_SERVER, .section = "server", .key = "root_path" },
	{ SWITCH("no-docs", 0, "no /docs and no /openapi.json"), AT(no_docs),
	  .kind = SETTING_SERVER, .section = "server", .key = "no_docs" },
	{ TEXT("access-log", "FILE", "a line for each request; - for stdout",
	       .values = VALUES_FILES), AT(access_log),
	  .kind = SETTING_SERVER, .section = "server", .key = "access_log",
	  .path = true },
	{ SWITCH("reload", 0, "restart when taskmgr.ini changes"), AT(reload),
	  .kind = SETTING_SERVER, .section = "server", .key = "reload" },
	{ .parameter = { .name = NULL } },
};

/* clang-format on */

const struct setting *setting_find(const char *name)
{
	const struct setting *setting;

	for (setting = settings_table; setting->parameter.name; setting++)
		if (operation_same_name(setting->parameter.name, name))
			return setting;
	return NULL;
}

const struct setting *setting_find_letter(char letter)
{
	const struct setting *setting;

	for (setting = settings_table; setting->parameter.name; setting++)
		if (setting->parameter.letter == letter)
			return setting;
	return NULL;
}

bool setting_is_global(const char *name)
{
	const struct setting *setting = setting_find(name);

	return setting && setting->kind == SETTING_GLOBAL;
}

bool setting_hides(const struct operation *operation,
		   const struct parameter *field)
{
	int i = operation_find_parameter(operation, field->name);

	if (field->role != PARAMETER_FIELD)
		return false;
	return setting_is_global(field->name) ||
	       (i >= 0 && &operation->parameters[i] != field);
}

/* Digits alone: strtol would skip blanks and signs. */
static bool is_number(const char *text, long least, long most)
{
	size_t length = strspn(text, "0123456789");
	long number;

	if (text[length] || length >= 10)
		return false;
	number = strtol(text, NULL, 10);
	return number >= least && number <= most;
}

static enum status check_number(const struct setting *setting, const char *text,
				struct error *e)
{
	const char *name = setting->parameter.name;

	if (!setting->most || is_number(text, setting->least, setting->most))
		return OK;
	if (setting->least)
		return fail(e, USAGE,
			    "--%s must be a number from %ld to %ld, not %s",
			    name, setting->least, setting->most, text);
	return fail(e, USAGE, "--%s must be a number up to %ld, not %s", name,
		    setting->most, text);
}

static enum status set_switch(char *field, const struct setting *setting,
			      const char *text, struct error *e)
{
	bool on = !text || strcmp(text, "true") == 0 || strcmp(text, "on") == 0;

	if (text && !on && strcmp(text, "false") != 0 &&
	    strcmp(text, "off") != 0)
		return setting->key ? fail(e, USAGE,
					   "--%s must be true or false, not %s",
					   setting->parameter.name, text)
				    : fail(e, USAGE, "--%s takes no value",
					   setting->parameter.name);
	memcpy(field, &on, sizeof(on));
	return OK;
}

bool setting_is_set(const struct settings *settings,
		    const struct setting *setting)
{
	const char *field = (const char *)settings + setting->offset;
	const char *text;
	bool on;

	if (setting->parameter.type == TYPE_BOOLEAN) {
		memcpy(&on, field, sizeof(on));
		return on;
	}
	memcpy(&text, field, sizeof(text));
	return text;
}

const char *setting_add(const struct settings *settings,
			const struct setting *setting, const char *text,
			struct arena *arena)
{
	const char *before;

	if (!setting->list || !text || !*text ||
	    !setting_is_set(settings, setting))
		return text;
	memcpy(&before, (const char *)settings + setting->offset,
	       sizeof(before));
	return arena_printf(arena, "%s,%s", before, text);
}

/* --json, --json=id,title and, which lists the columns, --json= */
static void set_format(struct settings *settings, const char *format,
		       const char *columns)
{
	if (columns && strcmp(columns, "false") == 0)
		return;
	settings->format = format;
	settings->list_columns = columns && !*columns;
	if (columns && *columns && strcmp(columns, "true") != 0)
		settings->columns = columns;
}

enum status setting_set(struct settings *settings,
			const struct setting *setting, const char *text,
			struct error *e)
{
	const struct parameter *parameter = &setting->parameter;
	char *field = (char *)settings + setting->offset;
	const char *const *choice = parameter->choices;
	const struct output_format *format;

	if (parameter->type == TYPE_BOOLEAN)
		return set_switch(field, setting, text, e);
	if (setting->value) {
		set_format(settings, setting->value, text);
		return OK;
	}
	/* NULL may be written as nothing, and nothing may be run. */
	if (!text || (!*text && setting->kind != SETTING_START &&
		      setting->offset != offsetof(struct settings, null)))
		return fail(e, USAGE, "option --%s needs a value",
			    parameter->name);
	/* An unknown format is found before anything runs, and where the file
	   that names it is known. */
	if (parameter->values == VALUES_FORMATS &&
	    output_format_get(text, &format, e) != OK)
		return e->status;
	while (choice && *choice && strcmp(*choice, text) != 0)
		choice++;
	if (choice && !*choice)
		return fail(e, USAGE, "--%s must be %s, not %s",
			    parameter->name,
			    parameter_domain(parameter, e->arena), text);
	if (check_number(setting, text, e) != OK)
		return e->status;
	memcpy(field, &text, sizeof(text));
	return OK;
}

bool setting_can_change(const struct setting *setting)
{
	return (setting->kind == SETTING_GLOBAL ||
		(setting->key && setting->parameter.choices)) &&
	       !setting->value &&
	       setting->offset != offsetof(struct settings, db) &&
	       setting->offset != offsetof(struct settings, help);
}

bool setting_is_on(const char *value)
{
	return !value || strcmp(value, "on") == 0;
}

bool setting_opens_database(const struct setting *setting)
{
	return (setting->path && setting->kind == SETTING_GLOBAL) ||
	       setting->offset == offsetof(struct settings, config) ||
	       setting->offset == offsetof(struct settings, timeout) ||
	       setting->offset == offsetof(struct settings, read_only);
}
