#include <string.h>

#include "operation/condition.h"
#include "operation/convert.h"
#include "operation/echo.h"
#include "operation/intake.h"
#include "operation/records.h"
#include "util/text.h"

struct decoder {
	const struct operation *operation;
	const struct input *input;
	struct arena *arena;
	struct arguments *out;
	struct fields *fields; /* those given as options */
	struct error *e;
};

static bool in_query(const struct decoder *decoder)
{
	return strcmp(decoder->input->place, "query") == 0;
}

static struct problem *add_problem(struct decoder *decoder, const char *type,
				   const char *field, const char *message)
{
	return problem_add(decoder->e, decoder->input->place, type,
			   arena_copy(decoder->e->arena, field), message);
}

/* Whether a parameter is accepted here: a query accepts only some fields. */
static bool is_accepted(const struct decoder *decoder,
			const struct parameter *p)
{
	return !p->nested &&
	       (in_query(decoder) ? parameter_in_query(p, decoder->input->rows)
				  : p->role != PARAMETER_RECORDS);
}

/* fields: only fields, by their plain names, as --set takes them. */
static const char *close_parameters(struct decoder *decoder, const char *name,
				    bool fields)
{
	const struct operation *operation = decoder->operation;
	bool plain = fields || in_query(decoder);
	struct close_names close;

	close_names_init(&close, name);
	for (size_t i = 0; i < operation->nparameters; i++) {
		const struct parameter *p = &operation->parameters[i];

		if (p->flags & PARAMETER_HIDDEN ||
		    (fields && p->role != PARAMETER_FIELD) ||
		    (plain ? !is_accepted(decoder, p)
			   : p->role == PARAMETER_ARGUMENT))
			continue;
		close_names_offer(
			&close, plain ? p->name
				      : parameter_spelling(p, decoder->arena));
	}
	return parameter_of_peer(operation, decoder->input, name)
		       ?: close_names_list(&close, decoder->e->arena);
}

static void hint_help(struct decoder *decoder)
{
	error_hint(decoder->e, "taskmgr %s --help lists them",
		   operation_title(decoder->operation, decoder->arena));
}

static void refuse_name(struct decoder *decoder, const struct pair *pair)
{
	const struct raw raw = { .text = pair->text ? pair->text : "",
				 .length = pair->length };
	struct problem *problem;
	const char *dashed;

	if (in_query(decoder)) {
		problem = add_problem(decoder, "extra_forbidden", pair->name,
				      "Extra inputs are not permitted");
		problem->input = raw_json(raw, decoder->e->arena);
		problem->suggestion = close_parameters(decoder, pair->name,
						       false);
		return;
	}
	if (decoder->e->status == USAGE)
		return;
	dashed = arena_printf(decoder->arena, "%s%s",
			      pair->name[1] ? "--" : "-", pair->name);
	fail(decoder->e, USAGE, "%s has no option %s",
	     operation_title(decoder->operation, decoder->arena), dashed);
	error_suggest(decoder->e, dashed,
		      close_parameters(decoder, dashed, false));
	hint_help(decoder);
}

/* A bad option value is a usage error; only fields are validated. */
static void refuse_option(struct decoder *decoder, const struct parameter *p,
			  const char *message, const char *text)
{
	const char *option = parameter_spelling(p, decoder->arena);
	const char *domain = parameter_domain(p, decoder->arena);

	if (domain)
		fail(decoder->e, USAGE, "%s must be %s, not %s", option, domain,
		     text);
	else
		fail(decoder->e, USAGE, "%s: %s (got %s)", option, message,
		     text);
}

static void decode_text(struct decoder *decoder, int i, const char *text,
			size_t length, struct value *out)
{
	const struct parameter *p = &decoder->operation->parameters[i];
	const struct raw raw = { .text = text, .length = length };
	struct complaint complaint = convert(p, raw, decoder->arena, out);
	struct problem *problem;

	if (!complaint.type)
		return;
	if (p->role == PARAMETER_OPTION && !in_query(decoder)) {
		refuse_option(decoder, p, complaint.message, text);
		return;
	}
	problem = add_problem(decoder, complaint.type, p->name,
			      complaint.message);
	problem->context = complaint.context;
	problem->input = raw_json(raw, decoder->e->arena);
}

