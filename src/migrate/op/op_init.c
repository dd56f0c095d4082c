/* db init. */
#include <errno.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "migrate/alembic/alembic.h"
#include "migrate/generate/dump.h"
#include "migrate/op/operations.h"
#include "migrate/record/site.h"
#include "migrate/record/stamp.h"
#include "migrate/revision/builtin.h"
#include "migrate/revision/folder.h"
#include "schema/diff/diff.h"
#include "schema/model/read.h"
#include "util/clock.h"

/* What was created so far, to be removed if a later part fails. */
struct creation {
	struct call *call;
	struct names folders, files;
};

static enum status make_folder(struct creation *creation, const char *path,
			       struct error *e)
{
	struct stat is;

	if (!mkdir(path, 0777)) {
		names_add(&creation->folders, path, creation->call->arena);
		return OK;
	}
	if (errno == EEXIST && !stat(path, &is) && S_ISDIR(is.st_mode))
		return OK;
	return fail(e, FAILED, "%s: cannot be created: %s", path,
		    strerror(errno));
}

static enum status make_folders(struct creation *creation, const char *path,
				struct error *e)
{
	char *copy = arena_copy(creation->call->arena, path);

	for (char *at = copy + 1; *at; at++) {
		if (*at != '/' || at[-1] == '/')
			continue;
		*at = '\0';
		if (make_folder(creation, copy, e) != OK)
			return e->status;
		*at = '/';
	}
	return make_folder(creation, copy, e);
}

static enum status make_file(struct creation *creation, const char *path,
			     const char *text, struct error *e)
{
	enum status status = folder_write(path, text, e);

	if (status == OK)
		names_add(&creation->files, path, creation->call->arena);
	return status;
}

static void remove_made(const struct creation *creation)
{
	for (size_t i = creation->files.count; i-- > 0;)
		unlink(creation->files.items[i]);
	for (size_t i = creation->folders.count; i-- > 0;)
		rmdir(creation->folders.items[i]);
}

static void note_made(const struct creation *creation)
{
	const struct context *context = creation->call->context;

	for (size_t i = 0; i < creation->folders.count; i++)
		context_note(context, "Creating directory %s ...  done",
			     creation->folders.items[i]);
	for (size_t i = 0; i < creation->files.count; i++)
		context_note(context, "Generating %s ...  done",
			     creation->files.items[i]);
}

static enum status check_empty(const char *path, struct error *e)
{
	DIRECTORY(dir, path);

	if (!dir && errno == ENOENT)
		return OK;
	if (!dir)
		return fail(e, FAILED, "%s: %s", path, strerror(errno));
	for (struct dirent *entry; (entry = readdir(dir));)
		if (strcmp(entry->d_name, ".") != 0 &&
		    strcmp(entry->d_name, "..") != 0)
			fail(e, FAILED,
			     "Directory %s already exists and is not empty",
			     path);
	if (e->status != OK)
		error_hint(e, "choose another: taskmgr db init DIR");
	return e->status;
}

/* taskmgr.ini may exist before the folder it names. */
static enum status check_free(const char *folder, bool named, bool *has_file,
			      struct error *e)
{
	struct stat is;

	*has_file = !lstat("taskmgr.ini", &is);
	if (*has_file && named) {
		fail(e, FAILED, "taskmgr.ini already exists");
		return error_hint(
			e,
			"to create the folder that it names: taskmgr db init");
	}
	return check_empty(folder, e);
}

/* The initial content of the new folder. */
struct beginning {
	const char *schema;
	bool with_builtin;      /* the database has the built-in revisions */
	struct names baselines; /* the ids of the first revisions, which
				   create the existing tables */
	bool stamp;             /* the database must be stamped with them */
	bool has_file;          /* taskmgr.ini */
};

