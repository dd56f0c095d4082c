#include <assert.h>
#include <errno.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "catalog/settings.h"
#include "util/text.h"

enum { MAX_CONFIG_SETTINGS = 64 };

/* taskmgr.ini: [section], key = value, ; and # begin comments. */
struct config {
	const char *path;   /* as it is named in messages */
	const char *folder; /* the base of relative values */
	struct settings *settings;
	struct arena *arena;
	struct error *e;
	int line;
	const char *section;            /* NULL: none yet */
	bool seen[MAX_CONFIG_SETTINGS]; /* by their place in settings_table */
};

static char *trim_blanks(char *text)
{
	char *end;

	text += strspn(text, " \t\r\n");
	end = text + strlen(text);
	while (end > text && strchr(" \t\r\n", end[-1]))
		*--end = '\0';
	return text;
}

static const struct setting *find_key(const struct config *config,
				      const char *key)
{
	const struct setting *setting;

	for (setting = settings_table; setting->parameter.name; setting++)
		if (setting->key && strcmp(setting->key, key) == 0 &&
		    strcmp(setting->section, config->section) == 0)
			return setting;
	return NULL;
}

static enum status fail_unknown_key(struct config *config, const char *key)
{
	const struct setting *setting;
	struct close_names close;

	close_names_init(&close, key);
	for (setting = settings_table; setting->parameter.name; setting++)
		if (setting->key &&
		    strcmp(setting->section, config->section) == 0)
			close_names_offer(&close, setting->key);
	fail(config->e, USAGE, "%s:%d: unknown key %s in [%s]", config->path,
	     config->line, key, config->section);
	close_names_suggest(&close, config->e);
	return USAGE;
}

static bool is_url(const struct setting *setting)
{
	return setting->offset == offsetof(struct settings, db);
}

static const char *rebase_value(const struct config *config,
				const struct setting *setting,
				const char *value)
{
	if (!setting->path)
		return arena_copy(config->arena, value);
	if (is_url(setting))
		return engine_url_rebase(value, config->folder, config->arena);
	if (*value == '/' || strcmp(value, "-") == 0 ||
	    strcmp(config->folder, ".") == 0)
		return arena_copy(config->arena, value);
	return arena_printf(config->arena, "%s/%s", config->folder, value);
}

/* Fails with the file's name and line number. */
static enum status fail_line(struct config *config, const char *format, ...)
	__attribute__((format(printf, 2, 3)));

static enum status fail_line(struct config *config, const char *format, ...)
{
	va_list args;
	const char *message;

	va_start(args, format);
	message = arena_vprintf(config->arena, format, args);
	va_end(args);
	return fail(config->e, USAGE, "%s:%d: %s", config->path, config->line,
		    message);
}

static bool has_section(const char *name)
{
	const struct setting *setting;

	for (setting = settings_table; setting->parameter.name; setting++)
		if (setting->key && strcmp(setting->section, name) == 0)
			return true;
	return false;
}

static enum status read_section(struct config *config, char *line)
{
	char *end = strchr(line, ']');
	const struct setting *setting;
	struct close_names close;

	if (!end || end[1])
		return fail_line(config, "a section is written [name]");
	*end = '\0';
	config->section = arena_copy(config->arena, trim_blanks(line + 1));
	if (has_section(config->section))
		return OK;
	close_names_init(&close, config->section);
	for (setting = settings_table; setting->parameter.name; setting++)
		if (setting->key)
			close_names_offer(&close, setting->section);
	fail_line(config, "unknown section [%s]", config->section);
	close_names_suggest(&close, config->e);
	if (!close.count)
		error_hint(config->e, "sections: [taskmgr], [server]");
	return USAGE;
}

/* Only null may be empty. */
static enum status check_value(struct config *config,
			       const struct setting *setting, const char *value)
{
	size_t length = strlen(value);
	bool *seen = &config->seen[setting - settings_table];

	assert(setting - settings_table < MAX_CONFIG_SETTINGS);
	if (*seen)
		return fail_line(config, "%s is given twice", setting->key);
	*seen = true;
	if (setting->offset == offsetof(struct settings, null))
		return OK;
	if (!*value) {
		fail_line(config, "%s has no value", setting->key);
		error_hint(config->e, "give it one, or remove the line");
		return USAGE;
	}
	if (length < 2 || !strchr("\"'", *value) || value[length - 1] != *value)
		return OK;
	fail_line(config, "%s is in quotes, which would be part of it",
		  setting->key);
	error_hint(config->e, "write: %s = %.*s", setting->key, (int)length - 2,
		   value + 1);
	return USAGE;
}

static enum status read_key_value(struct config *config, char *line)
{
	const struct setting *setting;
	char *equals = strchr(line, '='), *key, *value;