/* Whether both --completed and --no-completed are given. */
static bool is_contradicted(const struct input *input,
			    const struct parameter *p)
{
	bool said = false, denied = false;

	for (size_t i = 0; i < input->npairs; i++) {
		const char *name = input->pairs[i].name;

		said |= operation_same_name(name, p->name);
		denied |= strncmp(name, "no-", 3) == 0 &&
			  operation_same_name(name + 3, p->name);
	}
	return said && denied;
}

static void refuse_repeated(struct decoder *decoder, const struct parameter *p)
{
	const char *option = parameter_spelling(p, decoder->arena);

	if (in_query(decoder))
		add_problem(decoder, "value_error", p->name,
			    "given more than once");
	else if (decoder->e->status == USAGE)
		return;
	else if (is_contradicted(decoder->input, p))
		fail(decoder->e, USAGE,
		     "options %s and --no-%s contradict each other", option,
		     option + 2);
	else
		fail(decoder->e, USAGE, "option %s is given twice", option);
}

static void decode_field(struct decoder *decoder, int i, const char *text,
			 size_t length)
{
	struct fields *fields = decoder->fields;

	if (fields->given[i]) {
		refuse_repeated(decoder, &decoder->operation->parameters[i]);
		return;
	}
	fields->given[i] = true;
	decode_text(decoder, i, text, length, &fields->values[i]);
}

/* --set FIELD=VALUE and --unset FIELD: any column, whatever its name. */
static void decode_assignment(struct decoder *decoder,
			      const struct parameter *option, const char *text)
{
	const char *equals = strchr(text, '=');
	bool set = option->values == VALUES_ASSIGNMENTS;
	size_t length = set && equals ? (size_t)(equals - text) : strlen(text);
	int i = operation_find_field(decoder->operation, text, length);

	if (set && !equals) {
		fail(decoder->e, USAGE, "--set takes FIELD=VALUE, not %s",
		     text);
		return;
	}
	if (i < 0 ||
	    !is_accepted(decoder, &decoder->operation->parameters[i])) {
		text = arena_copy_n(decoder->arena, text, length);
		fail(decoder->e, USAGE, "--%s: unknown field %s", option->name,
		     text);
		error_suggest(decoder->e, text,
			      close_parameters(decoder, text, true));
		hint_help(decoder);
		return;
	}
	if (set) {
		decode_field(decoder, i, equals + 1, strlen(equals + 1));
		return;
	}
	decoder->fields->given[i] = true;
	decoder->fields->values[i] = value_null();
	if (!(decoder->operation->parameters[i].flags & PARAMETER_NULLABLE))
		add_problem(decoder, "null_forbidden",
			    decoder->operation->parameters[i].name,
			    "Input should not be null");
}

static void decode_option(struct decoder *decoder, int i, const char *text,
			  size_t length)
{
	const struct parameter *p = &decoder->operation->parameters[i];
	struct arguments *out = decoder->out;
	struct values *list = &out->lists[i];

	if (p->values == VALUES_ASSIGNMENTS || p->values == VALUES_FIELDS) {
		decode_assignment(decoder, p, text);
		return;
	}
	if (p->flags & PARAMETER_REPEATED &&
	    !(p->role == PARAMETER_ARGUMENT && list->count &&
	      in_query(decoder))) {
		struct value *item = LIST_ADD(decoder->arena, list->items,
					      list->count);

		decode_text(decoder, i, text, length, item);
	} else if (out->given[i]) {
		refuse_repeated(decoder, p);
	} else {
		decode_text(decoder, i, text, length, &out->values[i]);
	}
	out->given[i] = true;
}

/* A switch without a value is true; other options need one. */
static bool has_value(struct decoder *decoder, const struct parameter *p,
		      const struct pair *pair)
{
	if (pair->text || p->type == TYPE_BOOLEAN)
		return true;
	fail(decoder->e, USAGE, "option %s needs a value",
	     parameter_spelling(p, decoder->arena));
	return false;
}

