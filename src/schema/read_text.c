#include "schema/read.h"
#include "schema/warn.h"

static void warn_of_keys(struct engine *engine, struct schema *schema,
			 const char *name, struct arena *arena)
{
	for (size_t i = 0; i < schema->ntables; i++) {
		const struct table *table = &schema->tables[i];

		if (!table->nforeign_keys ||
		    !engine_is_mismatched(engine, table->name))
			continue;
		*LIST_ADD(arena, schema->warnings, schema->nwarnings) =
			arena_printf(arena,
				     "%s%sa foreign key of %s leads to no key: "
				     "the columns that it refers to want a "
				     "PRIMARY KEY or UNIQUE of their own",
				     name ? name : "", name ? ": " : "",
				     table->name);
	}
}

enum status schema_read_text(const char *text, const char *name,
			     struct arena *arena, struct schema **out,
			     struct error *e)
{
	const struct script script = { .name = name, .text = text };
	ENGINE(engine);

	if (engine_open("sqlite://", 0, &engine, e) != OK)
		return e->status;
	if (engine_script(engine, &script, e) != OK ||
	    schema_read(engine, arena, out, e) != OK)
		return e->status;
	schema_warn(*out, text, name, arena);
	warn_of_keys(engine, *out, name, arena);
	return OK;
}
