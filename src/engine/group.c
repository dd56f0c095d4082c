/*
 * Transactions that several callers share: a snapshot for readers, one commit
 * for writers (sqlite.org/lang_savepoint.html).
 */
#include "engine/sqlite.h"

enum status engine_snapshot_begin(struct engine *engine, struct error *e)
{
	if (engine->snapshot)
		return OK;
	if (engine_exec(engine, "BEGIN", e) != OK)
		return e->status;
	engine->snapshot = true;
	return OK;
}

void engine_snapshot_end(struct engine *engine)
{
	ARENA(arena);

	if (!engine->snapshot)
		return;
	engine->snapshot = false;
	ERROR(ignored, &arena);
	/* An error may have ended it already. */
	if (!sqlite3_get_autocommit(engine->db) &&
	    engine_exec(engine, "COMMIT", &ignored) != OK)
		engine_drop_idle(engine);
}

/* After so many groups without a failure the next one has no savepoints. */
enum { CALM = 16 };

struct group {
	const struct group_member *members;
	size_t count;
	bool guarded; /* each member runs in a savepoint */
	bool failed;  /* a member failed */
	bool ended;   /* a member ended it: RAISE(ROLLBACK), a disk error … */
};

/* PRAGMA defer_foreign_keys would last to the end of the transaction. */
static enum status stop_deferring(struct engine *engine, struct error *e)
{
	if (!engine->deferring)
		return OK;
	engine->deferring = false;
	return engine_exec(engine, "PRAGMA defer_foreign_keys = OFF", e);
}

/* Without a savepoint a failure is that of the whole group. */
static enum status end_member(struct engine *engine, const struct group *group,
			      enum status status, struct error *e)
{
	if (group->ended)
		return fail(e, CONFLICT, "the transaction was ended");
	if (!group->guarded)
		return status == OK ? OK : fail(e, CONFLICT, "a member failed");
	if (status != OK && engine_exec(engine, "ROLLBACK TO member", e) != OK)
		return e->status;
	return engine_exec(engine, "RELEASE member", e);
}

/*
 * A pending violation would fail the commit for all, so it fails its member
 * now.
 */
static enum status run_member(struct engine *engine, struct group *group,
			      const struct group_member *member,
			      struct error *e)
{
	enum status status;

	error_init(member->e, member->e->arena);
	if (group->guarded && engine_exec(engine, "SAVEPOINT member", e) != OK)
		return e->status;
	status = member->work(engine, member->data, member->e);
	if (status == OK)
		status = engine_check_deferred(engine, member->e);
	group->failed |= status != OK;
	group->ended = sqlite3_get_autocommit(engine->db);
	if (end_member(engine, group, status, e) != OK)
		return e->status;
	return stop_deferring(engine, e);
}

static enum status run_members(struct engine *engine, void *data,
			       struct error *e)
{
	struct group *group = data;

	for (size_t i = 0; i < group->count; i++)
		if (run_member(engine, group, &group->members[i], e) != OK)
			return e->status;
	return OK;
}

static enum status run_group(struct engine *engine, struct group *group,
			     struct error *e)
{
	enum status status;

	error_init(e, e->arena);
	engine->deferring = group->failed = group->ended = false;
	status = engine_transaction(engine, TRANSACTION_WRITE, run_members,
				    group, e);
	engine->calm = group->failed ? 0 : engine->calm + 1;
	return status;
}

static void run_member_alone(struct engine *engine,
			     const struct group_member *member)
{
	error_init(member->e, member->e->arena);
	if (engine_transaction(engine, TRANSACTION_WRITE, member->work,
			       member->data, member->e) != OK)
		return; /* the error is the member's own */
}

/*
 * Savepoints are a seventh of the writer's work, and are only needed once a
 * member fails; then the group is run again with them.  One member may have
 * caused a failure of all (disk full, transaction ended from within), so each is
 * retried alone; not after a lock timeout.
 */
enum status engine_transaction_group(struct engine *engine,
				     const struct group_member *members,
				     size_t count, struct error *e)
{
	struct group group = {
		.members = members,
		.count = count,
		.guarded = engine->calm < CALM,
	};
	enum status status;

	if (count > 1) {
		status = run_group(engine, &group, e);
		if (!group.guarded && group.failed) {
			group.guarded = true;
			status = run_group(engine, &group, e);
		}
		if (status == OK || (status == BUSY && !group.ended))
			return status;
		error_init(e, e->arena);
	}
	engine->deferring = false;
	for (size_t i = 0; i < count; i++)
		run_member_alone(engine, &members[i]);
	if (count == 1 && members->e->status == BUSY)
		*e = *members->e;
	return e->status;
}
