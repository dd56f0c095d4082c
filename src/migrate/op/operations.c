/* The table of the operations of db. */
#include "migrate/op/operations.h"

#include "migrate/op/look.h"
#include "migrate/run/ran.h"

/* The tables are laid out by hand. */
/* clang-format off */

#define COUNT(array) (sizeof(array) / sizeof(*(array)))
#define PARAMETERS(array) .parameters = (array), .nparameters = COUNT(array)
#define COLUMNS(array) .columns = (array), .ncolumns = COUNT(array)
#define RAN_COLUMNS .columns = ran_columns, .ncolumns = RAN_NCOLUMNS
#define LOOK_COLUMNS .columns = look_columns, .ncolumns = LOOK_NCOLUMNS

#define TEXT_OPTION(a_name, a_metavar, a_summary) \
	{ .name = (a_name), .metavar = (a_metavar), .summary = (a_summary), \
	  .role = PARAMETER_OPTION, .type = TYPE_TEXT }
#define SWITCH(a_name, a_summary) \
	{ .name = (a_name), .summary = (a_summary), .role = PARAMETER_OPTION, \
	  .type = TYPE_BOOLEAN }
#define LIST_OPTION(a_name, a_metavar, a_summary) \
	{ .name = (a_name), .metavar = (a_metavar), .summary = (a_summary), \
	  .role = PARAMETER_OPTION, .type = TYPE_TEXT, \
	  .flags = PARAMETER_REPEATED }
/* A revision, in any notation. */
#define REVISIONS .candidates = revision_candidates
#define MESSAGE \
	{ .name = "message", .letter = 'm', .metavar = "MSG", \
	  .summary = "what the revision does", .role = PARAMETER_OPTION, \
	  .type = TYPE_TEXT }
#define DIFF_OPTIONS \
	{ .name = "rename", .metavar = "OLD=NEW", \
	  .summary = "a table or TABLE.COLUMN was renamed; OLD= if not", \
	  .role = PARAMETER_OPTION, .type = TYPE_TEXT, \
	  .flags = PARAMETER_REPEATED, .candidates = rename_candidates }, \
	{ .name = "fill", .metavar = "TABLE.COLUMN=VALUE", \
	  .summary = "the value of a new NOT NULL column in existing rows", \
	  .role = PARAMETER_OPTION, .type = TYPE_TEXT, \
	  .flags = PARAMETER_REPEATED, .candidates = fill_candidates }, \
	SWITCH("column_order", "treat a changed order of columns as a change")

static const struct parameter init_parameters[] = {
	{ .name = "directory", .values = VALUES_FOLDERS,
	  .summary = "the folder of schema.sql and versions",
	  .role = PARAMETER_ARGUMENT, .type = TYPE_TEXT,
	  .default_text = "migrations" },
};

static const struct parameter revision_parameters[] = {
	MESSAGE,
	SWITCH("autogenerate", "write the SQL that turns the database "
			       "into schema.sql"),
	{ .name = "head", .metavar = "REV",
	  .summary = "the revision that the new one follows",
	  .role = PARAMETER_OPTION, .type = TYPE_TEXT, REVISIONS },
	SWITCH("splice", "allow a parent that is not a head"),
	LIST_OPTION("branch_label", "LABEL", "a name for the branch"),
	{ .name = "depends_on", .metavar = "REV",
	  .summary = "a revision it also needs",
	  .role = PARAMETER_OPTION, .type = TYPE_TEXT,
	  .flags = PARAMETER_REPEATED, REVISIONS },
	TEXT_OPTION("rev_id", "ID", "its identifier, instead of a random one"),
	DIFF_OPTIONS,
};

static const struct parameter merge_parameters[] = {
	{ .name = "revisions", .metavar = "REV…",
	  .summary = "what to merge; \"heads\" for all heads",
	  .role = PARAMETER_ARGUMENT, .type = TYPE_TEXT,
	  .flags = PARAMETER_REQUIRED | PARAMETER_REPEATED, REVISIONS },
	MESSAGE,
	SWITCH("splice", "allow revisions that are not heads"),
	LIST_OPTION("branch_label", "LABEL", "a name for the branch"),
	TEXT_OPTION("rev_id", "ID", "its identifier, instead of a random one"),
};

