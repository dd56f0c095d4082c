#include "sql/sql.h"

#include <inttypes.h>
#include <string.h>

#include "input/feed.h"
#include "schema/model/read.h"
#include "schema/model/type.h"
#include "schema/text/token.h"
#include "sql/bind.h"
#include "sql/near.h"
#include "util/text.h"

/* One run of the command. */
struct typing {
	struct call *call;
	struct bindings bindings;
	struct output_column *columns; /* of the statement that returns rows */
	size_t ncolumns;
	struct value *row;
	bool started;    /* the columns are known to the call */
	bool any;        /* there was a statement */
	bool counts;     /* the statement that runs changes rows … */
	bool counted;    /* … or an earlier one did */
	int64_t changed; /* rows */
};

/* "id", "id:1" …, as SQLite names the columns of a subquery. */
static const char *distinct_name(const struct typing *typing, const char *name,
				 struct arena *arena)
{
	const char *distinct = name;

	for (int n = 1;; n++) {
		size_t i = 0;

		while (i < typing->ncolumns &&
		       strcmp(typing->columns[i].name, distinct) != 0)
			i++;
		if (i == typing->ncolumns)
			return distinct;
		distinct = arena_printf(arena, "%s:%d", name, n);
	}
}

/* All columns of one table: rows that could be inserted into it. */
static void note_table(struct typing *typing, const char *table, bool first)
{
	struct call *call = typing->call;

	if (first && table)
		call->table = arena_copy(call->arena, table);
	else if (call->table && (!table || strcmp(call->table, table) != 0))
		call->table = NULL;
}

static void read_columns(struct typing *typing,
			 const struct statement *statement)
{
	struct arena *arena = typing->call->arena;
	int count = statement_columns(statement);

	typing->columns = arena_array(arena, (size_t)count,
				      sizeof(*typing->columns));
	typing->row = arena_array(arena, (size_t)count, sizeof(*typing->row));
	typing->ncolumns = 0;
	typing->call->table = NULL;
	for (int i = 0; i < count; i++) {
		const char *name = arena_copy(
			arena, statement_column_name(statement, i));
		const char *type = statement_column_type(statement, i);
		const char *table = statement_column_table(statement, i);

		typing->columns[typing->ncolumns] = (struct output_column){
			.name = distinct_name(typing, name, arena),
			.type = type ? type_declared(type) : TYPE_ANY,
			.flags = table ? COLUMN_STORED : 0,
		};
		note_table(typing, table, i == 0);
		typing->ncolumns++;
	}
}

/* An expression's type is that of its first value. */
static void judge_types(struct typing *typing)
{
	for (size_t i = 0; i < typing->ncolumns; i++) {
		struct output_column *column = &typing->columns[i];

		if (column->type != TYPE_ANY || column->flags & COLUMN_STORED)
			continue;
		if (typing->row[i].kind == VALUE_INTEGER)
			column->type = TYPE_INTEGER;
		if (typing->row[i].kind == VALUE_REAL)
			column->type = TYPE_REAL;
	}
}

static enum status start_result(struct typing *typing, struct error *e)
{
	typing->started = true;
	return call_columns(typing->call, typing->columns, typing->ncolumns, e);
}

static enum status on_row(void *data, struct statement *statement,
			  struct error *e)
{
	struct typing *typing = data;

	statement_values(statement, 0, typing->ncolumns, typing->row);
	if (!typing->started) {
		judge_types(typing);
		if (start_result(typing, e) != OK)
			return e->status;
	}
	return call_row(typing->call, typing->row, e);
}

static enum status on_begin(void *data, struct statement *statement,
			    const char *rest, struct error *e)
{
	struct typing *typing = data;

	typing->any = true;
	typing->counts = statement_writes(statement);
	if (bindings_apply(&typing->bindings, statement, e) != OK ||
	    (!*rest && bindings_require_use(&typing->bindings, e) != OK) ||
	    !statement_columns(statement))
		return e->status;
	if (*rest) {
		fail(e, USAGE, "only the last statement may return rows");
		error_hint(e, "run the others as commands of their own");
		return USAGE;
	}
	read_columns(typing, statement);
	return OK;
}

