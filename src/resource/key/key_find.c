#include <math.h>
#include <string.h>
#include <strings.h>

#include "resource/key/key.h"
#include "resource/model/column.h"
#include "schema/model/type.h"
#include "util/base64.h"
#include "util/number.h"

/* The row that a person's word means. */
struct key_search {
	struct engine *engine;
	const struct resource *resource;
	struct value word;
	bool suggest; /* names similar to the word, if it names nothing */
	struct arena *arena;
	struct row_key *out;
	struct error *e;
};

/* Digits, with a minus perhaps but not -0; *large if they don't fit. */
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
	return word.length > 0 && !(negative && !sum);
}

/* How a row is named that its key does not name. */
static void hint_handle(const struct resource *resource, struct error *e)
{
	if (!resource->handle)
		return;
	error_hint(e,
		   KEY_HANDLE
		   "N names a row by its rowid, which list --columns "
		   "%s,%s shows",
		   resource->handle,
		   resource->table->columns[resource->table->key[0]].name);
}

static enum status match_two(const struct key_search *search)
{
	struct error *e = search->e;

	fail(e, CONFLICT, "%s matches two %s",
	     value_show(search->word, e->arena), search->resource->plural);
	hint_handle(search->resource, e);
	return e->status;
}

/* Whether a part of the word is how a list prints NULL. */
static bool means_null(struct value word, struct arena *arena)
{
	const char *text = arena_copy_n(arena, word.data, word.length);
	size_t length;

	for (;; text += length + 1) {
		length = strcspn(text, ",");
		if (!length || (length == 4 && !strncasecmp(text, "NULL", 4)))
			return true;
		if (!text[length])
			return false;
	}
}

static enum status not_found(const struct key_search *search)
{
	const struct resource *resource = search->resource;
	const struct table *table = resource->table;
	const struct value word = search->word;
	struct arena *arena = search->arena;
	struct error *e = search->e;
	const bool is_text = word.kind == VALUE_TEXT;
	const char *text = is_text ? arena_copy_n(arena, word.data, word.length)
				   : NULL;
	const char *near = NULL;

	for (size_t i = 0;
	     is_text && search->suggest && i < table->ncolumns && !near; i++)
		if (key_is_name(&table->columns[i]))
			near = near_names(search->engine, resource,
					  &table->columns[i], text, arena);
	fail(e, NOT_FOUND, "%s was not found", resource->title);
	error_reason(e, "no %s %s", resource->name, value_show(word, arena));
	if (near)
		error_suggest(e, text, near);
	if (is_text && means_null(word, arena))
		hint_handle(resource, e);
	return e->status;
}

/* Reads the key of the first row of a query, with values for $1 …; *found: how
   many rows there are, at most two. */
static enum status query_key(const struct key_search *search, const char *sql,
			     const struct value *values, size_t nvalues,
			     struct row_key *out, size_t *found)
{
	STATEMENT(statement);

	*found = 0;
	if (engine_prepare(search->engine, sql, &statement, search->e) != OK)
		return search->e->status;
	for (size_t i = 0; i < nvalues; i++)
		statement_bind(statement, (int)i + 1, values[i]);
	while (statement_next(statement, search->e) && ++*found < 2)
		key_read(search->resource, statement, search->arena, out);
	return search->e->status;
}

/*
 * Cuts the next part off rest: up to a comma, or a backslash and comma for one
 * that is part of it; the last part takes the commas that are left.  False: no
 * part is left.
 */
static bool cut_part(struct value *rest, bool last, struct arena *arena,
		     struct value *out)
{
	const char *end, *at;
	BUFFER(part);

	if (!rest->data)
		return false;
	end = rest->data + rest->length;
	for (at = rest->data; at < end && (last || *at != ','); at++) {
		if (!last && *at == '\\' && at + 1 < end && at[1] == ',')
			at++;
		buffer_byte(&part, *at);
	}
	*out = value_bytes(
		arena_copy_n(arena, buffer_string(&part), part.length),
		part.length);
	*rest = at < end ? value_bytes(at + 1, (size_t)(end - at - 1))
			 : value_null();
	return true;
}

/*
 * What a printed key may be: text, a number, or a blob as base64.  A number in
 * another notation (1.0 for 1) is not a key, so affinity must not make it one.
 */
