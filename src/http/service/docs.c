/* /docs: Swagger UI over /openapi.json, from files inside the program. */
#include <assert.h>

#include "http/service/pages.h"
#include "http/service/service.h"
#include "http/wire/response.h"
#include "util/embedded.h"

extern const struct embedded_file docs_files[];
extern const size_t docs_nfiles;

static const struct kind {
	const char *ending, *media_type;
	bool compressed, template;
} kinds[] = {
	{ ".html", "text/html; charset=utf-8", .template = true },
	{ ".js", "text/javascript; charset=utf-8", .template = true },
	{ ".js.gz", "text/javascript; charset=utf-8", .compressed = true },
	{ ".css.gz", "text/css; charset=utf-8", .compressed = true },
	{ ".png", "image/png", .template = false },
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

static const struct kind *find_kind(const char *name)
{
	const char *dot = strchr(name, '.');

	for (size_t i = 0; dot && i < sizeof(kinds) / sizeof(*kinds); i++)
		if (!strcmp(dot, kinds[i].ending))
			return &kinds[i];
	return NULL;
}

/* The file with --root-path for each @ROOT@ in it. */
static struct slice fill_in(const struct embedded_file *file, const char *root,
			    struct arena *arena)
{
	static const char mark[] = "@ROOT@";
	const size_t size = sizeof(mark) - 1;
	const char *from = file->data, *end = from + file->length, *at;
	BUFFER(out);

	while ((at = memmem(from, (size_t)(end - from), mark, size))) {
		buffer_add(&out, from, (size_t)(at - from));
		buffer_text(&out, root);
		from = at + size;
	}
	buffer_add(&out, from, (size_t)(end - from));
	return slice_copy(&out, arena);
}

enum status docs_show(const struct page_view *view, struct error *e)
{
	struct response *response = view->response;
	const struct embedded_file *file = find_file(view->page->path);
	const struct kind *kind = file ? find_kind(file->name) : NULL;

	if (!kind)
		return fail(e, NOT_FOUND, "Not Found");
	response->status = 200;
	response->media_type = kind->media_type;
	response->body = kind->template
				 ? fill_in(file,
					   view->service->settings->root_path,
					   view->arena)
				 : (struct slice){ file->data, file->length };
	response->packed = kind->compressed;
	if (kind->compressed) {
		assert(view->page - pages < PAGES_MOST);
		response->cache = &view->service->expanded[view->page - pages];
	}
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
