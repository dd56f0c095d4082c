#include "migrate/migrate.h"

#include <unistd.h>

#include "migrate/op/operations.h"
#include "migrate/record/site.h"
#include "migrate/revision/folder.h"

const struct operation *migrate_operations(size_t *count)
{
	*count = db_noperations;
	return db_operations;
}

enum status migrate_schema_text(const struct context *context,
				struct arena *arena, const char **text,
				const char **name, struct error *e)
{
	const char *folder = context->migrations;

	*name = FOLDER_SCHEMA;
	*text = "";
	if (folder &&
	    access(folder_path(folder, FOLDER_SCHEMA, arena), F_OK) < 0)
		return OK;
	return folder_read(context->migrations, FOLDER_SCHEMA, arena, text, e);
}

enum status migrate_require_head(struct context *context, struct arena *arena,
				 struct error *e)
{
	struct site site;
	enum status status = site_load(context, arena, OPERATION_EMPTY, &site,
				       e);

	if (status != OK || !site_is_ours(&site))
		return status;
	return site_require_head(&site, e);
}
