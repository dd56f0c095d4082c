/*
 * Errors as FastAPI shows them: {"detail":"…"}, and for input that doesn't
 * fit {"detail":[{"type":…,"loc":[…],"msg":…,"input":…}]}.
 */
#ifndef HTTP_ANSWER_PROBLEM_H
#define HTTP_ANSWER_PROBLEM_H

#include "http/wire/request.h"
#include "http/wire/response.h"
#include "operation/operation.h"
#include "util/arena.h"
#include "util/error.h"

/*
 * Writes the response to an operation's error; its texts are in arena.  Details
 * that the client must not see go to operator.
 */
void problem_report(const struct error *e, const struct request *request,
		    const struct context *operator, struct arena * arena,
		    struct response *response);

/* The error in the form that the client accepts: RFC 9457's, if it names it. */
void problem_adapt(const struct request *request, struct arena *arena,
		   struct response *response);

/* An answer of the listener itself; detail NULL: the status' phrase. */
void problem_of_status(int status, const char *detail, struct arena *arena,
		       struct response *response);

#endif
