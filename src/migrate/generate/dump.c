#include "migrate/generate/dump.h"

#include "schema/text/spelling.h"
#include "util/buffer.h"

static void add_table(struct buffer *buffer, const struct table *table)
{
	statement_write(buffer, table->sql);
	for (size_t i = 0; i < table->nindexes; i++)
		if (table->indexes[i].sql)
			statement_write(buffer, table->indexes[i].sql);
	for (size_t i = 0; i < table->ntriggers; i++)
		statement_write(buffer, table->triggers[i].sql);
}

const char *dump_table(const struct table *table, struct arena *arena)
{
	BUFFER(buffer);

	add_table(&buffer, table);
	return arena_copy(arena, buffer_string(&buffer));
}

const char *dump_schema(const struct schema *schema, struct arena *arena)
{
	BUFFER(buffer);

	for (size_t i = 0; i < schema->ntables; i++) {
		if (i)
			buffer_byte(&buffer, '\n');
		add_table(&buffer, &schema->tables[i]);
	}
	return arena_copy(arena, buffer_string(&buffer));
}
