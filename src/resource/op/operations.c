#include "resource/op/operations.h"

#include <string.h>

#include "resource/model/column.h"
#include "resource/op/inside.h"
#include "resource/op/making.h"
#include "resource/text/name.h"

#define COUNT(array) (sizeof(array) / sizeof(*(array)))
#define COLUMNS(array) .columns = (array), .ncolumns = COUNT(array)

/* A command of every table.  Each text of its operation and routes may contain
   one of %n (the resource's name), %a (the same with its article), %p (its
   plural), %t (its title) and %k (the name of its key). */
struct verb_template {
	void (*make_parameters)(struct making *making);
	bool keyed;                 /* only where a row has a key */
	bool rows;                  /* returns rows of the resource */
	struct operation operation; /* example NULL: by making_example */
	struct route routes[3];     /* below /NAME/; unused ones are empty */
};

static const char *fill_in(const struct making *making, const char *text)
{
	const struct resource *resource = making->resource;
	const char *at = text ? strchr(text, '%') : NULL;
	const char *word = resource->name;

	if (!at)
		return text;
	if (at[1] == 'a')
		word = name_article(making->arena, word);
	else if (at[1] == 'p')
		word = resource->plural;
	else if (at[1] == 't')
		word = resource->title;
	else if (at[1] == 'k')
		word = resource->key_name;
	return arena_printf(making->arena, "%.*s%s%s", (int)(at - text), text,
			    word, at + 2);
}

/* An operation, and what completes it. */
struct command {
	struct operation operation; /* the first member */
	struct command *own;        /* itself */
	struct making making;
	const struct verb_template *template; /* NULL: a link's */
	const struct link *link;
};

/* Sets what a command has once its parameters are made. */
static void finish_command(struct command *command, const struct resource *rows,
			   const struct route *routes, size_t nroutes)
{
	const struct making *making = &command->making;
	struct operation *operation = &command->operation;
	struct route *own = arena_array(making->arena, nroutes, sizeof(*own));

	for (size_t i = 0; i < nroutes; i++) {
		own[i] = routes[i];
		own[i].path = arena_printf(making->arena, "/%s/%s",
					   making->resource->name,
					   fill_in(making, routes[i].path));
		own[i].transaction = fill_in(making, routes[i].transaction);
		own[i].summary = fill_in(making, routes[i].summary);
	}
	operation->parameters = making->parameters;
	operation->nparameters = making->nparameters;
	operation->routes = own;
	operation->nroutes = nroutes;
	if (rows) {
		operation->table = rows->table->name;
		operation->columns = rows->columns;
		operation->ncolumns = rows->ncolumns;
	}
}

static void complete_template(struct command *command,
			      const struct verb_template *verb)
{
	struct making *making = &command->making;
	struct operation *operation = &command->operation;
	size_t nroutes = 0;

	verb->make_parameters(making);
	operation->summary = fill_in(making, operation->summary);
	operation->example = operation->example
				     ? fill_in(making, operation->example)
				     : making_example(making,
						      operation->run ==
							      resource_update);
	while (nroutes < COUNT(verb->routes) && verb->routes[nroutes].method)
		nroutes++;
	finish_command(command, verb->rows ? making->resource : NULL,
		       verb->routes, nroutes);
}

static void list_parameters(struct making *making)
{
	making_filter(making, 0);
	making_page(making);
	making_related(making);
	making_equalities(making, making->resource);
}

static void show_parameters(struct making *making)
{
	making_key(making, PARAMETER_REQUIRED | PARAMETER_REPEATED);
	making_related(making);
}

static void create_parameters(struct making *making)
{
	making_fields(making, false);
	making_data(making, false);
	making_nested(making);
}

static void update_parameters(struct making *making)
{
	making_key(making, PARAMETER_KEY);
	making_selection(making);
	making_fields(making, true);
	making_data(making, true);
}

static void delete_parameters(struct making *making)
{
	making_key(making, PARAMETER_KEY | PARAMETER_REPEATED);
	making_selection(making);
}