/* age.gte=30 in a query. */
static bool decode_condition(struct decoder *decoder, const struct pair *pair)
{
	const struct operation *operation = decoder->operation;
	const char *text = condition_text(pair, decoder->arena);
	size_t i = 0;

	while (i < operation->nparameters &&
	       operation->parameters[i].values != VALUES_CONDITIONS)
		i++;
	if (!text || i == operation->nparameters || !in_query(decoder) ||
	    !is_accepted(decoder, &operation->parameters[i]))
		return false;
	decode_option(decoder, (int)i, text, strlen(text));
	return true;
}

static void decode_pair(struct decoder *decoder, const struct pair *pair)
{
	const struct operation *operation = decoder->operation;
	bool negated = pair->negated;
	int i = pair->parameter ? (int)(pair->parameter - operation->parameters)
				: operation_find_option(operation, pair->name,
							&negated);
	const char *text = pair->text ? pair->text : negated ? "false" : "true";
	size_t length = pair->text ? pair->length : strlen(text);

	if (negated && pair->text)
		i = -1;
	if (i < 0 && decode_condition(decoder, pair))
		return;
	if (i < 0 || !is_accepted(decoder, &operation->parameters[i])) {
		refuse_name(decoder, pair);
		return;
	}
	if (!has_value(decoder, &operation->parameters[i], pair))
		return;
	if (operation->parameters[i].role == PARAMETER_FIELD)
		decode_field(decoder, i, text, length);
	else
		decode_option(decoder, i, text, length);
}

/* Words stay text: only the resource knows whether a key is a number or a slug. */
static void decode_word(struct decoder *decoder, int i, const char *word)
{
	struct arguments *out = decoder->out;
	struct values *list = &out->lists[i];

	out->given[i] = true;
	if (utf8_check(word, strlen(word)) != strlen(word))
		fail(decoder->e, INVALID, "%s is not valid UTF-8",
		     parameter_spelling(&decoder->operation->parameters[i],
					decoder->arena));
	if (decoder->operation->parameters[i].flags & PARAMETER_REPEATED)
		*LIST_ADD(decoder->arena, list->items,
			  list->count) = value_text(word);
	else
		out->values[i] = value_text(word);
}

static void refuse_word(struct decoder *decoder, const char *word)
{
	const struct operation *operation = decoder->operation;
	struct arena *arena = decoder->arena;
	const char *option = operation_option_for(operation, word, arena);
	const char *attached = input_option_for(decoder->input, word, arena);
	const char *usage = operation_usage_for(operation, word, arena);

	fail(decoder->e, USAGE, "unexpected argument \"%s\"", word);
	if (attached)
		error_hint(decoder->e, "attach the value with =: %s", attached);
	else if (option || usage)
		error_hint(decoder->e, "write %s", option ? option : usage);
	else
		error_hint(decoder->e, "taskmgr %s --help",
			   operation_title(operation, arena));
	error_replace(decoder->e, word, option);
}

static void decode_words(struct decoder *decoder)
{
	const struct operation *operation = decoder->operation;
	size_t next = 0;

	for (size_t w = 0; w < decoder->input->nwords; w++) {
		while (next < operation->nparameters &&
		       (operation->parameters[next].role !=
				PARAMETER_ARGUMENT ||
			(decoder->out->given[next] &&
			 !(operation->parameters[next].flags &
			   PARAMETER_REPEATED))))
			next++;
		if (next == operation->nparameters) {
			refuse_word(decoder, decoder->input->words[w]);
			return;
		}
		decode_word(decoder, (int)next, decoder->input->words[w]);
	}
}

/* Reports missing arguments and options, and fills in a request's own. */
static void require_options(struct decoder *decoder)
{
	for (size_t i = 0; i < decoder->operation->nparameters; i++) {
		const struct parameter *p = &decoder->operation->parameters[i];

		if (decoder->out->given[i] || p->role == PARAMETER_FIELD)
			continue;
		if (in_query(decoder) && p->request &&
		    is_accepted(decoder, p)) {
			decoder->out->given[i] = true;
			decoder->out->values[i] = *p->request;
		}
		if (!(in_query(decoder)
			      ? parameter_is_required(p, decoder->input->rows)
			      : (p->flags & PARAMETER_REQUIRED) != 0))
			continue;
		if (in_query(decoder)) {
			add_problem(decoder, "missing", p->name,
				    "Field required")
				->input = "null";
			continue;
		}
		fail(decoder->e, USAGE, "%s is missing",
		     parameter_spelling(p, decoder->arena));
		error_hint(decoder->e, "taskmgr %s --help",
			   operation_title(decoder->operation, decoder->arena));
		return;
	}
}

