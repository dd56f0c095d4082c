/* The operations of db, one function each; operations.c has their table. */
#ifndef MIGRATE_OPERATIONS_H
#define MIGRATE_OPERATIONS_H

#include "operation/operation.h"

extern const struct operation db_operations[];
extern const size_t db_noperations;

enum status db_backup(struct call *call, struct error *e);
enum status db_branches(struct call *call, struct error *e);
enum status db_check(struct call *call, struct error *e);
enum status db_current(struct call *call, struct error *e);
enum status db_diagram(struct call *call, struct error *e);
enum status db_diff(struct call *call, struct error *e);
enum status db_downgrade(struct call *call, struct error *e);
enum status db_edit(struct call *call, struct error *e);
enum status db_ensure_version(struct call *call, struct error *e);
enum status db_heads(struct call *call, struct error *e);
enum status db_history(struct call *call, struct error *e);
enum status db_info(struct call *call, struct error *e);
enum status db_import_alembic(struct call *call, struct error *e);
enum status db_init(struct call *call, struct error *e);
enum status db_list_templates(struct call *call, struct error *e);
enum status db_log(struct call *call, struct error *e);
enum status db_merge(struct call *call, struct error *e);
enum status db_repair(struct call *call, struct error *e);
enum status db_restore(struct call *call, struct error *e);
enum status db_restore_question(struct call *call, const char **out,
				struct error *e);
enum status db_revision(struct call *call, struct error *e);
enum status db_schema(struct call *call, struct error *e);
enum status db_show(struct call *call, struct error *e);
enum status db_stamp(struct call *call, struct error *e);
enum status db_status(struct call *call, struct error *e);
enum status db_upgrade(struct call *call, struct error *e);
enum status db_vacuum(struct call *call, struct error *e);
enum status db_verify(struct call *call, struct error *e);

/* Backs up the open database to a file; if it is NULL or "", to one named by
   the time.  Sets *copy to its name; to NULL in a dry run, which prints the
   name as a note. */
CHECKED enum status keep_backup(const struct context *context,
				const char *given, const char **copy,
				struct error *e);

/* For completion: what is in the versions folder, or in the database. */
void revision_candidates(struct context *context, struct arena *arena,
			 offer_candidate *offer, void *data);
void upgrade_candidates(struct context *context, struct arena *arena,
			offer_candidate *offer, void *data);
void downgrade_candidates(struct context *context, struct arena *arena,
			  offer_candidate *offer, void *data);
void table_candidates(struct context *context, struct arena *arena,
		      offer_candidate *offer, void *data);
void rename_candidates(struct context *context, struct arena *arena,
		       offer_candidate *offer, void *data);
void fill_candidates(struct context *context, struct arena *arena,
		     offer_candidate *offer, void *data);

#endif
