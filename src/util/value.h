/*
 * A value passed between an interface and the engine, and the types that
 * columns and parameters can have.
 */
#ifndef UTIL_VALUE_H
#define UTIL_VALUE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include "util/arena.h"

enum value_kind {
	VALUE_NULL,
	VALUE_INTEGER,
	VALUE_REAL,
	VALUE_TEXT,
	VALUE_BLOB,
};

/* Text is UTF-8, but bytes read from another's database may be anything. */
struct value {
	enum value_kind kind;
	union {
		int64_t integer;
		double real;
		struct {
			const char *data;
			size_t length;
		};
	};
};

/* What a column is declared to hold (SQLite, "Datatypes", section 3.1). */
enum type {
	TYPE_ANY,
	TYPE_INTEGER,
	TYPE_REAL,
	TYPE_NUMERIC,
	TYPE_BOOLEAN,
	TYPE_TEXT,
	TYPE_DATE,
	TYPE_TIME,
	TYPE_DATETIME,
	TYPE_JSON,
	TYPE_BLOB,
};

static inline struct value value_null(void)
{
	return (struct value){ .kind = VALUE_NULL };
}

static inline struct value value_integer(int64_t integer)
{
	return (struct value){ .kind = VALUE_INTEGER, .integer = integer };
}

static inline struct value value_real(double real)
{
	return (struct value){ .kind = VALUE_REAL, .real = real };
}

static inline struct value value_bytes(const char *data, size_t length)
{
	return (struct value){
		.kind = VALUE_TEXT,
		.data = data,
		.length = length,
	};
}

/* text as a value, not copied; NULL gives the NULL value. */
static inline struct value value_text(const char *text)
{
	return text ? value_bytes(text, strlen(text)) : value_null();
}

/* A text's bytes as a blob. */
static inline struct value value_exact(const char *text)
{
	return (struct value){
		.kind = VALUE_BLOB,
		.data = text,
		.length = strlen(text),
	};
}

/* value with its text or bytes copied to arena, followed by a NUL. */
struct value value_copy(struct value value, struct arena *arena);

bool value_equal(struct value a, struct value b);

/* The declared type's name as people write it, "integer", "date-time", … */
const char *type_name(enum type type);

#endif
