#include "http/service/tokens.h"

#include <errno.h>
#include <stdio.h>
#include <sys/stat.h>

#include "http/answer/problem.h"
#include "util/sha256.h"
#include "util/text.h"

enum {
	LEAST_LENGTH = 16,
	MOST_LENGTH = 4096, /* with the line's end */
};

static void close_file(FILE **file)
{
	if (*file)
		fclose(*file);
}

/* b64token (RFC 6750, 2.1). */
static bool is_token(struct slice text)
{
	static const char letters[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
				      "abcdefghijklmnopqrstuvwxyz"
				      "0123456789-._~+/";

	while (text.length && text.data[text.length - 1] == '=')
		text.length--;
	for (size_t i = 0; i < text.length; i++)
		if (!text_one_of(text.data[i], letters))
			return false;
	return text.length;
}

static enum status read_line(struct tokens *tokens, struct slice line,
			     struct error *e)
{
	unsigned char hash[SHA256_SIZE];

	if (!line.length || *line.data == '#')
		return OK;
	if (!is_token(line)) {
		fail(e, USAGE, "the token has a character that is not allowed");
		error_hint(e, "allowed: letters, digits, - . _ ~ + /, and = at "
			      "its end");
		return e->status;
	}
	if (line.length < LEAST_LENGTH) {
		fail(e, USAGE, "the token has fewer than %d characters",
		     LEAST_LENGTH);
		error_hint(e,
			   "make a new one: head -c 32 /dev/urandom | base64");
		return e->status;
	}
	sha256(line.data, line.length, hash);
	buffer_add(&tokens->hashes, hash, sizeof(hash));
	return OK;
}

static enum status read_lines(struct tokens *tokens, FILE *file,
			      const char *path, struct error *e)
{
	char line[MOST_LENGTH];

	for (int number = 1; fgets(line, sizeof(line), file); number++) {
		struct slice text = { line, strcspn(line, "\r\n") };

		if (text.length == sizeof(line) - 1)
			fail(e, USAGE, "the line is too long");
		else if (read_line(tokens, slice_trim(text), e) == OK)
			continue;
		error_prefix(e, "%s:%d", path, number);
		break;
	}
	explicit_bzero(line, sizeof(line));
	if (e->status == OK && ferror(file))
		fail(e, FAILED, "%s: %s", path, strerror(errno));
	return e->status;
}

enum status tokens_read(struct tokens *tokens, const char *path,
			struct error *e)
{
	__attribute__((cleanup(close_file))) FILE *file = fopen(path, "re");

	if (!file)
		return fail(e, USAGE, "cannot read the token file %s: %s", path,
			    strerror(errno));
	/* The stream's own buffer would keep the tokens. */
	setvbuf(file, NULL, _IONBF, 0);
	if (read_lines(tokens, file, path, e) != OK)
		return e->status;
	if (tokens->hashes.length)
		return OK;
	fail(e, USAGE, "%s has no token", path);
	error_hint(e, "make one: head -c 32 /dev/urandom | base64 >%s", path);
	return e->status;
}

bool tokens_file_is_open(const char *path)
{
	struct stat status;

	return !stat(path, &status) && status.st_mode & S_IROTH;
}

/* Takes the same time whichever byte differs, and whichever token it is. */
static bool has_token(const struct tokens *tokens, struct slice text)
{
	unsigned char hash[SHA256_SIZE];
	unsigned found = 0;

	sha256(text.data, text.length, hash);
	for (size_t at = 0; at < tokens->hashes.length; at += SHA256_SIZE) {
		const char *known = tokens->hashes.data + at;
		unsigned different = 0;

		for (size_t i = 0; i < SHA256_SIZE; i++)
			different |= (unsigned char)known[i] ^
				     (unsigned)hash[i];
		found |= (different - 1) >> 31;
	}
	return found;
}

static bool refuse(const char *detail, const char *challenge,
		   struct arena *arena, struct response *response)
{
	problem_of_status(401, detail, arena, response);
	response_field(response, "WWW-Authenticate", challenge);
	return false;
}

bool tokens_admit(const struct tokens *tokens, const struct request *request,
		  struct arena *arena, struct response *response)
{
	struct slice text = request_field(request, "authorization");
	struct slice scheme;

	if (!tokens->hashes.length)
		return true;
	scheme = slice_cut(&text, ' ');
	if (!text.data || !slice_is_fold(scheme, "Bearer"))
		return refuse("Not authenticated", "Bearer realm=\"taskmgr\"",
			      arena, response);
	if (has_token(tokens, slice_trim(text)))
		return true;
	return refuse("Invalid authentication credentials",
		      "Bearer realm=\"taskmgr\", error=\"invalid_token\"",
		      arena, response);
}
