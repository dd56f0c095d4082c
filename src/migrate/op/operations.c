/* The table of the operations of db. */
#include "migrate/op/operations.h"

#include "migrate/op/look.h"

/* The tables are laid out by hand. */
/* clang-format off */

#define COUNT(array) (sizeof(array) / sizeof(*(array)))
#define PARAMETERS(array) .parameters = (array), .nparameters = COUNT(array)
#define COLUMNS(array) .columns = (array), .ncolumns = COUNT(array)
#define DB(a_verb, a_summary, a_example) \
	.noun = "db", .verb = (a_verb), .summary = (a_summary), \
	.example = (a_example)
#define TEXT_COLUMN \
	{ .name = "text", .type = TYPE_TEXT, .flags = COLUMN_TEXT }
#define COLUMN(a_name, a_type, a_summary) \
	{ .name = (a_name), .type = (a_type), .summary = (a_summary) }
#define NULLABLE(a_name, a_type, a_summary) \
	{ .name = (a_name), .type = (a_type), .summary = (a_summary), \
	  .flags = COLUMN_NULLABLE }
/* Only db show has the last column, sql. */
#define LOOK_COLUMNS .columns = look_columns, .ncolumns = LOOK_NCOLUMNS - 1

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
#define REVISION \
	{ .name = "revision", .metavar = "REV", .summary = "which revision", \
	  .role = PARAMETER_ARGUMENT, .type = TYPE_TEXT, \
	  .flags = PARAMETER_REQUIRED, REVISIONS }
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

static const struct output_column ran_columns[] = {
	TEXT_COLUMN,
	COLUMN("revision", TYPE_TEXT, "the revision"),
	COLUMN("direction", TYPE_TEXT, "upgrade, downgrade or stamp"),
	NULLABLE("message", TYPE_TEXT, "what it does"),
	NULLABLE("milliseconds", TYPE_REAL,
		 "how long it took; null with --sql"),
	NULLABLE("sql", TYPE_TEXT, "its SQL, with --sql"),
};

static const struct output_column look_columns[LOOK_NCOLUMNS] = {
	{ .name = "text", .type = TYPE_TEXT, .flags = COLUMN_TEXT,
	  .summary = "a readable line" },
	COLUMN("revision", TYPE_TEXT, "its identifier"),
	NULLABLE("down_revision", TYPE_TEXT,
		 "its parents; null for a base, several for a merge"),
	NULLABLE("depends_on", TYPE_TEXT, "revisions it also needs"),
	NULLABLE("branch_labels", TYPE_TEXT, "names of its branch"),
	NULLABLE("message", TYPE_TEXT, "what it does"),
	NULLABLE("create_date", TYPE_DATETIME, "when it was created"),
	NULLABLE("is_head", TYPE_BOOLEAN, "whether it is a head"),
	NULLABLE("is_current", TYPE_BOOLEAN,
		 "whether the database is at it; null if not read"),
	NULLABLE("path", TYPE_TEXT, "its file"),
	NULLABLE("sql", TYPE_TEXT, "the section, with --sql"),
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
	  .summary = "mark the database's current revisions",
	  .role = PARAMETER_OPTION, .type = TYPE_BOOLEAN },
	SWITCH("graph", "draw the graph"),
};

static const char *const section_names[] = { "up", "down", "verify", NULL };

static const struct parameter show_parameters[] = {
	REVISION,
	{ .name = "sql", .metavar = "SECTION",
	  .summary = "print one of its sections", .role = PARAMETER_OPTION,
	  .type = TYPE_TEXT, .choices = section_names },
};

static const struct parameter diff_parameters[] = {
	SWITCH("sql", "print the SQL instead of a list"),
	DIFF_OPTIONS,
};

static const struct output_column diff_columns[] = {
	TEXT_COLUMN,
	COLUMN("change", TYPE_TEXT, "a difference, or with --sql the SQL"),
};

static const struct parameter schema_parameters[] = {
	{ .name = "table", .metavar = "TABLE", .summary = "only this table",
	  .role = PARAMETER_ARGUMENT, .type = TYPE_TEXT,
	  .candidates = table_candidates },
};

static const struct parameter check_parameters[] = {
	SWITCH("drift", "compare the database with the schema of its "
			"revisions"),
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
	REVISION,
};

static const struct output_column template_columns[] = {
	TEXT_COLUMN,
	COLUMN("name", TYPE_TEXT, "the template"),
	COLUMN("summary", TYPE_TEXT, "what it is for"),
};

