#include "shell/word/spawn.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "shell/word/word.h"

static void run_child(const char *command, int input)
{
	static const int signals[] = { SIGINT, SIGPIPE, SIGTSTP, SIGWINCH,
				       SIGXFSZ };
	sigset_t none;

	sigemptyset(&none);
	sigprocmask(SIG_SETMASK, &none, NULL);
	for (size_t i = 0; i < sizeof(signals) / sizeof(signals[0]); i++)
		signal(signals[i], SIG_DFL);
	if (input != STDIN_FILENO)
		dup2(input, STDIN_FILENO);
	execl("/bin/sh", "sh", "-c", command, (char *)NULL);
	_exit(127);
}

enum status spawn_shell(const char *command, int input, pid_t *out,
			struct error *e)
{
	*out = fork();
	if (*out < 0)
		return fail(e, FAILED, "cannot start a process: %s",
			    strerror(errno));
	if (!*out)
		run_child(command, input);
	return OK;
}

int spawn_status(pid_t child)
{
	int ended = 0;

	while (waitpid(child, &ended, 0) < 0 && errno == EINTR)
		;
	return ended;
}

enum status spawn_wait(const struct session *session, const char *command,
		       pid_t child, enum status status, struct error *e)
{
	int ended = spawn_status(child);

	if (session->prompts || status != OK || !ended)
		return OK;
	if (WIFSIGNALED(ended))
		return fail(e, FAILED, "%s: ended by signal %d", command,
			    WTERMSIG(ended));
	return fail(e, FAILED, "%s: exit status %d", command,
		    WEXITSTATUS(ended));
}

enum status word_shell(const struct word_call *call, struct error *e)
{
	/* It must not read the commands that are next. */
	int input = call->session->reads_input
			    ? open("/dev/null", O_RDONLY | O_CLOEXEC)
			    : STDIN_FILENO;
	const char *command;
	pid_t child = 0;

	if (word_need_argument(call, &command, e) == OK &&
	    spawn_shell(command, input, &child, e) != OK)
		command = NULL;
	if (input > STDERR_FILENO)
		close(input);
	if (e->status != OK)
		return e->status;
	return spawn_wait(call->session, command, child, OK, e);
}
