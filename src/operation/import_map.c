/* Maps the columns of a file to fields. */
#include <ctype.h>
#include <string.h>
#include <strings.h>

#include "input/source.h"
#include "operation/import.h"
#include "util/text.h"

enum {
	UNKNOWN = -2, /* in import->columns: not a field, to be refused */
	LISTED = 6,   /* how many of these an error names */
};

/* Stands for these columns in --map. */
static const char others[] = "*";

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

static void offer_fields(const struct mapping *mapping, const char *name,
			 struct close_names *close)
{
	const struct operation *operation = mapping->call->operation;

	close_names_init(close, name);
	for (size_t i = 0; i < operation->nparameters; i++)
		if (operation->parameters[i].role == PARAMETER_FIELD)
			close_names_offer(close, operation->parameters[i].name);
}

/* " --map NAME=FIELD", with the only field that is close. */
static void add_map(const struct mapping *mapping, const char *name,
		    struct buffer *out)
{
	struct arena *arena = mapping->call->arena;
	struct close_names close;
	const char *field;

	offer_fields(mapping, name, &close);
	field = close_names_list(&close, arena);
	if (!field || strchr(field, ' '))
		field = "FIELD";
	buffer_text(out, " --map ");
	text_shell(out, arena_printf(arena, "%s=%s", name, field));
}

static void hint_maps(const char *name, size_t count, const struct buffer *maps,
		      struct error *e)
{
	BUFFER(out);

	text_shell(&out,
		   count > 1 ? "*=" : arena_printf(e->arena, "%s=", name));
	error_hint(e, "%s give%s, --map %s leaves %s out", maps->data + 1,
		   count > 1 ? " their fields" : "s its field", out.data,
		   count > 1 ? "them" : "it");
}

static enum status refuse_all(const struct mapping *mapping, struct error *e)
{
	for (size_t i = 0; i < mapping->count; i++)
		if (mapping->import->columns[i] >= 0)
			return OK;
	if (mapping->import->json >= 0)
		return OK;
	fail(e, INVALID, "no column is a field of %s",
	     mapping->call->operation->noun);
	error_hint(e, "--map COLUMN=FIELD gives the field of a column");
	return e->status;
}

/* All columns that are not fields; LISTED of them are named. */
static enum status refuse_unknown(const struct mapping *mapping,
				  struct error *e)
{
	const char *first = NULL;
	struct close_names close;
	size_t count = 0;
	BUFFER(names);
	BUFFER(maps);
	BUFFER(json);

	for (size_t i = 0; i < mapping->count; i++) {
		if (mapping->import->columns[i] != UNKNOWN)
			continue;
		first = count ? first : mapping->names[i];
		if (count >= LISTED) {
			count++;
			continue;
		}
		buffer_printf(&names, "%s\"%s\"", count++ ? ", " : "",
			      mapping->names[i]);
		add_map(mapping, mapping->names[i], &maps);
	}
	if (!count)
		return refuse_all(mapping, e);
	if (count > LISTED)
		buffer_printf(&names, " and %zu more", count - LISTED);
	fail(e, INVALID, "column%s %s %s of %s", count > 1 ? "s" : "",
	     names.data, count > 1 ? "are not fields" : "is not a field",
	     mapping->call->operation->noun);
	text_json(&json, first, strlen(first));
	e->value = arena_copy(e->arena, json.data);
	offer_fields(mapping, first, &close);
	if (count == 1)
		close_names_suggest(&close, e);
	hint_maps(first, count, &maps, e);
	return e->status;
}

static enum status refuse_twice(const char *first, const char *second,
				const char *field, struct error *e)
{
	fail(e, INVALID, "columns \"%s\" and \"%s\" are both the field %s",
	     first, second, field);
	if (strcmp(first, second) == 0)
		error_hint(e, "rename one of them in the file");
	else
		error_hint(e, "--map \"%s=\" leaves one out", second);
	return e->status;
}

const char *const import_reject_columns[REJECT_COLUMNS] = {
	"reject_line",
	"reject_column",
	"reject_reason",
};

