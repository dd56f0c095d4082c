#include "resource/model/column.h"
#include "resource/op/inside.h"
#include "resource/op/making.h"
#include "util/text.h"

void making_add(struct making *making, struct parameter parameter)
{
	*LIST_ADD(making->arena, making->parameters,
		  making->nparameters) = parameter;
}

/* The type of a key in a query, which only has to find a row. */
static enum type key_type(const struct column *column)
{
	switch (column->type) {
	case TYPE_INTEGER:
	case TYPE_REAL:
	case TYPE_NUMERIC:
	case TYPE_BOOLEAN:
		return column->type;
	case TYPE_ANY:
	case TYPE_TEXT:
	case TYPE_DATE:
	case TYPE_TIME:
	case TYPE_DATETIME:
	case TYPE_JSON:
	case TYPE_BLOB:
		break;
	}
	return TYPE_TEXT;
}

static const char *key_summary(const struct making *making)
{
	const struct resource *resource = making->resource;
	const char *text = resource->table->nkey > 1
				   ? "the key's parts, joined by commas"
				   : "id, or the text of a unique column";

	if (resource->rowid)
		return "rowid";
	return key_is_nullable(resource)
		       ? arena_printf(making->arena,
				      "%s; rowid:N where it is NULL", text)
		       : text;
}

void making_key(struct making *making, unsigned flags)
{
	const struct resource *resource = making->resource;
	const struct table *table = resource->table;

	making_add(
		making,
		(struct parameter){
			.name = resource->key_name,
			.metavar = flags & PARAMETER_REPEATED ? "KEY…" : "KEY",
			.summary = key_summary(making),
			.role = PARAMETER_ARGUMENT,
			.type = resource->rowid ? TYPE_INTEGER
				: table->nkey == 1 && !key_is_nullable(resource)
					? key_type(&table->columns
							    [table->key[0]])
					: TYPE_TEXT,
			.pattern = key_pattern(resource, making->arena),
			.flags = flags,
			.noun = resource->name,
		});
}

const char *const *making_columns(const struct making *making,
				  const struct table *table,
				  const struct reference *reference)
{
	const char **fields = arena_array(
		making->arena, reference->ncolumns + 1, sizeof(*fields));

	for (size_t i = 0; i < reference->ncolumns; i++)
		fields[i] = table->columns[reference->columns[i]].name;
	return fields;
}

static bool reference_is_nullable(const struct resource *resource,
				  const struct reference *reference)
{
	for (size_t i = 0; i < reference->ncolumns; i++) {
		const struct column *column =
			&resource->table->columns[reference->columns[i]];

		if (!column_is_nullable(resource->table, column))
			return false;
	}
	return true;
}

/* A way to name the row that a reference of from refers to. */
static void add_alias(struct making *making, const struct resource *from,
		      const struct reference *reference)
{
	bool nullable = reference_is_nullable(from, reference);

	making_add(
		making,
		(struct parameter){
			.name = reference->alias,
			.metavar = "KEY",
			.summary = arena_printf(making->arena,
						"%s, by id or name",
						reference->to->name),
			.role = PARAMETER_FIELD,
			.type = reference->ncolumns > 1 ? TYPE_TEXT : TYPE_ANY,
			.pattern = key_pattern(reference->to, making->arena),
			.flags = PARAMETER_ALIAS | PARAMETER_QUERY |
				 (nullable ? PARAMETER_NULLABLE : 0u),
			.noun = reference->to->name,
			.fields = making_columns(making, from->table,
						 reference),
		});
}

static void add_equality(struct making *making, const struct resource *rows,
			 const struct column *column)
{
	const struct reference *reference = column_reference(
		rows, column_position(rows->table, column));

	making_add(making,
		   (struct parameter){
			   .name = column->name,
			   .summary = column->annotations.description,
			   .role = PARAMETER_FIELD,
			   .type = reference && !reference->alias
					   ? TYPE_ANY
					   : column->type,
			   .flags = PARAMETER_QUERY,
			   .noun = reference ? reference->to->name : NULL,
		   });
	if (reference && reference->alias)
		add_alias(making, rows, reference);
}

static bool has_parameter(const struct making *making, const char *name)
{
	for (size_t i = 0; i < making->nparameters; i++)
		if (operation_same_name(making->parameters[i].name, name))
			return true;
	return false;
}

