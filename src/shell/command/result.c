#include "shell/command/result.h"

#include <stdio.h>
#include <unistd.h>

#include "shell/line/interrupt.h"
#include "shell/line/invocation.h"
#include "shell/line/target.h"
#include "shell/line/terminal.h"
#include "shell/pager/pager.h"
#include "util/clock.h"
#include "util/text.h"

/*
 * The results of a session's commands come one after another in the file that
 * --output named at its start.
 */
static bool goes_on(const struct session *session)
{
	return session->settings.output &&
	       session->current.output == session->settings.output;
}

/* call: whose result it is; NULL: nobody's. */
static enum status open_result(const struct session *session,
			       const struct call *call,
			       struct output_target *target,
			       struct arena *arena, struct error *e)
{
	const char *output = session->current.output;
	enum status status = OK;

	if (output)
		status = context_check_output(&session->context, call, "output",
					      output, e);
	return status == OK ? output_target_open(target, output,
						 session->has_output &&
							 goes_on(session),
						 arena, e)
			    : status;
}

static enum status close_result(struct session *session,
				struct output_target *target,
				enum status status, struct error *e)
{
	status = output_target_close(target, status, e);
	session->has_output |= status == OK && target->path && goes_on(session);
	return status;
}

enum status result_write(const struct buffer *text, int fd, struct error *e)
{
	struct sink sink;
	enum status status;

	sink_init_fd(&sink, fd);
	buffer_add(&sink.buffer, buffer_string(text), text->length);
	status = sink_flush(&sink, e);
	sink_clear(&sink);
	return status;
}

enum status result_print(struct session *session, const struct buffer *text,
			 struct error *e)
{
	struct output_target target;
	struct pager pager;
	enum status status;

	if (open_result(session, NULL, &target, e->arena, e) != OK)
		return e->status;
	pager_begin(&pager, &session->current, target.fd, NULL, e->arena);
	buffer_add(&pager.sink.buffer, buffer_string(text), text->length);
	status = pager_end(&pager, sink_flush(&pager.sink, e), e);
	pager_clear(&pager);
	return close_result(session, &target, status, e);
}

/* Asks the operation's question; FAILED if the answer is no. */
static enum status ask_confirmation(struct session *session, struct call *call,
				    struct error *e)
{
	const struct settings *settings = &session->current;
	const char *question;
	bool yes = false;

	if (settings->yes || settings->dry_run)
		return OK;
	if (operation_question(call, &question, e) != OK || !question)
		return e->status;
	if (!session->context.ask) {
		fail(e, USAGE, "%s %s this needs --yes", question,
		     settings->no_input ? "With --no-input"
					: "Without a terminal");
		e->option = "--yes";
		return USAGE;
	}
	if (context_ask(&session->context, question, &yes) && yes)
		return OK;
	return fail(e, FAILED, "%s",
		    call->operation->done_nothing
			    ? call->operation->done_nothing
			    : "nothing was changed");
}

/* Whether the list was asked for as it is, without filters. */
static bool lists_all(const struct call *call)
{
	const struct arguments *arguments = call->arguments;

	for (size_t i = 0; i < call->operation->nparameters; i++)
		if (arguments->given[i] || arguments->records->given[i])
			return false;
	return (call->operation->flags & OPERATION_LISTS) != 0;
}

/* On a terminal: what can come after this result. */
static void note_next(const struct session *session, const struct call *call)
{
	const struct operation *create;

	if (call->next)
		context_note(call->context, "next page: --after %s",
			     call->next);
	if (writer_count(call->writer) || !lists_all(call))
		return;
	create = catalog_find(&session->catalog, call->operation->noun,
			      "create");
	if (create)
		context_note(call->context, "create the first one: taskmgr %s",
			     create->example);
}

