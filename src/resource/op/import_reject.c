#include "resource/op/import_reject.h"

#include <errno.h>
#include <fcntl.h>
#include <strings.h>
#include <unistd.h>

#include "util/packed.h"
#include "util/text.h"

static void add_column(struct rejects *rejects, const char *name,
		       struct arena *arena)
{
	*LIST_ADD(arena, rejects->columns,
		  rejects->ncolumns) = (struct output_column){
		.name = name,
		.type = TYPE_TEXT,
		.flags = COLUMN_NULLABLE,
	};
}

/* The columns of the file, or that of a record of JSON. */
static void add_columns(struct rejects *rejects, const struct import *import,
			struct arena *arena)
{
	for (int i = 0; i < REJECT_COLUMNS; i++)
		add_column(rejects, import_reject_columns[i], arena);
	rejects->columns->type = TYPE_INTEGER;
	if (!import_has_lines(import))
		add_column(rejects, IMPORT_REJECT_RECORD, arena);
	for (size_t i = 0; i < import->ncolumns; i++)
		add_column(rejects, import->names[i], arena);
}

static enum status open_file(struct rejects *rejects,
			     const struct import *import, struct call *call,
			     const char *name, struct error *e)
{
	if (context_check_output(call->context, call, "rejects", name, e) != OK)
		return e->status;
	rejects->fd = open(name, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC,
			   0666);
	if (rejects->fd < 0)
		return fail(e, FAILED, "--rejects: %s: %s", name,
			    strerror(errno));
	rejects->options = (struct output_options){ .format = "csv" };
	sink_init_fd(&rejects->sink, rejects->fd);
	add_columns(rejects, import, call->arena);
	return writer_new(&rejects->options, rejects->columns,
			  rejects->ncolumns, &rejects->sink, call->arena,
			  &rejects->writer, e);
}

enum status rejects_open(struct rejects *rejects, const struct import *import,
			 struct call *call, struct error *e)
{
	const char *file = call_text(call, "rejects");
	struct value most = call_value(call, "max_errors");

	error_init(&rejects->problems, call->arena);
	rejects->context = call->context;
	rejects->wanted = file || most.kind == VALUE_INTEGER;
	rejects->most = most.kind == VALUE_INTEGER ? most.integer : -1;
	return file ? open_file(rejects, import, call, file, e) : OK;
}

void rejects_clear(struct rejects *rejects)
{
	if (rejects->writer)
		sink_clear(&rejects->sink);
	if (rejects->fd >= 0)
		close(rejects->fd);
}

/* Turns a refusal into a problem of the input. */
static void keep_problems(struct rejects *rejects, const struct import *import,
			  const struct error *failure)
{
	struct arena *arena = rejects->problems.arena;
	const bool listed = failure->nproblems > 0;
	struct problem one = {
		.type = "value_error",
		.place = "body",
		.message = listed ? NULL : error_sentence(failure),
	};

	for (size_t i = 0; i < failure->nproblems || (!listed && !i); i++) {
		const struct problem *from = listed ? &failure->problems[i]
						    : &one;
		struct problem *to = error_problem(&rejects->problems);

		if (rejects->problems.nunlisted)
			continue;
		*to = *from;
		to->record = (long)import->number - 1;
		to->line = import_has_lines(import);
		to->type = arena_copy(arena, from->type);
		to->message = arena_copy(arena, from->message);
		to->field = arena_copy(arena, from->field);
		to->input = arena_copy(arena, from->input);
		to->suggestion = arena_copy(arena, from->suggestion);
		to->hint = arena_copy(arena, from->hint);
		to->context = NULL;
	}
}

static const char *reason_of(const struct context *context,
			     const struct error *failure)
{
	const char *reason = failure->nproblems ? "" : error_sentence(failure);

	for (size_t i = 0; i < failure->nproblems; i++) {
		struct problem problem = failure->problems[i];

		problem.record = -1;
		problem.line = false;
		if (failure->nproblems == 1)
			problem.field = NULL;
		reason = arena_printf(
			failure->arena, "%s%s%s", reason, i ? "; " : "",
			context_problem(context, &problem, failure->arena));
	}
	return reason;
}

/* The record without its line end. */
static struct value source_of(const struct import *import)
{
	size_t length = import->source_length;

	while (length && strchr("\r\n", import->source[length - 1]))
		length--;
	return value_bytes(import->source, length);
}

/* A record that could not be parsed is the text of its first column. */
static enum status write_record(struct rejects *rejects,
				const struct import *import,
				const struct error *failure, struct error *e)
{
	struct value *values = arena_zero(failure->arena,
					  rejects->ncolumns * sizeof(*values));
	struct value *fields = values + REJECT_COLUMNS;

	values[0] = value_integer((int64_t)import->number);
	values[1] = value_text(failure->nproblems ? failure->problems->field
						  : NULL);
	values[2] = value_text(reason_of(rejects->context, failure));
	fields[0] = source_of(import);
	if (import->parsed)
		for (size_t i = 0; i < import->ncolumns; i++)
			fields[i] = import_field(import, i);
	return writer_row(rejects->writer, values, e);
}