static void count_parameters(struct making *making)
{
	making_filter(making, 0);
	making_groups(making);
	making_equalities(making, making->resource);
}

/* The table is laid out by hand. */
/* clang-format off */

static const struct output_column problem_columns[] = {
	{ .name = "line", .type = TYPE_INTEGER,
	  .summary = "the line of the file, or the number of the record" },
	{ .name = "column", .type = TYPE_TEXT, .flags = COLUMN_NULLABLE },
	{ .name = "reason", .type = TYPE_TEXT },
};

static const struct output_rows import_problems = {
	.columns = problem_columns,
	.ncolumns = COUNT(problem_columns),
	.many = true,
};

static const struct output_column import_columns[] = {
	{ .name = "text", .type = TYPE_TEXT, .flags = COLUMN_TEXT },
	{ .name = "inserted", .type = TYPE_INTEGER },
	{ .name = "updated", .type = TYPE_INTEGER },
	{ .name = "skipped", .type = TYPE_INTEGER },
	{ .name = "rejected", .type = TYPE_INTEGER },
	{ .name = "problems", .rows = &import_problems,
	  .summary = "line, column and reason of the first hundred" },
};

static const struct output_column count_columns[] = {
	{ .name = "text", .type = TYPE_TEXT, .flags = COLUMN_TEXT },
	{ .name = "count", .type = TYPE_INTEGER },
};

static const struct verb_template templates[] = {
	{ .operation = { .verb = "list", .also = "ls",
			 .peers = "find search index",
			 .summary = "List %p", .example = "%n list --limit 10",
			 .flags = OPERATION_READS | OPERATION_LISTS,
			 .run = resource_list, .shape = resource_shape },
	  .make_parameters = list_parameters, .rows = true,
	  .routes = { { .method = "GET", .path = "", .status = 200 } } },
	{ .operation = { .verb = "show", .also = "get", .peers = "view read",
			 .summary = "Show one or more %p",
			 .example = "%n show 1",
			 .flags = OPERATION_READS | OPERATION_ONE |
				  OPERATION_QUICK | OPERATION_SHOWS,
			 .run = resource_show, .shape = resource_shape },
	  .make_parameters = show_parameters, .rows = true, .keyed = true,
	  .routes = { { .method = "GET", .path = "%k", .status = 200 } } },
	{ .operation = { .verb = "create", .also = "add new",
			 .peers = "insert make",
			 .summary = "Create one or more %p",
			 .flags = OPERATION_WRITES | OPERATION_ONE,
			 .run = resource_create },
	  .make_parameters = create_parameters, .rows = true,
	  .routes = { { .method = "POST", .path = "create", .status = 201,
			.transaction = "Successful", .takes = body_records,
			.record = "Create" } } },
	{ .operation = { .verb = "import", .summary = "Create %p from a file",
			 .example = "%n import FILE.csv",
			 COLUMNS(import_columns),
			 .flags = OPERATION_WRITES | OPERATION_ONE |
				  OPERATION_BULK,
			 .run = resource_import },
	  .make_parameters = making_import,
	  .routes = { { .method = "POST", .path = "import", .status = 200,
			.whole = true, .takes = body_file,
			.record = "Import" } } },
	{ .operation = { .verb = "update", .also = "edit",
			 .peers = "modify change patch",
			 .summary = "Change fields of %a",
			 .flags = OPERATION_WRITES | OPERATION_ONE |
				  OPERATION_CONFIRM,
			 .run = resource_update,
			 .question = resource_update_question },
	  .make_parameters = update_parameters, .rows = true, .keyed = true,
	  .routes = { { .method = "PUT", .path = "update", .status = 200,
			.summary = "Set all fields of %a",
			.transaction = "%t update is successful!",
			.whole = true, .takes = body_record,
			.record = "Update" },
		      { .method = "PATCH", .path = "update", .status = 200,
			.transaction = "%t update is successful!",
			.takes = body_record, .record = "Patch" },
		      { .method = "PATCH", .path = "", .status = 200,
			.summary = "Change fields of several %p",
			.transaction = "%t update is successful!",
			.rows = true, .takes = body_record,
			.record = "Patch" } } },
	{ .operation = { .verb = "delete", .also = "rm",
			 .peers = "remove destroy del",
			 .summary = "Delete %p and what depends on them",
			 .example = "%n delete 1 --yes",
			 .flags = OPERATION_WRITES | OPERATION_CONFIRM,
			 .run = resource_delete,
			 .question = resource_delete_question,
			 .done_nothing = "nothing was deleted" },
	  .make_parameters = delete_parameters, .keyed = true,
	  .routes = { { .method = "DELETE", .path = "delete", .status = 200,
			.summary = "Delete one or more %p and what depends on them",
			.transaction = "%t delete is successful!" },
		      { .method = "DELETE", .path = "", .status = 200,
			.summary = "Delete several %p and what depends on them",
			.transaction = "%t delete is successful!",
			.rows = true } } },
	{ .operation = { .verb = "count", .summary = "Count %p",
			 .example = "%n count", COLUMNS(count_columns),
			 .flags = OPERATION_READS | OPERATION_ONE |
				  OPERATION_COUNTS,
			 .run = resource_count,
			 .shape = resource_count_shape },
	  .make_parameters = count_parameters,
	  .routes = { { .method = "GET", .path = "count", .status = 200 } } },
};

