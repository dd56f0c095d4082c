/* Maps the columns of a file to fields. */
#include <ctype.h>
#include <string.h>

#include "operation/import.h"
#include "util/text.h"

struct mapping {
	struct import *import;
	struct call *call;
	const struct values *map; /* HEADER=FIELD */
	const char **names;       /* of the columns */
	size_t count;
};

/* "First name" and first_name are equal, as are "name" and "NAME". */
static bool same_header(const char *header, const char *field)
{
	for (; *header && *field; header++, field++) {
		bool gap = strchr(" -_", *header) && strchr(" -_", *field);

		if (!gap && tolower((unsigned char)*header) !=
				    tolower((unsigned char)*field))
			return false;
	}
	return *header == *field;
}

static int find_field(const struct operation *operation, const char *name)
{
	for (size_t i = 0; i < operation->nparameters; i++)
		if (operation->parameters[i].role == PARAMETER_FIELD &&
		    strcmp(operation->parameters[i].name, name) == 0)
			return (int)i;
	for (size_t i = 0; i < operation->nparameters; i++)
		if (operation->parameters[i].role == PARAMETER_FIELD &&
		    same_header(name, operation->parameters[i].name))
			return (int)i;
	return -1;
}

/* The field that --map gives a column, "" for none; NULL if not mapped. */
static const char *mapped_name(const struct mapping *mapping, const char *name)
{
	const size_t length = strlen(name);

	for (size_t i = 0; i < mapping->map->count; i++) {
		struct value item = mapping->map->items[i];

		if (item.length > length && item.data[length] == '=' &&
		    memcmp(item.data, name, length) == 0)
			return arena_copy_n(mapping->call->arena,
					    item.data + length + 1,
					    item.length - length - 1);
	}
	return NULL;
}

static enum status refuse_column(const struct mapping *mapping,
				 const char *name, const char *field,
				 struct error *e)
{
	const struct operation *operation = mapping->call->operation;
	struct close_names close;
	BUFFER(json);

	fail(e, INVALID, "column \"%s\" is not a field of %s", name,
	     operation->noun);
	text_json(&json, name, strlen(name));
	e->value = arena_copy(e->arena, json.data);
	close_names_init(&close, field);
	for (size_t i = 0; i < operation->nparameters; i++)
		if (operation->parameters[i].role == PARAMETER_FIELD)
			close_names_offer(&close,
					  operation->parameters[i].name);
	close_names_suggest(&close, e);
	error_hint(e,
		   "--map \"%s=FIELD\" gives its field, --map \"%s=\" leaves "
		   "it out",
		   name, name);
	return e->status;
}

static enum status map_column(const struct mapping *mapping, size_t column,
			      struct error *e)
{
	struct import *import = mapping->import;
	const char *name = mapping->names[column];
	const char *field = mapped_name(mapping, name);
	int *to = &import->columns[column];

	*to = -1;
	if (field && !*field)
		return OK;
	field = field ? field : name;
	*to = find_field(mapping->call->operation, field);
	if (*to < 0)
		return refuse_column(mapping, name, field, e);
	for (size_t i = 0; i < column; i++)
		if (import->columns[i] == *to)
			return fail(
				e, INVALID,
				"columns \"%s\" and \"%s\" are both the "
				"field %s",
				mapping->names[i], name,
				mapping->call->operation->parameters[*to].name);
	return OK;
}

/* Each --map must name a column of the file. */
static enum status check_map(const struct mapping *mapping, struct error *e)
{
	for (size_t i = 0; i < mapping->map->count; i++) {
		struct value item = mapping->map->items[i];
		const char *equals = memchr(item.data, '=', item.length);
		const char *name;
		size_t k = 0;

		if (!equals)
			return call_refuse(mapping->call, "map", NULL, e,
					   "must be COLUMN=FIELD, not %.*s",
					   (int)item.length, item.data);
		name = arena_copy_n(mapping->call->arena, item.data,
				    (size_t)(equals - item.data));
		while (k < mapping->count &&
		       strcmp(mapping->names[k], name) != 0)
			k++;
		if (k == mapping->count)
			return call_refuse(mapping->call, "map", NULL, e,
					   "the file has no column \"%s\"",
					   name);
	}
	return OK;
}

/* A required field without a column would be missing in every line. */
static enum status check_required(const struct mapping *mapping,
				  struct error *e)
{
	struct import *import = mapping->import;
	const struct operation *operation = mapping->call->operation;
	ARENA(arena);
	struct error missing;
	struct fields fields = { .said = true };

	error_init(&missing, &arena);
	fields_init(&fields, operation, &arena);
	for (size_t i = 0; i < import->ncolumns; i++)
		if (import->columns[i] >= 0)
			fields.given[import->columns[i]] = true;
	record_complete(&import->completion, &fields, -1, &missing);
	if (!missing.nproblems)
		return OK;
	fail(e, INVALID, "there is no column for %s, which is required",
	     missing.problems[0].field);
	error_hint(e, "--%s VALUE gives all records the same",
		   missing.problems[0].field);
	return e->status;
}

/* The names in the row that was read last. */
static void take_header(struct mapping *mapping)
{
	const struct delimited *rows = &mapping->import->rows;

	mapping->count = rows->nfields;
	mapping->names = arena_array(mapping->call->arena, mapping->count,
				     sizeof(*mapping->names));
	for (size_t i = 0; i < mapping->count; i++)
		mapping->names[i] = arena_copy_n(mapping->call->arena,
						 rows->text.data +
							 rows->fields[i].start,
						 rows->fields[i].length);
}

static void take_list(struct mapping *mapping, const char *list)
{
	struct arena *arena = mapping->call->arena;

	while (list)
		*LIST_ADD(arena, mapping->names,
			  mapping->count) = text_next_item(&list, arena);
}

static enum status read_header(struct mapping *mapping, struct error *e)
{
	struct delimited *rows = &mapping->import->rows;

	switch (delimited_next(rows, e)) {
	case DELIMITED_ROW:
		take_header(mapping);
		return OK;
	case DELIMITED_BAD:
		return fail(e, INVALID, "line %zu, the header: %s", rows->line,
			    rows->reason);
	case DELIMITED_END:
		fail(e, INVALID, "%s is empty, without even a header",
		     mapping->import->feed->name);
		error_hint(e, "a file without header takes --columns A,B");
		return e->status;
	case DELIMITED_FAILED:
		break;
	}
	return e->status;
}

enum status import_map(struct import *import, struct call *call,
		       struct error *e)
{
	const char *columns = call_text(call, "columns");
	struct mapping mapping = {
		.import = import,
		.call = call,
		.map = call_list(call, "map"),
	};

	if (columns)
		take_list(&mapping, columns);
	else if (read_header(&mapping, e) != OK)
		return e->status;
	if (check_map(&mapping, e) != OK)
		return e->status;
	import->ncolumns = mapping.count;
	import->columns = arena_array(call->arena, mapping.count,
				      sizeof(*import->columns));
	for (size_t i = 0; i < mapping.count; i++)
		if (map_column(&mapping, i, e) != OK)
			return e->status;
	return check_required(&mapping, e);
}
