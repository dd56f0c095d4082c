/*
 * The least that a listener can do: epoll, one prepared statement, rows as
 * JSON; no request is checked.  make bench-http compares taskmgr with it.
 *
 *	bare_http DATABASE PORT
 *	GET /user/user_id?user_id=1	one row
 *	GET /user/			all of them
 */
#include <arpa/inet.h>
#include <netinet/tcp.h>
#include <sqlite3.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/socket.h>
#include <unistd.h>

enum { EVENTS = 64, REQUEST = 65536, ANSWER = 4 << 20 };

struct bare {
	sqlite3_stmt *row, *rows;
	char request[REQUEST], *answer;
};

static char *add(char *at, const char *text, size_t length)
{
	memcpy(at, text, length);
	return at + length;
}

static char *add_text(char *at, const unsigned char *text)
{
	*at++ = '"';
	for (; *text; text++) {
		if (*text == '"' || *text == '\\')
			*at++ = '\\';
		*at++ = (char)*text;
	}
	*at++ = '"';
	return at;
}

static char *add_integer(char *at, sqlite3_int64 number)
{
	char digits[24];
	size_t n = sizeof(digits);

	do
		digits[--n] = (char)('0' + number % 10);
	while (number /= 10);
	return add(at, digits + n, sizeof(digits) - n);
}

static char *add_row(char *at, sqlite3_stmt *statement)
{
	static const char *const names[] = {
		"{\"id\":",       ",\"username\":", ",\"firstname\":",
		",\"lastname\":", ",\"age\":",      ",\"slug\":"
	};

	for (int i = 0; i < 6; i++) {
		at = add(at, names[i], strlen(names[i]));
		at = i == 0 || i == 4
			     ? add_integer(at,
					   sqlite3_column_int64(statement, i))
			     : add_text(at, sqlite3_column_text(statement, i));
	}
	*at++ = '}';
	return at;
}

/* The answer to one request, after what is there; returns its end. */
static char *answer(struct bare *bare, const char *request, char *at)
{
	const char *id = strstr(request, "user_id=");
	sqlite3_stmt *statement = id ? bare->row : bare->rows;
	char *head = at, *body = at + 256;
	int length, n = 0;

	at = body;
	if (id)
		sqlite3_bind_int64(statement, 1, atoll(id + 8));
	else
		*at++ = '[';
	while (sqlite3_step(statement) == SQLITE_ROW) {
		if (n++)
			*at++ = ',';
		at = add_row(at, statement);
	}
	sqlite3_reset(statement);
	if (!id)
		*at++ = ']';
	length = sprintf(head,
			 "HTTP/1.1 200 OK\r\nContent-Type: application/json"
			 "\r\nContent-Length: %zu\r\n\r\n",
			 (size_t)(at - body));
	memmove(head + length, body, (size_t)(at - body));
	return head + length + (at - body);
}

static int serve(struct bare *bare, int fd)
{
	ssize_t n = recv(fd, bare->request, REQUEST - 1, 0);
	char *end = bare->answer, *at = bare->request;

	if (n <= 0)
		return 0;
	bare->request[n] = '\0';
	for (; (at = strstr(at, "GET ")); at += 4)
		end = answer(bare, at, end);
	for (at = bare->answer; at < end; at += n) {
		n = send(fd, at, (size_t)(end - at), MSG_NOSIGNAL);
		if (n < 0)
			return 0;
	}
	return 1;
}

static int open_port(int port)
{
	struct sockaddr_in address = {
		.sin_family = AF_INET,
		.sin_port = htons((unsigned short)port),
		.sin_addr.s_addr = htonl(INADDR_LOOPBACK),
	};
	int fd = socket(AF_INET, SOCK_STREAM, 0), on = 1;

	setsockopt(fd, SOL_SOCKET, SO_REUSEADDR, &on, sizeof(on));
	if (bind(fd, (struct sockaddr *)&address, sizeof(address)) < 0 ||
	    listen(fd, 512) < 0) {
		perror("bare_http");
		exit(1);
	}
	return fd;
}

static void run(struct bare *bare, int listener)
{
	struct epoll_event events[EVENTS], event = { .events = EPOLLIN };
	int epoll = epoll_create1(0), on = 1;

	event.data.fd = listener;
	epoll_ctl(epoll, EPOLL_CTL_ADD, listener, &event);
	for (;;) {
		int n = epoll_wait(epoll, events, EVENTS, -1);

		for (int i = 0; i < n; i++) {
			int fd = events[i].data.fd;

			if (fd != listener && !serve(bare, fd))
				close(fd);
			if (fd != listener)
				continue;
			event.data.fd = accept(listener, NULL, NULL);
			setsockopt(event.data.fd, IPPROTO_TCP, TCP_NODELAY, &on,
				   sizeof(on));
			epoll_ctl(epoll, EPOLL_CTL_ADD, event.data.fd, &event);
		}
	}
}

int main(int argc, char **argv)
{
	static const char one[] = "SELECT id, username, firstname, lastname, "
				  "age, slug FROM users WHERE id = ?",
			  all[] = "SELECT id, username, firstname, lastname, "
				  "age, slug FROM users";
	struct bare *bare = calloc(1, sizeof(*bare));
	sqlite3 *db;

	sqlite3_config(SQLITE_CONFIG_MEMSTATUS, 0);
	if (argc != 3 || sqlite3_open(argv[1], &db) != SQLITE_OK ||
	    sqlite3_prepare_v2(db, one, -1, &bare->row, NULL) != SQLITE_OK ||
	    sqlite3_prepare_v2(db, all, -1, &bare->rows, NULL) != SQLITE_OK)
		return 1;
	bare->answer = malloc(ANSWER);
	run(bare, open_port(atoi(argv[2])));
	return 0;
}
