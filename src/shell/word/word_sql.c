/* SQL that changes rows, typed at the prompt. */
#include <strings.h>

#include "shell/command/command.h"
#include "shell/word/word.h"

/* UPDATE users SET age=3 has a noun as well; the row "set" takes options. */
static bool sets_columns(const struct word_call *call)
{
	return call->nwords > 3 && strcasecmp(call->words[0], "update") == 0 &&
	       strcasecmp(call->words[2], "set") == 0 &&
	       call->words[3][0] != '-';
}

/* update and the like may be a noun, or a verb that is written first: create
   user, delete user. */
static bool is_command(const struct catalog *catalog,
		       const struct word_call *call)
{
	const char *noun = call->nwords > 1
				   ? catalog_find_noun(catalog, call->words[1])
				   : NULL;

	return catalog_find_noun(catalog, call->words[0]) ||
	       (noun && !sets_columns(call) &&
		catalog_find(catalog, noun, call->words[0]));
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
