#include "describe/openapi_name.h"

#include "describe/openapi_schema.h"
#include "resource/model/resource.h"

/* Schemas that every document has, and a type that clients in TypeScript need
   for their own lists. */
static const char *const common[] = {
	"Transaction",
	"Error",
	"ValidationError",
	"HTTPValidationError",
	"Array",
};

#define COUNT(array) (sizeof(array) / sizeof(*(array)))

static void add_name(struct describer *d, const char *name)
{
	*LIST_ADD(d->arena, d->names, d->nnames) = name;
}

static bool is_taken(const struct describer *d, const char *name)
{
	for (size_t i = 0; i < d->nnames; i++)
		if (!strcmp(d->names[i], name))
			return true;
	return false;
}

/* A row's schema, and those of the records that its operations take. */
static const char **row_names(const struct describer *d,
			      const struct resource *resource, const char *row,
			      size_t *count)
{
	const char **names = NULL;

	*count = 0;
	*LIST_ADD(d->arena, names, *count) = row;
	for (size_t i = 0; i < d->catalog->noperations; i++) {
		const struct operation *operation = d->catalog->operations[i];

		for (size_t k = 0;
		     operation->subject == resource && k < operation->nroutes;
		     k++)
			if (operation->routes[k].record)
				*LIST_ADD(d->arena, names, *count) =
					arena_printf(
						d->arena, "%s%s",
						operation->routes[k].record,
						row);
	}
	return names;
}

/* Takes all names that a row's would give, or none of them. */
static bool take_row(struct describer *d, const struct resource *resource,
		     const char *row)
{
	size_t count;
	const char **names = row_names(d, resource, row, &count);

	for (size_t i = 0; i < count; i++)
		if (is_taken(d, names[i]))
			return false;
	for (size_t i = 0; i < count; i++)
		add_name(d, names[i]);
	return true;
}

void openapi_name_rows(struct describer *d)
{
	size_t count = d->catalog->nresources;

	for (size_t i = 0; i < COUNT(common); i++)
		add_name(d, common[i]);
	d->rows = arena_array(d->arena, count, sizeof(*d->rows));
	for (size_t i = 0; i < count; i++) {
		const struct resource *resource = &d->catalog->resources[i];
		const char *name = schema_noun(resource->name, d->arena);

		d->rows[i] = name;
		for (int n = 2; !take_row(d, resource, d->rows[i]); n++)
			d->rows[i] = arena_printf(d->arena, "%s_%d", name, n);
	}
}

const char *openapi_row_name(const struct describer *d,
			     const struct resource *resource)
{
	return d->rows[resource - d->catalog->resources];
}

const char *openapi_record_name(const struct describer *d,
				const struct operation *operation,
				const struct route *route)
{
	return arena_printf(d->arena, "%s%s", route->record,
			    openapi_row_name(d, operation->subject));
}

static bool is_word(char byte)
{
	return (byte >= '0' && byte <= '9') || (byte >= 'A' && byte <= 'Z') ||
	       (byte >= 'a' && byte <= 'z') || byte == '_';
}

/* As FastAPI makes them: what separates words becomes _.  Any other byte
   becomes its number, so that the name fits into a URL. */
static void add_word(struct buffer *out, const char *text)
{
	for (; *text; text++) {
		if (strchr("/-. ", *text))
			buffer_byte(out, '_');
		else if (is_word(*text))
			buffer_byte(out, *text);
		else
			buffer_printf(out, "%02X", (unsigned char)*text);
	}
}

const char *openapi_operation_id(struct describer *d,
				 const struct operation *operation,
				 const struct route *route)
{
	const char *id;
	BUFFER(out);

	add_word(&out, operation->verb);
	buffer_byte(&out, '_');
	add_word(&out, operation->noun);
	add_word(&out, route->path);
	buffer_byte(&out, '_');
	for (const char *at = route->method; *at; at++)
		buffer_byte(&out, (char)(*at | 0x20));
	id = arena_copy(d->arena, buffer_string(&out));
	/* Schemas begin with a capital letter, so the names can share a list. */
	while (is_taken(d, id))
		id = arena_printf(d->arena, "%s_", id);
	add_name(d, id);
	return id;
}
