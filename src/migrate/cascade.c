#include "migrate/cascade.h"

#include <string.h>

#include "migrate/rows.h"
#include "migrate/scan.h"

struct cascade {
	struct engine *engine;
	struct arena *arena;
	const char *dropped;
	struct names spared; /* tables that are dropped later */
	struct names seen;   /* whose rows would be deleted */
};

/* A foreign key whose ON DELETE does something, and the rows that have it. */
struct child {
	const char *table, *action;
	int64_t rows;
};

struct children {
	struct child *items;
	size_t count;
};

static enum status find_children(struct cascade *cascade, const char *parent,
				 struct children *out, struct error *e)
{
	/* Words first, as a pragma for each table is too many; a name with
	   quotes in it may be spelled in another way. */
	static const char sql[] =
		"SELECT t.name, f.on_delete, printf('SELECT count(*) FROM "
		"\"%w\" WHERE %s', t.name, group_concat(printf('\"%w\" NOT "
		"NULL', f.\"from\"), ' AND ')) FROM sqlite_schema AS t, "
		"pragma_foreign_key_list(t.name) AS f WHERE t.type = 'table' "
		"AND (instr(lower(t.sql), lower($1)) OR $1 GLOB "
		"'*[^a-zA-Z0-9_ ]*') AND f.\"table\" = $1 COLLATE NOCASE AND "
		"f.on_delete IN ('CASCADE', 'SET NULL', 'SET DEFAULT') "
		"GROUP BY t.name, f.id";
	STATEMENT(keys);
	enum step step;
	if (engine_prepare(cascade->engine, sql, &keys, e))
		return e->status;
	statement_bind(keys, 1, value_text(parent));
	while ((step = statement_step(keys, e)) == STEP_ROW) {
		struct value rows;
		const char *count = statement_text(keys, 2, cascade->arena);
		if (engine_query_one(cascade->engine, count, NULL, 0,
				     cascade->arena, &rows, e))
			return e->status;
		*LIST_ADD(cascade->arena, out->items,
			  out->count) = (struct child){
			.table = statement_text(keys, 0, cascade->arena),
			.action = statement_text(keys, 1, cascade->arena),
			.rows = rows.integer,
		};
	}
	return step == STEP_FAILED ? e->status : OK;
}

static enum status refuse(const struct cascade *cascade,
			  const struct child *child, struct error *e)
{
	fail(e, CONFLICT,
	     "DROP TABLE %s would %s %lld row%s of %s, by ON DELETE %s",
	     cascade->dropped,
	     strcmp(child->action, "CASCADE") != 0 ? "change" : "delete",
	     (long long)child->rows, child->rows == 1 ? "" : "s", child->table,
	     child->action);
	error_hint(e, "put \"-- foreign_keys: off\" into the header, or DELETE "
		      "what is meant to go");
	return e->status;
}

/* All whose rows are deleted, one after the other: seen grows. */
static enum status follow(struct cascade *cascade, struct error *e)
{
	for (size_t i = 0; i < cascade->seen.count; i++) {
		struct children children = { 0 };
		if (find_children(cascade, cascade->seen.items[i], &children,
				  e))
			return e->status;
		for (size_t j = 0; j < children.count; j++) {
			const struct child *child = &children.items[j];
			if (!child->rows ||
			    tables_have(&cascade->seen, child->table))
				continue;
			if (!tables_have(&cascade->spared, child->table))
				return refuse(cascade, child, e);
			if (!strcmp(child->action, "CASCADE"))
				names_add(&cascade->seen, child->table,
					  cascade->arena);
		}
	}
	return OK;
}

enum status cascade_check(struct engine *engine, const char *statement,
			  size_t length, const char *rest, struct error *e)
{
	ARENA(arena);
	const struct span text = { statement, length };
	struct cascade cascade = { .engine = engine, .arena = &arena };
	struct scan scan = scan_of(rest, 1);
	struct scan_statement later;
	struct value keys;
	cascade.dropped = scan_dropped(text, &arena);
	if (!cascade.dropped)
		return OK;
	if (engine_query_one(engine, "PRAGMA foreign_keys", NULL, 0, &arena,
			     &keys, e) ||
	    !keys.integer)
		return e->status;
	while (scan_statement(&scan, &later)) {
		const char *name = scan_dropped(scan_span(&later), &arena);
		if (name)
			names_add(&cascade.spared, name, &arena);
	}
	names_add(&cascade.seen, cascade.dropped, &arena);
	return follow(&cascade, e);
}
