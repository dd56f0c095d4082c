/* What a declared type means. */
#ifndef SCHEMA_TYPE_H
#define SCHEMA_TYPE_H

#include "schema/model.h"

/*
 * The type that a declaration stands for: BOOLEAN, DATE, TIME, DATETIME or
 * TIMESTAMP, JSON, else by SQLite's affinity rules (sqlite.org/datatype3.html,
 * 3.1).  Names that say nothing (UUID, STRING) are TYPE_ANY where the rules
 * have NUMERIC: the engine takes any text there, and so should its doors.
 */
enum type type_declared(const char *declared);

/* The n of VARCHAR(n), CHAR(n), NVARCHAR(n) and their like; 0: none. */
size_t type_max_length(const char *declared);

/* Whether SQLite turns text that looks like a number into one (3.1.1). */
bool type_is_numeric(const char *declared);

#endif