static bool selects_rows(const struct decoder *decoder, size_t i)
{
	const struct parameter *p = &decoder->operation->parameters[i];

	return p->flags & PARAMETER_ROWS && !(p->flags & PARAMETER_BOUND) &&
	       decoder->out->given[i] &&
	       (p->type != TYPE_BOOLEAN || decoder->out->values[i].integer);
}

/* Reports a change of no row, and one of a row and of others. */
static void require_rows(struct decoder *decoder)
{
	const struct operation *operation = decoder->operation;
	const struct parameter *key = NULL, *rows = NULL, *first = NULL;
	bool named = false;

	for (size_t i = 0; i < operation->nparameters; i++) {
		const struct parameter *p = &operation->parameters[i];

		if (p->flags & PARAMETER_KEY) {
			key = p;
			named = decoder->out->given[i];
		} else if (!first && p->flags & PARAMETER_ROWS) {
			first = p;
		}
		if (selects_rows(decoder, i))
			rows = p;
	}
	if (!key || !first || !named == !!rows)
		return;
	if (in_query(decoder)) {
		if (decoder->input->rows)
			add_problem(decoder, "missing", first->name,
				    "Field required")
				->input = "null";
		return;
	}
	if (rows) {
		fail(decoder->e, USAGE, "%s cannot be combined with a KEY",
		     parameter_spelling(rows, decoder->arena));
		return;
	}
	fail(decoder->e, USAGE, "KEY is missing");
	error_hint(decoder->e, "name a row, or select rows with %s",
		   parameter_spelling(first, decoder->arena));
}

static struct completion completion_of(const struct decoder *decoder)
{
	const struct input *input = decoder->input;

	return (struct completion){
		.operation = decoder->operation,
		.options = decoder->fields,
		.place = input->place,
		.sent = input->data || input->feed,
		.whole = input->whole,
		.body = input->body,
	};
}

static void decode_records(struct decoder *decoder)
{
	const struct completion completion = completion_of(decoder);
	struct fields *record;

	if (decoder->input->feed) {
		intake_start(decoder->input->feed, &completion, decoder->arena,
			     decoder->out, decoder->e);
	} else if (decoder->input->data) {
		records_decode(decoder->input, &completion, decoder->arena,
			       decoder->out, decoder->e);
	} else {
		record = LIST_ADD(decoder->arena, decoder->out->records,
				  decoder->out->nrecords);
		fields_init(record, decoder->operation, decoder->arena);
		record_complete(&completion, record, -1, decoder->e);
	}
}

enum status operation_decode(const struct operation *operation,
			     const struct input *input, struct arena *arena,
			     struct arguments *out, struct error *e)
{
	struct fields *fields = arena_zero(arena, sizeof(*fields));
	struct decoder decoder = {
		.operation = operation,
		.input = input,
		.arena = arena,
		.out = out,
		.fields = fields,
		.e = e,
	};
	size_t n = operation->nparameters;

	fields_init(fields, operation, arena);
	*out = (struct arguments){
		.values = arena_array(arena, n, sizeof(*out->values)),
		.given = arena_array(arena, n, sizeof(*out->given)),
		.lists = arena_array(arena, n, sizeof(*out->lists)),
		.place = input->place,
	};
	for (size_t i = 0;
	     i < input->npairs && e->status == OK && !error_is_full(e); i++)
		decode_pair(&decoder, &input->pairs[i]);
	if (e->status == OK)
		decode_words(&decoder);
	if (e->status == OK)
		require_options(&decoder);
	if (e->status == OK)
		require_rows(&decoder);
	if (e->status == OK && operation_takes_records(operation) &&
	    !error_is_full(e))
		decode_records(&decoder);
	else
		out->records = decoder.fields;
	return e->status == OK ? error_from_problems(e) : e->status;
}
