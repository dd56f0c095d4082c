#include <inttypes.h>
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "resource/inside.h"
#include "schema/model/type.h"
#include "util/base64.h"
#include "util/number.h"
#include "util/text.h"

const char *key_where(const struct resource *resource, int first,
		      struct arena *arena)
{
	const struct table *table = resource->table;
	BUFFER(sql);

	if (resource->rowid)
		return arena_printf(arena, "%s = $%d", resource->rowid, first);
	for (size_t i = 0; i < table->nkey; i++)
		buffer_printf(
			&sql, "%s%s = $%d", i ? " AND " : "",
			sql_name(arena, table->columns[table->key[i]].name),
			first + (int)i);
	return arena_copy(arena, buffer_string(&sql));
}

const char *key_columns(const struct resource *resource, struct arena *arena)
{
	const struct table *table = resource->table;
	BUFFER(sql);

	if (resource->rowid)
		return resource->rowid;
	for (size_t i = 0; i < table->nkey; i++)
		buffer_printf(
			&sql, "%s%s", i ? ", " : "",
			sql_name(arena, table->columns[table->key[i]].name));
	return arena_copy(arena, buffer_string(&sql));
}

void key_bind(struct statement *statement, const struct row_key *key, int first)
{
	for (size_t i = 0; i < key->count; i++)
		statement_bind(statement, first + (int)i, key->values[i]);
}

const char *value_show(struct value value, struct arena *arena)
{
	BUFFER(buffer);
	size_t length;

	switch (value.kind) {
	case VALUE_NULL:
		return "NULL";
	case VALUE_INTEGER:
		return arena_printf(arena, "%" PRId64, value.integer);
	case VALUE_REAL:
		return arena_printf(arena, "%.15g", value.real);
	case VALUE_TEXT:
	case VALUE_BLOB:
		break;
	}
	buffer_byte(&buffer, '"');
	length = text_cut(value.data, value.length, 60);
	text_visible(&buffer, value.data, length);
	buffer_text(&buffer, length < value.length ? "…\"" : "\"");
	return arena_copy(arena, buffer.data);
}

const char *key_text(const struct row_key *key, struct arena *arena)
{
	const char *text = "";

	for (size_t i = 0; i < key->count; i++)
		text = arena_printf(arena, "%s%s%s", text, i ? "," : "",
				    value_show(key->values[i], arena));
	return text;
}

const char *row_caption(struct engine *engine, const struct resource *resource,
			const struct row_key *key, struct arena *arena)
{
	struct value caption = value_null();
	struct error ignored;
	const char *shown;

	error_init(&ignored, arena);
	if (!resource->caption || resource->caption->key ||
	    engine_query_one(
		    engine,
		    arena_printf(arena, "SELECT %s FROM %s WHERE %s",
				 sql_name(arena, resource->caption->name),
				 sql_name(arena, resource->table->name),
				 resource->key_where),
		    key->values, (int)key->count, arena, &caption,
		    &ignored) != OK ||
	    caption.kind != VALUE_TEXT)
		return NULL;
	shown = value_show(caption, arena);
	return arena_copy_n(arena, shown + 1, strlen(shown) - 2);
}

const char *row_title(struct engine *engine, const struct resource *resource,
		      const struct row_key *key, struct arena *arena)
{
	const char *caption = row_caption(engine, resource, key, arena);
	const char *text = key_text(key, arena);

	return caption ? arena_printf(arena, "%s %s \"%s\"", resource->name,
				      text, caption)
		       : arena_printf(arena, "%s %s", resource->name, text);
}

/* Digits, with a minus perhaps, that fit; *large if they don't. */
static bool is_number(struct value word, int64_t *number, bool *large)
{
	bool negative = word.length > 1 && word.data[0] == '-';
	uint64_t sum = 0;

	*large = false;
	for (size_t i = negative; i < word.length; i++) {
		if (word.data[i] < '0' || word.data[i] > '9')
			return false;
		*large |= __builtin_mul_overflow(sum, 10u, &sum);
		*large |= __builtin_add_overflow(
			sum, (unsigned)(word.data[i] - '0'), &sum);
	}
	*large |= sum > (uint64_t)INT64_MAX + negative;
	*number = negative ? (int64_t)(0 - sum) : (int64_t)sum;
	return word.length > 0;
}

static enum status not_found(struct engine *engine,
			     const struct resource *resource, struct value word,
			     struct arena *arena, struct error *e)
{
	const struct table *table = resource->table;
	const char *near = NULL;

	for (size_t i = 0; i < table->ncolumns && !near; i++)
		if (word.kind == VALUE_TEXT && key_is_name(&table->columns[i]))
			near = near_names(
				engine, resource, &table->columns[i],
				arena_copy_n(arena, word.data, word.length),
				arena);
	fail(e, NOT_FOUND, "%s was not found", resource->title);
	error_reason(e, "no %s %s", resource->name, value_show(word, arena));
	e->suggestion = near;
	return e->status;
}

