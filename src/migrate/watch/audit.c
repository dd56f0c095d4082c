#include "migrate/watch/audit.h"

#include "migrate/revision/scan.h"

/* INSERT … SELECT, CREATE TABLE … AS SELECT.  From any table: it may read the
   dropped one through a view. */
static bool copies_rows(struct span statement, struct arena *arena)
{
	struct words words = words_of(statement, arena);
	bool copies = token_is(&words.token, "INSERT") ||
		      token_is(&words.token, "REPLACE") ||
		      token_is(&words.token, "CREATE") ||
		      token_is(&words.token, "WITH");

	while (copies && !token_is(&words.token, "SELECT")) {
		if (words.token.kind == TOKEN_END)
			return false;
		words_next(&words);
	}
	return copies;
}

/* Notes what a statement does; true if it could be part of a rebuild: a table
   that is created or renamed may take a dropped one's name. */
static bool audit_statement(struct audit *audit, struct span statement,
			    struct arena *arena)
{
	struct words words = words_of(statement, arena);
	const char *dropped = scan_dropped(statement, arena);
	bool alters, creates, drops;

	if (dropped)
		names_add(&audit->drops, dropped, arena);
	audit->copies = audit->copies || copies_rows(statement, arena);
	/* Only a section outside a transaction can do that. */
	if (words_take(&words, "PRAGMA"))
		audit->keys_off = audit->keys_off ||
				  name_equal(words_table(&words),
					     "foreign_keys");
	drops = words_take(&words, "DROP");
	alters = words_take(&words, "ALTER");
	creates = words_take(&words, "CREATE");
	audit->alters = audit->alters || drops || alters;
	audit->adds_trigger = audit->adds_trigger ||
			      (creates && token_is(&words.token, "TRIGGER"));
	audit->drops_keys = audit->drops_keys ||
			    (drops && token_is(&words.token, "INDEX"));
	return alters || (creates && token_is(&words.token, "TABLE"));
}

/* Reads what the section drops; true if it could rebuild a table. */
static bool read_audited(struct audit *audit, struct arena *arena)
{
	bool rebuilds = false;
	const struct section *section = audit->section;
	struct scan scan = scan_of(section->text);
	struct span statement;

	while (scan_statement(&scan, &statement))
		rebuilds |= audit_statement(audit, statement, arena);
	return rebuilds;
}

/* A dropped table may have had another name, or another may get its name. */
static void add_related(struct audit *audit, struct arena *arena)
{
	struct trace_names names = trace_tables(audit->section, NULL, arena);
	size_t count = audit->drops.count;

	for (size_t i = 0; i < count; i++) {
		struct names related = trace_related(
			&names, audit->drops.items[i], arena);

		for (size_t j = 0; j < related.count; j++)
			if (!tables_have(&audit->drops, related.items[j]))
				names_add(&audit->drops, related.items[j],
					  arena);
	}
}

static enum status read_state(struct engine *engine, struct arena *arena,
			      const struct audit *plan, struct row_counts *rows,
			      struct violations *violations, struct error *e)
{
	if (plan->keys_off &&
	    violations_read(engine, arena, violations, e) != OK)
		return e->status;
	return rows_count(engine, arena, plan->keys_off ? NULL : &plan->drops,
			  rows, e);
}

enum status audit_begin(struct engine *engine, struct arena *arena,
			const struct section *section, bool keys_off,
			struct audit *out, struct error *e)
{
	bool rebuilds;

	*out = (struct audit){ .section = section, .keys_off = keys_off };
	rebuilds = read_audited(out, arena);
	/* With foreign keys on, SQLite itself refuses violations. */
	if (!out->keys_off && out->drops_keys &&
	    mismatches_read(engine, arena, &out->mismatches, e) != OK)
		return e->status;
	out->skip = !out->keys_off && (!out->drops.count || !rebuilds);
	if (out->skip)
		return OK;
	add_related(out, arena);
	return read_state(engine, arena, out, &out->rows, &out->violations, e);
}

static bool names_overlap(const struct names *some, const struct names *others)
{
	for (size_t i = 0; i < some->count; i++)
		if (tables_have(others, some->items[i]))
			return true;
	return false;
}

/* Whether a table created in the section took its name. */
static bool is_replaced_by_new(const struct audit *audit,
			       const struct trace_names *names,
			       const char *table)
{
	for (size_t i = 0; i < names->news.count; i++)
		if (name_equal(names->news.items[i], table) &&
		    !rows_find(&audit->rows, names->olds.items[i]))
			return true;
	return false;
}

