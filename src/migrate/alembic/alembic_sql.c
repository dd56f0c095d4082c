#include "migrate/alembic/alembic.h"

#include <errno.h>
#include <fcntl.h>
#include <spawn.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "migrate/revision/scan.h"
#include "util/buffer.h"

static bool read_all(int fd, struct buffer *out)
{
	for (;;) {
		char *room = buffer_reserve(out, 65536);
		ssize_t got = read(fd, room, 65536);

		if (got < 0 && errno == EINTR)
			continue;
		if (got <= 0)
			return !got;
		out->length += (size_t)got;
		out->data[out->length] = '\0';
	}
}

static bool spawn(const char *folder, const char *const *words, int out,
		  pid_t *child)
{
	posix_spawn_file_actions_t actions;
	int code;

	posix_spawn_file_actions_init(&actions);
	posix_spawn_file_actions_addchdir_np(&actions, folder);
	posix_spawn_file_actions_addopen(&actions, 0, "/dev/null", O_RDONLY, 0);
	posix_spawn_file_actions_adddup2(&actions, out, 1);
	posix_spawn_file_actions_addopen(&actions, 2, "/dev/null", O_WRONLY, 0);
	/* posix_spawnp does not change the words; only its type lacks const. */
	union {
		const char *const *words;
		char **argv;
	} cast = { words };
	code = posix_spawnp(child, words[0], &actions, NULL, cast.argv,
			    environ);
	posix_spawn_file_actions_destroy(&actions);
	return !code;
}

/* Reads the output of a command run in a folder; false if it failed. */
static bool run_command(const char *folder, const char *const *words,
			struct buffer *out)
{
	int ends[2], status = 1;
	pid_t child;
	bool went;

	if (pipe2(ends, O_CLOEXEC))
		return false;
	went = spawn(folder, words, ends[1], &child);
	close(ends[1]);
	went = went && read_all(ends[0], out);
	close(ends[0]);
	while (went && waitpid(child, &status, 0) < 0 && errno == EINTR)
		;
	return went && WIFEXITED(status) && !WEXITSTATUS(status);
}

/* taskmgr handles the version table and the transaction itself. */
static bool is_bookkeeping(struct span statement)
{
	static const char *const beginnings[] = {
		"BEGIN",
		"COMMIT",
		"CREATE TABLE alembic_version",
		"INSERT INTO alembic_version",
		"UPDATE alembic_version",
		"DELETE FROM alembic_version",
		"DROP TABLE alembic_version",
	};

	for (size_t i = 0; i < sizeof(beginnings) / sizeof(*beginnings); i++)
		if (strncmp(statement.text, beginnings[i],
			    strlen(beginnings[i])) == 0)
			return true;
	return false;
}

static const char *strip_bookkeeping(const char *text, struct arena *arena)
{
	BUFFER(out);
	struct scan scan = scan_of(text);
	struct span statement;

	while (scan_statement(&scan, &statement)) {
		if (is_bookkeeping(statement))
			continue;
		buffer_add(&out, statement.text, statement.length);
		buffer_byte(&out, '\n');
	}
	return arena_copy(arena, buffer_string(&out));
}

/* "-- Running upgrade a, b -> c, message": c, or of a downgrade a. */
static const char *revision_of(const char *line, bool up, struct arena *arena)
{
	const char *arrow = strstr(line, "-> ");

	if (up && arrow)
		line = arrow + 3;
	return arena_copy_n(arena, line, strcspn(line, " ,\n"));
}

static void split_steps(const char *text, bool up, struct arena *arena,
			struct alembic_steps *steps)
{
	const char *mark = up ? "-- Running upgrade " : "-- Running downgrade ";

	for (const char *at = strstr(text, mark), *next; at; at = next) {
		const char *body = at + strcspn(at, "\n");
		size_t length;

		next = strstr(body, mark);
		length = next ? (size_t)(next - body) : strlen(body);
		*LIST_ADD(arena, steps->items,
			  steps->count) = (struct alembic_step){
			revision_of(at + strlen(mark), up, arena),
			strip_bookkeeping(arena_copy_n(arena, body, length),
					  arena),
		};
	}
}

/* Runs "alembic -c config command argument --sql" in the folder of config, as
   paths in it are relative. */
static void run_alembic(const char *config, const char *command,
			const char *argument, struct arena *arena,
			struct alembic_steps *steps)
{
	const char *slash = strrchr(config, '/');
	const char *folder = slash ? arena_copy_n(arena, config,
						  (size_t)(slash - config) + 1)
				   : ".";
	const char *const words[] = {
		"alembic", "-c", slash ? slash + 1 : config, command, argument,
		"--sql",   NULL,
	};
	BUFFER(out);
	size_t before = steps->count;
	bool went = run_command(folder, words, &out);

	split_steps(buffer_string(&out), strcmp(command, "upgrade") == 0, arena,
		    steps);
	/* The last step may be incomplete. */
	if (!went && steps->count > before)
		steps->count--;
}

struct alembic_steps alembic_upgrades(const char *config, struct arena *arena)
{
	struct alembic_steps steps = { 0 };

	run_alembic(config, "upgrade", "heads", arena, &steps);
	return steps;
}

void alembic_downgrades(const char *config, const char *from,
			struct arena *arena, struct alembic_steps *out)
{
	run_alembic(config, "downgrade", arena_printf(arena, "%s:base", from),
		    arena, out);
}

const char *alembic_find(const struct alembic_steps *steps,
			 const char *revision)
{
	for (size_t i = 0; i < steps->count; i++)
		if (strcmp(steps->items[i].revision, revision) == 0)
			return steps->items[i].sql;
	return NULL;
}