/* Whether a statement changes rows rather than the schema. */
static bool is_change(const char *text, size_t length)
{
	static const char *const words[] = { "INSERT",  "UPDATE", "DELETE",
					     "REPLACE", "WITH",   NULL };
	struct lexer lexer = lexer_of((struct span){ text, length });
	struct token first;
	const char *const *word = words;

	if (!lexer_next(&lexer, &first))
		return false;
	while (*word && !token_is(&first, *word))
		word++;
	return *word != NULL;
}

static enum status on_done(void *data, const char *text, size_t length,
			   int64_t ticks, struct error *e)
{
	struct typing *typing = data;

	(void)ticks;
	if (!typing->counts || !is_change(text, length))
		return OK;
	typing->counted = true;
	typing->changed += engine_changes(typing->call->context->engine);
	return e->status;
}

/* All of the SQL: SQLite reads it as one text. */
static enum status read_text(struct call *call, const char **out,
			     struct error *e)
{
	struct feed *feed = call->feed;
	size_t valid;

	while (!feed->ended)
		if (feed_more(feed, e) != OK)
			return e->status;
	if (feed_skip_mark(feed, e) != OK)
		return e->status;
	valid = utf8_check(feed_rest(feed), feed_left(feed));
	if (valid != feed_left(feed) ||
	    memchr(feed_rest(feed), '\0', feed_left(feed)))
		return fail(e, INVALID,
			    "the SQL is not valid UTF-8, or contains NUL");
	*out = arena_copy_n(call->arena, feed_rest(feed), feed_left(feed));
	return OK;
}

static void note_changes(struct typing *typing)
{
	if (typing->counted && !typing->ncolumns)
		call_note(typing->call, "%" PRId64 " row%s changed",
			  typing->changed, typing->changed == 1 ? "" : "s");
}

static const char write_hint[] = "sql --write runs SQL that changes it";

static enum status run_sql(struct call *call, struct error *e)
{
	struct typing typing = { .call = call };
	struct script script = {
		.name = *call->feed->name ? call->feed->name : NULL,
		.typed = true,
		.reads = call_flag(call, "write") ? NULL : write_hint,
		.is_kept = schema_is_bookkeeping,
		.kept_why = "taskmgr alone writes its own tables",
		.begin = on_begin,
		.row = on_row,
		.done = on_done,
		.data = &typing,
	};

	if (read_text(call, &script.text, e) != OK ||
	    bindings_read(&typing.bindings, call, e) != OK)
		return e->status;
	if (engine_script(call->context->engine, &script, e) != OK) {
		near_suggest(call->context->engine, script.text, e);
		if (e->hint && strcmp(e->hint, write_hint) == 0)
			e->option = "--write";
		return e->status;
	}
	if (!typing.any)
		return fail(e, USAGE, "there is no SQL statement");
	if (typing.ncolumns && !typing.started &&
	    start_result(&typing, e) != OK)
		return e->status;
	note_changes(&typing);
	return OK;
}

/* The table is laid out by hand. */
/* clang-format off */

static const struct parameter parameters[] = {
	{ .name = "sql", .metavar = "SQL|@FILE|-",
	  .summary = "the statements, a file or standard input",
	  .role = PARAMETER_ARGUMENT, .type = TYPE_TEXT, .values = VALUES_SQL,
	  .flags = PARAMETER_REQUIRED | PARAMETER_INPUT | PARAMETER_TEXT },
	{ .name = "write", .summary = "allow statements that change rows or "
				      "tables",
	  .role = PARAMETER_OPTION, .type = TYPE_BOOLEAN },
	{ .name = "param", .metavar = "NAME=VALUE",
	  .summary = "the value of :NAME in the SQL; NAME alone is NULL",
	  .role = PARAMETER_OPTION, .type = TYPE_TEXT,
	  .flags = PARAMETER_REPEATED },
};

static const struct operation operation = {
	.noun = "sql", .verb = "",
	.summary = "Run SQL, read-only unless --write is given",
	.example = "sql 'SELECT name FROM sqlite_schema WHERE type = :type' "
		   "--param type=table",
	.parameters = parameters,
	.nparameters = sizeof(parameters) / sizeof(*parameters),
	.flags = OPERATION_READS | OPERATION_WRITES_ASKED | OPERATION_COLUMNS,
	.run = run_sql,
};

/* clang-format on */

const struct operation *sql_operations(size_t *count)
{
	*count = 1;
	return &operation;
}