static enum status is_shipped(struct schema *have, struct arena *arena,
			      bool *shipped, struct error *e)
{
	const struct diff_options none = { 0 };
	struct schema *want;
	struct diff diff;

	*shipped = false;
	if (schema_read_text(folder_builtin(FOLDER_SCHEMA), FOLDER_SCHEMA, NULL,
			     arena, &want, e) != OK ||
	    diff_compute(have, want, &none, arena, &diff, e) != OK)
		return e->status;
	*shipped = !*diff.sql;
	return OK;
}

/* An existing database provides its own tables; otherwise the shipped ones. */
static enum status read_beginning(struct call *call, struct beginning *out,
				  struct error *e)
{
	struct context builtin = *call->context;
	struct site site;
	struct schema *schema;
	bool shipped;

	out->schema = folder_builtin(FOLDER_SCHEMA);
	if (!call->context->engine && !engine_exists(call->context->url))
		return OK;
	if (context_open(call->context, OPERATION_EMPTY, e) != OK)
		return e->status;
	builtin.engine = call->context->engine;
	builtin.migrations = NULL;
	if (site_load(&builtin, call->arena, OPERATION_EMPTY, &site, e) != OK ||
	    schema_read(builtin.engine, call->arena, &schema, e) != OK ||
	    !schema->ntables)
		return e->status;
	out->with_builtin = site_is_ours(&site);
	/* Another tool's version ids are kept, so that it still finds
	   them. */
	if (site.unknown.count == site.versions.count)
		out->baselines = site.unknown;
	out->stamp = !site.versions.count;
	if (out->stamp)
		names_add(&out->baselines, revision_new_id(call->arena),
			  call->arena);
	if (is_shipped(schema, call->arena, &shipped, e) != OK ||
	    !(out->with_builtin && shipped))
		out->schema = dump_schema(schema, call->arena);
	/* A schema that cannot be compared with the shipped one differs. */
	if (e->status == INVALID)
		error_init(e, e->arena);
	return e->status;
}

static enum status make_versions(struct creation *creation, const char *folder,
				 struct error *e)
{
	for (size_t i = 0; i < builtin_nfiles; i++)
		if (strncmp(builtin_files[i].name, "versions/", 9) == 0 &&
		    make_file(creation,
			      folder_path(folder, builtin_files[i].name,
					  creation->call->arena),
			      builtin_files[i].data, e) != OK)
			return e->status;
	return OK;
}

/* Creates a first revision, already applied, from the existing tables; of
   several, only one contains them. */
static enum status make_baseline(struct creation *creation, const char *folder,
				 const struct beginning *beginning, size_t i,
				 struct error *e)
{
	struct arena *arena = creation->call->arena;
	const char *id = beginning->baselines.items[i];
	const char *first = beginning->baselines.items[0];
	const char *up = i ? arena_printf(arena,
					  "-- The tables are in revision %s.\n",
					  first)
			   : beginning->schema;
	const char *text, *name;

	if (revision_check_id(id, "revision identifier", e) != OK)
		return e->status;
	text = arena_printf(arena,
			    "-- " BASELINE_MESSAGE "\n"
			    "--\n"
			    "-- revision: %s\n"
			    "-- down_revision:\n"
			    "-- create_date: %s\n"
			    "\n"
			    "-- migrate:up\n"
			    "%s",
			    id, clock_text(arena, clock_now()), up);
	name = arena_printf(arena, "versions/%s",
			    revision_file_name(id, "baseline", arena));
	return make_file(creation, folder_path(folder, name, arena), text, e);
}

static const char *config_text(const struct call *call, const char *folder)
{
	return arena_printf(
		call->arena,
		"# See taskmgr(1).  Paths are relative to this file.\n"
		"[taskmgr]\n"
		"url = %s\n"
		"migrations = %s\n",
		call->context->url, folder);
}

