#include "shell/word/outlet.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "shell/word/spawn.h"

const char *outlet_sign(enum outlet outlet)
{
	static const char *const signs[] = {
		[OUTLET_NONE] = "",     [OUTLET_FILE] = ">",
		[OUTLET_APPEND] = ">>", [OUTLET_REPLACE] = ">|",
		[OUTLET_PIPE] = "|",
	};

	return signs[outlet];
}

/* As with the shell's noclobber, > only creates a file. */
static enum status refuse_overwrite(const char *path, struct error *e)
{
	struct stat old;

	if (stat(path, &old) < 0 || !S_ISREG(old.st_mode))
		return OK;
	fail(e, USAGE, "%s exists", path);
	error_hint(e, ">| %s replaces it, >> %s appends to it", path, path);
	return e->status;
}

static enum status open_pipe(struct outlet_state *state, struct error *e)
{
	int ends[2] = { -1, -1 };

	if (pipe2(ends, O_CLOEXEC) < 0)
		return fail(e, FAILED, "cannot create a pipe: %s",
			    strerror(errno));
	state->standard = fcntl(STDOUT_FILENO, F_DUPFD_CLOEXEC, 3);
	if (spawn_shell(state->target, ends[0], &state->child, e) == OK)
		dup2(ends[1], STDOUT_FILENO);
	close(ends[0]);
	close(ends[1]);
	return e->status;
}

enum status outlet_open(struct outlet_state *state, struct session *session,
			const struct command_words *words, struct error *e)
{
	*state = (struct outlet_state){
		.outlet = words->outlet,
		.target = words->target,
		.output = session->settings.output,
		.has_output = session->has_output,
		.standard = -1,
	};
	if (!words->target)
		return fail(e, USAGE, "%s needs a %s after it",
			    outlet_sign(words->outlet),
			    words->outlet == OUTLET_PIPE ? "command" : "file");
	if (words->outlet == OUTLET_PIPE) {
		session->settings.output = NULL;
		if (open_pipe(state, e) != OK)
			session->settings.output = state->output;
		return e->status;
	}
	if (words->outlet == OUTLET_FILE &&
	    refuse_overwrite(words->target, e) != OK)
		return e->status;
	session->settings.output = words->target;
	session->has_output = words->outlet == OUTLET_APPEND;
	return OK;
}

enum status outlet_close(struct outlet_state *state, struct session *session,
			 enum status status, struct error *e)
{
	session->settings.output = state->output;
	session->has_output = state->has_output;
	if (state->outlet != OUTLET_PIPE)
		return OK;
	dup2(state->standard, STDOUT_FILENO);
	close(state->standard);
	return spawn_wait(session, state->target, state->child, status, e);
}
