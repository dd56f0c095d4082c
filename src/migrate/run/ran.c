#include "migrate/run/ran.h"

const struct output_column ran_columns[RAN_NCOLUMNS] = {
	{ "text", TYPE_TEXT, COLUMN_TEXT, NULL },
	{ "revision", TYPE_TEXT, 0, "the revision" },
	{ "direction", TYPE_TEXT, 0, "upgrade, downgrade or stamp" },
	{ "message", TYPE_TEXT, COLUMN_NULLABLE, "what it does" },
	{ "milliseconds", TYPE_REAL, COLUMN_NULLABLE,
	  "how long it took; null with --sql" },
	{ "sql", TYPE_TEXT, COLUMN_NULLABLE, "its SQL, with --sql" },
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
