/* read: a file of commands within a session. */
#include <errno.h>
#include <stdio.h>
#include <string.h>

#include "shell/word/script.h"
#include "shell/word/word.h"

enum { READ_DEPTH = 20 }; /* of files that read files */

enum status word_read(const struct word_call *call, struct error *e)
{
	struct session *session = call->session;
	const char *where = session->where, *path;
	struct reading reading;
	enum status status;
	FILE *file;

	if (word_need_argument(call, &path, e) != OK)
		return e->status;
	if (session->reading == READ_DEPTH)
		return fail(e, FAILED, "%s: %d files that read each other",
			    path, READ_DEPTH);
	file = fopen(path, "re");
	if (!file)
		return fail(e, FAILED, "%s: %s", path, strerror(errno));
	session->reading++;
	context_guard(&session->context, &reading, path);
	/* Its failures have been reported, with their lines. */
	status = script_run_file(session, file, path);
	session->reading--;
	session->context.reading = reading.outer;
	session->where = where;
	session->left = false; /* exit ends the file */
	fclose(file);
	return status;
}
