/*
 * Settings of the whole program: global options, environment, taskmgr.ini.  One
 * table gives the options' names, their keys in the file, and their help.
 */
#ifndef CATALOG_SETTINGS_H
#define CATALOG_SETTINGS_H

#include "operation/operation.h"

/* Text settings are NULL and switches false until set. */
struct settings {
	const char *db;         /* URL or path, as SPEC's "which database" */
	const char *migrations; /* folder; NULL: built in */
	const char *config;     /* the taskmgr.ini in use; NULL: none */
	const char *timeout;    /* seconds for a lock */
	const char *format, *columns, *output, *null, *width, *color;
	bool no_header, no_pager, quiet, verbose, read_only, dry_run;
	bool yes, no_input;
	bool list_columns; /* --json= */
	bool timing, help, version, serve, keep_going;
	/* At the prompt: on, off. */
	const char *highlight, *check, *suggest, *marks;
	const char *command, *file; /* -c, -f */
	/* Of --serve: */
	const char *host, *port, *unix_socket, *threads;
	const char *allow_host, *cors; /* lists, separated by commas */
	const char *token_file, *root_path, *access_log;
	bool insecure, no_docs, reload;
};

/* Where an option is allowed. */
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
	bool path;                 /* relative to the folder of the ini file */
	bool list;                 /* given again, it adds to what it has */
	long least, most;          /* of a whole number; most 0: another type */
};

/* The one list, ended by an entry without a name. */
extern const struct setting settings_table[];

/* Finds a setting by name, - and _ alike, or by letter; or NULL. */
const struct setting *setting_find(const char *name);
const struct setting *setting_find_letter(char letter);

/* Whether "set" can change it: an option of every command, but neither the
   database nor a short form such as --json, or a switch of the prompt. */
bool setting_can_change(const struct setting *setting);

/* Whether a switch of the prompt is on; NULL, its default, is. */
bool setting_is_on(const char *value);

/* Whether an option of every command has that name. */
bool setting_is_global(const char *name);

/*
 * Whether an option of the verb or of the program has the field's name: then
 * only --set can set the field.
 */
bool setting_hides(const struct operation *operation,
		   const struct parameter *field);

/* Whether a setting has a value; a switch, whether it is on. */
bool setting_is_set(const struct settings *settings,
		    const struct setting *setting);

/* What a list has so far and text, in arena; text if it has nothing. */
const char *setting_add(const struct settings *settings,
			const struct setting *setting, const char *text,
			struct arena *arena);

/*
 * Sets a setting; text is NULL for a switch.  USAGE if it needs a value, or
 * cannot have this one.
 */
CHECKED enum status setting_set(struct settings *settings,
				const struct setting *setting, const char *text,
				struct error *e);

/*
 * Fills settings not given as options: TASKMGR_DB, the nearest taskmgr.ini in
 * this folder or above (or --config), the user's config.ini, the defaults.
 * USAGE with file and line for an invalid line.
 */
CHECKED enum status settings_complete(struct settings *settings,
				      struct arena *arena, struct error *e);

/* Whether a setting says which database is opened, and how. */
bool setting_opens_database(const struct setting *setting);

#endif
