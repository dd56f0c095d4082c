/* SQL that changes rows, typed at the prompt. */
#include "shell/command/command.h"
#include "shell/word/word.h"

/* update and the like may be a noun, or a verb that is written first: create
   user, delete user. */
static bool is_command(const struct catalog *catalog,
		       const struct word_call *call)
{
	const char *noun = call->nwords > 1
				   ? catalog_find_noun(catalog, call->words[1])
				   : NULL;

	return catalog_find_noun(catalog, call->words[0]) ||
	       (noun && catalog_find(catalog, noun, call->words[0]));
}

enum status word_sql(const struct word_call *call, struct error *e)
{
	struct session *session = call->session;

	if (session_point(session, NULL, call->arena, e) != OK ||
	    session_catalog(session, false, e) != OK)
		return e->status;
	if (is_command(&session->catalog, call))
		return command_run(session, call->words, call->nwords);
	fail(e, USAGE, "SQL that changes the database needs sql --write");
	error_hint(e, "write sql --write before it, and ; at its end");
	return USAGE;
}
