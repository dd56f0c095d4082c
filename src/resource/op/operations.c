#include "resource/op/operations.h"

#include <string.h>

#include "resource/model/column.h"
#include "resource/op/inside.h"
#include "resource/op/making.h"
#include "resource/text/name.h"

static struct operation *add_operation(struct making *making,
				       struct operation operation)
{
	struct operation *added = LIST_ADD(making->arena, making->operations,
					   making->count);

	operation.noun = making->resource->name;
	operation.subject = making->resource;
	if (!operation.table && operation.columns == making->resource->columns)
		operation.table = making->resource->table->name;
	operation.parameters = making->parameters;
	operation.nparameters = making->nparameters;
	making->parameters = NULL;
	making->nparameters = 0;
	*added = operation;
	return added;
}

static void add_route(struct making *making, struct operation *operation,
		      struct route route)
{
	struct route *routes = arena_array(
		making->arena, operation->nroutes + 1, sizeof(*routes));

	for (size_t i = 0; i < operation->nroutes; i++)
		routes[i] = operation->routes[i];
	route.path = arena_printf(making->arena, "/%s/%s",
				  making->resource->name, route.path);
	routes[operation->nroutes++] = route;
	operation->routes = routes;
}

static const char *format_word(struct making *making, const char *format,
			       const char *word)
{
	const char *at = strstr(format, "%s");

	return arena_printf(making->arena, "%.*s%s%s", (int)(at - format),
			    format, word, at + 2);
}

static void make_list(struct making *making)
{
	const struct resource *resource = making->resource;
	struct operation *operation;

	making_filter(making, 0);
	making_page(making);
	making_related(making);
	making_equalities(making, resource);
	operation = add_operation(
		making,
		(struct operation){
			.verb = "list",
			.also = "ls",
			.peers = "find search index",
			.summary = format_word(making, "List %s",
					       resource->plural),
			.example = format_word(making, "%s list --limit 10",
					       resource->name),
			.columns = resource->columns,
			.ncolumns = resource->ncolumns,
			.flags = OPERATION_READS | OPERATION_LISTS,
			.run = resource_list,
			.shape = resource_shape,
		});
	add_route(making, operation,
		  (struct route){ .method = "GET", .path = "", .status = 200 });
}

static void make_show(struct making *making)
{
	const struct resource *resource = making->resource;
	struct operation *operation;

	making_key(making, PARAMETER_REQUIRED | PARAMETER_REPEATED);
	making_related(making);
	operation = add_operation(
		making,
		(struct operation){
			.verb = "show",
			.also = "get",
			.peers = "view read",
			.summary = format_word(making, "Show one or more %s",
					       resource->plural),
			.example = format_word(making, "%s show 1",
					       resource->name),
			.columns = resource->columns,
			.ncolumns = resource->ncolumns,
			.flags = OPERATION_READS | OPERATION_ONE |
				 OPERATION_QUICK | OPERATION_SHOWS,
			.run = resource_show,
			.shape = resource_shape,
		});
	add_route(making, operation,
		  (struct route){ .method = "GET",
				  .path = resource->key_name,
				  .status = 200 });
}

static void make_create(struct making *making)
{
	const struct resource *resource = making->resource;
	struct operation *operation;
	const char *example;

	making_fields(making, false);
	making_data(making, false);
	making_nested(making);
	example = making_example(making, false);
	operation = add_operation(
		making,
		(struct operation){
			.verb = "create",
			.also = "add new",
			.peers = "insert make",
			.summary = format_word(making, "Create one or more %s",
					       resource->plural),
			.example = example,
			.columns = resource->columns,
			.ncolumns = resource->ncolumns,
			.flags = OPERATION_WRITES | OPERATION_ONE,
			.run = resource_create,
		});
	add_route(making, operation,
		  (struct route){ .method = "POST",
				  .path = "create",
				  .status = 201,
				  .transaction = "Successful",
				  .takes = body_records,
				  .record = "Create" });
}

static void make_import(struct making *making)
{
	static const struct output_column columns[] = {
		{ .name = "text", .type = TYPE_TEXT, .flags = COLUMN_TEXT },
		{ .name = "inserted", .type = TYPE_INTEGER },
		{ .name = "updated", .type = TYPE_INTEGER },
		{ .name = "skipped", .type = TYPE_INTEGER },
		{ .name = "rejected", .type = TYPE_INTEGER },
	};
	const struct resource *resource = making->resource;
	struct operation *operation;

	making_import(making);
	operation = add_operation(
		making,
		(struct operation){
			.verb = "import",
			.summary = format_word(making, "Create %s from a file",
					       resource->plural),
			.example = format_word(making, "%s import FILE.csv",
					       resource->name),
			.columns = columns,
			.ncolumns = sizeof(columns) / sizeof(columns[0]),
			.flags = OPERATION_WRITES | OPERATION_ONE |
				 OPERATION_BULK,
			.run = resource_import,
		});
	add_route(making, operation,
		  (struct route){ .method = "POST",
				  .path = "import",
				  .status = 200,
				  .whole = true,
				  .takes = body_file,
				  .record = "Import" });
}

