#include "output/recording.h"

void recording_init(struct recording *recording)
{
	*recording = (struct recording){ .columns = NULL };
	arena_init(&recording->arena);
}

void recording_clear(struct recording *recording)
{
	arena_clear(&recording->arena);
	recording_init(recording);
}

static struct output_column *copy_columns(struct recording *recording,
					  const struct output_column *columns,
					  size_t ncolumns);

static const struct output_rows *copy_rows(struct recording *recording,
					   const struct output_rows *rows)
{
	struct output_rows *copy;

	if (!rows)
		return NULL;
	copy = arena_zero(&recording->arena, sizeof(*copy));
	*copy = *rows;
	copy->columns = copy_columns(recording, rows->columns, rows->ncolumns);
	return copy;
}

static struct output_column *copy_columns(struct recording *recording,
					  const struct output_column *columns,
					  size_t ncolumns)
{
	struct output_column *copies = arena_array(&recording->arena, ncolumns,
						   sizeof(*columns));

	for (size_t i = 0; i < ncolumns; i++)
		copies[i] = (struct output_column){
			.name = arena_copy(&recording->arena, columns[i].name),
			.type = columns[i].type,
			.flags = columns[i].flags,
			.rows = copy_rows(recording, columns[i].rows),
		};
	return copies;
}

void recording_begin(struct recording *recording,
		     const struct output_column *columns, size_t ncolumns,
		     const char *table, const char *shown)
{
	recording_clear(recording);
	recording->columns = copy_columns(recording, columns, ncolumns);
	recording->ncolumns = ncolumns;
	recording->table = arena_copy(&recording->arena, table);
	recording->shown = arena_copy(&recording->arena, shown);
}

static size_t value_size(const struct value *value)
{
	bool bytes = value->kind == VALUE_TEXT || value->kind == VALUE_BLOB;

	return sizeof(*value) + (bytes ? value->length : 0);
}

/* Keeps the columns, which say that there was a result. */
static void drop_rows(struct recording *recording)
{
	struct recording large = *recording;

	recording_init(recording);
	recording_begin(recording, large.columns, large.ncolumns, NULL, NULL);
	recording->full = true;
	arena_clear(&large.arena);
}

void recording_row(struct recording *recording, const struct value *values)
{
	struct value *row;

	if (recording->full)
		return;
	for (size_t i = 0; i < recording->ncolumns; i++)
		recording->bytes += value_size(&values[i]);
	if (recording->bytes > RECORDING_BYTES) {
		drop_rows(recording);
		return;
	}
	row = arena_array(&recording->arena, recording->ncolumns, sizeof(*row));
	for (size_t i = 0; i < recording->ncolumns; i++)
		row[i] = value_copy(values[i], &recording->arena);
	*LIST_ADD(&recording->arena, recording->rows, recording->nrows) = row;
}

enum status recording_write(const struct recording *recording,
			    struct writer *writer, struct error *e)
{
	if (recording->one)
		writer_mark_single(writer);
	for (size_t i = 0; i < recording->nrows; i++)
		if (writer_row(writer, recording->rows[i], e) != OK)
			return e->status;
	return writer_end(writer, e);
}
