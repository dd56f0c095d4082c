#include "migrate/run/ran.h"

const struct output_column ran_columns[RAN_NCOLUMNS] = {
	{ .name = "text",
	  .type = TYPE_TEXT,
	  .flags = COLUMN_TEXT,
	  .summary = NULL },
	{ .name = "revision", .type = TYPE_TEXT, .summary = "the revision" },
	{ .name = "direction",
	  .type = TYPE_TEXT,
	  .summary = "upgrade, downgrade or stamp" },
	{ .name = "message",
	  .type = TYPE_TEXT,
	  .flags = COLUMN_NULLABLE,
	  .summary = "what it does" },
	{ .name = "milliseconds",
	  .type = TYPE_REAL,
	  .flags = COLUMN_NULLABLE,
	  .summary = "how long it took; null with --sql" },
	{ .name = "sql",
	  .type = TYPE_TEXT,
	  .flags = COLUMN_NULLABLE,
	  .summary = "its SQL, with --sql" },
};

struct value ran_milliseconds(int64_t microseconds)
{
	return microseconds < 0 ? value_null()
				: value_real((double)microseconds / 1000);
}

enum status ran_row(struct call *call, const struct ran *ran, struct error *e)
{
	const struct value values[RAN_NCOLUMNS] = {
		ran->sql ? value_exact(ran->sql) : value_null(),
		value_text(ran->revision),
		value_text(ran->direction),
		value_text(ran->message),
		ran_milliseconds(ran->duration),
		value_text(ran->sql),
	};

	return call_row(call, values, e);
}