void key_read(struct statement *statement, struct arena *arena,
	      struct row_key *out)
{
	out->count = (size_t)statement_columns(statement);
	out->values = arena_array(arena, out->count, sizeof(*out->values));
	for (size_t i = 0; i < out->count; i++)
		out->values[i] = statement_copy(statement, (int)i, arena);
}

/* The nth part of "1,x"; the last has the commas that are left. */
static struct value key_part(struct value word, size_t n, size_t count)
{
	const char *part = word.data, *end = word.data + word.length, *comma;

	for (size_t i = 0; i < n; i++) {
		comma = memchr(part, ',', (size_t)(end - part));
		if (!comma)
			return value_null();
		part = comma + 1;
	}
	comma = memchr(part, ',', (size_t)(end - part));
	if (!comma || n + 1 == count)
		comma = end;
	return value_bytes(part, (size_t)(comma - part));
}

/*
 * What a printed key may be: text, a number, or a blob as base64.  A number in
 * other words (1.0 for 1) is no key, so it may not become one by affinity.
 */
static void bind_readings(struct statement *statement, int first,
			  const struct column *column, struct value word,
			  struct arena *arena)
{
	struct value number = { .kind = VALUE_INTEGER };
	struct value blob = { .kind = VALUE_BLOB };
	double real;
	bool large,
		numeric = parse_real(word.data, word.length, &real) == PARSED;

	if (!is_number(word, &number.integer, &large) || large)
		number = numeric && real != trunc(real) ? value_real(real)
							: value_null();
	if (!base64_decode(word.data, word.length, arena, &blob.data,
			   &blob.length))
		blob = value_null();
	statement_bind(statement, first,
		       numeric && type_stores_number(column->type) ? value_null()
							       : word);
	statement_bind(statement, first + 1, number);
	statement_bind(statement, first + 2, blob);
}

static const char *readings_sql(const struct resource *resource,
				struct arena *arena)
{
	const struct table *table = resource->table;
	BUFFER(sql);

	buffer_printf(&sql, "SELECT %s FROM %s", key_columns(resource, arena),
		      sql_name(arena, table->name));
	for (size_t i = 0; i < table->nkey; i++)
		buffer_printf(
			&sql, " %s %s IN ($%zu, $%zu, $%zu)",
			i ? "AND" : "WHERE",
			sql_name(arena, table->columns[table->key[i]].name),
			3 * i + 1, 3 * i + 2, 3 * i + 3);
	buffer_text(&sql, " LIMIT 2");
	return arena_copy(arena, sql.data);
}

/*
 * The last resort: a key that list prints finds its row whatever storage class
 * its values have.
 */
static enum status find_by_reading(struct engine *engine,
				   const struct resource *resource,
				   struct value word, struct arena *arena,
				   struct row_key *out, struct error *e)
{
	const struct table *table = resource->table;
	size_t count = table->nkey;
	struct value text = word.kind == VALUE_INTEGER
				    ? value_text(value_show(word, arena))
				    : word;
	STATEMENT(statement);

	if (!count || text.kind != VALUE_TEXT)
		return not_found(engine, resource, word, arena, e);
	if (engine_prepare(engine, readings_sql(resource, arena), &statement,
			   e) != OK)
		return e->status;
	for (size_t i = 0; i < count; i++)
		bind_readings(statement, 3 * (int)i + 1,
			      &table->columns[table->key[i]],
			      key_part(text, i, count), arena);
	switch (statement_step(statement, e)) {
	case STEP_ROW:
		break;
	case STEP_DONE:
		return not_found(engine, resource, word, arena, e);
	case STEP_FAILED:
		return e->status;
	}
	key_read(statement, arena, out);
	switch (statement_step(statement, e)) {
	case STEP_ROW:
		return fail(e, CONFLICT, "two %s match %s", resource->plural,
			    value_show(word, arena));
	case STEP_DONE:
		return OK;
	case STEP_FAILED:
		break;
	}
	return e->status;
}

bool key_equal(const struct row_key *a, const struct row_key *b)
{
	for (size_t i = 0; i < a->count; i++)
		if (!value_equal(a->values[i], b->values[i]))
			return false;
	return true;
}

/* Looks a word up in one unique column; *found counts the rows so far. */
static enum status look_up(struct engine *engine,
			   const struct resource *resource,
			   const struct column *column, struct value word,
			   struct arena *arena, struct row_key *out,
			   size_t *found, struct error *e)
{
	const char *sql = arena_printf(arena, "SELECT %s FROM %s WHERE %s = $1",
				       key_columns(resource, arena),
				       sql_name(arena, resource->table->name),
				       sql_name(arena, column->name));
	struct row_key key;
	STATEMENT(statement);

	if (engine_prepare(engine, sql, &statement, e) != OK)
		return e->status;
	statement_bind(statement, 1, word);
	switch (statement_step(statement, e)) {
	case STEP_FAILED:
		return e->status;
	case STEP_DONE:
		return OK;
	case STEP_ROW:
		break;
	}
	key_read(statement, arena, &key);
	if (*found && key_equal(&key, out))
		return OK;
	if (*found)
		return fail(e, CONFLICT, "two %s match %s", resource->plural,
			    value_show(word, arena));
	*found = 1;
	*out = key;
	return OK;
}

