#include "migrate/run/ran.h"

struct value ran_milliseconds(int64_t microseconds)
{
	return microseconds < 0 ? value_null()
				: value_real((double)microseconds / 1000);
}

enum status ran_row(struct call *call, const struct ran *ran, struct error *e)
{
	const struct value values[] = {
		ran->sql ? value_exact(ran->sql) : value_null(),
		value_text(ran->revision),
		value_text(ran->direction),
		value_text(ran->message),
		ran_milliseconds(ran->duration),
		value_text(ran->sql),
	};

	return call_row(call, values, e);
}