static const struct output_column status_columns[] = {
	TEXT_COLUMN,
	COLUMN("revision", TYPE_TEXT, "its identifier"),
	COLUMN("state", TYPE_TEXT, "applied, pending, edited (since it "
				   "was applied) or missing (its file)"),
	NULLABLE("applied_at", TYPE_DATETIME, "when it was run"),
	NULLABLE("milliseconds", TYPE_REAL, "how long it took"),
	COLUMN("message", TYPE_TEXT, "what it does"),
};

static const struct parameter log_parameters[] = {
	{ .name = "limit", .flags = PARAMETER_LIMIT, .metavar = "N",
	  .summary = "show only the newest N", .role = PARAMETER_OPTION,
	  .type = TYPE_INTEGER },
};

static const struct output_column log_columns[] = {
	TEXT_COLUMN,
	COLUMN("at", TYPE_DATETIME, "when"),
	COLUMN("operation", TYPE_TEXT, "upgrade, downgrade, stamp or repair"),
	COLUMN("from_revision", TYPE_TEXT, "the revisions before"),
	COLUMN("to_revision", TYPE_TEXT, "the revisions after"),
	NULLABLE("milliseconds", TYPE_REAL, "how long it took"),
	NULLABLE("error", TYPE_TEXT, "null on success"),
	NULLABLE("person", TYPE_TEXT, "who"),
	NULLABLE("host", TYPE_TEXT, "where"),
};

static const struct output_column info_columns[] = {
	TEXT_COLUMN,
	COLUMN("item", TYPE_TEXT, "its name"),
	COLUMN("value", TYPE_TEXT, "its value"),
};

static const struct output_column schema_columns[] = {
	TEXT_COLUMN,
	COLUMN("name", TYPE_TEXT, "the table"),
	COLUMN("sql", TYPE_TEXT, "its DDL, with indexes and triggers"),
};

static const struct parameter backup_parameters[] = {
	{ .name = "file", .values = VALUES_FILES,
	  .summary = "the copy; named by the time if not given",
	  .role = PARAMETER_ARGUMENT, .type = TYPE_TEXT },
};

static const struct output_column backup_columns[] = {
	TEXT_COLUMN,
	COLUMN("file", TYPE_TEXT, "the copy"),
};

static const struct output_column verify_columns[] = {
	TEXT_COLUMN,
	COLUMN("database", TYPE_TEXT, "its URL"),
	COLUMN("sound", TYPE_BOOLEAN, "always true; damage is an error"),
};

static const struct output_column vacuum_columns[] = {
	TEXT_COLUMN,
	COLUMN("bytes", TYPE_INTEGER, "the file's size"),
	COLUMN("bytes_before", TYPE_INTEGER, "its size before"),
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
	TEXT_COLUMN,
	COLUMN("format", TYPE_TEXT, "text, mermaid or dot"),
	COLUMN("diagram", TYPE_TEXT, "the drawing"),
};

static const struct parameter import_parameters[] = {
	{ .name = "directory", .values = VALUES_FOLDERS,
	  .summary = "Alembic's folder: the one with env.py and versions",
	  .role = PARAMETER_ARGUMENT, .type = TYPE_TEXT,
	  .flags = PARAMETER_REQUIRED },
};

