/*
 * Any text may be a schema.sql: it is refused for a reason, or the SQL that
 * creates it from an empty database gives the same schema.
 */
#include <stdio.h>
#include <stdlib.h>

#include "schema/diff/diff.h"
#include "schema/model/read.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void stop(const char *what, const char *text, const struct error *e)
{
	fprintf(stderr, "%s: %s\n%s\n", what, e->message ? e->message : "",
		text);
	abort();
}

/* NULL: text is refused. */
static struct schema *read_schema(const char *text, struct arena *arena)
{
	struct schema *schema = NULL;
	struct error e;

	error_init(&e, arena);
	if (schema_read_text(text, "schema.sql", NULL, arena, &schema, &e) ==
	    OK)
		return schema;
	if (!e.message || !*e.message)
		stop("no message", text, &e);
	return NULL;
}

/* False if the change is refused. */
static bool compare(const struct schema *from, const struct schema *to,
		    struct arena *arena, struct diff *out)
{
	struct error e;

	error_init(&e, arena);
	if (diff_compute(from, to, NULL, arena, out, &e) == OK)
		return true;
	if (e.status != INVALID || !e.message)
		stop("comparing", "", &e);
	return false;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	ARENA(arena);
	const char *text = arena_copy_n(&arena, (const char *)data, size);
	const struct schema *want = read_schema(text, &arena), *got;
	struct diff diff;
	struct error e;

	error_init(&e, &arena);
	if (!want)
		return 0;
	if (compare(want, want, &arena, &diff) && *diff.sql)
		stop(diff.sql, text, &e);
	if (!compare(read_schema("", &arena), want, &arena, &diff))
		return 0;
	got = read_schema(diff.sql, &arena);
	if (!got)
		stop(diff.sql, text, &e);
	if (compare(got, want, &arena, &diff) && *diff.sql)
		stop(diff.sql, text, &e);
	return 0;
}
