#include "describe/openapi.h"

#include "describe/openapi_name.h"
#include "describe/openapi_route.h"
#include "describe/openapi_schema.h"
#include "resource/filter/related.h"
#include "resource/model/resource.h"
#include "util/version.h"

static void add_info(struct describer *d, const char *root_path)
{
	struct json_maker *json = &d->json;

	json_add_text(json, "openapi", "3.1.0");
	json_add_form(json, "info",
		      "{'title':'taskmgr','version':'" TASKMGR_VERSION "',"
		      "'description':'%s','contact':{'name':'taskmgr'},"
		      "'license':{'name':'GPL-3.0-or-later',"
		      "'identifier':'GPL-3.0-or-later'}}",
		      "Operations on the tables of this database.\n\n"
		      "A stored value that its column's type cannot express "
		      "is an object with its storage class as its only "
		      "member: `$integer`, `$real`, `$text`, `$text_base64` "
		      "or `$base64`. Every field accepts one.");
	/* Relative: a page loaded under another name of this host, or through
	   a proxy, may only send requests to its own origin. */
	json_add_form(json, "servers", "[{'url':'%s'}]",
		      *root_path ? root_path : "/");
	json_add_raw(json, "security", d->tokens ? "[{\"bearer\":[]}]" : "[]");
}

static bool has_routes(const struct catalog *catalog, const char *noun)
{
	for (size_t i = 0; i < catalog->noperations; i++) {
		if (catalog->operations[i]->nroutes &&
		    !strcmp(catalog->operations[i]->noun, noun))
			return true;
	}
	return false;
}

static void add_tags(struct describer *d)
{
	struct json_maker *json = &d->json;

	json_open(json, "tags", '[');
	json_add_form(json, NULL,
		      "{'name':'taskmgr','description':'the listener itself'}");
	for (size_t i = 0; i < d->catalog->nresources; i++) {
		const struct resource *resource = &d->catalog->resources[i];
		const char *text = resource->table->annotations.description;

		if (has_routes(d->catalog, resource->name))
			json_add_form(
				json, NULL, "{'name':'%s','description':'%s'}",
				resource->name, text ? text : resource->plural);
	}
	json_close(json, ']');
}

/* A path as a key: escaped as in a URI, and so without braces. */
static const char *path_key(const char *path, struct arena *arena)
{
	static const char plain[] = "abcdefghijklmnopqrstuvwxyz"
				    "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
				    "0123456789-._~/:@!$&'()*+,;=";
	BUFFER(out);

	for (; *path; path++) {
		if (strchr(plain, *path))
			buffer_byte(&out, *path);
		else
			buffer_printf(&out, "%%%02X",
				      (unsigned)(unsigned char)*path);
	}
	return arena_copy(arena, buffer_string(&out));
}

/* One method of a path. */
struct path_method {
	const struct operation *operation;
	const struct route *route;
};

static struct path_method *list_places(struct describer *d, size_t *count)
{
	struct path_method *places = NULL;

	*count = 0;
	for (size_t i = 0; i < d->catalog->noperations; i++) {
		const struct operation *operation = d->catalog->operations[i];

		for (size_t k = 0; k < operation->nroutes; k++)
			*LIST_ADD(d->arena, places,
				  *count) = (struct path_method){
				operation,
				&operation->routes[k],
			};
	}
	return places;
}

/* Adds each method of the first place's path, and clears its route. */
static void add_path(struct describer *d, struct path_method *places,
		     size_t count)
{
	const char *path = places->route->path;

	json_open(&d->json, path_key(path, d->arena), '{');
	for (size_t i = 0; i < count; i++) {
		if (!places[i].route ||
		    strcmp(places[i].route->path, path) != 0)
			continue;
		openapi_add_route(d, places[i].operation, places[i].route);
		places[i].route = NULL;
	}
	json_close(&d->json, '}');
}

