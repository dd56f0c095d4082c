#include "schema/model/read.h"
#include "schema/model/inside.h"

enum status schema_read_text(const char *text, const char *name,
			     const struct schema *have, struct arena *arena,
			     struct schema **out, struct error *e)
{
	const struct script script = { .name = name, .text = text };
	ENGINE(engine);

	if (engine_open_model(have ? schema_names : NULL, have, &engine, e) !=
	    OK)
		return e->status;
	if (engine_script(engine, &script, e) != OK ||
	    schema_read(engine, arena, out, e) != OK)
		return e->status;
	schema_warn(*out, text, name, arena);
	return OK;
}
