#include "http/server/reload.h"

#include <string.h>
#include <sys/stat.h>

#include "catalog/catalog.h"
#include "catalog/settings.h"
#include "migrate/migrate.h"

static struct reload_stamp stamp_of(const char *path)
{
	struct reload_stamp stamp;
	struct stat status;

	/* Stamps are compared as bytes, and have padding on some machines. */
	memset(&stamp, 0, sizeof(stamp));
	if (!path || stat(path, &status))
		return stamp;
	stamp.device = status.st_dev;
	stamp.inode = status.st_ino;
	stamp.size = status.st_size;
	stamp.time = status.st_mtim;
	return stamp;
}

/* Whether one of two files is not what it was at the last look. */
static bool has_moved(const char *const paths[2], struct reload_stamp stamps[2])
{
	bool moved = false;

	for (int i = 0; i < 2; i++) {
		struct reload_stamp stamp = stamp_of(paths[i]);

		moved |= memcmp(&stamp, &stamps[i], sizeof(stamp)) != 0;
		stamps[i] = stamp;
	}
	return moved;
}

/* Whether a change is complete: a file may be written in several steps. */
static bool has_settled(bool moved, bool *changed)
{
	bool settled = *changed && !moved;

	*changed = moved;
	return settled;
}

void reload_open(struct reload *reload, const struct service *service)
{
	const struct http_settings *settings = service->settings;
	const struct context *context = service->operator;

	*reload = (struct reload){ .service = NULL };
	arena_init(&reload->arena);
	if (!settings->reload)
		return;
	reload->service = service;
	reload->settings[0] = context->config;
	reload->settings[1] = settings->token_file;
	for (int i = 0; context->migrations && i < 2; i++)
		reload->schema[i] = arena_printf(&reload->arena, "%s/%s",
						 context->migrations,
						 i ? "versions" : "schema.sql");
	has_moved(reload->settings, reload->settings_stamps);
	has_moved(reload->schema, reload->schema_stamps);
}

void reload_close(struct reload *reload)
{
	arena_clear(&reload->arena);
}

static void note_error(const struct context *context, const char *before,
		       const struct error *e)
{
	context_note(context, "%s: %s%s%s", before, error_sentence(e),
		     e->hint ? "; " : "", e->hint ? e->hint : "");
}

/* "db check", which also notes that there is nothing to do. */
static void compare_schema(const struct reload *reload)
{
	struct context context = *reload->service->operator;
	const struct input input = { .place = "option" };
	struct arguments arguments;
	struct call call = {
		.context = &context,
		.operation = catalog_find_const("db", "check"),
		.arguments = &arguments,
		.silent = true,
	};
	ARENA(arena);
	ERROR(e, &arena);

	call.arena = &arena;
	context.engine = NULL;
	/* The loop does not wait for a lock. */
	context.flags |= CONTEXT_READ_ONLY | CONTEXT_SHORT_WAIT;
	if (operation_decode(call.operation, &input, &arena, &arguments, &e) !=
		    OK ||
	    operation_run(&call, &e) != OK)
		note_error(&context, context.migrations, &e);
	context_close(&context);
}

/* With invalid settings the listener would not start. */
static bool can_start(const struct reload *reload)
{
	const struct context *operator= reload->service->operator;
	struct settings settings = { .config = operator->config };
	const char *path = reload->service->settings->token_file;
	struct context context = *operator;
	struct tokens tokens = { .hashes = { .length = 0 } };
	ARENA(arena);
	ERROR(e, &arena);

	context.engine = NULL;
	context.flags |= CONTEXT_READ_ONLY | CONTEXT_SHORT_WAIT;
	if (settings_complete(&settings, &arena, &e) != OK ||
	    (reload->settings_stamps[1].inode &&
	     tokens_read(&tokens, path, &e) != OK) ||
	    migrate_require_head(&context, &arena, &e) != OK)
		note_error(operator, "not restarted", &e);
	buffer_clear(&tokens.hashes);
	context_close(&context);
	return e.status == OK;
}

bool reload_look(struct reload *reload, int64_t now)
{
	bool settings, schema;

	if (!reload->service || (now - reload->looked) / 1000 < RELOAD_PAUSE)
		return false;
	reload->looked = now;
	schema = has_moved(reload->schema, reload->schema_stamps);
	settings = has_moved(reload->settings, reload->settings_stamps);
	if (has_settled(schema, &reload->schema_changed))
		compare_schema(reload);
	return has_settled(settings, &reload->settings_changed) &&
	       can_start(reload);
}
