#include <errno.h>
#include <string.h>
#include <sys/stat.h>

#include "engine/engine.h"

/* What follows sqlite:, or sqlite+driver: as in SQLAlchemy (Python's drivers);
   NULL for anything else. */
static const char *after_colon(const char *url)
{
	static const char scheme[] = "sqlite";

	if (strncasecmp(url, scheme, strlen(scheme)) != 0)
		return NULL;
	url += strlen(scheme);
	if (*url == '+')
		url += strcspn(url, ":");
	return *url == ':' ? url + 1 : NULL;
}

/* The rest of a URL after sqlite://; NULL for anything else. */
static const char *after_scheme(const char *url)
{
	const char *rest = after_colon(url);

	return rest && strncmp(rest, "//", 2) == 0 ? rest + 2 : NULL;
}

/* SQLAlchemy's "?timeout=5", which would otherwise become part of the path. */
static const char *find_query(const char *rest)
{
	const char *query = strchr(rest, '?');

	return query && query[strcspn(query, "=/")] == '=' ? query : NULL;
}

static bool is_memory(const char *url)
{
	const char *rest = after_scheme(url);

	return strcmp(url, ":memory:") == 0 ||
	       (rest && (!*rest || strcmp(rest, "/") == 0 ||
			 strcmp(rest, "/:memory:") == 0));
}

enum status engine_check_url(const char *url, struct error *e)
{
	const char *rest = after_scheme(url), *colon = after_colon(url);
	const char *query = rest ? find_query(rest) : NULL;

	if (query)
		return fail(e, USAGE,
			    "database %s: a URL takes no options; leave out %s",
			    url, query);
	if (!colon && (strstr(url, "://") || strncmp(url, "file:", 5) == 0))
		return fail(e, USAGE,
			    "database %s: only sqlite: URLs and paths can be "
			    "opened",
			    url);
	if (colon && (!rest || (*rest && *rest != '/')))
		return fail(e, USAGE,
			    "database %s: a path needs three slashes "
			    "(sqlite:///%s)",
			    url, rest ? rest : colon);
	return OK;
}

const char *engine_path(const char *url, struct arena *arena)
{
	const char *rest = after_scheme(url);

	if (is_memory(url))
		return NULL;
	if (rest)
		return *rest == '/' ? arena_copy(arena, rest + 1) : NULL;
	return strstr(url, "://") ? NULL : arena_copy(arena, url);
}

const char *engine_url_rebase(const char *url, const char *folder,
			      struct arena *arena)
{
	const char *path = engine_path(url, arena);

	if (!path || *path == '/' || !*path || strcmp(folder, ".") == 0)
		return arena_copy(arena, url);
	return arena_printf(arena, "sqlite:///%s/%s", folder, path);
}

bool engine_exists(const char *url)
{
	ARENA(arena);
	const char *path = engine_path(url, &arena);
	struct stat status;

	/* A file that cannot be examined is assumed to exist. */
	return !path || stat(path, &status) == 0 || errno != ENOENT;
}