/* One of the listener's own pages: an object with one text. */
static void add_page(struct describer *d, const char *path, const char *id,
		     const char *summary, const char *member)
{
	struct json_maker *json = &d->json;

	json_open(json, path, '{');
	json_open(json, "get", '{');
	json_add_raw(json, "tags", "[\"taskmgr\"]");
	json_add_text(json, "summary", summary);
	json_add_text(json, "description", summary);
	json_add_text(json, "operationId", id);
	if (d->tokens)
		json_add_raw(json, "security", "[]");
	json_add_form(json, "responses",
		      "{'200':{'description':'Successful Response','content':{"
		      "'" MEDIA_JSON "':{'schema':{'type':'object',"
		      "'properties':{'%s':{'type':'string'}},"
		      "'required':['%s']}}}},"
		      "'4XX':" JSON_REF("responses/Refused") "}",
		      member, member);
	json_close(json, '}');
	json_close(json, '}');
}

static void add_paths(struct describer *d)
{
	size_t count;
	struct path_method *places = list_places(d, &count);

	json_open(&d->json, "paths", '{');
	add_page(d, "/", "welcome__get", "Welcome", "message");
	add_page(d, "/health", "health_health_get",
		 "Whether the database can be read", "status");
	add_page(d, "/ready", "ready_ready_get",
		 "Whether the server can take more requests", "status");
	for (size_t i = 0; i < count; i++) {
		if (places[i].route)
			add_path(d, &places[i], count - i);
	}
	json_close(&d->json, '}');
}

/* Whether an earlier route takes the same records. */
static bool is_described(const struct operation *operation, size_t route)
{
	for (size_t i = 0; i < route; i++)
		if (operation->routes[i].record &&
		    strcmp(operation->routes[i].record,
			   operation->routes[route].record) == 0)
			return true;
	return false;
}

/* Of create's first route. */
static const char *record_component(const void *data,
				    const struct operation *operation)
{
	return openapi_record_name(data, operation, operation->routes);
}

static void add_record_schemas(struct describer *d,
			       const struct operation *operation)
{
	for (size_t i = 0; i < operation->nroutes; i++) {
		const struct route *route = &operation->routes[i];

		if (route->record && !is_described(operation, i))
			schema_of_record(
				&d->json,
				openapi_record_name(d, operation, route),
				operation, route, record_component, d);
	}
}

/* A row, and what ?with= nests in it. */
static void add_row_schema(struct describer *d, const struct resource *resource)
{
	size_t count;
	const struct related *parts = related_parts(resource, d->arena, &count);
	struct schema_nested *nested = arena_array(d->arena, count,
						   sizeof(*nested));

	for (size_t i = 0; i < count; i++)
		nested[i] = (struct schema_nested){
			.name = parts[i].name,
			.component = openapi_row_name(d, parts[i].resource),
			.many = parts[i].many,
		};
	schema_of_columns(&d->json, openapi_row_name(d, resource),
			  resource->columns, resource->ncolumns, nested, count);
}

static void add_schemas(struct describer *d)
{
	const struct catalog *catalog = d->catalog;

	for (size_t i = 0; i < catalog->nresources; i++)
		add_row_schema(d, &catalog->resources[i]);
	for (size_t i = 0; i < catalog->noperations; i++)
		add_record_schemas(d, catalog->operations[i]);
}

static void add_components(struct describer *d)
{
	json_open(&d->json, "components", '{');
	json_open(&d->json, "schemas", '{');
	add_schemas(d);
	openapi_add_common_schemas(&d->json);
	json_close(&d->json, '}');
	openapi_add_common(d);
	json_close(&d->json, '}');
}

void openapi_write(const struct catalog *catalog, const char *root_path,
		   bool tokens, struct buffer *out)
{
	ARENA(arena);
	struct describer describer = {
		.catalog = catalog,
		.json = { .out = out },
		.arena = &arena,
		.tokens = tokens,
	};

	openapi_name_rows(&describer);
	json_open(&describer.json, NULL, '{');
	add_info(&describer, root_path);
	add_tags(&describer);
	add_paths(&describer);
	add_components(&describer);
	json_close(&describer.json, '}');
}
