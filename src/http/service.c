#include "http/service.h"

#include "engine/introspect.h"
#include "http/pages.h"
#include "http/problem.h"
#include "migrate/migrate.h"

/* What an operation would tell a person has nobody to hear it here. */
static void no_note(void *door, const char *line)
{
	(void)door;
	(void)line;
}

static enum status load(struct service *service, int64_t version,
			struct error *e)
{
	struct catalog catalog;
	struct arena arena;

	arena_init(&arena);
	if (catalog_load(&service->context, CATALOG_ALL, &arena, &catalog, e) !=
	    OK) {
		arena_clear(&arena);
		return e->status;
	}
	arena_clear(&service->catalog_arena);
	service->catalog_arena = arena;
	service->catalog = catalog;
	router_build(&service->router, pages, &service->catalog,
		     &service->catalog_arena);
	service->schema_version = version;
	buffer_clear(&service->openapi);
	return OK;
}

/*
 * The version is asked before the schema is read: a change in between is then
 * noticed at the next request.
 */
static enum status open_catalog(struct service *service, struct error *e)
{
	int64_t version;
	ARENA(arena);

	if (context_open(&service->context, 0, e) != OK ||
	    migrate_require_head(&service->context, &arena, e) != OK ||
	    engine_schema_version(service->context.engine, &version, e) != OK)
		return e->status;
	return load(service, version, e);
}

enum status service_open(struct service *service, const struct context *context,
			 const struct http_settings *settings, struct error *e)
{
	*service = (struct service){
		.context = *context,
		.operator= context,
		.settings = settings,
	};
	service->context.note = no_note;
	service->context.ask = NULL;
	/* A connection of its own, with its own rights. */
	service->context.engine = NULL;
	if (settings->read_only)
		service->context.flags |= CONTEXT_READ_ONLY;
	arena_init(&service->catalog_arena);
	sink_init_memory(&service->sink);
	if (open_catalog(service, e) == OK)
		return OK;
	service_close(service);
	return e->status;
}

void service_close(struct service *service)
{
	context_close(&service->context);
	arena_clear(&service->catalog_arena);
	sink_clear(&service->sink);
	buffer_clear(&service->openapi);
}

void service_fail(struct service *service, const struct request *request,
		  const struct error *e, struct arena *arena,
		  struct response *response)
{
	problem_of_error(e, arena, response);
	struct slice path = request_slice(request, request->path);

	if (response->status == 500)
		context_note(service->operator, "taskmgr: %s %.*s: %s",
			     http_method_name(request->method),
			     (int)path.length, path.data, e->message);
}

enum status service_refresh(struct service *service, struct error *e)
{
	int64_t version;

	if (engine_schema_version(service->context.engine, &version, e) != OK)
		return e->status;
	if (version == service->schema_version)
		return OK;
	return load(service, version, e);
}
