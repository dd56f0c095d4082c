/* begin, commit, rollback. */
#include "shell/word/word.h"

enum status word_begin(const struct word_call *call, struct error *e)
{
	struct session *session = call->session;

	if (word_alone(call, e) != OK ||
	    session_point(session, NULL, call->arena, e) != OK ||
	    context_open(&session->context, 0, e) != OK)
		return e->status;
	return engine_begin(session->context.engine, e);
}

static enum status end_transaction(const struct word_call *call, bool keep,
				   struct error *e)
{
	struct context *context = &call->session->context;

	if (word_alone(call, e) != OK)
		return e->status;
	if (!context->engine || !engine_in_transaction(context->engine))
		return fail(e, USAGE, "no transaction is open");
	/* SQLite commits to a file that was deleted without an error. */
	if (keep && context_open(context, 0, e) != OK)
		return e->status;
	return engine_end(context->engine, keep, e);
}

enum status word_commit(const struct word_call *call, struct error *e)
{
	return end_transaction(call, true, e);
}

enum status word_rollback(const struct word_call *call, struct error *e)
{
	return end_transaction(call, false, e);
}