/* Rows that the table may lose: all, if it is only dropped. */
static int64_t count_allowed(const struct audit *audit,
			     const struct trace_names *names,
			     const struct deletions *deletions,
			     const struct row_count *old, struct arena *arena)
{
	struct names related = trace_related(names, old->table, arena);
	int64_t rows = 0;

	if (!audit->copies && names_overlap(&audit->drops, &related) &&
	    !is_replaced_by_new(audit, names, old->table))
		return old->rows;
	for (size_t i = 0; i < related.count; i++)
		rows += deletions_intended(deletions, related.items[i]);
	return rows;
}

static enum status check_row_counts(const struct audit *before,
				    const struct row_counts *after,
				    const struct trace_names *names,
				    const struct deletions *deletions,
				    struct arena *arena, struct error *e)
{
	for (size_t i = 0; i < before->rows.count; i++) {
		const struct row_count *old = &before->rows.items[i];
		const char *name = audit_name(names, after, old->table);
		int64_t rows = name ? rows_find(after, name)->rows : old->rows;

		if (rows >= old->rows ||
		    rows + count_allowed(before, names, deletions, old,
					 arena) >=
			    old->rows)
			continue;
		fail(e, CONFLICT,
		     "table \"%s\" had %lld row%s and would have %lld",
		     old->table, (long long)old->rows,
		     old->rows == 1 ? "" : "s", (long long)rows);
		return error_hint(e,
				  "to delete rows on purpose, add a DELETE "
				  "FROM %s; nothing was changed",
				  old->table);
	}
	return OK;
}

/*
 * ALTER TABLE p RENAME TO old redirects foreign keys to old; they don't
 * reference a new p (sqlite.org/lang_altertable.html).
 */
static enum status check_redirected(struct engine *engine, struct arena *arena,
				    const struct audit *audit,
				    const struct trace_names *names,
				    struct error *e)
{
	STATEMENT(keys);

	if (!names->news.count)
		return OK;
	if (engine_prepare(engine,
			   "SELECT t.name, f.\"table\" FROM sqlite_schema AS "
			   "t, pragma_foreign_key_list(t.name) AS f WHERE "
			   "t.type = 'table' AND NOT EXISTS (SELECT 1 FROM "
			   "sqlite_schema AS p WHERE p.type = 'table' AND "
			   "p.name = f.\"table\" COLLATE NOCASE)",
			   &keys, e) != OK)
		return e->status;
	while (statement_next(keys, e)) {
		const char *parent = statement_text(keys, 1, arena);

		if (!tables_have(&names->news, parent) ||
		    !tables_have(&audit->drops, parent))
			continue;
		fail(e, CONFLICT,
		     "a foreign key in %s would reference %s, which is dropped",
		     statement_text(keys, 0, arena), parent);
		return error_hint(
			e, "RENAME also redirects foreign keys; to prevent "
			   "that, set PRAGMA legacy_alter_table = ON and add "
			   "\"-- foreign_keys: off\" to the header");
	}
	return e->status;
}

static enum status check_mismatches(struct engine *engine, struct arena *arena,
				    const struct audit *audit, struct error *e)
{
	struct names found;

	if (audit->keys_off || !audit->drops_keys)
		return OK;
	if (mismatches_read(engine, arena, &found, e) != OK)
		return e->status;
	for (size_t i = 0; i < found.count; i++)
		if (!tables_have(&audit->mismatches, found.items[i]))
			return fail_no_key(found.items[i], e);
	return OK;
}

enum status audit_end(struct engine *engine, struct arena *arena,
		      const struct audit *before,
		      const struct deletions *deletions, struct error *e)
{
	struct row_counts after;
	struct violations violations = { 0 };
	struct trace_names names;

	if (check_mismatches(engine, arena, before, e) != OK || before->skip)
		return e->status;
	names = trace_tables(before->section, &before->rows, arena);
	if (read_state(engine, arena, before, &after, &violations, e) != OK ||
	    check_redirected(engine, arena, before, &names, e) != OK ||
	    (before->keys_off &&
	     violations_compare(&before->violations, &violations, &names,
				&after, &before->drops, arena, e) != OK))
		return e->status;
	return check_row_counts(before, &after, &names, deletions, arena, e);
}
