#include "http/service/service.h"

#include "engine/introspect.h"
#include "http/service/pages.h"
#include "migrate/migrate.h"

enum {
	LOOP_WAIT = 10,         /* milliseconds of the loop for a lock */
	MOST_NESTED = 16000000, /* bytes of a row's related rows */
};

/* Operations' notes are for a person at a shell, and dropped here. */
static void no_note(void *door, const char *line)
{
	(void)door;
	(void)line;
}

struct edition *edition_hold(struct service *service)
{
	service->edition->holders++;
	return service->edition;
}

void edition_release(struct edition *edition)
{
	if (!edition || --edition->holders)
		return;
	arena_clear(&edition->arena);
	buffer_clear(&edition->openapi);
	buffer_clear(&edition->openapi_gzip);
	free(edition);
}

static enum status load_edition(struct service *service, int64_t version,
				struct error *e)
{
	struct edition *edition = calloc(1, sizeof(*edition));

	if (!edition)
		return fail(e, FAILED, "out of memory");
	edition->holders = 1;
	edition->schema_version = version;
	arena_init(&edition->arena);
	if (catalog_load(&service->context, CATALOG_ALL, &edition->arena,
			 &edition->catalog, e) != OK) {
		edition_release(edition);
		return e->status;
	}
	router_build(&edition->router, pages, &edition->catalog,
		     &edition->arena);
	edition_release(service->edition);
	service->edition = edition;
	return OK;
}

static enum status open_service(struct service *service, struct error *e)
{
	ARENA(arena);

	edition_release(service->edition);
	service->edition = NULL;
	if (context_open(&service->context, 0, e) != OK ||
	    migrate_require_head(&service->context, &arena, e) != OK)
		return e->status;
	engine_set_wait(service->context.engine, LOOP_WAIT);
	return OK;
}

/*
 * The version is read before the schema, so that a change in between is noticed
 * at the next request.
 */
static enum status load_changed(struct service *service, struct error *e)
{
	int64_t version;

	if (engine_schema_version(service->context.engine, &version, e) != OK)
		return e->status;
	if (service->edition && service->edition->schema_version == version)
		return OK;
	return load_edition(service, version, e);
}

static enum status read_tokens(struct service *service, struct error *e)
{
	const char *path = service->settings->token_file;

	if (!path || tokens_read(&service->tokens, path, e) != OK)
		return e->status;
	if (tokens_file_is_open(path))
		context_note(service->operator,
			     "warning: every user of this machine can read "
			     "%s (chmod o-r %s)",
			     path, path);
	return OK;
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
	service->context.print_problem = NULL;
	/* The service has a connection of its own, with its own rights. */
	service->context.engine = NULL;
	service->context.most_nested = MOST_NESTED;
	if (settings->read_only)
		service->context.flags |= CONTEXT_READ_ONLY;
	sink_init_memory(&service->sink);
	if (read_tokens(service, e) == OK && open_service(service, e) == OK &&
	    load_changed(service, e) == OK)
		return OK;
	service_close(service);
	return e->status;
}

void service_close(struct service *service)
{
	service_rest(service);
	context_close(&service->context);
	edition_release(service->edition);
	sink_clear(&service->sink);
	buffer_clear(&service->tokens.hashes);
	for (size_t i = 0; i < PAGES_MOST; i++)
		buffer_clear(&service->expanded[i]);
}

static enum status begin_snapshot(struct service *service, struct error *e)
{
	context_refresh(&service->context);
	if (!service->context.engine && open_service(service, e) != OK)
		return e->status;
	if (engine_snapshot_begin(service->context.engine, e) != OK)
		return e->status;
	return load_changed(service, e);
}

enum status service_refresh(struct service *service, struct error *e)
{
	if (service->fresh)
		return OK;
	if (begin_snapshot(service, e) == OK) {
		service->fresh = true;
		return OK;
	}
	service_rest(service);
	if (!service->edition) /* nothing could be loaded */
		context_close(&service->context);
	if (e->status != BUSY || !service->edition)
		return e->status;
	/* The loop does not wait for the lock; threads can. */
	service->fresh = service->blocked = true;
	error_init(e, e->arena);
	return OK;
}

void service_rest(struct service *service)
{
	if (service->context.engine)
		engine_snapshot_end(service->context.engine);
	service->fresh = service->blocked = false;
}