static enum status make_all(struct creation *creation, const char *folder,
			    const struct beginning *beginning, struct error *e)
{
	struct arena *arena = creation->call->arena;

	if (make_folders(creation, folder, e) != OK ||
	    make_folder(creation, folder_path(folder, "versions", arena), e) !=
		    OK ||
	    make_file(creation, folder_path(folder, FOLDER_SCHEMA, arena),
		      beginning->schema, e) != OK ||
	    make_file(creation, folder_path(folder, "revision.sql.in", arena),
		      folder_builtin("revision.sql.in"), e) != OK ||
	    (beginning->with_builtin &&
	     make_versions(creation, folder, e) != OK))
		return e->status;
	for (size_t i = 0; i < beginning->baselines.count; i++)
		if (make_baseline(creation, folder, beginning, i, e) != OK)
			return e->status;
	/* Last, when the folder is complete. */
	return beginning->has_file
		       ? OK
		       : make_file(creation, "taskmgr.ini",
				   config_text(creation->call, folder), e);
}

static enum status stamp_baseline(struct call *call, const char *folder,
				  struct error *e)
{
	struct context context = *call->context;
	struct site site;
	struct nodes heads;

	context.migrations = folder;
	if (engine_is_read_only(context.engine)) {
		context_note(&context, "The database cannot be written; once "
				       "it can, run: taskmgr db stamp head");
		return OK;
	}
	if (site_load(&context, call->arena, 0, &site, e) != OK)
		return e->status;
	heads = graph_heads(&site.graph, call->arena);
	return stamp_nodes(&site, &heads, e);
}

/* If no database is named, uses that of an alembic.ini in this folder. */
static void use_alembic_database(struct context *context, struct arena *arena)
{
	const char *url;

	if (strcmp(context->url, CONTEXT_DEFAULT_URL) != 0 ||
	    engine_exists(context->url))
		return;
	url = alembic_url(arena);
	if (!url)
		return;
	/* Not shown, as it may contain a password. */
	if (!engine_path(url, arena)) {
		context_note(context, "The database of alembic.ini is not a "
				      "SQLite database; name one with --db");
		return;
	}
	if (!engine_exists(url)) {
		context_note(context,
			     "The database of alembic.ini, %s, does not exist; "
			     "name another with --db",
			     url);
		return;
	}
	context->url = url;
	context_note(context, "Using the database of alembic.ini: %s", url);
}

static void note_next(const struct call *call, const char *folder)
{
	context_note(call->context,
		     "Next, edit %s/" FOLDER_SCHEMA ", then\n"
		     "write a revision: taskmgr db revision --autogenerate -m "
		     "\"what changes\"\n"
		     "and run it: taskmgr db upgrade",
		     folder);
}

static enum status init_folder(struct call *call, struct error *e)
{
	const char *named = call_text(call, "directory");
	const char *set = call->context->migrations;
	const char *folder = named ? named : set ? set : "migrations";
	struct creation creation = { .call = call };
	struct beginning beginning = { .schema = NULL };

	if (!*folder || strpbrk(folder, "\r\n"))
		return fail(e, USAGE, "'%s' is not a valid folder name",
			    folder);
	if (check_free(folder, named, &beginning.has_file, e) != OK ||
	    read_beginning(call, &beginning, e) != OK)
		return e->status;
	if (call->context->flags & CONTEXT_DRY_RUN) {
		context_note(call->context,
			     "Would create %s and taskmgr.ini (dry run: "
			     "nothing was changed)",
			     folder);
		return OK;
	}
	if (make_all(&creation, folder, &beginning, e) != OK) {
		remove_made(&creation);
		return e->status;
	}
	note_made(&creation);
	if (beginning.stamp && stamp_baseline(call, folder, e) != OK)
		return e->status;
	note_next(call, folder);
	return OK;
}

enum status db_init(struct call *call, struct error *e)
{
	struct context context = *call->context;
	struct call own = *call;
	enum status status;

	own.context = &context;
	use_alembic_database(&context, call->arena);
	status = init_folder(&own, e);
	if (context.engine != call->context->engine)
		context_close(&context);
	return status;
}
