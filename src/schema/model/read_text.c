#include "schema/model/read.h"
#include "schema/model/warn.h"

static bool has_name(const void *have, const char *name)
{
	return schema_names(have, name);
}

enum status schema_open_model(const struct schema *have, struct engine **out,
			      struct error *e)
{
	return engine_open_model(have ? has_name : NULL, have, out, e);
}

enum status schema_read_text(const char *text, const char *name,
			     const struct schema *have, struct arena *arena,
			     struct schema **out, struct error *e)
{
	const struct script script = { .name = name, .text = text };
	ENGINE(engine);

	if (schema_open_model(have, &engine, e) != OK)
		return e->status;
	if (engine_script(engine, &script, e) != OK ||
	    schema_read(engine, arena, out, e) != OK)
		return e->status;
	schema_warn(*out, text, name, arena);
	return OK;
}
