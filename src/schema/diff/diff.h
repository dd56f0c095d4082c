/*
 * The difference between two schemas, and the DDL that turns the one into the
 * other.  Token sequences are compared, never texts, so spelling makes no
 * noise.
 */
#ifndef SCHEMA_DIFF_H
#define SCHEMA_DIFF_H

#include "schema/plan/change.h"

/*
 * Compares from with to.  INVALID for a change that cannot be written, naming
 * it.  A diff without changes has sql "".
 */
CHECKED enum status diff_compute(const struct schema *from,
				 const struct schema *to,
				 const struct diff_options *options,
				 struct arena *arena, struct diff *out,
				 struct error *e);

/*
 * Proves up and down on a database in memory: up turns from into to, down
 * turns it back.  FAILED with what differs.  Tables that neither is about are
 * left out, and so are new tables that nothing else has to do with: their
 * text has run when to was read, and dropping them needs no proof.
 */
CHECKED enum status diff_prove(const struct schema *from,
			       const struct schema *to, const struct diff *up,
			       const struct diff *down, struct error *e);

#endif
