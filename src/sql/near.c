#include "sql/near.h"

#include <string.h>

#include "schema/model/read.h"
#include "schema/text/token.h"
#include "util/text.h"

/* The name that the message reports, without its table; or NULL. */
static const char *missing_name(const char *message, const char *kind)
{
	const char *found = strstr(message, kind);
	const char *dot = found ? strrchr(found, '.') : NULL;

	if (!found)
		return NULL;
	return dot ? dot + 1 : found + strlen(kind);
}

static void offer_columns(const struct table *table, struct close_names *close)
{
	for (size_t i = 0; i < table->ncolumns; i++)
		close_names_offer(close, table->columns[i].name);
}

void near_suggest(struct engine *engine, const char *sql, struct error *e)
{
	const char *table = missing_name(e->message, "no such table: ");
	const char *column = missing_name(e->message, "no such column: ");
	struct close_names close;
	struct schema *schema;
	struct error ignored;

	/* The names stay with the error. */
	error_init(&ignored, e->arena);
	if ((!table && !column) ||
	    schema_read(engine, e->arena, &schema, &ignored) != OK)
		return;
	close_names_init(&close, table ? table : column);
	for (size_t i = 0; i < schema->ntables; i++) {
		if (table)
			close_names_offer(&close, schema->tables[i].name);
		else if (tokens_name(span_of(sql), schema->tables[i].name))
			offer_columns(&schema->tables[i], &close);
	}
	close_names_suggest(&close, e);
}