/* clang-format on */

static void complete_linked(struct command *command, const struct link *link)
{
	struct making *making = &command->making;
	struct operation *operation = &command->operation;
	const struct resource *resource = making->resource;
	const struct route route = {
		.method = "GET",
		.path = arena_printf(making->arena, "%s/%s", resource->key_name,
				     link->verb),
		.status = 200,
	};

	making_key(making, PARAMETER_REQUIRED);
	making_filter(making, 0);
	making_page(making);
	making_related(making);
	making_equalities(making, link->from);
	operation->summary = arena_printf(
		making->arena, "List %s of %s", link->from->plural,
		name_article(making->arena, resource->name));
	operation->example = arena_printf(making->arena, "%s %s 1",
					  resource->name, link->verb);
	finish_command(command, link->from, &route, 1);
}

static void complete(const struct operation *operation)
{
	struct command *command = ((const struct command *)operation)->own;

	command->operation.complete = NULL;
	if (command->template)
		complete_template(command, command->template);
	else
		complete_linked(command, command->link);
}

static struct command *add_command(const struct making *making,
				   struct operation operation,
				   const struct operation ***list,
				   size_t *count)
{
	struct command *command = arena_zero(making->arena, sizeof(*command));

	operation.noun = making->resource->name;
	operation.subject = making->resource;
	operation.complete = complete;
	command->operation = operation;
	command->own = command;
	command->making = *making;
	*LIST_ADD(making->arena, *list, *count) = &command->operation;
	return command;
}

void resource_operations(struct resource *resource, name_taken *taken,
			 struct arena *arena, const struct operation ***list,
			 size_t *count)
{
	static const struct operation linked = {
		.flags = OPERATION_READS,
		.run = resource_linked,
		.shape = resource_linked_shape,
	};
	const struct making making = { .resource = resource,
				       .taken = taken,
				       .arena = arena };
	const bool has_key = key_count(resource) > 0;
	const bool is_view = resource->table->kind == TABLE_VIEW;
	struct command *command;

	for (size_t i = 0; i < COUNT(templates); i++) {
		const struct operation *operation = &templates[i].operation;

		if ((!has_key && templates[i].keyed) ||
		    (is_view && operation->flags & OPERATION_WRITES))
			continue;
		command = add_command(&making, *operation, list, count);
		command->template = &templates[i];
		if (operation->run == resource_create)
			resource->create = &command->operation;
	}
	for (size_t i = 0; i < resource->nlinks && has_key; i++) {
		command = add_command(&making, linked, list, count);
		command->operation.verb = resource->links[i].verb;
		command->link = &resource->links[i];
	}
}
