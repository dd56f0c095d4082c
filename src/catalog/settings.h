/*
 * What holds for a whole run: global options, environment, taskmgr.ini.  One
 * table gives the options' names, their keys in the file, and their help.
 */
#ifndef CATALOG_SETTINGS_H
#define CATALOG_SETTINGS_H

#include "operation/operation.h"

/* Text settings are NULL, switches false, until something sets them. */
struct settings {
	const char *db;         /* URL or path, as SPEC's "which database" */
	const char *migrations; /* folder; NULL: built in */
	const char *config;     /* taskmgr.ini that was read; NULL: none */
	const char *format, *columns, *output, *null, *width, *color;
	bool no_header, quiet, verbose, read_only, dry_run, yes, no_input;
	bool help, version, serve, keep_going;
	const char *command, *file; /* -c, -f */
	const char *host, *port;    /* of --serve */
	const char *allow_host;
};

/* Where an option may be said. */
enum setting_kind {
	SETTING_GLOBAL, /* with every command */
	SETTING_START,  /* when taskmgr is started */
	SETTING_SERVER, /* with --serve */
};

struct setting {
	struct parameter parameter;
	enum setting_kind kind;
	size_t offset;             /* in struct settings */
	const char *section, *key; /* in taskmgr.ini; NULL: not there */
	const char *value;         /* what a switch writes (--json: "json") */
	bool path;                 /* relative to the file that says it */
	long most;                 /* of a whole number; 0: it is none */
};

/* The one list, ended by an entry without a name. */
extern const struct setting settings_table[];

/* By name, - and _ alike, or by letter; NULL if there is none. */
const struct setting *setting_find(const char *name);
const struct setting *setting_find_letter(char letter);

/* Whether an option of every command has that name. */
bool setting_is_global(const char *name);

/*
 * Whether a field's name is an option's of its verb or of the program: then
 * it can only be said by --set.
 */
bool setting_hides(const struct operation *operation,
		   const struct parameter *field);

/*
 * Sets one; text NULL says a switch.  USAGE if it needs a value, or has one
 * that it can't have.
 */
CHECKED enum status setting_set(struct settings *settings,
				const struct setting *setting, const char *text,
				struct error *e);

/*
 * Fills what neither options nor environment said: TASKMGR_DB, the nearest
 * taskmgr.ini upwards (or --config), the user's config.ini, the defaults.
 * USAGE naming file and line for a key or line that can't be read.
 */
CHECKED enum status settings_complete(struct settings *settings,
				      struct arena *arena, struct error *e);

/* Whether it decides which database a command is about. */
bool setting_selects_database(const struct setting *setting);

#endif