void making_equalities(struct making *making, const struct resource *rows)
{
	const struct table *table = rows->table;

	for (size_t i = 0; i < table->ncolumns; i++)
		if (!table->columns[i].annotations.hidden &&
		    !has_parameter(making, table->columns[i].name))
			add_equality(making, rows, &table->columns[i]);
	for (size_t i = 0; i < rows->nreferences; i++)
		if (rows->references[i].ncolumns > 1 &&
		    rows->references[i].alias)
			add_alias(making, rows, &rows->references[i]);
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

	if (column_is_nullable(resource->table, column))
		flags |= PARAMETER_NULLABLE;
	if (reference)
		flags |= PARAMETER_QUERY;
	if (column_is_automatic(resource, column) ||
	    column->annotations.readonly)
		flags |= PARAMETER_HIDDEN;
	if (update && frozen)
		flags |= PARAMETER_HIDDEN;
	if (is_required(resource, column))
		flags |= !update               ? PARAMETER_REQUIRED
			 : frozen || reference ? 0u
					       : PARAMETER_WHOLE;
	/* A key without a default must be given, unless it is the rowid. */
	if (!update && column->key && !column->default_sql &&
	    !column_is_automatic(resource, column))
		flags |= PARAMETER_REQUIRED;
	return flags;
}

/* Adds a field to what is limited already: column_limits. */
static void add_field(struct making *making, const struct column *column,
		      struct parameter field, bool update)
{
	const struct resource *resource = making->resource;
	const size_t at = column_position(resource->table, column);
	const struct reference *reference = column_reference(resource, at);

	field.name = column->name;
	field.summary = column->annotations.description;
	field.role = PARAMETER_FIELD;
	field.type = column_type(resource, column);
	field.flags = field_flags(resource, column, update);
	if (reference && !reference->alias)
		field.flags |= PARAMETER_NAMED;
	/* An update applies no defaults. */
	field.default_text = update ? NULL : column->default_sql;
	field.noun = reference ? reference->to->name : NULL;
	making_add(making, field);
	if (reference && reference->alias)
		add_alias(making, resource, reference);
}

void making_fields(struct making *making, bool update)
{
	const struct table *table = making->resource->table;
	const struct parameter *limits = column_limits(table, making->arena);

	/* What list shows can be given back. */
	if (making->resource->rowid)
		making_add(making, (struct parameter){
					   .name = making->resource->rowid,
					   .role = PARAMETER_FIELD,
					   .type = TYPE_INTEGER,
					   .flags = PARAMETER_HIDDEN,
				   });
	for (size_t i = 0; i < table->ncolumns; i++)
		if (!table->columns[i].annotations.hidden ||
		    is_required(making->resource, &table->columns[i]))
			add_field(making, &table->columns[i], limits[i],
				  update);
	for (size_t i = 0; i < making->resource->nreferences; i++) {
		const struct reference *reference =
			&making->resource->references[i];

		if (reference->ncolumns > 1 && reference->alias)
			add_alias(making, making->resource, reference);
	}
}

/* The tables are laid out by hand. */
/* clang-format off */

#define DATA(a_summary) \
	{ .name = "data", .summary = (a_summary), .type = TYPE_TEXT, \
	  .role = PARAMETER_RECORDS, .values = VALUES_RECORDS }
#define SET(a_summary) \
	OPTION("set", TYPE_TEXT, a_summary, .values = VALUES_ASSIGNMENTS, \
	       .flags = PARAMETER_REPEATED)

static const struct parameter create_options[] = {
	DATA("a JSON object, an array of them, or JSON Lines; - reads "
	     "standard input"),
	SET("set a field by its column's name"),
};

static const struct parameter update_options[] = {
	DATA("the fields as a JSON object"),
	SET("set a field by its column's name"),
	OPTION("unset", TYPE_TEXT, "set a field to NULL",
	       .values = VALUES_FIELDS, .flags = PARAMETER_REPEATED),
};

static const char *const date_orders[] = { "dmy", "mdy", "ymd", NULL };
static const char *const decimal_marks[] = { "comma", "point", NULL };