static void set_readings(struct value out[3], enum type affinity,
			 struct value word, struct arena *arena)
{
	struct value number = { .kind = VALUE_INTEGER };
	struct value blob = { .kind = VALUE_BLOB };
	double real;
	bool large,
		numeric = parse_real(word.data, word.length, &real) == PARSED &&
			  isfinite(real);

	if (!is_number(word, &number.integer, &large) || large)
		number = numeric && real != trunc(real) ? value_real(real)
							: value_null();
	if (!base64_decode(word.data, word.length, arena, &blob.data,
			   &blob.length))
		blob = value_null();
	out[0] = numeric && affinity_is_numeric(affinity) ? value_null() : word;
	out[1] = number;
	out[2] = blob;
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
			key_part_sql(&table->columns[table->key[i]], arena),
			3 * i + 1, 3 * i + 2, 3 * i + 3);
	buffer_text(&sql, " LIMIT 2");
	return arena_copy(arena, sql.data);
}

/*
 * The last resort: a key that list prints finds its row whatever storage class
 * its values have.
 */
static enum status find_by_reading(const struct key_search *search)
{
	const struct table *table = search->resource->table;
	struct arena *arena = search->arena;
	const size_t count = table->nkey;
	struct value *values = arena_array(arena, 3 * count, sizeof(*values));
	struct value part = value_null(), text = search->word;
	size_t found;

	if (text.kind == VALUE_INTEGER)
		text = value_text(value_show(text, arena));
	if (!count || text.kind != VALUE_TEXT)
		return not_found(search);
	for (size_t i = 0; i < count; i++)
		if (cut_part(&text, i + 1 == count, arena, &part))
			set_readings(
				values + 3 * i,
				column_affinity(table,
						&table->columns[table->key[i]]),
				part, arena);
	if (query_key(search, readings_sql(search->resource, arena), values,
		      3 * count, search->out, &found) != OK)
		return search->e->status;
	if (!found)
		return not_found(search);
	return found == 1 ? OK : match_two(search);
}

/* Looks the word up in one unique column; *found counts the rows so far. */
static enum status look_up_column(const struct key_search *search,
				  const struct column *column, size_t *found)
{
	struct arena *arena = search->arena;
	const char *sql = arena_printf(
		arena, "SELECT %s FROM %s WHERE %s = $1",
		key_columns(search->resource, arena),
		sql_name(arena, search->resource->table->name),
		key_name_sql(column, arena));
	struct row_key key;
	size_t here;

	if (query_key(search, sql, &search->word, 1, &key, &here) != OK ||
	    !here)
		return search->e->status;
	if (*found && key_compare(&key, search->out) == 0)
		return OK;
	if (*found)
		return match_two(search);
	*found = 1;
	*search->out = key;
	return OK;
}

static enum status find_by_name(const struct key_search *search)
{
	const struct table *table = search->resource->table;
	size_t found = 0;

	for (size_t i = 0; i < table->ncolumns; i++) {
		const struct column *column = &table->columns[i];

		/* A number in another notation (1.0) is not a key. */
		if (!key_is_name(column) && !(table->nkey == 1 && column->key &&
					      column->type != TYPE_INTEGER &&
					      column->type != TYPE_BLOB))
			continue;
		if (look_up_column(search, column, &found) != OK)
			return search->e->status;
	}
	return found ? OK : find_by_reading(search);
}

/* Digits are a number, but where the column keeps text: 007 is not 7. */
static struct value part_value(const struct column *column, struct value part)
{
	int64_t number;
	bool large;

	return column->type != TYPE_TEXT && is_number(part, &number, &large) &&
			       !large
		       ? value_integer(number)
		       : part;
}

struct value key_escape(struct value part, struct arena *arena)
{
	BUFFER(text);

	if (!memchr(part.data, ',', part.length))
		return part;
	for (size_t i = 0; i < part.length; i++) {
		if (part.data[i] == ',')
			buffer_byte(&text, '\\');
		buffer_byte(&text, part.data[i]);
	}
	return value_bytes(arena_copy_n(arena, text.data, text.length),
			   text.length);
}

size_t key_split(const struct resource *resource, struct value word,
		 struct arena *arena, struct row_key *out)
{
	const struct table *table = resource->table;
	struct value part;

	out->handle = false;
	out->values = arena_array(arena, table->nkey, sizeof(*out->values));
	for (out->count = 0;
	     out->count < table->nkey &&
	     cut_part(&word, out->count + 1 == table->nkey, arena, &part);
	     out->count++)
		out->values[out->count] = part_value(
			&table->columns[table->key[out->count]], part);
	return out->count;
}

