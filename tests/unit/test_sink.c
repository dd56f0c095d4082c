#include "result.h"

#include <fcntl.h>
#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

static void nothing_is_written_before_a_row(void **state)
{
	struct result result = two_people("csv");
	struct writer *writer;
	struct sink sink;
	struct error e;
	ARENA(arena);

	(void)state;
	error_init(&e, &arena);
	sink_init_memory(&sink);
	assert_int_equal(writer_new(&result.options, people, COUNT(people),
				    &sink, &arena, &writer, &e),
			 OK);
	assert_int_equal(sink.buffer.length, 0);
	assert_int_equal(writer_row(writer, result.values, &e), OK);
	assert_true(sink.buffer.length > 0);
	sink_clear(&sink);
}

static void expect_flush(int fd, enum status status, const char *message)
{
	struct sink sink;
	struct error e;
	ARENA(arena);

	error_init(&e, &arena);
	sink_init_fd(&sink, fd);
	assert_int_equal(sink_flush(&sink, &e), OK);
	buffer_text(&sink.buffer, "text");
	assert_int_equal(sink_flush_if_full(&sink, &e), OK);
	assert_int_equal(sink.buffer.length, 4);
	assert_int_equal(sink_flush(&sink, &e), status);
	if (message)
		assert_string_equal(e.message, message);
	assert_int_equal(sink.buffer.length, 0);
	sink_clear(&sink);
}

static void a_sink_tells_what_went_wrong(void **state)
{
	int full = open("/dev/full", O_WRONLY), ends[2];

	(void)state;
	assert_true(full >= 0);
	expect_flush(full, FAILED, "write error: No space left on device");
	close(full);
	expect_flush(full, FAILED, "write error: Bad file descriptor");
	signal(SIGPIPE, SIG_IGN);
	assert_int_equal(pipe(ends), 0);
	close(ends[0]);
	expect_flush(ends[1], CLOSED, NULL);
	close(ends[1]);
}

/* More than a pipe holds, without blocking: short writes and EAGAIN. */
static void a_sink_writes_everything(void **state)
{
	enum { SIZE = 1 << 20 };
	char bytes[4096];
	size_t total = 0;
	struct sink sink;
	struct error e;
	int ends[2], ended;
	pid_t child;
	ARENA(arena);

	(void)state;
	error_init(&e, &arena);
	assert_int_equal(pipe2(ends, O_NONBLOCK), 0);
	fcntl(ends[0], F_SETFL, 0);
	child = fork();
	if (child == 0) {
		sink_init_fd(&sink, ends[1]);
		buffer_reserve(&sink.buffer, SIZE);
		for (size_t i = 0; i < SIZE; i++)
			sink.buffer.data[i] = (char)(i % 251);
		sink.buffer.length = SIZE;
		_exit(sink_flush_if_full(&sink, &e) != OK ||
		      sink.buffer.length);
	}
	close(ends[1]);
	for (ssize_t n; (n = read(ends[0], bytes, sizeof(bytes))) > 0;)
		for (ssize_t i = 0; i < n; i++)
			assert_int_equal((unsigned char)bytes[i],
					 total++ % 251);
	close(ends[0]);
	assert_int_equal(total, SIZE);
	assert_int_equal(waitpid(child, &ended, 0), child);
	assert_int_equal(ended, 0);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(nothing_is_written_before_a_row),
		cmocka_unit_test(a_sink_tells_what_went_wrong),
		cmocka_unit_test(a_sink_writes_everything),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
