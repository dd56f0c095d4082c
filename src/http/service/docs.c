/* /docs: Swagger UI over /openapi.json, from files inside the program. */
#include "http/service/pages.h"
#include "http/wire/response.h"
#include "util/embedded.h"

extern const struct embedded_file docs_files[];
extern const size_t docs_nfiles;

static const struct {
	const char *ending, *media_type;
	bool compressed;
} kinds[] = {
	{ ".html", "text/html; charset=utf-8", false },
	{ ".js", "text/javascript; charset=utf-8", false },
	{ ".js.gz", "text/javascript; charset=utf-8", true },
	{ ".css.gz", "text/css; charset=utf-8", true },
	{ ".png", "image/png", false },
};

/* The file for "/docs" is index.html; for "/docs/x.js" x.js or x.js.gz. */
static const struct embedded_file *find_file(const char *path)
{
	const char *slash = strchr(path + 1, '/');
	const char *name = slash ? slash + 1 : "index.html";
	size_t length = strlen(name);

	for (size_t i = 0; i < docs_nfiles; i++) {
		const char *end = docs_files[i].name + length;

		if (!strncmp(docs_files[i].name, name, length) &&
		    (!*end || !strcmp(end, ".gz")))
			return &docs_files[i];
	}
	return NULL;
}

/*
 * Every browser accepts gzip, and a client without Accept-Encoding must (RFC
 * 9110, 12.5.3).
 */
static void set_media_type(struct response *response, const char *name)
{
	for (size_t i = 0; i < sizeof(kinds) / sizeof(*kinds); i++) {
		const char *dot = strchr(name, '.');

		if (!dot || strcmp(dot, kinds[i].ending) != 0)
			continue;
		response->media_type = kinds[i].media_type;
		if (kinds[i].compressed)
			response_field(response, "Content-Encoding", "gzip");
	}
}

enum status docs_show(struct service *service, const struct page *page,
		      struct arena *arena, struct response *response,
		      struct error *e)
{
	const struct embedded_file *file = find_file(page->path);

	(void)service;
	(void)arena;
	if (!file)
		return fail(e, NOT_FOUND, "Not Found");
	response->status = 200;
	response->body = (struct slice){ file->data, file->length };
	set_media_type(response, file->name);
	response_field(response, "Cache-Control", "no-cache");
	/*
	 * The page may load only this server's files; the arrows of Swagger UI
	 * are data: images.
	 */
	response_field(response, "Content-Security-Policy",
		       "default-src 'none'; script-src 'self'; "
		       "style-src 'self'; img-src 'self' data:; "
		       "connect-src 'self'; base-uri 'none'; "
		       "form-action 'none'; frame-ancestors 'none'");
	return OK;
}
