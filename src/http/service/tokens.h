/*
 * Bearer tokens (RFC 6750): who may send requests.  Only their hashes are kept
 * in memory.
 */
#ifndef HTTP_SERVICE_TOKENS_H
#define HTTP_SERVICE_TOKENS_H

#include "http/wire/request.h"
#include "http/wire/response.h"
#include "util/buffer.h"
#include "util/error.h"

struct tokens {
	struct buffer
		hashes; /* one after the other; empty: no token is needed */
};

/*
 * Reads a file with one token per line; empty lines and lines that begin with #
 * are skipped.  USAGE, with file and line, for a token that is too short or has
 * a character that RFC 6750 does not allow.
 */
CHECKED enum status tokens_read(struct tokens *tokens, const char *path,
				struct error *e);

/* Whether other users of this machine may read the file. */
bool tokens_file_is_open(const char *path);

/*
 * Whether the request has one of the tokens, or needs none; if not, response is
 * 401.
 */
bool tokens_admit(const struct tokens *tokens, const struct request *request,
		  struct arena *arena, struct response *response);

#endif
