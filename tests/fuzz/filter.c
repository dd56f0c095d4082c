/*
 * Any text may be a --where: it selects rows, or is refused for a reason, and
 * never becomes SQL that the engine refuses.
 */
#include <stdio.h>
#include <stdlib.h>

#include "catalog/catalog.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static const char schema[] =
	"CREATE TABLE users (id INTEGER PRIMARY KEY, name TEXT UNIQUE, age INT,"
	" slug TEXT UNIQUE, size REAL, done BOOLEAN, born DATE, at DATETIME,"
	" doc JSON, face BLOB, boss_id INT REFERENCES users (id));"
	"CREATE TABLE tasks (a INT, \"b c\" TEXT, user_id INT REFERENCES users,"
	" PRIMARY KEY (a, \"b c\"));"
	"CREATE TABLE notes (task_a INT, task_b TEXT, \"odd.name\" NUMERIC,"
	" FOREIGN KEY (task_a, task_b) REFERENCES tasks (a, \"b c\"));"
	"INSERT INTO users VALUES (1,'bob',40,'bob',1.5,1,'2026-01-31',"
	" '2026-01-31 10:11:12','[1]',x'00',NULL),"
	" (2,'Zoë',NULL,'zoe',-1,0,NULL,NULL,NULL,NULL,1);"
	"INSERT INTO tasks VALUES (1,'x',1),(2,'y,z',2);"
	"INSERT INTO notes VALUES (1,'x',5),(2,'y,z',NULL);";

static const char *const nouns[] = { "user", "task", "note" };

struct world {
	struct arena arena;
	struct context context;
	struct catalog catalog;
};

static void ignore_note(void *door, const char *line)
{
	(void)door;
	(void)line;
}

static void stop(const char *what, const struct error *e)
{
	fprintf(stderr, "%s: %s\n", what, e->message ? e->message : "");
	abort();
}

static struct world *make_world(void)
{
	struct world *world = calloc(1, sizeof(*world));
	const struct script script = { .text = schema };
	struct error e;

	arena_init(&world->arena);
	error_init(&e, &world->arena);
	world->context = (struct context){
		.url = "sqlite://",
		.note = ignore_note,
	};
	if (context_open(&world->context, OPERATION_CREATES, &e) != OK ||
	    engine_script(world->context.engine, &script, &e) != OK ||
	    catalog_load(&world->context, CATALOG_ALL, &world->arena,
			 &world->catalog, &e) != OK)
		stop("setting up", &e);
	return world;
}

static void list(struct world *world, const char *noun, const char *text,
		 size_t length)
{
	ARENA(arena);
	const struct pair pair = {
		.name = "where",
		.text = arena_copy_n(&arena, text, length),
		.length = length,
	};
	const struct input input = {
		.pairs = &pair,
		.npairs = 1,
		.place = "option",
	};
	const struct output_options options = { .format = "jsonl" };
	struct arguments arguments;
	struct sink sink;
	struct error e;
	struct call call = {
		.context = &world->context,
		.arena = &arena,
		.operation = catalog_find(&world->catalog, noun, "list"),
		.arguments = &arguments,
	};

	error_init(&e, &arena);
	sink_init_memory(&sink);
	if (writer_new(&options, call.operation->columns,
		       call.operation->ncolumns, &sink, &arena, &call.writer,
		       &e) != OK)
		stop("no writer", &e);
	if (operation_decode(call.operation, &input, &arena, &arguments, &e) ==
		    OK &&
	    operation_run(&call, &e) == OK)
		e.status = writer_end(call.writer, &e);
	sink_clear(&sink);
	if (e.status != OK && e.status != USAGE && e.status != INVALID &&
	    e.status != NOT_FOUND && e.status != CONFLICT)
		stop(pair.text, &e);
	if (e.status != OK && !e.message)
		stop("no message", &e);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	static struct world *world;

	world = world ? world : make_world();
	for (size_t i = 0; i < sizeof(nouns) / sizeof(*nouns); i++)
		list(world, nouns[i], (const char *)data, size);
	return 0;
}
