#include <string.h>

#include "resource/inside.h"
#include "resource/name.h"

/* The operations of one resource in the making. */
struct making {
	const struct resource *resource;
	struct arena *arena;
	struct operation *operations;
	size_t count;
	struct parameter *parameters;	/* of the operation being made */
	size_t nparameters;
};

static const struct value zero = { .kind = VALUE_INTEGER, .integer = 0 };

static struct parameter *add_parameter(struct making *making,
				       struct parameter parameter)
{
	struct parameter *added = LIST_ADD(making->arena, making->parameters,
					   making->nparameters);

	*added = parameter;
	return added;
}

/* The key: its own type over HTTP, any unique word at a shell. */
static void add_key(struct making *making, unsigned flags)
{
	const struct resource *resource = making->resource;
	const struct table *table = resource->table;

	add_parameter(making, (struct parameter){
		.name = resource->key_name,
		.metavar = flags & PARAMETER_REPEATED ? "KEY…" : "KEY",
		.summary = resource->rowid ? "rowid"
			   : table->nkey > 1
				   ? "the key's parts, joined by commas"
				   : "id, or the text of a unique column",
		.role = PARAMETER_ARGUMENT,
		.type = resource->rowid ? TYPE_INTEGER
			: table->nkey == 1
				? table->columns[table->key[0]].type
				: TYPE_TEXT,
		.flags = PARAMETER_REQUIRED | flags,
		.noun = resource->name,
	});
}

static void add_page(struct making *making)
{
	add_parameter(making, (struct parameter){
		.name = "sort",
		.metavar = "COLUMNS",
		.summary = "order by these; -COLUMN for downwards",
		.role = PARAMETER_OPTION,
		.type = TYPE_TEXT,
	});
	add_parameter(making, (struct parameter){
		.name = "limit",
		.metavar = "N",
		.summary = "at most so many rows",
		.role = PARAMETER_OPTION,
		.type = TYPE_INTEGER,
		.minimum = &zero,
	});
	add_parameter(making, (struct parameter){
		.name = "offset",
		.metavar = "N",
		.summary = "pass over the first rows",
		.role = PARAMETER_OPTION,
		.type = TYPE_INTEGER,
		.minimum = &zero,
	});
}

static bool is_required(const struct resource *resource,
			const struct column *column)
{
	return column->not_null && !column->default_sql &&
	       !column_is_automatic(resource, column);
}

static unsigned field_flags(const struct resource *resource,
			    const struct column *column, bool update)
{
	size_t at = column_position(resource->table, column);
	bool reference = column_reference(resource, at);
	bool frozen = column->key || column == resource->slug ||
		      column->annotations.immutable;
	unsigned flags = 0;

	if (!column->not_null && !column->key)
		flags |= PARAMETER_NULLABLE;
	if (reference)
		flags |= PARAMETER_QUERY;
	if (column_is_automatic(resource, column) ||
	    column->annotations.readonly)
		flags |= PARAMETER_HIDDEN;
	if (update && frozen)
		flags |= PARAMETER_IMMUTABLE | PARAMETER_HIDDEN;
	if (is_required(resource, column))
		flags |= !update		? PARAMETER_REQUIRED
			 : frozen || reference	? 0u
						: PARAMETER_WHOLE;
	/* A key without a default must be said, unless it is the rowid. */
	if (!update && column->key && !column->default_sql &&
	    !column_is_automatic(resource, column))
		flags |= PARAMETER_REQUIRED;
	return flags;
}

static void add_alias(struct making *making,
		      const struct reference *reference, unsigned flags)
{
	add_parameter(making, (struct parameter){
		.name = reference->alias,
		.metavar = "KEY",
		.summary = arena_printf(making->arena, "%s, by id or name",
					reference->to->name),
		.role = PARAMETER_FIELD,
		.type = TYPE_ANY,
		.flags = PARAMETER_ALIAS | PARAMETER_QUERY |
			 (flags & PARAMETER_NULLABLE),
		.noun = reference->to->name,
	});
}

