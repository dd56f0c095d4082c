#include "resource/key/key.h"
#include "resource/model/column.h"

enum status reference_follow(struct call *call,
			     const struct reference *reference,
			     struct value word, struct value *out,
			     struct error *e)
{
	struct arena *arena = call->arena;
	struct engine *engine = call->context->engine;
	const struct resource *to = reference->to;
	struct row_key key;
	STATEMENT(statement);

	if (key_find(engine, to, word, true, arena, &key, e) != OK)
		return e->status;
	if (engine_prepare(engine,
			   arena_printf(arena, "SELECT %s FROM %s WHERE %s",
					reference_targets(reference, arena),
					sql_name(arena, to->table->name),
					to->key_where),
			   &statement, e) != OK)
		return e->status;
	key_bind(statement, &key, 1);
	if (statement_step(statement, e) != STEP_ROW)
		return e->status;
	for (size_t i = 0; i < reference->ncolumns; i++)
		out[i] = statement_copy(statement, (int)i, arena);
	return OK;
}
