#include "schema/trial/row_copy.h"

#include "engine/engine.h"
#include "schema/text/ddl.h"
#include "schema/text/spelling.h"

/* In a table that isn't STRICT, ANY would convert text to numbers. */
static bool is_any(const struct ddl *ddl, struct span type)
{
	struct token token;

	return ddl->strict && tokens_single(type, &token) &&
	       token_is(&token, "ANY");
}

static void write_column_clause(struct buffer *sql, const struct ddl *ddl,
				int column, enum clause_kind kind,
				const char *format)
{
	const struct ddl_clause *clause = ddl_find(ddl, column, kind);
	ARENA(arena);

	if (clause)
		buffer_text(sql,
			    fill_sql(format, tokens_plain(&arena, clause->body),
				     &arena));
}

static void write_column(struct buffer *sql, const struct ddl *ddl, int number)
{
	const struct ddl_column *column = &ddl->columns[number];
	const struct ddl_clause *value = ddl_find(ddl, number, CLAUSE_DEFAULT);
	struct token token;
	ARENA(arena);

	buffer_text(sql, spelling(&arena, column->name));
	if (!is_any(ddl, column->type))
		buffer_printf(sql, " %s", tokens_plain(&arena, column->type));
	write_column_clause(sql, ddl, number, CLAUSE_COLLATE, " COLLATE $");
	write_column_clause(sql, ddl, number, CLAUSE_GENERATED, " AS ($)");
	write_column_clause(sql, ddl, number, CLAUSE_DEFAULT,
			    value && tokens_single(value->body, &token)
				    ? " DEFAULT $"
				    : " DEFAULT ($)");
}

const char *row_copy_create(const char *name, const struct ddl *ddl,
			    struct arena *arena)
{
	BUFFER(sql);

	buffer_printf(&sql, "CREATE TEMP TABLE %s (", spelling(arena, name));
	for (size_t i = 0; i < ddl->ncolumns; i++) {
		if (i)
			buffer_text(&sql, ", ");
		write_column(&sql, ddl, (int)i);
	}
	buffer_text(&sql, ")");
	return arena_copy_n(arena, buffer_string(&sql), sql.length);
}

enum status row_copies_make(struct engine *engine,
			    const struct row_copy *copies, size_t count,
			    struct error *e)
{
	for (size_t i = 0; i < count; i++)
		if (engine_run(engine, copies[i].create, NULL, 0, e) != OK ||
		    engine_run(engine, copies[i].insert, NULL, 0, e) != OK) {
			return error_prefix(
				e, "the new rows of %s cannot be computed",
				copies[i].table);
		}
	return OK;
}

void row_copies_drop(struct engine *engine, const struct row_copy *copies,
		     size_t count)
{
	ARENA(arena);
	ERROR(ignored, &arena);

	while (count &&
	       engine_run(engine, copies->drop, NULL, 0, &ignored) == OK) {
		copies++;
		count--;
	}
}