static bool is_of_reject(const char *name)
{
	for (int i = 0; i < REJECT_COLUMNS; i++)
		if (strcmp(name, import_reject_columns[i]) == 0)
			return true;
	return false;
}

static enum status map_column(const struct mapping *mapping, size_t column,
			      struct error *e)
{
	struct import *import = mapping->import;
	const struct operation *operation = mapping->call->operation;
	const char *name = mapping->names[column];
	const char *field = mapped_name(mapping, name);
	int *to = &import->columns[column];

	*to = -1;
	if (field && !*field)
		return OK;
	*to = find_field(operation, field ? field : name);
	if (*to < 0 && column == REJECT_COLUMNS &&
	    is_of_reject(mapping->names[0]) &&
	    strcmp(name, IMPORT_REJECT_RECORD) == 0)
		import->json = (int)column;
	else if (*to < 0 && !mapped_name(mapping, others) &&
		 !is_of_reject(name))
		*to = UNKNOWN;
	if (*to < 0)
		return OK;
	for (size_t i = 0; i < column; i++)
		if (import->columns[i] == *to)
			return refuse_twice(mapping->names[i], name,
					    operation->parameters[*to].name, e);
	return OK;
}

static bool has_column(const struct mapping *mapping, const char *name,
		       struct close_names *close)
{
	close_names_init(close, name);
	for (size_t i = 0; i < mapping->count; i++) {
		if (strcmp(mapping->names[i], name) == 0)
			return true;
		close_names_offer(close, mapping->names[i]);
	}
	return false;
}

static enum status check_item(const struct mapping *mapping, struct value item,
			      struct error *e)
{
	struct call *call = mapping->call;
	const char *equals = memchr(item.data, '=', item.length);
	struct close_names close;
	const char *name, *field;

	if (!equals)
		return call_refuse(call, "map", NULL, e,
				   "must be COLUMN=FIELD, not %.*s",
				   (int)item.length, item.data);
	name = arena_copy_n(call->arena, item.data,
			    (size_t)(equals - item.data));
	field = mapped_name(mapping, name);
	if (!(strcmp(name, others) == 0 && !*field) &&
	    !has_column(mapping, name, &close))
		return call_refuse(call, "map",
				   close_names_list(&close, e->arena), e,
				   "the file has no column \"%s\"", name);
	if (!*field || find_field(call->operation, field) >= 0)
		return OK;
	offer_fields(mapping, field, &close);
	return call_refuse(call, "map", close_names_list(&close, e->arena), e,
			   "%s has no field %s", call->operation->noun, field);
}

/* Each --map must name a column of the file, and a field. */
static enum status check_map(const struct mapping *mapping, struct error *e)
{
	for (size_t i = 0; i < mapping->map->count; i++)
		if (check_item(mapping, mapping->map->items[i], e) != OK)
			return e->status;
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

/* "sep=;" tells a spreadsheet the separator, which it has been guessed from. */
static bool is_separator_line(const struct delimited *rows)
{
	static const char mark[] = "sep=";
	const size_t length = strlen(mark);

	return rows->source_length > length &&
	       strncasecmp(rows->source, mark, length) == 0 &&
	       rows->source[length] == rows->separator &&
	       source_skip_space(rows->source + length + 1,
				 rows->source + rows->source_length) ==
		       rows->source + rows->source_length;
}

static enum status read_header(struct mapping *mapping, struct error *e)
{
	struct delimited *rows = &mapping->import->rows;
	enum delimited_step step = delimited_next(rows, e);

	if (step == DELIMITED_ROW && is_separator_line(rows))
		step = delimited_next(rows, e);
	switch (step) {
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
	import->names = mapping.names;
	import->json = -1;
	import->columns = arena_array(call->arena, mapping.count,
				      sizeof(*import->columns));
	for (size_t i = 0; i < mapping.count; i++)
		if (map_column(&mapping, i, e) != OK)
			return e->status;
	if (refuse_unknown(&mapping, e) != OK || import->json >= 0)
		return e->status;
	return check_required(&mapping, e);
}
