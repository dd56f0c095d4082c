/*
 * bare DATABASE TABLE FILE.csv [PRAGMA]: the least that an import can do, libcsv
 * and one prepared INSERT in one transaction.  Nothing is checked.
 */
#include <csv.h>
#include <sqlite3.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { BLOCK = 256 * 1024, COLUMNS = 64 };

struct load {
	sqlite3 *db;
	const char *table;
	sqlite3_stmt *insert; /* NULL: the header is being read */
	char names[BLOCK];
	int column;
};

static void stop(const struct load *load)
{
	fprintf(stderr, "bare: %s\n", sqlite3_errmsg(load->db));
	exit(1);
}

static void run(const struct load *load, const char *sql)
{
	if (sqlite3_exec(load->db, sql, NULL, NULL, NULL) != SQLITE_OK)
		stop(load);
}

static void take_field(void *text, size_t length, void *data)
{
	struct load *load = data;

	load->column++;
	if (load->insert)
		sqlite3_bind_text(load->insert, load->column, text, (int)length,
				  SQLITE_TRANSIENT);
	else
		snprintf(load->names + strlen(load->names),
			 sizeof(load->names) - strlen(load->names),
			 "%s\"%.*s\"", load->column > 1 ? "," : "", (int)length,
			 (const char *)text);
}

static void prepare(struct load *load)
{
	char sql[2 * BLOCK];
	int n = snprintf(sql, sizeof(sql), "INSERT INTO \"%s\" (%s) VALUES (?",
			 load->table, load->names);

	for (int i = 1; i < load->column; i++)
		n += snprintf(sql + n, sizeof(sql) - (size_t)n, ",?");
	snprintf(sql + n, sizeof(sql) - (size_t)n, ")");
	if (sqlite3_prepare_v2(load->db, sql, -1, &load->insert, NULL))
		stop(load);
}

static void end_row(int end, void *data)
{
	struct load *load = data;

	(void)end;
	if (!load->insert)
		prepare(load);
	else if (sqlite3_step(load->insert) != SQLITE_DONE ||
		 sqlite3_reset(load->insert) != SQLITE_OK)
		stop(load);
	load->column = 0;
}

int main(int argc, char **argv)
{
	static struct load load;
	static char block[BLOCK];
	struct csv_parser parser;
	FILE *file;
	size_t n;

	if (argc != 4 && argc != 5)
		return 2;
	file = fopen(argv[3], "r");
	load.table = argv[2];
	if (!file || sqlite3_open(argv[1], &load.db) ||
	    csv_init(&parser, CSV_STRICT))
		stop(&load);
	if (argc == 5)
		run(&load, argv[4]);
	run(&load, "BEGIN IMMEDIATE");
	while ((n = fread(block, 1, sizeof(block), file)))
		if (csv_parse(&parser, block, n, take_field, end_row, &load) !=
		    n)
			stop(&load);
	csv_fini(&parser, take_field, end_row, &load);
	run(&load, "COMMIT");
	sqlite3_finalize(load.insert);
	sqlite3_close(load.db);
	return 0;
}
