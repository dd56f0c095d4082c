#include "schema/diff/breakage.h"

#include "schema/model/read.h"
#include "schema/text/token.h"
#include "schema/trial/world.h"
#include "util/buffer.h"

enum attempt { TRY_SELECT, TRY_INSERT, TRY_UPDATE, TRY_DELETE, NATTEMPTS };

static const char *const attempt_words[] = {
	[TRY_SELECT] = "SELECT from",
	[TRY_INSERT] = "INSERT into",
	[TRY_UPDATE] = "UPDATE of",
	[TRY_DELETE] = "DELETE from",
};

struct trial {
	const struct schema *schema;
	struct engine *world;
	struct arena *arena;
};

/* Why each attempt fails; NULL: it doesn't. */
typedef const char *failures[NATTEMPTS];

static const char *update_probe(const struct table *table, struct arena *arena)
{
	BUFFER(sql);

	buffer_printf(&sql, "EXPLAIN UPDATE %s", sql_name(arena, table->name));
	for (size_t i = 0, n = 0; i < table->ncolumns; i++) {
		const char *name = sql_name(arena, table->columns[i].name);

		if (table->columns[i].generated == GENERATED_NOT)
			buffer_printf(&sql, "%s%s = %s", n++ ? ", " : " SET ",
				      name, name);
	}
	return arena_copy(arena, sql.data);
}

/* Compiling is enough, except for a virtual table, which must be read. */
static const char *attempt_sql(const struct table *table, enum attempt attempt,
			       struct arena *arena)
{
	const char *name = sql_name(arena, table->name);

	switch (attempt) {
	case TRY_SELECT:
		return arena_printf(
			arena, "%sSELECT * FROM %s",
			table->kind == TABLE_VIRTUAL ? "" : "EXPLAIN ", name);
	case TRY_INSERT:
		return arena_printf(
			arena, "EXPLAIN INSERT INTO %s DEFAULT VALUES", name);
	case TRY_UPDATE:
		return update_probe(table, arena);
	case TRY_DELETE:
	case NATTEMPTS:
		break;
	}
	return arena_printf(arena, "EXPLAIN DELETE FROM %s", name);
}

static const char *find_failure(const struct trial *trial,
				const struct table *table, enum attempt attempt)
{
	struct value ignored;
	ERROR(failure, trial->arena);

	return engine_query_one(trial->world,
				attempt_sql(table, attempt, trial->arena), NULL,
				0, trial->arena, &ignored, &failure) == OK
		       ? NULL
		       : failure.message;
}

static bool has_generated(const struct table *table)
{
	for (size_t i = 0; i < table->ncolumns; i++)
		if (table->columns[i].generated)
			return true;
	return false;
}

/*
 * Whether an INSERT can find each referenced key.  Only an INTEGER PRIMARY KEY
 * is sure to be found; whether another key fits is left to SQLite.
 */
static bool finds_parents(const struct schema *schema,
			  const struct table *table)
{
	for (size_t i = 0; i < table->nforeign_keys; i++) {
		const struct foreign_key *key = &table->foreign_keys[i];
		const struct table *parent = schema_find_table(schema,
							       key->table);
		const struct column *id = parent ? table_rowid_column(parent)
						 : NULL;

		if (!id || key->ncolumns != 1 ||
		    (key->others[0] && !name_equal(key->others[0], id->name)))
			return false;
	}
	return true;
}

/* Whether SQLite compiles more for the attempt than the table itself. */
static bool is_worth_trying(const struct schema *schema,
			    const struct table *table, enum attempt attempt)
{
	switch (attempt) {
	case TRY_SELECT:
		return table->kind != TABLE_ORDINARY || has_generated(table);
	case TRY_INSERT:
		return table->ntriggers || !finds_parents(schema, table);
	case TRY_UPDATE:
	case TRY_DELETE:
	case NATTEMPTS:
		break;
	}
	return table->ntriggers;
}

static void find_failures(const struct trial *trial, const struct table *table,
			  failures out)
{
	for (int i = 0; i < NATTEMPTS; i++)
		out[i] = is_worth_trying(trial->schema, table, (enum attempt)i)
				 ? find_failure(trial, table, (enum attempt)i)
				 : NULL;
}