#define RUN_OPTIONS \
	SWITCH("sql", "print the SQL instead of running it"), \
	SWITCH("single_transaction", "all revisions or none"), \
	{ .name = "lock_timeout", .metavar = "SECONDS", \
	  .summary = "give up waiting for the database's lock", \
	  .role = PARAMETER_OPTION, .type = TYPE_INTEGER }

#define BACKUP_OPTION \
	{ .name = "backup", .values = VALUES_FILES, \
	  .summary = "copy the database first", .role = PARAMETER_OPTION, \
	  .type = TYPE_TEXT, .flags = PARAMETER_BARE }

static const struct parameter upgrade_parameters[] = {
	{ .name = "target", .metavar = "TARGET",
	  .summary = "a revision, head, heads, +1 …; with --sql also A:B",
	  .role = PARAMETER_ARGUMENT, .type = TYPE_TEXT,
	  .default_text = "head", .candidates = upgrade_candidates },
	RUN_OPTIONS,
	BACKUP_OPTION,
};

static const struct parameter downgrade_parameters[] = {
	{ .name = "target", .metavar = "TARGET",
	  .summary = "a revision, base, -1 …; with --sql also A:B",
	  .role = PARAMETER_ARGUMENT, .type = TYPE_TEXT,
	  .flags = PARAMETER_REQUIRED, .candidates = downgrade_candidates },
	RUN_OPTIONS,
	BACKUP_OPTION,
};

static const struct parameter current_parameters[] = {
	SWITCH("check_heads", "fail unless the database is at all heads"),
};

static const struct parameter heads_parameters[] = {
	SWITCH("resolve_dependencies", "leave out heads that others depend on"),
};

static const struct parameter history_parameters[] = {
	{ .name = "rev_range", .letter = 'r', .metavar = "A:B",
	  .summary = "only this range", .role = PARAMETER_OPTION,
	  .type = TYPE_TEXT, REVISIONS },
	{ .name = "indicate_current", .letter = 'i',
	  .summary = "mark the database's current revisions", .role = PARAMETER_OPTION,
	  .type = TYPE_BOOLEAN },
	SWITCH("graph", "draw the graph"),
};

static const char *const section_names[] = { "up", "down", "verify", NULL };

static const struct parameter show_parameters[] = {
	{ .name = "revision", .metavar = "REV", .summary = "which revision",
	  .role = PARAMETER_ARGUMENT, .type = TYPE_TEXT,
	  .flags = PARAMETER_REQUIRED, REVISIONS },
	{ .name = "sql", .metavar = "SECTION",
	  .summary = "print one of its sections", .role = PARAMETER_OPTION,
	  .type = TYPE_TEXT, .choices = section_names },
};

static const struct parameter diff_parameters[] = {
	SWITCH("sql", "print the SQL instead of a list"),
	DIFF_OPTIONS,
};

static const struct output_column diff_columns[] = {
	{ .name = "text", .type = TYPE_TEXT, .flags = COLUMN_TEXT, .summary = NULL },
	{ .name = "change", .type = TYPE_TEXT, .summary = "a difference, or with --sql the SQL"  },
};

static const struct parameter schema_parameters[] = {
	{ .name = "table", .metavar = "TABLE", .summary = "only this table",
	  .role = PARAMETER_ARGUMENT, .type = TYPE_TEXT,
	  .candidates = table_candidates },
};

static const struct parameter check_parameters[] = {
	SWITCH("drift", "compare the database with the schema of its revisions"),
	SWITCH("all", "run all revisions up, down and up in memory, and "
		      "compare with schema.sql"),
};

static const struct parameter stamp_parameters[] = {
	{ .name = "revisions", .metavar = "REV…",
	  .summary = "its new current revisions; with --sql also A:B",
	  .role = PARAMETER_ARGUMENT, .type = TYPE_TEXT,
	  .flags = PARAMETER_REQUIRED | PARAMETER_REPEATED, REVISIONS },
	SWITCH("purge", "first delete all rows of the version table"),
	SWITCH("sql", "print the SQL instead of running it"),
};

static const struct parameter edit_parameters[] = {
	{ .name = "revision", .metavar = "REV", .summary = "which revision",
	  .role = PARAMETER_ARGUMENT, .type = TYPE_TEXT,
	  .flags = PARAMETER_REQUIRED, REVISIONS },
};

