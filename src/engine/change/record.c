#define SQLITE_ENABLE_PREUPDATE_HOOK
#define SQLITE_ENABLE_SESSION
#include <stdlib.h>
#include <string.h>

#include "engine/change/changes.h"
#include "engine/change/recorded.h"
#include "engine/introspect.h"
#include "util/buffer.h"
#include "util/text.h"

/*
 * Writes the changesets of SQLite's session extension ("CHANGESET FORMAT" in
 * sqlite3session.c) without its sessions: a session compiles a query for each
 * table, and records NULL for the value that ADD COLUMN gave to older rows.
 */
struct changes {
	struct engine *engine;
	const struct recorded_table *table; /* of the last change */
	struct buffer set;
	size_t limit, count;
	size_t tables; /* how often the table differed from the one before */
	const char *reason; /* why the changes cannot all be kept; or NULL */
};

static const char too_much[] = "it changed too much";

static void add_length(struct buffer *out, size_t length)
{
	unsigned char bytes[10];
	size_t n = sizeof(bytes);

	bytes[--n] = length & 0x7f;
	while (length >>= 7)
		bytes[--n] = (length & 0x7f) | 0x80;
	buffer_add(out, bytes + n, sizeof(bytes) - n);
}

static void add_eight_bytes(struct buffer *out, uint64_t bits)
{
	for (int shift = 56; shift >= 0; shift -= 8)
		buffer_byte(out, (int)(bits >> shift & 0xff));
}

static void add_value(struct buffer *out, struct value value)
{
	static const char types[] = {
		[VALUE_NULL] = SQLITE_NULL,  [VALUE_INTEGER] = SQLITE_INTEGER,
		[VALUE_REAL] = SQLITE_FLOAT, [VALUE_TEXT] = SQLITE_TEXT,
		[VALUE_BLOB] = SQLITE_BLOB,
	};
	uint64_t bits = (uint64_t)value.integer;

	buffer_byte(out, types[value.kind]);
	switch (value.kind) {
	case VALUE_NULL:
		break;
	case VALUE_REAL:
		memcpy(&bits, &value.real, sizeof(bits));
		add_eight_bytes(out, bits);
		break;
	case VALUE_INTEGER:
		add_eight_bytes(out, bits);
		break;
	case VALUE_TEXT:
	case VALUE_BLOB:
		add_length(out, value.length);
		buffer_add(out, value.data, value.length);
		break;
	}
}

static void begin_table(struct changes *changes,
			const struct recorded_table *table)
{
	struct buffer *set = &changes->set;

	if (table == changes->table)
		return;
	changes->table = table;
	changes->tables++;
	buffer_byte(set, 'T');
	add_length(set, table->ncolumns);
	for (size_t i = 0; i < table->ncolumns; i++)
		buffer_byte(set, table->columns[i].key);
	buffer_add(set, table->name, strlen(table->name) + 1);
}

/* A row that SQLite is about to change. */
struct changing {
	sqlite3 *db;
	const struct recorded_table *table;
	sqlite3_int64 rowid;
	sqlite3_stmt *stored; /* a query of the row; NULL until needed */
};

/*
 * SQLite 3.40 has NULL for a column that was added after the row was written,
 * even if the column has a DEFAULT.  NULL if the row cannot be found.
 */
static sqlite3_value *stored_value(struct changing *row, int i)
{
	char *sql;

	if (!row->stored && !row->table->rowid_hidden) {
		sql = sqlite3_mprintf(
			"SELECT * FROM main.\"%w\" WHERE _rowid_ = %lld",
			row->table->name, row->rowid);
		sqlite3_prepare_v2(row->db, sql, -1, &row->stored, NULL);
		sqlite3_free(sql);
	}
	if (!row->stored || (!sqlite3_stmt_busy(row->stored) &&
			     sqlite3_step(row->stored) != SQLITE_ROW))
		return NULL;
	return sqlite3_column_value(row->stored, i);
}

static sqlite3_value *old_value(struct changing *row, int i)
{
	sqlite3_value *value = NULL;

	sqlite3_preupdate_old(row->db, i, &value);
	if (value && sqlite3_value_type(value) == SQLITE_NULL &&
	    row->table->columns[i].has_default)
		value = stored_value(row, i);
	return value;
}

