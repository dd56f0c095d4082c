#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "catalog/settings.h"
#include "util/text.h"

/* taskmgr.ini: [section], key = value, ; and # begin comments. */
struct config {
	const char *path;   /* as it is named in messages */
	const char *folder; /* that relative values are relative to */
	struct settings *settings;
	struct arena *arena;
	struct error *e;
	int line;
	char section[32];
};

static char *strip(char *text)
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

static enum status no_key(struct config *config, const char *key)
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

/* Options and the environment win over the file. */
static bool is_set(const struct config *config, const struct setting *setting)
{
	const char *text = NULL;

	memcpy(&text, (char *)config->settings + setting->offset, sizeof(text));
	return text != NULL;
}

static const char *rebase(const struct config *config,
			  const struct setting *setting, const char *value)
{
	if (!setting->path)
		return arena_copy(config->arena, value);
	if (setting->offset == offsetof(struct settings, db))
		return engine_url_rebase(value, config->folder, config->arena);
	if (*value == '/' || strcmp(config->folder, ".") == 0)
		return arena_copy(config->arena, value);
	return arena_printf(config->arena, "%s/%s", config->folder, value);
}

static enum status take_line(struct config *config, char *line)
{
	const struct setting *setting;
	char *equals, *key, *value;

	line = strip(line);
	if (!*line || *line == ';' || *line == '#')
		return OK;
	if (*line == '[') {
		char *end = strchr(line, ']');

		if (!end || end[1] ||
		    (size_t)(end - line) > sizeof(config->section) - 1)
			return fail(config->e, USAGE,
				    "%s:%d: a section is "
				    "written [name]",
				    config->path, config->line);
		*end = '\0';
		snprintf(config->section, sizeof(config->section), "%s",
			 line + 1);
		return OK;
	}
	equals = strchr(line, '=');
	if (!equals)
		return fail(config->e, USAGE, "%s:%d: expected key = value",
			    config->path, config->line);
	*equals = '\0';
	key = strip(line);
	value = strip(equals + 1);
	setting = find_key(config, key);
	if (!setting)
		return no_key(config, key);
	if (is_set(config, setting))
		return OK;
	if (setting_set(config->settings, setting,
			rebase(config, setting, value), config->e) != OK)
		error_prefix(config->e, "%s:%d", config->path, config->line);
	return config->e->status;
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
		if (take_line(&config, line) != OK)
			return e->status;
	}
	return OK;
}

static bool is_file(const char *path)
{
	struct stat status;

	return stat(path, &status) == 0 && S_ISREG(status.st_mode);
}

/* The nearest taskmgr.ini from here upwards; NULL if there is none. */
static const char *nearest_config(struct arena *arena, const char **folder)
{
	char *here = getcwd(NULL, 0);
	const char *found = NULL;
	char *slash;

	*folder = ".";
	if (is_file("taskmgr.ini")) {
		free(here);
		return "taskmgr.ini";
	}
	while (here && !found && (slash = strrchr(here, '/'))) {
		*slash = '\0';
		found = arena_printf(arena, "%s/taskmgr.ini", here);
		if (!is_file(found))
			found = NULL;
		else
			*folder = arena_copy(arena, *here ? here : "/");
	}
	free(here);
	return found;
}

static const char *folder_of(const char *path, struct arena *arena)
{
	const char *slash = strrchr(path, '/');

	return slash ? arena_copy_n(arena, path, (size_t)(slash - path)) : ".";
}

/* The XDG Base Directory Specification: relative values do not count. */
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
		settings->db = CONTEXT_USUAL_URL;
	if (!settings->migrations && is_file("migrations/schema.sql") &&
	    access("migrations/versions", F_OK) == 0)
		settings->migrations = "migrations";
	return OK;
}