static const struct output_column template_columns[] = {
	{ .name = "text", .type = TYPE_TEXT, .flags = COLUMN_TEXT, .summary = NULL },
	{ .name = "name", .type = TYPE_TEXT, .summary = "the template"  },
	{ .name = "summary", .type = TYPE_TEXT, .summary = "what it is for"  },
};

static const struct output_column status_columns[] = {
	{ .name = "text", .type = TYPE_TEXT, .flags = COLUMN_TEXT, .summary = NULL },
	{ .name = "revision", .type = TYPE_TEXT, .summary = "its identifier"  },
	{ .name = "state", .type = TYPE_TEXT, .summary = "applied, pending, edited (since it was "
				 "applied) or missing (its file)"  },
	{ .name = "applied_at", .type = TYPE_DATETIME, .flags = COLUMN_NULLABLE, .summary = "when it was run"  },
	{ .name = "milliseconds", .type = TYPE_REAL, .flags = COLUMN_NULLABLE, .summary = "how long it took"  },
	{ .name = "message", .type = TYPE_TEXT, .summary = "what it does"  },
};

static const struct parameter log_parameters[] = {
	{ .name = "limit", .metavar = "N",
	  .summary = "show only the newest N", .role = PARAMETER_OPTION,
	  .type = TYPE_INTEGER },
};

static const struct output_column log_columns[] = {
	{ .name = "text", .type = TYPE_TEXT, .flags = COLUMN_TEXT, .summary = NULL },
	{ .name = "at", .type = TYPE_DATETIME, .summary = "when"  },
	{ .name = "operation", .type = TYPE_TEXT, .summary = "upgrade, downgrade, stamp or repair"  },
	{ .name = "from_revision", .type = TYPE_TEXT, .summary = "the revisions before"  },
	{ .name = "to_revision", .type = TYPE_TEXT, .summary = "the revisions after"  },
	{ .name = "milliseconds", .type = TYPE_REAL, .flags = COLUMN_NULLABLE, .summary = "how long it took"  },
	{ .name = "error", .type = TYPE_TEXT, .flags = COLUMN_NULLABLE, .summary = "null on success"  },
	{ .name = "person", .type = TYPE_TEXT, .flags = COLUMN_NULLABLE, .summary = "who"  },
	{ .name = "host", .type = TYPE_TEXT, .flags = COLUMN_NULLABLE, .summary = "where"  },
};

static const struct output_column info_columns[] = {
	{ .name = "text", .type = TYPE_TEXT, .flags = COLUMN_TEXT, .summary = NULL },
	{ .name = "item", .type = TYPE_TEXT, .summary = "its name"  },
	{ .name = "value", .type = TYPE_TEXT, .summary = "its value"  },
};

static const struct output_column schema_columns[] = {
	{ .name = "text", .type = TYPE_TEXT, .flags = COLUMN_TEXT, .summary = NULL },
	{ .name = "name", .type = TYPE_TEXT, .summary = "the table"  },
	{ .name = "sql", .type = TYPE_TEXT, .summary = "its DDL, with indexes and triggers"  },
};

static const struct parameter backup_parameters[] = {
	{ .name = "file", .values = VALUES_FILES,
	  .summary = "the copy; named by the time if not given",
	  .role = PARAMETER_ARGUMENT, .type = TYPE_TEXT },
};

static const struct output_column backup_columns[] = {
	{ .name = "text", .type = TYPE_TEXT, .flags = COLUMN_TEXT, .summary = NULL },
	{ .name = "file", .type = TYPE_TEXT, .summary = "the copy"  },
};

static const struct output_column verify_columns[] = {
	{ .name = "text", .type = TYPE_TEXT, .flags = COLUMN_TEXT, .summary = NULL },
	{ .name = "database", .type = TYPE_TEXT, .summary = "its URL"  },
	{ .name = "sound", .type = TYPE_BOOLEAN, .summary = "always true; damage is an error"  },
};

static const struct output_column vacuum_columns[] = {
	{ .name = "text", .type = TYPE_TEXT, .flags = COLUMN_TEXT, .summary = NULL },
	{ .name = "bytes", .type = TYPE_INTEGER, .summary = "the file's size"  },
	{ .name = "bytes_before", .type = TYPE_INTEGER, .summary = "its size before"  },
};