static void add_field(struct making *making, const struct column *column,
		      bool update)
{
	const struct resource *resource = making->resource;
	const struct table *table = resource->table;
	const struct reference *reference = column_reference(
		resource, column_position(table, column));
	unsigned flags = field_flags(resource, column, update);
	struct parameter *parameter = add_parameter(making,
						    (struct parameter){
		.name = column->name,
		.summary = column->annotations.description,
		.role = PARAMETER_FIELD,
		.type = reference && !reference->alias ? TYPE_ANY
						       : column->type,
		.flags = flags,
		.max_length = column->max_length,
		.default_text = column->default_sql,
		.noun = reference ? reference->to->name : NULL,
	});

	check_limits_of(table, column, making->arena, parameter);
	if (reference && reference->alias)
		add_alias(making, reference, flags);
}

static void add_fields(struct making *making, bool update)
{
	const struct table *table = making->resource->table;

	/* What list shows can be given back. */
	if (making->resource->rowid)
		add_parameter(making, (struct parameter){
			.name = making->resource->rowid,
			.role = PARAMETER_FIELD,
			.type = TYPE_INTEGER,
			.flags = PARAMETER_HIDDEN,
		});
	for (size_t i = 0; i < table->ncolumns; i++)
		if (!table->columns[i].annotations.hidden ||
		    is_required(making->resource, &table->columns[i]))
			add_field(making, &table->columns[i], update);
}

static void add_data(struct making *making, bool update)
{
	add_parameter(making, (struct parameter){
		.name = "data",
		.metavar = "JSON|@FILE|-",
		.summary = update ? "the fields as a JSON object"
				  : "a JSON object, an array of them, or JSON "
				    "Lines; - reads standard input",
		.role = PARAMETER_RECORDS,
		.type = TYPE_TEXT,
	});
	add_parameter(making, (struct parameter){
		.name = "set",
		.metavar = "FIELD=VALUE",
		.summary = "a field by its column's name",
		.role = PARAMETER_OPTION,
		.type = TYPE_TEXT,
		.flags = PARAMETER_REPEATED | PARAMETER_ASSIGN,
	});
	if (update)
		add_parameter(making, (struct parameter){
			.name = "unset",
			.metavar = "FIELD",
			.summary = "write NULL",
			.role = PARAMETER_OPTION,
			.type = TYPE_TEXT,
			.flags = PARAMETER_REPEATED | PARAMETER_UNASSIGN,
		});
}

static struct operation *add_operation(struct making *making,
				       struct operation operation)
{
	struct operation *added = LIST_ADD(making->arena, making->operations,
					   making->count);

	operation.noun = making->resource->name;
	operation.subject = making->resource;
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
	struct route *routes = arena_array(making->arena,
					   operation->nroutes + 1,
					   sizeof(*routes));

	for (size_t i = 0; i < operation->nroutes; i++)
		routes[i] = operation->routes[i];
	route.path = arena_printf(making->arena, "/%s/%s",
				  making->resource->name, route.path);
	routes[operation->nroutes++] = route;
	operation->routes = routes;
}

static const char *text(struct making *making, const char *format,
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

	add_page(making);
	operation = add_operation(making, (struct operation){
		.verb = "list",
		.summary = text(making, "List %s", resource->plural),
		.example = text(making, "%s list --limit 10", resource->name),
		.columns = resource->columns,
		.ncolumns = resource->ncolumns,
		.flags = OPERATION_READS,
		.run = resource_list,
	});
	add_route(making, operation, (struct route){
		.method = "GET", .path = "", .status = 200 });
}

static void make_show(struct making *making)
{
	const struct resource *resource = making->resource;
	struct operation *operation;

	add_key(making, PARAMETER_REPEATED);
	operation = add_operation(making, (struct operation){
		.verb = "show",
		.summary = text(making, "Show one %s or more",
				resource->name),
		.example = text(making, "%s show 1", resource->name),
		.columns = resource->columns,
		.ncolumns = resource->ncolumns,
		.flags = OPERATION_READS,
		.run = resource_show,
	});
	add_route(making, operation, (struct route){
		.method = "GET", .path = resource->key_name, .status = 200 });
}