const char *key_pattern(const struct resource *resource, struct arena *arena)
{
	const size_t count = key_count(resource);

	if (count < 2)
		return NULL;
	return arena_printf(
		arena, "^(?:(?:[^,\\\\]|\\\\,|\\\\(?!,))*,){%zu}%s", count - 1,
		key_is_nullable(resource) ? "|^" KEY_HANDLE
					    "(?:0|-?[1-9][0-9]{0,17})$"
					  : "");
}

/* "1,x" for a key of several columns. */
static enum status split_key(const struct key_search *search)
{
	const struct resource *resource = search->resource;
	const size_t n = key_count(resource);

	if (n &&
	    key_split(resource, search->word, search->arena, search->out) == n)
		return OK;
	return fail(search->e, USAGE,
		    "the key of %s has %zu parts, joined by commas",
		    resource->name, n);
}

/* Whether there is such a row; the key as the engine keeps it. */
static enum status confirm_key(const struct key_search *search)
{
	struct row_key *key = search->out;
	size_t found;

	if (query_key(search, search->resource->select_key, key->values,
		      key->count, key, &found) != OK)
		return search->e->status;
	return found ? OK : find_by_reading(search);
}

/* A key of one value; false: the word is a name, or a number that is too
   large. */
static bool take_value(const struct resource *resource, struct value word,
		       struct arena *arena, struct row_key *out, bool *large)
{
	const struct table *table = resource->table;
	int64_t number;

	*large = false;
	*out = (struct row_key){
		.values = arena_array(arena, 1, sizeof(*out->values)),
		.count = 1,
	};
	out->values[0] = word;
	if (word.kind != VALUE_TEXT)
		return true;
	if (!resource->rowid && table->columns[table->key[0]].type == TYPE_TEXT)
		return false;
	if (!is_number(word, &number, large))
		return *large = false;
	out->values[0] = value_integer(number);
	return !*large;
}

bool key_take(const struct resource *resource, struct value word,
	      struct arena *arena, struct row_key *out)
{
	bool large;

	return !resource->handle && key_count(resource) == 1 &&
	       take_value(resource, word, arena, out, &large);
}

static enum status find_by_key(struct key_search search)
{
	bool large;

	if (key_count(search.resource) != 1)
		return split_key(&search) == OK ? confirm_key(&search)
						: search.e->status;
	if (take_value(search.resource, search.word, search.arena, search.out,
		       &large)) {
		search.word = search.out->values[0];
		return confirm_key(&search);
	}
	return large ? find_by_reading(&search) : find_by_name(&search);
}

/* "rowid:5" */
static bool is_handle(const struct resource *resource, struct value word,
		      struct value *out)
{
	size_t length = strlen(KEY_HANDLE);
	bool large;

	if (!resource->handle || word.kind != VALUE_TEXT ||
	    word.length <= length || memcmp(word.data, KEY_HANDLE, length) != 0)
		return false;
	out->kind = VALUE_INTEGER;
	return is_number(value_bytes(word.data + length, word.length - length),
			 &out->integer, &large) &&
	       !large;
}

enum status key_find(struct engine *engine, const struct resource *resource,
		     struct value word, bool suggest, struct arena *arena,
		     struct row_key *out, struct error *e)
{
	const struct key_search search = { engine, resource, word, suggest,
					   arena,  out,      e };
	struct value handle = value_null();
	size_t found;

	/* A key that reads like a handle is that key. */
	if (find_by_key(search) == OK ||
	    (e->status != NOT_FOUND && e->status != USAGE) ||
	    !is_handle(resource, word, &handle))
		return e->status;
	error_init(e, e->arena);
	if (query_key(&search,
		      arena_printf(arena, "SELECT %s FROM %s WHERE %s = $1",
				   key_columns(resource, arena),
				   sql_name(arena, resource->table->name),
				   resource->handle),
		      &handle, 1, out, &found) != OK)
		return e->status;
	return found ? OK : not_found(&search);
}

enum status call_key(struct call *call, struct value word, struct row_key *out,
		     struct error *e)
{
	const struct resource *resource = call->operation->subject;

	if (key_find(call->context->engine, resource, word, true, call->arena,
		     out, e) != USAGE)
		return e->status;
	return call_refuse(call, resource->key_name, NULL, e, "%s", e->message);
}