static sqlite3_value *new_value(const struct changing *row, int i)
{
	sqlite3_value *value = NULL;

	sqlite3_preupdate_new(row->db, i, &value);
	return value;
}

static void begin_change(struct changes *changes, const struct changing *row,
			 int action)
{
	buffer_byte(&changes->set, action);
	buffer_byte(&changes->set, sqlite3_preupdate_depth(row->db) > 0);
	changes->count++;
}

static void add_checked(struct changes *changes, const struct changing *row,
			int i, sqlite3_value *cell, struct buffer *out)
{
	const struct recorded_column *column = &row->table->columns[i];
	struct value value;

	if (!cell) {
		changes->reason = "SQLite could not record it";
		return;
	}
	value = engine_value(cell);
	if ((value.kind == VALUE_TEXT || value.kind == VALUE_BLOB) &&
	    value.length > changes->limit) {
		changes->reason = too_much;
		return;
	}
	/* A whole number in a REAL column is stored as an integer, which is
	   what the hook returns of a new row. */
	if (column->real && value.kind == VALUE_INTEGER)
		value = value_real((double)value.integer);
	if (column->key && value.kind == VALUE_NULL)
		changes->reason = arena_printf(
			&changes->engine->recorded_memory,
			"a key of %s is NULL", row->table->name);
	add_value(out, value);
}

/* All values of a row that is added or deleted. */
static void add_row(struct changes *changes, struct changing *row, int action)
{
	const int n = (int)row->table->ncolumns;

	begin_change(changes, row, action);
	for (int i = 0; i < n && !changes->reason; i++)
		add_checked(changes, row, i,
			    action == SQLITE_INSERT ? new_value(row, i)
						    : old_value(row, i),
			    &changes->set);
}

/* Replaces the last value, which begins at start, with an absent one. */
static void drop_value(struct buffer *out, size_t start)
{
	out->length = start;
	buffer_byte(out, 0);
}

static bool ends_alike(const struct buffer *a, size_t a_start,
		       const struct buffer *b, size_t b_start)
{
	const size_t length = a->length - a_start;

	return length == b->length - b_start &&
	       memcmp(a->data + a_start, b->data + b_start, length) == 0;
}

enum difference { SAME, NEW_VALUE, NEW_KEY };

/* Adds the old value if it changes or belongs to the key; adds the new value to
   later if it changes. */
static enum difference add_column(struct changes *changes, struct changing *row,
				  int i, struct buffer *later)
{
	struct buffer *set = &changes->set;
	const size_t start = set->length, later_start = later->length;
	const bool key = row->table->columns[i].key;

	add_checked(changes, row, i, old_value(row, i), set);
	add_checked(changes, row, i, new_value(row, i), later);
	if (!ends_alike(set, start, later, later_start))
		return key ? NEW_KEY : NEW_VALUE;
	drop_value(later, later_start);
	if (!key)
		drop_value(set, start);
	return SAME;
}

static void add_update(struct changes *changes, struct changing *row)
{
	const size_t start = changes->set.length;
	enum difference all = SAME;
	BUFFER(later);

	begin_change(changes, row, SQLITE_UPDATE);
	for (int i = 0; i < (int)row->table->ncolumns && all != NEW_KEY; i++) {
		enum difference one = add_column(changes, row, i, &later);

		if (one > all)
			all = one;
	}
	if (all == NEW_VALUE || changes->reason) {
		buffer_add(&changes->set, later.data, later.length);
		return;
	}
	changes->set.length = start;
	changes->count--;
	/* A key does not change in a changeset. */
	if (all == NEW_KEY) {
		add_row(changes, row, SQLITE_DELETE);
		add_row(changes, row, SQLITE_INSERT);
	}
}

/* engine_on_change's */
static void on_change(void *data, int action, const char *name, int64_t rowid)
{
	struct changes *changes = data;
	struct engine *engine = changes->engine;
	struct changing row = { .db = engine->db, .rowid = rowid };

	if (!changes->reason) {
		row.table = recorded_table(engine, name);
		changes->reason = row.table->reason;
	}
	if (changes->reason) {
		changes->count++;
		return;
	}
	begin_table(changes, row.table);
	if (action == SQLITE_UPDATE)
		add_update(changes, &row);
	else
		add_row(changes, &row, action);
	sqlite3_finalize(row.stored);
	if (changes->set.length > changes->limit)
		changes->reason = too_much;
}