enum status rejects_add(struct rejects *rejects, const struct import *import,
			const struct error *failure, struct error *e)
{
	rejects->count++;
	rejects->foreign |= utf8_check(import->source, import->source_length) !=
			    import->source_length;
	keep_problems(rejects, import, failure);
	return rejects->writer ? write_record(rejects, import, failure, e) : OK;
}

bool rejects_are_full(const struct rejects *rejects)
{
	return rejects->wanted
		       ? rejects->most >= 0 && rejects->count > rejects->most
		       : error_is_full(&rejects->problems);
}

struct value rejects_pack(const struct rejects *rejects,
			  const struct call *call)
{
	struct arena *arena = call->arena;
	BUFFER(rows);

	for (size_t i = 0; i < rejects->problems.nproblems; i++) {
		struct problem problem = rejects->problems.problems[i];

		packed_add(&rows, value_integer(problem.record + 1));
		packed_add(&rows, value_text(problem.field));
		problem.record = -1;
		problem.line = false;
		problem.field = NULL;
		packed_add(&rows, value_text(context_problem(call->context,
							     &problem, arena)));
	}
	return (struct value){
		.kind = VALUE_BLOB,
		.data = arena_copy_n(arena, buffer_string(&rows), rows.length),
		.length = rows.length,
	};
}

/* Lists the problems, unless they are in the file of --rejects. */
static void note_problems(const struct rejects *rejects, struct call *call)
{
	const struct error *problems = &rejects->problems;

	for (size_t i = 0; i < problems->nproblems; i++)
		call_note(call, "%s",
			  context_problem(call->context, &problems->problems[i],
					  call->arena));
	if (problems->nunlisted)
		call_note(call, "%s", error_unlisted(problems));
}

/* What other programs write for NULL. */
static bool means_null(const char *text)
{
	static const char *const words[] = { "NULL", "N/A", "NA",  "#N/A",
					     "None", "nil", "NaN", "-" };

	for (size_t i = 0; i < sizeof(words) / sizeof(*words); i++)
		if (strcasecmp(text, words[i]) == 0)
			return true;
	return false;
}

static bool is_type(const struct problem *problem, const char *a, const char *b)
{
	return strcmp(problem->type, a) == 0 || strcmp(problem->type, b) == 0;
}

/* The options that read what the problems refuse; "" if there are none. */
static const char *other_spelling(const struct error *problems)
{
	const char *dates = "", *numbers = "", *null = "";
	struct arena *arena = problems->arena;

	for (size_t i = 0; i < problems->nproblems; i++) {
		const struct problem *one = &problems->problems[i];
		const char *given = one->line && one->input ? one->input : "";
		const bool quoted = strlen(given) > 2;
		const char *text = arena_copy_n(arena, given + quoted,
						quoted ? strlen(given) - 2 : 0);

		if (is_type(one, "date_parsing", "datetime_parsing") &&
		    strpbrk(text, "./") && !means_null(text))
			dates = "; --dates dmy reads 31.12.1990, mdy "
				"12/31/1990";
		else if (is_type(one, "int_parsing", "float_parsing") &&
			 strchr(text, ','))
			numbers = "; --decimal comma reads 1.234,5, point "
				  "1,234.5";
		else if (means_null(text) && !*null)
			null = arena_printf(
				arena, "; --null %s reads that as NULL", text);
	}
	return arena_printf(arena, "%s%s%s", dates, numbers, null);
}

enum status rejects_judge(struct rejects *rejects, struct call *call,
			  struct error *e)
{
	const bool bad = rejects->wanted && !rejects->broken
				 ? rejects_are_full(rejects)
				 : rejects->count > 0;

	if (rejects->writer && writer_end(rejects->writer, e) != OK)
		return e->status;
	if (!bad) {
		if (!rejects->writer)
			note_problems(rejects, call);
		return OK;
	}
	*e = (struct error){
		.arena = e->arena,
		.problems = rejects->problems.problems,
		.nproblems = rejects->problems.nproblems,
		.nunlisted = rejects->problems.nunlisted,
	};
	if (rejects->broken)
		error_set_hint(e, "nothing was imported: the rest cannot be "
				  "read");
	else if (rejects->foreign)
		error_set_hint(
			e, "nothing was imported: convert the file to UTF-8 "
			   "first, as with iconv -f WINDOWS-1252 -t UTF-8");
	else if (!rejects->wanted && rejects->taken == rejects->count)
		error_set_hint(
			e, "nothing was imported; --on-conflict skip leaves "
			   "out what exists, --on-conflict update changes it");
	else if (!rejects->wanted && *other_spelling(e))
		error_set_hint(e, "nothing was imported%s", other_spelling(e));
	else if (!rejects->wanted)
		error_set_hint(
			e, "nothing was imported; --max-errors N leaves up "
			   "to N bad records out, --rejects FILE keeps them "
			   "in a file");
	else
		error_set_hint(e,
			       "nothing was imported: more than %lld bad "
			       "record%s",
			       (long long)rejects->most,
			       rejects->most == 1 ? "" : "s");
	return error_from_problems(e);
}