static const struct parameter restore_parameters[] = {
	{ .name = "file", .values = VALUES_FILES, .summary = "the copy",
	  .role = PARAMETER_ARGUMENT, .type = TYPE_TEXT,
	  .flags = PARAMETER_REQUIRED },
};

static const char *const diagram_formats[] = {
	"text", "mermaid", "dot", NULL,
};

static const struct parameter diagram_parameters[] = {
	{ .name = "format", .metavar = "FORMAT",
	  .summary = "text, mermaid or dot", .role = PARAMETER_OPTION,
	  .type = TYPE_TEXT, .choices = diagram_formats,
	  .default_text = "text" },
};

static const struct output_column diagram_columns[] = {
	{ .name = "text", .type = TYPE_TEXT, .flags = COLUMN_TEXT, .summary = NULL },
	{ .name = "format", .type = TYPE_TEXT, .summary = "text, mermaid or dot"  },
	{ .name = "diagram", .type = TYPE_TEXT, .summary = "the drawing"  },
};

static const struct parameter import_parameters[] = {
	{ .name = "directory", .values = VALUES_FOLDERS,
	  .summary = "Alembic's folder: the one with env.py and versions",
	  .role = PARAMETER_ARGUMENT, .type = TYPE_TEXT,
	  .flags = PARAMETER_REQUIRED },
};