const struct operation db_operations[] = {
	{ DB("init", "Create a migrations folder", "db init"), .run = db_init,
	  PARAMETERS(init_parameters), .flags = OPERATION_NO_DATABASE },
	{ DB("revision", "Create a revision file",
	     "db revision --autogenerate -m \"add due date\""),
	  .run = db_revision, .peers = "makemigrations new generate",
	  PARAMETERS(revision_parameters), .flags = OPERATION_NO_DATABASE },
	{ DB("upgrade", "Run revisions up to a later one", "db upgrade head"),
	  .run = db_upgrade, .peers = "migrate deploy up",
	  PARAMETERS(upgrade_parameters), COLUMNS(ran_columns),
	  .flags = OPERATION_NO_DATABASE | OPERATION_CREATES },
	{ DB("downgrade", "Revert revisions down to an earlier one",
	     "db downgrade -1"),
	  .run = db_downgrade, .peers = "rollback down",
	  PARAMETERS(downgrade_parameters), COLUMNS(ran_columns),
	  .flags = OPERATION_NO_DATABASE },
	{ DB("current", "Show the current revisions; -v for details",
	     "db current"),
	  .run = db_current, PARAMETERS(current_parameters), LOOK_COLUMNS,
	  .flags = OPERATION_READS | OPERATION_EMPTY },
	{ DB("history", "List revisions, newest first; -v for details",
	     "db history -i"),
	  .run = db_history, PARAMETERS(history_parameters), LOOK_COLUMNS,
	  .flags = OPERATION_NO_DATABASE },
	{ DB("heads", "List revisions without children; -v for details",
	     "db heads"),
	  .run = db_heads, PARAMETERS(heads_parameters), LOOK_COLUMNS,
	  .flags = OPERATION_NO_DATABASE },
	{ DB("branches", "List revisions with several children; -v for details",
	     "db branches"),
	  .run = db_branches, LOOK_COLUMNS, .flags = OPERATION_NO_DATABASE },
	{ DB("show", "Show revisions in detail", "db show head"),
	  .run = db_show, .peers = "sqlmigrate", PARAMETERS(show_parameters),
	  COLUMNS(look_columns),
	  .flags = OPERATION_NO_DATABASE },
	{ DB("merge", "Create a revision that joins branches",
	     "db merge heads -m \"join the branches\""),
	  .run = db_merge, PARAMETERS(merge_parameters),
	  .flags = OPERATION_NO_DATABASE },
	{ DB("check", "Fail if the database differs from schema.sql",
	     "db check"),
	  .run = db_check, PARAMETERS(check_parameters),
	  .flags = OPERATION_READS | OPERATION_EMPTY | OPERATION_COMPARES },
	{ DB("diff", "Show what autogenerate would write", "db diff --sql"),
	  .run = db_diff, PARAMETERS(diff_parameters), COLUMNS(diff_columns),
	  .flags = OPERATION_READS | OPERATION_EMPTY | OPERATION_COMPARES },
	{ DB("schema", "Print the database's DDL", "db schema"),
	  .run = db_schema, .peers = "dump .dump .schema describe desc \\d",
	  PARAMETERS(schema_parameters), COLUMNS(schema_columns),
	  .flags = OPERATION_READS },
	{ DB("status", "List revisions with their state", "db status"),
	  .run = db_status, .peers = "showmigrations", COLUMNS(status_columns),
	  .flags = OPERATION_READS | OPERATION_EMPTY },
	{ DB("log", "Show who ran what, when, and what failed", "db log"),
	  .run = db_log, PARAMETERS(log_parameters), COLUMNS(log_columns),
	  .flags = OPERATION_READS },
	{ DB("stamp", "Set the current revisions without running anything",
	     "db stamp head"),
	  .run = db_stamp, PARAMETERS(stamp_parameters), COLUMNS(ran_columns),
	  .flags = OPERATION_NO_DATABASE | OPERATION_CREATES },
	{ DB("repair", "Accept edited revisions and complete the records",
	     "db repair"),
	  .run = db_repair },
	{ DB("edit", "Open a revision file in $EDITOR", "db edit head"),
	  .run = db_edit, PARAMETERS(edit_parameters),
	  .flags = OPERATION_NO_DATABASE },
	{ DB("ensure_version", "Create the version table if it is missing",
	     "db ensure_version"),
	  .run = db_ensure_version, .flags = OPERATION_WRITES },
	{ DB("list_templates", "List the templates of revision files",
	     "db list_templates"),
	  .run = db_list_templates, COLUMNS(template_columns),
	  .flags = OPERATION_NO_DATABASE },
	{ DB("info", "Show sizes, row counts and versions", "db info"),
	  .run = db_info,
	  .peers = "tables show-tables show-databases .tables \\dt "
		   ".databases \\l",
	  COLUMNS(info_columns), .flags = OPERATION_READS },
	{ DB("diagram", "Draw the tables and their foreign keys",
	     "db diagram --format mermaid"),
	  .run = db_diagram, PARAMETERS(diagram_parameters),
	  COLUMNS(diagram_columns), .flags = OPERATION_READS },
	{ DB("backup", "Copy the database while it is in use",
	     "db backup today.db"),
	  .run = db_backup, PARAMETERS(backup_parameters),
	  COLUMNS(backup_columns) },
	{ DB("restore", "Replace the database with a backup",
	     "db restore today.db --yes"),
	  .run = db_restore, .question = db_restore_question,
	  PARAMETERS(restore_parameters),
	  .flags = OPERATION_NO_DATABASE | OPERATION_CREATES |
		   OPERATION_CONFIRM },
	{ DB("verify", "Check for damage and dangling references", "db verify"),
	  .run = db_verify, COLUMNS(verify_columns), .flags = OPERATION_READS },
	{ DB("vacuum", "Compact the database file", "db vacuum"),
	  .run = db_vacuum, COLUMNS(vacuum_columns) },
	{ DB("import-alembic", "Import a folder of Alembic revisions",
	     "db import-alembic alembic"),
	  .run = db_import_alembic, PARAMETERS(import_parameters),
	  .flags = OPERATION_NO_DATABASE },
};

const size_t db_noperations = COUNT(db_operations);