/* "2 rows (0.001 s)" */
static void note_timing(const struct call *call, int64_t begun)
{
	double seconds = (double)(clock_ticks() - begun) / 1e6;
	size_t rows = call->writer ? writer_count(call->writer) : 0;

	if (call->ncolumns || call->operation->ncolumns)
		context_note(call->context, "%zu row%s (%.3f s)", rows,
			     rows == 1 ? "" : "s", seconds);
	else
		context_note(call->context, "(%.3f s)", seconds);
}

/* Records the rows, of a table or NULL, of a call that has a writer; keep_record
   makes them the last result.  Only at the prompt, and if there are columns. */
static void begin_record(struct session *session, const struct call *call,
			 const char *table)
{
	recording_clear(&session->results[1]);
	if (!session->prompts || !call->ncolumns)
		return;
	recording_begin(&session->results[1], call->columns, call->ncolumns,
			table, session->current.columns);
	writer_record(call->writer, &session->results[1]);
}

static void keep_record(struct session *session)
{
	struct recording last = session->results[0];

	if (!session->results[1].ncolumns)
		return;
	session->results[0] = session->results[1];
	session->results[1] = last;
	recording_clear(&session->results[1]);
}

/* Where the rows of a call go: call->door. */
struct output {
	struct session *session;
	struct output_target target;
	struct output_options options;
	struct pager pager;
	bool open;
};

/* Makes the writer; an operation without a result must not empty a file. */
static enum status start_output(struct call *call, struct error *e)
{
	const struct operation *operation = call->operation;
	struct output *output = call->door;
	bool late = operation->flags & OPERATION_COLUMNS;

	if (!output->open) {
		if ((late || operation->ncolumns) &&
		    open_result(output->session, call, &output->target,
				call->arena, e) != OK)
			return e->status;
		pager_begin(&output->pager, &output->session->current,
			    output->target.fd, interrupt_flag(), call->arena);
		output->open = true;
	}
	if (terminal_options(&output->session->current, output->target.fd,
			     &output->options, e) != OK)
		return e->status;
	output->options.table = late ? call->table : operation->table;
	if (!late && operation_shape(call, output->options.columns, e) != OK)
		return e->status;
	if (writer_new(&output->options, call->columns, call->ncolumns,
		       &output->pager.sink, call->arena, &call->writer,
		       e) == OK)
		begin_record(output->session, call, output->options.table);
	return e->status;
}

/* --json= */
static enum status list_columns(struct session *session, struct call *call,
				struct error *e)
{
	const struct operation *operation = call->operation;
	BUFFER(text);

	for (size_t i = 0; i < operation->ncolumns; i++)
		if (!(operation->columns[i].flags & COLUMN_TEXT))
			buffer_printf(&text, "%s\n",
				      operation->columns[i].name);
	if (text.length)
		return result_print(session, &text, e);
	fail(e, USAGE,
	     operation->flags & OPERATION_COLUMNS
		     ? "the columns are those of the SQL"
		     : "it has no columns");
	return USAGE;
}

/* The command as it could be typed, without the program's name. */
static const char *join_words(const struct session *session,
			      struct arena *arena)
{
	BUFFER(out);

	for (size_t i = 0; i < session->nwords; i++) {
		if (i)
			buffer_byte(&out, ' ');
		text_shell(&out, session->words[i]);
	}
	return arena_copy(arena, buffer_string(&out));
}

/* Writes what is left of the result, and keeps its record. */
static enum status end_output(struct output *output, struct call *call,
			      enum status status, struct error *e)
{
	if (!output->open)
		return status;
	pager_shield(&output->pager);
	if (status == OK)
		status = writer_end(call->writer, e);
	status = pager_end(&output->pager, status, e);
	if (status == OK)
		keep_record(output->session);
	return status;
}

/* Runs the operation, and writes what it returns. */
static enum status run_output(struct output *output, struct call *call,
			      struct error *e)
{
	struct session *session = output->session;
	bool echoed;
	enum status status;
	int64_t begun;

