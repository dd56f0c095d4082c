#include "sql/bind.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "util/number.h"
#include "util/text.h"

static size_t name_length(const char *entry)
{
	return strcspn(entry, "=");
}

enum status bindings_read(struct bindings *bindings, const struct call *call,
			  struct error *e)
{
	const struct values *given = call_list(call, "param");

	*bindings = (struct bindings){
		.given = given,
		.used = arena_array(call->arena, given->count, sizeof(bool)),
	};
	for (size_t i = 0; i < given->count; i++) {
		const char *entry = given->items[i].data;
		size_t length = name_length(entry);

		if (!length)
			return fail(e, USAGE,
				    "--param takes NAME=VALUE, not %s", entry);
		for (size_t k = 0; k < i; k++)
			if (name_length(given->items[k].data) == length &&
			    memcmp(given->items[k].data, entry, length) == 0)
				return fail(e, USAGE,
					    "--param %.*s is given twice",
					    (int)length, entry);
	}
	return OK;
}

/* A whole number as it is printed: 7, not 007, which may be text. */
static bool read_integer(const char *text, struct value *out)
{
	char printed[24];
	int64_t integer;

	if (parse_integer(text, strlen(text), &integer) != PARSED)
		return false;
	snprintf(printed, sizeof(printed), "%" PRId64, integer);
	*out = value_integer(integer);
	return strcmp(printed, text) == 0;
}

/* A number with a fraction, without zeros that only text would keep. */
static bool read_real(const char *text, struct value *out)
{
	const char *digits = text + (*text == '-');
	size_t whole = strspn(digits, "0123456789");
	const char *point = digits + whole;
	size_t fraction = *point == '.' ? strspn(point + 1, "0123456789") : 0;
	double real;

	if (!whole || !fraction || point[1 + fraction] ||
	    (*digits == '0' && whole > 1) ||
	    (point[fraction] == '0' && fraction > 1) ||
	    parse_real(text, strlen(text), &real) != PARSED ||
	    !real_is_exact(text, strlen(text), real))
		return false;
	*out = value_real(real);
	return true;
}

/* What looks like a number is one: columns convert it, expressions don't. */
static struct value read_value(const char *text)
{
	struct value value;

	return read_integer(text, &value) || read_real(text, &value)
		       ? value
		       : value_text(text);
}

/* The entry from its = on: "" of a name alone; NULL: there is none. */
static const char *find_entry(const struct bindings *bindings, const char *name)
{
	for (size_t i = 0; i < bindings->given->count; i++) {
		const char *entry = bindings->given->items[i].data;

		if (strlen(name) != name_length(entry) ||
		    memcmp(entry, name, strlen(name)) != 0)
			continue;
		bindings->used[i] = true;
		return entry + strlen(name);
	}
	return NULL;
}

static enum status refuse_unset(const struct bindings *bindings,
				const char *shown, const char *name,
				struct error *e)
{
	struct close_names close;

	close_names_init(&close, name);
	for (size_t i = 0; i < bindings->given->count; i++) {
		const char *entry = bindings->given->items[i].data;

		if (!bindings->used[i])
			close_names_offer(&close,
					  arena_copy_n(e->arena, entry,
						       name_length(entry)));
	}
	fail(e, USAGE, "the parameter %s has no value", shown);
	close_names_suggest(&close, e);
	error_hint(e, "give it one with --param %s=VALUE", name);
	return USAGE;
}

enum status bindings_apply(struct bindings *bindings,
			   struct statement *statement, struct error *e)
{
	const int count = statement_parameters(statement);

	for (int i = 1; i <= count; i++) {
		const char *shown = statement_parameter_name(statement, i);
		const char *name = shown ? shown + 1
					 : arena_printf(e->arena, "%d", i);
		const char *value = find_entry(bindings, name);

		if (!value)
			return refuse_unset(bindings, shown ? shown : "?", name,
					    e);
		statement_bind(statement, i,
			       *value ? read_value(value + 1) : value_null());
	}
	return OK;
}

enum status bindings_require_use(const struct bindings *bindings,
				 struct error *e)
{
	for (size_t i = 0; i < bindings->given->count; i++) {
		const char *entry = bindings->given->items[i].data;

		if (bindings->used[i])
			continue;
		fail(e, USAGE, "no statement has the parameter of --param %s",
		     entry);
		error_hint(e, "write :%.*s where the value belongs",
			   (int)name_length(entry), entry);
		return USAGE;
	}
	return OK;
}
