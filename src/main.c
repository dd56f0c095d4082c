/* taskmgr: argv → one of the doors; a status → an exit code. */
#include <fcntl.h>
#include <signal.h>
#include <stdlib.h>
#include <unistd.h>

#include "engine/engine.h"
#include "http/server/serve.h"
#include "shell/shell.h"

/*
 * A database must never land on a standard descriptor that was closed.  The
 * replacement is not writable, so that lost output is an error.
 */
static void hold_descriptors(void)
{
	int fd = open("/dev/null", O_RDONLY);

	while (fd >= 0 && fd <= STDERR_FILENO)
		fd = open("/dev/null", O_RDONLY);
	if (fd > STDERR_FILENO)
		close(fd);
}

static int number_or(const char *digits, int standard)
{
	return digits ? (int)strtol(digits, NULL, 10) : standard;
}

static enum status serve(struct context *context,
			 const struct settings *settings, bool *again,
			 struct error *e)
{
	const struct http_settings http = {
		.host = settings->host ? settings->host : "127.0.0.1",
		.port = number_or(settings->port, 8000),
		.unix_socket = settings->unix_socket,
		.threads = number_or(settings->threads, 8),
		.allow_hosts = settings->allow_host,
		.cors = settings->cors,
		.root_path = settings->root_path ? settings->root_path : "",
		.token_file = settings->token_file,
		.insecure = settings->insecure,
		.access_log = settings->access_log,
		.no_docs = settings->no_docs,
		.reload = settings->reload,
		.read_only = settings->read_only,
	};

	return http_serve(context, &http, again, e);
}

int main(int argc, char **argv)
{
	hold_descriptors();
	/* Writing fails instead. */
	signal(SIGPIPE, SIG_IGN);
	signal(SIGXFSZ, SIG_IGN);
	engine_start();
	return shell_main(argc, argv, serve);
}