static void make_update(struct making *making)
{
	const struct resource *resource = making->resource;
	const char *done = format_word(making, "%s update is successful!",
				       resource->title);
	struct operation *operation;
	const char *example;

	making_key(making, PARAMETER_KEY);
	making_selection(making);
	making_fields(making, true);
	making_data(making, true);
	example = making_example(making, true);
	operation = add_operation(
		making,
		(struct operation){
			.verb = "update",
			.also = "edit",
			.peers = "modify change patch",
			.summary = format_word(
				making, "Change fields of %s",
				name_article(making->arena, resource->name)),
			.example = example,
			.columns = resource->columns,
			.ncolumns = resource->ncolumns,
			.flags = OPERATION_WRITES | OPERATION_ONE |
				 OPERATION_CONFIRM,
			.run = resource_update,
			.question = resource_update_question,
		});
	add_route(making, operation,
		  (struct route){ .method = "PUT",
				  .path = "update",
				  .status = 200,
				  .transaction = done,
				  .whole = true,
				  .takes = body_record,
				  .record = "Update" });
	add_route(making, operation,
		  (struct route){ .method = "PATCH",
				  .path = "update",
				  .status = 200,
				  .transaction = done,
				  .takes = body_record,
				  .record = "Patch" });
	add_route(making, operation,
		  (struct route){ .method = "PATCH",
				  .path = "",
				  .status = 200,
				  .transaction = done,
				  .rows = true,
				  .takes = body_record,
				  .record = "Patch" });
}

static void make_delete(struct making *making)
{
	const struct resource *resource = making->resource;
	const char *done = format_word(making, "%s delete is successful!",
				       resource->title);
	struct operation *operation;

	making_key(making, PARAMETER_KEY | PARAMETER_REPEATED);
	making_selection(making);
	operation = add_operation(
		making,
		(struct operation){
			.verb = "delete",
			.also = "rm",
			.peers = "remove destroy del",
			.summary = format_word(
				making, "Delete %s and what depends on them",
				resource->plural),
			.example = format_word(making, "%s delete 1 --yes",
					       resource->name),
			.flags = OPERATION_WRITES | OPERATION_CONFIRM,
			.run = resource_delete,
			.question = resource_delete_question,
			.done_nothing = "nothing was deleted",
		});
	add_route(making, operation,
		  (struct route){ .method = "DELETE",
				  .path = "delete",
				  .status = 200,
				  .transaction = done });
	add_route(making, operation,
		  (struct route){ .method = "DELETE",
				  .path = "",
				  .status = 200,
				  .transaction = done,
				  .rows = true });
}

static void make_count(struct making *making)
{
	static const struct output_column columns[] = {
		{ .name = "text", .type = TYPE_TEXT, .flags = COLUMN_TEXT },
		{ .name = "count", .type = TYPE_INTEGER },
	};
	const struct resource *resource = making->resource;
	struct operation *operation;

	making_filter(making, 0);
	making_groups(making);
	making_equalities(making, resource);
	operation = add_operation(
		making, (struct operation){
				.verb = "count",
				.summary = format_word(making, "Count %s",
						       resource->plural),
				.example = format_word(making, "%s count",
						       resource->name),
				.columns = columns,
				.ncolumns = 2,
				.flags = OPERATION_READS | OPERATION_ONE |
					 OPERATION_COUNTS,
				.run = resource_count,
				.shape = resource_count_shape,
			});

	add_route(making, operation,
		  (struct route){
			  .method = "GET", .path = "count", .status = 200 });
}

static void make_linked(struct making *making, const struct link *link)
{
	const struct resource *resource = making->resource;
	struct operation *operation;

	making_key(making, PARAMETER_REQUIRED);
	making_filter(making, 0);
	making_page(making);
	making_related(making);
	making_equalities(making, link->from);
	operation = add_operation(
		making,
		(struct operation){
			.verb = link->verb,
			.summary = arena_printf(
				making->arena, "List %s of %s",
				link->from->plural,
				name_article(making->arena, resource->name)),
			.example = arena_printf(making->arena, "%s %s 1",
						resource->name, link->verb),
			.columns = link->from->columns,
			.table = link->from->table->name,
			.ncolumns = link->from->ncolumns,
			.flags = OPERATION_READS,
			.run = resource_linked,
			.shape = resource_linked_shape,
		});
	add_route(making, operation,
		  (struct route){ .method = "GET",
				  .path = arena_printf(making->arena, "%s/%s",
						       resource->key_name,
						       link->verb),
				  .status = 200 });
}

void resource_operations(struct resource *resource, name_taken *taken,
			 struct arena *arena, struct operation **out,
			 size_t *count)
{
	struct making making = {
		.resource = resource,
		.taken = taken,
		.arena = arena,
		.limits = column_limits(resource->table, arena),
	};
	bool has_key = key_count(resource) > 0;
	struct operation *made;

	make_list(&making);
	if (has_key)
		make_show(&making);
	if (resource->table->kind != TABLE_VIEW) {
		make_create(&making);
		make_import(&making);
		if (has_key) {
			make_update(&making);
			make_delete(&making);
		}
	}
	make_count(&making);
	for (size_t i = 0; i < resource->nlinks && has_key; i++)
		make_linked(&making, &resource->links[i]);
	made = making.operations;
	for (size_t i = 0; i < making.count; i++)
		if (made[i].run == resource_create)
			resource->create = &made[i];
	*out = made;
	*count = making.count;
}