static enum status find_by_name(struct engine *engine,
				const struct resource *resource,
				struct value word, struct arena *arena,
				struct row_key *out, struct error *e)
{
	const struct table *table = resource->table;
	size_t found = 0;

	for (size_t i = 0; i < table->ncolumns; i++) {
		const struct column *column = &table->columns[i];

		/* A number in other words (1.0) is no key. */
		if (!key_is_name(column) && !(table->nkey == 1 && column->key &&
					      column->type != TYPE_INTEGER &&
					      column->type != TYPE_BLOB))
			continue;
		if (look_up(engine, resource, column, word, arena, out, &found,
			    e) != OK)
			return e->status;
	}
	return found ? OK
		     : find_by_reading(engine, resource, word, arena, out, e);
}

/* Digits are a number, but where the column keeps text: 007 is not 7. */
static struct value part_value(const struct column *column, const char *part,
			       size_t length)
{
	struct value value = value_bytes(part, length);
	int64_t number;
	bool large;

	return column->type != TYPE_TEXT && is_number(value, &number, &large) &&
			       !large
		       ? value_integer(number)
		       : value;
}

size_t key_split(const struct resource *resource, struct value word,
		 struct arena *arena, struct row_key *out)
{
	const struct table *table = resource->table;
	const char *part = word.data, *end = word.data + word.length;

	out->values = arena_array(arena, table->nkey, sizeof(*out->values));
	for (out->count = 0; out->count < table->nkey && part <= end;
	     out->count++) {
		const char *comma = memchr(part, ',', (size_t)(end - part));
		const char *stop = comma && out->count + 1 < table->nkey ? comma
									 : end;

		out->values[out->count] = part_value(
			&table->columns[table->key[out->count]], part,
			(size_t)(stop - part));
		part = stop + 1;
	}
	return out->count;
}

/* "1,x" for a key of several columns. */
static enum status split_key(const struct resource *resource, struct value word,
			     struct arena *arena, struct row_key *out,
			     struct error *e)
{
	size_t n = key_count(resource);

	if (n && key_split(resource, word, arena, out) == n)
		return OK;
	return fail(e, USAGE, "the key of %s has %zu parts, joined by commas",
		    resource->name, n);
}

/* Whether there is such a row; the key as the engine keeps it. */
static enum status confirm(struct engine *engine,
			   const struct resource *resource, struct value word,
			   struct arena *arena, struct row_key *key,
			   struct error *e)
{
	const char *sql = arena_printf(arena, "SELECT %s FROM %s WHERE %s",
				       key_columns(resource, arena),
				       sql_name(arena, resource->table->name),
				       resource->key_where);
	STATEMENT(statement);

	if (engine_prepare(engine, sql, &statement, e) != OK)
		return e->status;
	key_bind(statement, key, 1);
	switch (statement_step(statement, e)) {
	case STEP_ROW:
		key_read(statement, arena, key);
		return OK;
	case STEP_DONE:
		return find_by_reading(engine, resource, word, arena, key, e);
	case STEP_FAILED:
		break;
	}
	return e->status;
}

enum status key_find(struct engine *engine, const struct resource *resource,
		     struct value word, struct arena *arena,
		     struct row_key *out, struct error *e)
{
	const struct table *table = resource->table;
	int64_t number;
	bool large;

	if (key_count(resource) != 1) {
		if (split_key(resource, word, arena, out, e) != OK)
			return e->status;
		return confirm(engine, resource, word, arena, out, e);
	}
	out->count = 1;
	out->values = arena_array(arena, 1, sizeof(*out->values));
	out->values[0] = word;
	if (word.kind != VALUE_TEXT)
		return confirm(engine, resource, word, arena, out, e);
	if (!is_number(word, &number, &large) ||
	    (!resource->rowid &&
	     table->columns[table->key[0]].type == TYPE_TEXT))
		return find_by_name(engine, resource, word, arena, out, e);
	if (large)
		return not_found(engine, resource, word, arena, e);
	out->values[0] = value_integer(number);
	return confirm(engine, resource, out->values[0], arena, out, e);
}

enum status call_key(struct call *call, struct value word, struct row_key *out,
		     struct error *e)
{
	const struct resource *resource = call->operation->subject;

	if (key_find(call->context->engine, resource, word, call->arena, out,
		     e) != USAGE)
		return e->status;
	return call_refuse(call, resource->key_name, NULL, e, "%s", e->message);
}