	if ((!(call->operation->flags & OPERATION_COLUMNS) &&
	     start_output(call, e) != OK) ||
	    ask_confirmation(session, call, e) != OK)
		return e->status;
	session->context.command = join_words(session, call->arena);
	interrupt_target(&session->context);
	begun = clock_ticks();
	status = operation_run(call, e);
	/* As ^C, perhaps within a row; in a pager that has left no trace. */
	echoed = status == INTERRUPTED && !output->pager.child &&
		 isatty(STDERR_FILENO);
	/* Ctrl-C at a question counts as no. */
	if (status == FAILED && atomic_load(interrupt_flag()))
		status = e->status = INTERRUPTED;
	interrupt_target(NULL);
	status = end_output(output, call, status, e);
	/* A change has no rows before its end, and may have shown progress. */
	if (echoed && call->operation->flags & OPERATION_WRITES &&
	    session->context.progress)
		session->context.progress(session->context.door, NULL);
	else if (echoed)
		fputc('\n', stderr);
	if (status != OK)
		return status;
	if (session->current.timing)
		note_timing(call, begun);
	if (output->open &&
	    (output->options.terminal || session->current.verbose))
		note_next(session, call);
	return OK;
}

enum status result_run(struct session *session, struct call *call,
		       struct error *e)
{
	struct output output = {
		.session = session,
		.target = { .fd = STDOUT_FILENO },
	};
	enum status status;

	if (session->current.list_columns)
		return list_columns(session, call, e);
	/* cppcheck-suppress autoVariables // taken back below */
	call->door = &output;
	call->start = start_output;
	status = run_output(&output, call, e);
	call->door = NULL;
	if (!output.open)
		return status;
	pager_clear(&output.pager);
	status = close_result(session, &output.target, status, e);
	if (status == FAILED && call->changed)
		error_set_hint(e, "the changes were made; only the result "
				  "could not be written");
	return status;
}

/* The options of again, which has no other words. */
static enum status read_options(struct session *session,
				const char *const *words, size_t nwords,
				struct arena *arena, struct error *e)
{
	struct invocation invocation;

	invocation_read(&invocation, words, nwords, arena);
	if (session_point(session, NULL, arena, e) != OK ||
	    session_catalog(session, true, e) != OK ||
	    invocation_resolve(&invocation, session, arena, e) != OK)
		return e->status;
	if (invocation.noun)
		return fail(e, USAGE, "unexpected argument \"%s\"",
			    invocation.noun);
	return OK;
}

static enum status write_again(const struct session *session, int fd,
			       struct arena *arena, struct error *e)
{
	const struct recording *last = &session->results[0];
	struct output_options options;
	struct writer *writer;
	struct pager pager;
	enum status status;

	if (terminal_options(&session->current, fd, &options, e) != OK)
		return e->status;
	options.table = last->table;
	if (!options.columns)
		options.columns = last->shown;
	pager_begin(&pager, &session->current, fd, NULL, arena);
	status = writer_new(&options, last->columns, last->ncolumns,
			    &pager.sink, arena, &writer, e);
	if (status == OK)
		status = recording_write(last, writer, e);
	status = pager_end(&pager, status, e);
	pager_clear(&pager);
	return status;
}

enum status result_again(struct session *session, const char *const *words,
			 size_t nwords, struct arena *arena, struct error *e)
{
	const struct recording *last = &session->results[0];
	struct output_target target;

	if (read_options(session, words, nwords, arena, e) != OK)
		return e->status;
	if (!session->prompts)
		return fail(e, USAGE, "results are kept only at the prompt");
	if (!last->ncolumns)
		return fail(e, NOT_FOUND, "there is no result yet");
	if (last->full)
		return fail(e, NOT_FOUND,
			    "the last result was too large to keep: over "
			    "%d MB",
			    RECORDING_BYTES >> 20);
	if (open_result(session, NULL, &target, arena, e) != OK)
		return e->status;
	return close_result(session, &target,
			    write_again(session, target.fd, arena, e), e);
}