enum status changes_begin(struct engine *engine, size_t limit,
			  struct changes **out, struct error *e)
{
	struct changes *changes;

	if (recorded_begin(engine, e) != OK)
		return e->status;
	changes = calloc(1, sizeof(*changes));
	if (!changes)
		return fail(e, FAILED, "out of memory");
	changes->engine = engine;
	changes->limit = limit;
	engine_on_change(engine, on_change, changes);
	*out = changes;
	return OK;
}

void changes_drop(struct changes *changes)
{
	engine_on_change(changes->engine, NULL, NULL);
	buffer_clear(&changes->set);
	free(changes);
}

/* Several changes of one row become one. */
static bool join_changes(struct buffer *set)
{
	sqlite3_changegroup *group = NULL;
	void *data = NULL;
	int length = 0;
	bool done = sqlite3changegroup_new(&group) == SQLITE_OK &&
		    sqlite3changegroup_add(group, (int)set->length,
					   set->data) == SQLITE_OK &&
		    sqlite3changegroup_output(group, &length, &data) ==
			    SQLITE_OK;

	sqlite3changegroup_delete(group);
	if (done) {
		set->length = 0;
		buffer_add(set, data, (size_t)length);
	}
	sqlite3_free(data);
	return done;
}

static int64_t count_rows(const struct buffer *set)
{
	sqlite3_changeset_iter *rows = NULL;
	int64_t count = 0;

	if (sqlite3changeset_start(&rows, (int)set->length, set->data) !=
	    SQLITE_OK)
		return 0;
	while (sqlite3changeset_next(rows) == SQLITE_ROW)
		count++;
	sqlite3changeset_finalize(rows);
	return count;
}

/* Why the changes cannot be undone; or NULL. */
static enum status judge(const struct changes *changes, const char **reason,
			 struct error *e)
{
	int64_t version;

	if (engine_schema_version(changes->engine, &version, e) != OK)
		return e->status;
	*reason = changes->reason;
	if (version != changes->engine->recorded_version)
		*reason = "it changed the schema";
	else if (!*reason && changes->engine->reverted)
		*reason = "a statement of it failed";
	return OK;
}

int64_t changes_total(const struct engine *engine)
{
	return sqlite3_total_changes64(engine->db);
}

enum status changes_fingerprint(struct engine *engine,
				const struct changeset *set, int64_t *out,
				struct error *e)
{
	sqlite3_changeset_iter *rows = NULL;
	uint64_t hash = TEXT_HASH;
	const struct recorded_table *table = NULL;

	if (recorded_begin(engine, e) != OK)
		return e->status;
	if (sqlite3changeset_start(&rows, (int)set->length, set->data) !=
	    SQLITE_OK)
		return fail(e, FAILED, "the changes cannot be read");
	while (sqlite3changeset_next(rows) == SQLITE_ROW) {
		const char *name = "";
		int columns, action, indirect;

		sqlite3changeset_op(rows, &name, &columns, &action, &indirect);
		if (table && strcmp(name, table->name) == 0)
			continue;
		table = recorded_table(engine, name);
		hash = recorded_hash(hash, table);
	}
	sqlite3changeset_finalize(rows);
	*out = (int64_t)(hash >> 1);
	return OK;
}

/* Most commands change a single table. */
static enum status add_fingerprint(const struct changes *changes,
				   struct changeset *set, struct error *e)
{
	if (changes->tables > 1)
		return changes_fingerprint(changes->engine, set,
					   &set->fingerprint, e);
	set->fingerprint = (int64_t)(changes->table->hash >> 1);
	return OK;
}

enum status changes_end(struct changes *changes, struct arena *arena,
			struct changeset *out, struct error *e)
{
	struct buffer *set = &changes->set;
	enum status status;

	*out = (struct changeset){ .rows = (int64_t)changes->count };
	status = judge(changes, &out->reason, e);
	if (status == OK && !out->reason && changes->count > 1) {
		if (!join_changes(set))
			out->reason = "SQLite could not record it";
		out->rows = count_rows(set);
	}
	if (status == OK && !out->reason && out->rows) {
		out->data = arena_copy_n(arena, set->data, set->length);
		out->length = set->length;
		status = add_fingerprint(changes, out, e);
	}
	changes_drop(changes);
	return status;
}