static void make_create(struct making *making)
{
	const struct resource *resource = making->resource;
	struct operation *operation;

	add_fields(making, false);
	add_data(making, false);
	operation = add_operation(making, (struct operation){
		.verb = "create",
		.summary = text(making, "Create %s, or several",
				name_article(making->arena, resource->name)),
		.example = text(making, "%s create --data -", resource->name),
		.columns = resource->columns,
		.ncolumns = resource->ncolumns,
		.flags = OPERATION_WRITES,
		.run = resource_create,
	});
	add_route(making, operation, (struct route){
		.method = "POST", .path = "create", .status = 201,
		.transaction = "Successful" });
}

static void make_update(struct making *making)
{
	const struct resource *resource = making->resource;
	const char *done = text(making, "%s update is successful!",
				resource->title);
	struct operation *operation;

	add_key(making, 0);
	add_fields(making, true);
	add_data(making, true);
	operation = add_operation(making, (struct operation){
		.verb = "update",
		.summary = text(making, "Change fields of %s",
				name_article(making->arena, resource->name)),
		.example = text(making, "%s update 1 --data -",
				resource->name),
		.columns = resource->columns,
		.ncolumns = resource->ncolumns,
		.flags = OPERATION_WRITES,
		.run = resource_update,
	});
	add_route(making, operation, (struct route){
		.method = "PUT", .path = "update", .status = 200,
		.transaction = done, .whole = true });
	add_route(making, operation, (struct route){
		.method = "PATCH", .path = "update", .status = 200,
		.transaction = done });
}

static void make_delete(struct making *making)
{
	const struct resource *resource = making->resource;
	struct operation *operation;

	add_key(making, PARAMETER_REPEATED);
	operation = add_operation(making, (struct operation){
		.verb = "delete",
		.summary = text(making, "Delete %s and what depends on them",
				resource->plural),
		.example = text(making, "%s delete 1 --yes", resource->name),
		.flags = OPERATION_WRITES | OPERATION_CONFIRM,
		.run = resource_delete,
		.question = resource_delete_question,
	});
	add_route(making, operation, (struct route){
		.method = "DELETE", .path = "delete", .status = 200,
		.transaction = text(making, "%s delete is successful!",
				    resource->title) });
}

static void make_count(struct making *making)
{
	static const struct output_column columns[] = {
		{ .name = "text", .type = TYPE_TEXT, .flags = COLUMN_TEXT },
		{ .name = "count", .type = TYPE_INTEGER },
	};
	const struct resource *resource = making->resource;
	struct operation *operation = add_operation(making,
						    (struct operation){
		.verb = "count",
		.summary = text(making, "Count %s", resource->plural),
		.example = text(making, "%s count", resource->name),
		.columns = columns,
		.ncolumns = 2,
		.flags = OPERATION_READS,
		.run = resource_count,
	});

	add_route(making, operation, (struct route){
		.method = "GET", .path = "count", .status = 200 });
}

static void make_linked(struct making *making, const struct link *link)
{
	const struct resource *resource = making->resource;
	struct operation *operation;

	add_key(making, 0);
	add_page(making);
	operation = add_operation(making, (struct operation){
		.verb = link->verb,
		.summary = arena_printf(making->arena, "List %s of %s",
					link->from->plural,
					name_article(making->arena,
						     resource->name)),
		.example = arena_printf(making->arena, "%s %s 1",
					resource->name, link->verb),
		.columns = link->from->columns,
		.ncolumns = link->from->ncolumns,
		.flags = OPERATION_READS,
		.run = resource_linked,
	});
	add_route(making, operation, (struct route){
		.method = "GET",
		.path = arena_printf(making->arena, "%s/%s",
				     resource->key_name, link->verb),
		.status = 200 });
}

void resource_operations(const struct resource *resource, struct arena *arena,
			 struct operation **out, size_t *count)
{
	struct making making = { .resource = resource, .arena = arena };
	bool has_key = key_count(resource) > 0;

	make_list(&making);
	if (has_key)
		make_show(&making);
	if (resource->table->kind != TABLE_VIEW) {
		make_create(&making);
		if (has_key) {
			make_update(&making);
			make_delete(&making);
		}
	}
	make_count(&making);
	for (size_t i = 0; i < resource->nlinks && has_key; i++)
		make_linked(&making, &resource->links[i]);
	*out = making.operations;
	*count = making.count;
}
