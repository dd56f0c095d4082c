/*
 * The command sql: SQL that a user types, against the database of every other
 * command, with their output formats, dry runs and errors.
 */
#ifndef SQL_SQL_H
#define SQL_SQL_H

#include "operation/operation.h"

/* The operation, in a list like those of the other rooms. */
const struct operation *sql_operations(size_t *count);

#endif
