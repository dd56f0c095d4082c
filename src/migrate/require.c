#include "migrate/migrate.h"
#include "migrate/record/site.h"

enum status migrate_require_head(struct context *context, struct arena *arena,
				 struct error *e)
{
	struct site site;
	enum status status = site_load(context, arena, OPERATION_EMPTY, &site,
				       e);
	if (status || !site_is_ours(&site))
		return status;
	return site_require_head(&site, e);
}
