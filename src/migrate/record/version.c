#include "migrate/record/version.h"

#include <string.h>

#include "engine/introspect.h"

const char version_table_sql[] =
	"CREATE TABLE alembic_version (\n"
	"\tversion_num VARCHAR(32) NOT NULL, \n"
	"\tCONSTRAINT alembic_version_pkc PRIMARY KEY (version_num)\n"
	")";

enum status version_has_table(struct engine *engine, const char *name,
			      bool *has, struct error *e)
{
	STATEMENT(objects);

	*has = false;
	if (engine_introspect(engine, INTROSPECT_OBJECTS, NULL, &objects, e) !=
	    OK)
		return e->status;
	while (!*has && statement_next(objects, e)) {
		const struct value found = statement_value(objects, 0);

		*has = found.length == strlen(name) &&
		       memcmp(found.data, name, found.length) == 0;
	}
	return e->status;
}

enum status version_names(struct statement *rows, struct arena *arena,
			  struct names *out, struct error *e)
{

	while (statement_next(rows, e))
		*LIST_ADD(arena, out->items,
			  out->count) = statement_text_or_empty(rows, 0, arena);
	return e->status;
}

enum status version_read(struct engine *engine, struct arena *arena,
			 struct names *out, struct error *e)
{
	bool has;
	enum status status;

	*out = (struct names){ 0 };
	status = version_has_table(engine, "alembic_version", &has, e);
	return status != OK || !has ? status
				    : version_rows(engine, arena, out, e);
}

enum status version_rows(struct engine *engine, struct arena *arena,
			 struct names *out, struct error *e)
{
	STATEMENT(rows);

	*out = (struct names){ 0 };
	if (engine_prepare(engine,
			   "SELECT version_num FROM alembic_version WHERE "
			   "version_num NOT NULL",
			   &rows, e) != OK ||
	    version_names(rows, arena, out, e) != OK)
		return e->status;
	names_sort(out);
	return OK;
}

enum status version_ensure(struct engine *engine, struct error *e)
{
	bool has;
	enum status status = version_has_table(engine, "alembic_version", &has,
					       e);

	if (status != OK || has)
		return status;
	return engine_run(engine, version_table_sql, NULL, 0, e);
}

struct version_changes version_changes(const struct names *from,
				       const struct names *to,
				       struct arena *arena)
{
	struct version_changes changes = { 0 };

	for (size_t i = 0; i < from->count; i++)
		if (!names_have(to, from->items[i]))
			LIST_ADD(arena, changes.items, changes.count)->from =
				from->items[i];
	/* A deleted row and a new one are one UPDATE. */
	size_t next = 0, gone = changes.count;
	for (size_t i = 0; i < to->count; i++) {
		if (names_have(from, to->items[i]))
			continue;
		if (next < gone)
			changes.items[next++].to = to->items[i];
		else
			LIST_ADD(arena, changes.items, changes.count)->to =
				to->items[i];
	}
	return changes;
}

/* A change as SQL, in Alembic's words; from and to are literals or
   placeholders. */
static const char *change_sql(const char *from, const char *to,
			      struct arena *arena)
{
	if (!from)
		return arena_printf(arena,
				    "INSERT INTO alembic_version (version_num) "
				    "VALUES (%s)",
				    to);
	if (!to)
		return arena_printf(arena,
				    "DELETE FROM alembic_version WHERE "
				    "alembic_version.version_num = %s",
				    from);
	return arena_printf(arena,
			    "UPDATE alembic_version SET version_num=%s WHERE "
			    "alembic_version.version_num = %s",
			    to, from);
}

enum status version_apply(struct engine *engine,
			  const struct version_changes *changes,
			  struct error *e)
{
	ARENA(arena);

	for (size_t i = 0; i < changes->count; i++) {
		const char *from = changes->items[i].from;
		const char *to = changes->items[i].to;
		const struct value values[] = { value_text(from ? from : to),
						value_text(to) };
		const char *sql = change_sql(from ? "$1" : NULL,
					     !to    ? NULL
					     : from ? "$2"
						    : "$1",
					     &arena);

		if (engine_run(engine, sql, values, from && to ? 2 : 1, e) !=
		    OK)
			return e->status;
		if (engine_changes(engine) != 1)
			return fail(e, FAILED,
				    "alembic_version: expected to change 1 row "
				    "for \"%s\", changed %lld",
				    from ? from : to,
				    (long long)engine_changes(engine));
	}
	return OK;
}

const char *version_change_sql(const struct version_change *change,
			       struct arena *arena)
{
	const char *from = change->from ? sql_literal(arena, change->from)
					: NULL;
	const char *to = change->to ? sql_literal(arena, change->to) : NULL;

	return arena_printf(arena, "%s;\n", change_sql(from, to, arena));
}
