/*
 * Errors in FastAPI's form: {"detail":"…"}, and for invalid input
 * {"detail":[{"type":…,"loc":[…],"msg":…,"input":…}]}.
 */
#ifndef HTTP_ANSWER_PROBLEM_H
#define HTTP_ANSWER_PROBLEM_H

#include "http/wire/request.h"
#include "http/wire/response.h"
#include "operation/operation.h"
#include "util/arena.h"
#include "util/error.h"

/*
 * Makes the response to an operation's error, with its texts in arena.  Details
 * that the client must not see are reported to operator.
 */
void problem_report(const struct error *e, const struct request *request,
		    const struct context *operator, struct arena * arena,
		    struct response *response);

/* Converts an error to RFC 9457's form if Accept names it. */
void problem_adapt(const struct request *request, struct arena *arena,
		   struct response *response);

/* An error of the listener itself; detail NULL: the status's phrase. */
void problem_of_status(int status, const char *detail, struct arena *arena,
		       struct response *response);

#endif
