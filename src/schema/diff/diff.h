/*
 * Compares two schemas and writes the DDL that turns one into the other.
 * Tokens are compared, not text, so spelling and white space don't matter.
 */
#ifndef SCHEMA_DIFF_H
#define SCHEMA_DIFF_H

#include "schema/plan/change.h"

/*
 * Compares from with to; options may be NULL.  Without changes out->sql is "".
 * INVALID names a change that cannot be written, or a rename in the options
 * that matches nothing.
 */
CHECKED enum status diff_compute(const struct schema *from,
				 const struct schema *to,
				 const struct diff_options *options,
				 struct arena *arena, struct diff *out,
				 struct error *e);

/*
 * Proves in memory that up turns from into to and that down reverses it;
 * otherwise FAILED with the first difference.  Skips tables that neither
 * affects.
 */
CHECKED enum status diff_prove(const struct schema *from,
			       const struct schema *to, const struct diff *up,
			       const struct diff *down, struct error *e);

#endif