	if (!equals)
		return fail_line(config, "expected key = value");
	*equals = '\0';
	key = trim_blanks(line);
	value = trim_blanks(equals + 1);
	if (!config->section) {
		fail_line(config, "%s comes before any section", key);
		error_hint(config->e, "put [taskmgr] in a line above it");
		return USAGE;
	}
	setting = find_key(config, key);
	if (!setting)
		return fail_unknown_key(config, key);
	if (check_value(config, setting, value) != OK)
		return config->e->status;
	/* Options and the environment override the file. */
	if (setting_is_set(config->settings, setting))
		return OK;
	if ((is_url(setting) && engine_check_url(value, config->e) != OK) ||
	    setting_set(config->settings, setting,
			rebase_value(config, setting, value), config->e) != OK)
		error_prefix(config->e, "%s:%d", config->path, config->line);
	return config->e->status;
}

static enum status read_config_line(struct config *config, char *line)
{
	/* The byte order mark of some editors. */
	if (config->line == 1 && strncmp(line, "\xef\xbb\xbf", 3) == 0)
		line += 3;
	line = trim_blanks(line);
	if (!*line || *line == ';' || *line == '#')
		return OK;
	return *line == '[' ? read_section(config, line)
			    : read_key_value(config, line);
}

static void close_file(FILE **file)
{
	if (*file)
		fclose(*file);
}

static enum status read_config(struct settings *settings, const char *path,
			       const char *folder, struct arena *arena,
			       struct error *e)
{
	struct config config = {
		.path = path,
		.folder = folder,
		.settings = settings,
		.arena = arena,
		.e = e,
	};
	__attribute__((cleanup(close_file))) FILE *file = fopen(path, "re");
	char line[4096];

	if (!file)
		return fail(e, USAGE, "%s: %s", path, strerror(errno));
	while (fgets(line, sizeof(line), file)) {
		config.line++;
		if (!strchr(line, '\n') && !feof(file))
			return fail(e, USAGE, "%s:%d: the line is too long",
				    path, config.line);
		if (read_config_line(&config, line) != OK)
			return e->status;
	}
	return OK;
}

static bool is_file(const char *path)
{
	struct stat status;

	return stat(path, &status) == 0 && S_ISREG(status.st_mode);
}

/* The nearest taskmgr.ini in this folder or above; or NULL. */
static const char *nearest_config(struct arena *arena, const char **folder)
{
	static const char name[] = "/taskmgr.ini";
	char *here, *path, *slash;

	*folder = ".";
	if (is_file(name + 1))
		return name + 1;
	here = getcwd(NULL, 0);
	path = arena_printf(arena, "%s%s", here ? here : "", name);
	free(here);
	slash = strrchr(path, '/');
	while (slash > path) {
		do
			slash--;
		while (slash > path && *slash != '/');
		memcpy(slash, name, sizeof(name));
		if (!is_file(path))
			continue;
		*folder = slash > path ? arena_copy_n(arena, path,
						      (size_t)(slash - path))
				       : "/";
		return path;
	}
	return NULL;
}

static const char *folder_of(const char *path, struct arena *arena)
{
	const char *slash = strrchr(path, '/');

	return slash ? arena_copy_n(arena, path, (size_t)(slash - path)) : ".";
}

/* XDG Base Directory Specification: relative values are ignored. */
static const char *user_config(struct arena *arena)
{
	const char *base = getenv("XDG_CONFIG_HOME");
	const char *home = getenv("HOME");

	if (base && *base == '/')
		return arena_printf(arena, "%s/taskmgr/config.ini", base);
	if (home && *home == '/')
		return arena_printf(arena, "%s/.config/taskmgr/config.ini",
				    home);
	return "";
}

static enum status read_configs(struct settings *settings, struct arena *arena,
				struct error *e)
{
	const char *path = settings->config, *folder;
	const char *user = user_config(arena);

	if (path) {
		folder = folder_of(path, arena);
	} else {
		path = nearest_config(arena, &folder);
		settings->config = path;
	}
	if (path && read_config(settings, path, folder, arena, e) != OK)
		return e->status;
	if (is_file(user) &&
	    read_config(settings, user, folder_of(user, arena), arena, e) != OK)
		return e->status;
	return OK;
}

enum status settings_complete(struct settings *settings, struct arena *arena,
			      struct error *e)
{
	const char *db = getenv("TASKMGR_DB");

	if (!settings->db && db && *db)
		settings->db = db;
	if (read_configs(settings, arena, e) != OK)
		return e->status;
	if (!settings->db)
		settings->db = CONTEXT_DEFAULT_URL;
	if (!settings->migrations && is_file("migrations/schema.sql") &&
	    access("migrations/versions", F_OK) == 0)
		settings->migrations = "migrations";
	return OK;
}