static const struct parameter import_options[] = {
	{ .name = "file", .metavar = "FILE|-", .values = VALUES_FILES,
	  .summary = "CSV, TSV, JSON or JSON Lines; - reads standard input",
	  .role = PARAMETER_ARGUMENT, .type = TYPE_TEXT,
	  .flags = PARAMETER_REQUIRED | PARAMETER_INPUT },
	OPTION("from", TYPE_TEXT,
	       "csv, tsv, json or jsonl; else by the file's name or content",
	       .metavar = "FORMAT", .flags = PARAMETER_LOCAL | PARAMETER_FORM,
	       .choices = body_format_names),
	OPTION("map", TYPE_TEXT,
	       "the field of a column; COLUMN= leaves it out",
	       .metavar = "COLUMN=FIELD", .flags = PARAMETER_REPEATED),
	OPTION("columns", TYPE_TEXT,
	       "the columns of a file that has no header", .metavar = "A,B"),
	OPTION("null", TYPE_TEXT, "the text that is NULL in CSV and TSV",
	       .metavar = "TEXT"),
	OPTION("dates", TYPE_TEXT,
	       "the order of day, month and year in dates like 31.12.1990",
	       .metavar = "ORDER", .choices = date_orders),
	OPTION("decimal", TYPE_TEXT,
	       "numbers are written like 1.234,5 (comma) or 1,234.5 (point)",
	       .metavar = "MARK", .choices = decimal_marks),
	OPTION("on_conflict", TYPE_TEXT,
	       "where a unique value is taken: reject, skip or update",
	       .metavar = "WHAT", .flags = PARAMETER_CONFLICT,
	       .choices = conflict_names, .default_text = "reject"),
	NUMBER_OPTION("max_errors", "leave up to N bad records out"),
	OPTION("rejects", TYPE_TEXT,
	       "leave bad records out, and write them to a file",
	       .values = VALUES_FILES, .flags = PARAMETER_LOCAL),
	SET("a field that all records get"),
};

/* clang-format on */

void making_data(struct making *making, bool update)
{
	if (update)
		MAKING_ADD_ALL(making, update_options);
	else
		MAKING_ADD_ALL(making, create_options);
}

void making_import(struct making *making)
{
	making_fields(making, false);
	for (size_t i = 0; i < making->nparameters; i++) {
		unsigned *flags = &making->parameters[i].flags;

		/* Of each record, but not of the command. */
		if (*flags & PARAMETER_REQUIRED)
			*flags ^= PARAMETER_REQUIRED | PARAMETER_WHOLE;
	}
	MAKING_ADD_ALL(making, import_options);
}

static bool is_changeable(const struct parameter *p)
{
	return p->role == PARAMETER_FIELD &&
	       !(p->flags & (PARAMETER_HIDDEN | PARAMETER_ALIAS));
}

/* The field that an update's example changes: a number, if there is one. */
static const struct parameter *example_field(const struct making *making)
{
	const struct parameter *first = NULL;

	for (size_t i = 0; i < making->nparameters; i++) {
		const struct parameter *p = &making->parameters[i];

		if (!is_changeable(p))
			continue;
		if (p->type == TYPE_INTEGER)
			return p;
		first = first ? first : p;
	}
	return first;
}

/* Whether another option has the field's name. */
static bool is_hidden(const struct making *making, const struct parameter *p)
{
	if (making->taken(p->name))
		return true;
	for (size_t i = 0; i < making->nparameters; i++)
		if (making->parameters[i].role != PARAMETER_FIELD &&
		    operation_same_name(making->parameters[i].name, p->name))
			return true;
	return false;
}

static void add_sample(const struct making *making, const struct parameter *p,
		       struct buffer *out)
{
	const char *spelling = parameter_spelling(p, making->arena);

	buffer_byte(out, ' ');
	if (is_hidden(making, p)) {
		buffer_text(out, "--set ");
		spelling = p->name;
	}
	text_shell(out, arena_printf(making->arena, "%s=%s", spelling,
				     parameter_sample(p, making->arena)));
}

const char *making_example(const struct making *making, bool update)
{
	const struct parameter *field = example_field(making);
	BUFFER(out);

	buffer_printf(&out, "%s %s", making->resource->name,
		      update ? "update 1" : "create");
	for (size_t i = 0; !update && i < making->nparameters; i++)
		if (making->parameters[i].flags & PARAMETER_REQUIRED)
			add_sample(making, &making->parameters[i], &out);
	if (update && field)
		add_sample(making, field, &out);
	return arena_copy(making->arena, out.data);
}