/* The tables worth trying, and the tables that these need. */
static bool *choose_tried(const struct schema *schema, struct arena *arena)
{
	bool *in = arena_array(arena, schema->ntables, sizeof(*in));

	for (size_t i = 0; i < schema->ntables; i++)
		for (int k = 0; k < NATTEMPTS; k++)
			in[i] |= is_worth_trying(schema, &schema->tables[i],
						 (enum attempt)k);
	world_complete(schema, in, arena);
	world_add_parents(schema, in);
	return in;
}

/* The old schema is built whole: a view may have been a plain table. */
static bool *choose_all(const struct schema *schema, struct arena *arena)
{
	bool *in = arena_array(arena, schema->ntables, sizeof(*in));

	memset(in, true, schema->ntables * sizeof(*in));
	return in;
}

static enum status open_trial(const struct schema *schema, const bool *in,
			      const struct schema *have, struct arena *arena,
			      struct trial *trial, struct engine **world,
			      struct error *e)
{
	if (world_open(schema, in, have, world, e) != OK ||
	    engine_set_foreign_keys(*world, true, e) != OK)
		return e->status;
	*trial = (struct trial){ schema, *world, arena };
	return OK;
}

static bool fails_with(const struct trial *trial, const struct table *table,
		       const struct trigger *only, enum attempt attempt)
{
	struct arena *arena = trial->arena;
	BUFFER(sql);
	bool fails;

	for (size_t i = 0; i < table->ntriggers; i++)
		if (&table->triggers[i] != only)
			buffer_printf(&sql, "DROP TRIGGER %s;",
				      sql_name(arena, table->triggers[i].name));
	if (!world_try(trial->world, buffer_string(&sql)))
		return false;
	fails = find_failure(trial, table, attempt);
	world_undo(trial->world);
	return fails;
}

/* The table's trigger that makes an attempt fail, or NULL. */
static const struct trigger *failing_trigger(const struct trial *trial,
					     const struct table *table,
					     enum attempt attempt)
{
	if (!table->ntriggers || fails_with(trial, table, NULL, attempt))
		return NULL;
	for (size_t i = 0; i < table->ntriggers; i++)
		if (fails_with(trial, table, &table->triggers[i], attempt))
			return &table->triggers[i];
	return NULL;
}

static const char *table_name_before(const struct diff *diff, const char *name)
{
	for (size_t i = 0; i < diff->nrenames; i++)
		if (!diff->renames[i].column &&
		    name_equal(diff->renames[i].to, name))
			return diff->renames[i].table;
	return name;
}

/* The schema before the change, for trying what failed even then. */
struct old_world {
	const struct diff *diff;
	const struct schema *schema;
	struct trial trial;
	struct engine *world; /* NULL: not built yet */
	bool unknown;         /* the schema can't be built in memory */
};

static const struct table *find_old_table(const struct old_world *before,
					  const struct table *table)
{
	return schema_find_table(before->schema,
				 table_name_before(before->diff, table->name));
}

static bool failed_before(struct old_world *before, const struct table *was,
			  enum attempt attempt, struct arena *arena)
{
	ERROR(ignored, arena);

	if (!before->world && !before->unknown)
		before->unknown = open_trial(before->schema,
					     choose_all(before->schema, arena),
					     NULL, arena, &before->trial,
					     &before->world, &ignored) != OK;
	return !before->unknown && find_failure(&before->trial, was, attempt);
}

static struct breakage explain_key(const struct table *table,
				   struct arena *arena)
{
	return (struct breakage){
		.text = arena_printf(
			arena,
			"a foreign key in %s would reference columns that are "
			"neither PRIMARY KEY nor UNIQUE",
			table->name),
		.hint = "give those columns a PRIMARY KEY, a UNIQUE or a "
			"unique index of their own",
	};
}

static struct breakage explain_failure(const struct trial *trial,
				       const struct table *table,
				       enum attempt attempt, const char *why)
{
	struct arena *arena = trial->arena;
	const struct trigger *trigger = failing_trigger(trial, table, attempt);
	const char *object = table->name, *kind = "table";