const struct operation db_operations[] = {
	{
		.noun = "db", .verb = "init", .run = db_init,
		.summary = "Create a migrations folder",
		.example = "db init",
		PARAMETERS(init_parameters),
		.flags = OPERATION_NO_DATABASE,
	}, {
		.noun = "db", .verb = "revision", .run = db_revision,
		.peers = "makemigrations new generate",
		.summary = "Create a revision file",
		.example = "db revision --autogenerate -m \"add due date\"",
		PARAMETERS(revision_parameters),
		.flags = OPERATION_NO_DATABASE,
	}, {
		.noun = "db", .verb = "upgrade", .run = db_upgrade,
		.peers = "migrate deploy up",
		.summary = "Run revisions up to a later one",
		.example = "db upgrade head",
		PARAMETERS(upgrade_parameters), RAN_COLUMNS,
		.flags = OPERATION_NO_DATABASE | OPERATION_CREATES,
	}, {
		.noun = "db", .verb = "downgrade", .run = db_downgrade,
		.peers = "rollback down",
		.summary = "Revert revisions down to an earlier one",
		.example = "db downgrade -1",
		PARAMETERS(downgrade_parameters), RAN_COLUMNS,
		.flags = OPERATION_NO_DATABASE,
	}, {
		.noun = "db", .verb = "current", .run = db_current,
		.summary = "Show the current revisions; -v for details",
		.example = "db current",
		PARAMETERS(current_parameters), LOOK_COLUMNS,
		.flags = OPERATION_READS | OPERATION_EMPTY,
	}, {
		.noun = "db", .verb = "history", .run = db_history,
		.summary = "List revisions, newest first; -v for details",
		.example = "db history -i",
		PARAMETERS(history_parameters), LOOK_COLUMNS,
		.flags = OPERATION_NO_DATABASE,
	}, {
		.noun = "db", .verb = "heads", .run = db_heads,
		.summary = "List revisions without children; -v for details",
		.example = "db heads",
		PARAMETERS(heads_parameters), LOOK_COLUMNS,
		.flags = OPERATION_NO_DATABASE,
	}, {
		.noun = "db", .verb = "branches", .run = db_branches,
		.summary = "List revisions with several children; -v for details",
		.example = "db branches",
		LOOK_COLUMNS,
		.flags = OPERATION_NO_DATABASE,
	}, {
		.noun = "db", .verb = "show", .run = db_show,
		.peers = "sqlmigrate",
		.summary = "Show revisions in detail",
		.example = "db show head",
		PARAMETERS(show_parameters), .columns = look_columns,
		.ncolumns = LOOK_NCOLUMNS_SQL,
		.flags = OPERATION_NO_DATABASE,
	}, {
		.noun = "db", .verb = "merge", .run = db_merge,
		.summary = "Create a revision that joins branches",
		.example = "db merge heads -m \"join the branches\"",
		PARAMETERS(merge_parameters),
		.flags = OPERATION_NO_DATABASE,
	}, {
		.noun = "db", .verb = "check", .run = db_check,
		.summary = "Fail if the database differs from schema.sql",
		.example = "db check",
		PARAMETERS(check_parameters),
		.flags = OPERATION_READS | OPERATION_EMPTY,
	}, {
		.noun = "db", .verb = "diff", .run = db_diff,
		.summary = "Show what autogenerate would write",
		.example = "db diff --sql",
		PARAMETERS(diff_parameters), COLUMNS(diff_columns),
		.flags = OPERATION_READS | OPERATION_EMPTY,
	}, {
		.noun = "db", .verb = "schema", .run = db_schema,
		.peers = "dump",
		.summary = "Print the database's DDL",
		.example = "db schema",
		PARAMETERS(schema_parameters), COLUMNS(schema_columns),
		.flags = OPERATION_READS,
	}, {
		.noun = "db", .verb = "status", .run = db_status,
		.peers = "showmigrations",
		.summary = "List revisions with their state",
		.example = "db status",
		COLUMNS(status_columns),
		.flags = OPERATION_READS | OPERATION_EMPTY,
	}, {
		.noun = "db", .verb = "log", .run = db_log,
		.summary = "Show who ran what, when, and what failed",
		.example = "db log",
		PARAMETERS(log_parameters), COLUMNS(log_columns),
		.flags = OPERATION_READS,
	}, {
		.noun = "db", .verb = "stamp", .run = db_stamp,
		.summary = "Set the current revisions without running anything",
		.example = "db stamp head",
		PARAMETERS(stamp_parameters), RAN_COLUMNS,
		.flags = OPERATION_NO_DATABASE | OPERATION_CREATES,
	}, {
		.noun = "db", .verb = "repair", .run = db_repair,
		.summary = "Accept edited revisions and complete the records",
		.example = "db repair",
	}, {
		.noun = "db", .verb = "edit", .run = db_edit,
		.summary = "Open a revision file in $EDITOR",
		.example = "db edit head",
		PARAMETERS(edit_parameters),
		.flags = OPERATION_NO_DATABASE,
	}, {
		.noun = "db", .verb = "ensure_version",
		.run = db_ensure_version,
		.summary = "Create the version table if it is missing",
		.example = "db ensure_version",
		.flags = OPERATION_WRITES,
	}, {
		.noun = "db", .verb = "list_templates",
		.run = db_list_templates,
		.summary = "List the templates of revision files",
		.example = "db list_templates",
		COLUMNS(template_columns),
		.flags = OPERATION_NO_DATABASE,
	}, {
		.noun = "db", .verb = "info", .run = db_info,
		.summary = "Show sizes, row counts and versions",
		.example = "db info",
		COLUMNS(info_columns),
		.flags = OPERATION_READS,
	}, {
		.noun = "db", .verb = "diagram", .run = db_diagram,
		.summary = "Draw the tables and their foreign keys",
		.example = "db diagram --format mermaid",
		PARAMETERS(diagram_parameters), COLUMNS(diagram_columns),
		.flags = OPERATION_READS,
	}, {
		.noun = "db", .verb = "backup", .run = db_backup,
		.summary = "Copy the database while it is in use",
		.example = "db backup today.db",
		PARAMETERS(backup_parameters), COLUMNS(backup_columns),
	}, {
		.noun = "db", .verb = "restore", .run = db_restore,
		.question = db_restore_question,
		.summary = "Replace the database with a backup",
		.example = "db restore today.db --yes",
		PARAMETERS(restore_parameters),
		.flags = OPERATION_NO_DATABASE | OPERATION_CREATES |
			 OPERATION_CONFIRM,
	}, {
		.noun = "db", .verb = "verify", .run = db_verify,
		.summary = "Check for damage and dangling references",
		.example = "db verify",
		COLUMNS(verify_columns),
		.flags = OPERATION_READS,
	}, {
		.noun = "db", .verb = "vacuum", .run = db_vacuum,
		.summary = "Compact the database file",
		.example = "db vacuum",
		COLUMNS(vacuum_columns),
	}, {
		.noun = "db", .verb = "import-alembic",
		.run = db_import_alembic,
		.summary = "Import a folder of Alembic revisions",
		.example = "db import-alembic alembic",
		PARAMETERS(import_parameters),
		.flags = OPERATION_NO_DATABASE,
	},
};

const size_t db_noperations = COUNT(db_operations);