	if (trigger) {
		object = trigger->name;
		kind = "trigger";
		why = arena_printf(arena, "trigger %s: %s", object, why);
	} else if (table->kind == TABLE_VIEW) {
		kind = "view";
	}
	return (struct breakage){
		.text = arena_printf(arena, "%s %s would fail: %s",
				     attempt_words[attempt], table->name, why),
		.hint = arena_printf(arena,
				     "it works now; change %s %s in schema.sql "
				     "so that it still does, or remove it",
				     kind, object),
	};
}

static void add_failure(const struct trial *trial, const struct table *table,
			enum attempt attempt, const char *why, bool worked,
			struct breakages *out)
{
	struct breakage *new = LIST_ADD(trial->arena, out->items, out->count);

	*new = engine_is_mismatched(trial->world, table->name)
		       ? explain_key(table, trial->arena)
		       : explain_failure(trial, table, attempt, why);
	new->worked = worked;
}

/* One failure is enough to show what is wrong with a table. */
static void try_table(const struct trial *trial, const struct table *table,
		      struct old_world *before, struct breakages *out)
{
	const struct table *was = find_old_table(before, table);
	failures why;

	find_failures(trial, table, why);
	for (int i = 0; i < NATTEMPTS; i++) {
		if (!why[i] ||
		    (was &&
		     failed_before(before, was, (enum attempt)i, trial->arena)))
			continue;
		add_failure(trial, table, (enum attempt)i, why[i],
			    was && !before->unknown, out);
		return;
	}
}

enum status breakages_find(const struct schema *from, const struct schema *to,
			   const struct diff *diff, struct arena *arena,
			   struct breakages *out, struct error *e)
{
	ENGINE(world);
	struct old_world before = { .diff = diff, .schema = from };
	struct trial trial = { .schema = to };

	*out = (struct breakages){ .count = 0 };
	if (open_trial(to, choose_tried(to, arena), from, arena, &trial, &world,
		       e) != OK)
		return e->status;
	for (size_t i = 0; i < to->ntables; i++)
		try_table(&trial, &to->tables[i], &before, out);
	if (before.world)
		engine_close(before.world);
	return OK;
}

struct failing {
	struct trial trial;
	failures *why; /* of each table */
};

enum status failing_possible(struct engine *engine, bool *out, struct error *e)
{
	STATEMENT(row);

	if (engine_prepare(engine,
			   "SELECT 1 FROM sqlite_schema WHERE type IN ('view', "
			   "'trigger') OR rootpage = 0 LIMIT 1",
			   &row, e) != OK)
		return e->status;
	*out = statement_next(row, e);
	return e->status;
}

enum status failing_read(struct engine *engine, struct arena *arena,
			 const struct failing **out, struct error *e)
{
	struct failing *failing = arena_zero(arena, sizeof(*failing));
	struct schema *schema;

	if (schema_read(engine, arena, &schema, e) != OK)
		return e->status;
	failing->trial = (struct trial){ schema, engine, arena };
	failing->why = arena_array(arena, schema->ntables,
				   sizeof(*failing->why));
	for (size_t i = 0; i < schema->ntables; i++) {
		const struct table *table = &schema->tables[i];

		if (table->kind != TABLE_ORDINARY || table->ntriggers)
			find_failures(&failing->trial, table, failing->why[i]);
	}
	*out = failing;
	return OK;
}

const char *failing_next(const struct failing *before,
			 const struct failing *after, size_t *at,
			 const char **why)
{
	const struct schema *from = before->trial.schema;
	const struct schema *to = after->trial.schema;

	for (; *at < to->ntables * NATTEMPTS; ++*at) {
		size_t i = *at / NATTEMPTS, attempt = *at % NATTEMPTS;
		const char *name = to->tables[i].name;
		const struct table *was = schema_find_table(from, name);

		*why = after->why[i][attempt];
		if (!*why || !was || before->why[was - from->tables][attempt])
			continue;
		++*at;
		return arena_printf(after->trial.arena, "%s %s",
				    attempt_words[attempt], name);
	}
	return NULL;
}
