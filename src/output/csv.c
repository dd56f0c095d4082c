#include "output/format.h"

#include "util/text.h"

/* Bytes that need quotes in CSV, or an escape (with its letter) in TSV. */
static const char csv_marks[256] = {
	[','] = 1,
	['"'] = 1,
	['\r'] = 1,
	['\n'] = 1,
};
static const char tsv_letters[256] = {
	['\t'] = 't',
	['\n'] = 'n',
	['\r'] = 'r',
	['\\'] = '\\',
};

/* The next marked byte from i on. */
static size_t find_mark(const char *text, size_t length, size_t i,
			const char marks[256])
{
	while (i < length && !marks[(unsigned char)text[i]])
		i++;
	return i;
}

static bool is_blank(char c)
{
	return c == ' ' || c == '\t';
}

/*
 * Quotes are needed by RFC 4180, around blanks that might be trimmed, and
 * around text that would be read as NULL.
 */
static bool needs_quotes(const char *text, size_t length, const char *null)
{
	if (!length)
		return !*null;
	if (is_blank(text[0]) || is_blank(text[length - 1]))
		return true;
	if (find_mark(text, length, 0, csv_marks) < length)
		return true;
	return length == strlen(null) && memcmp(text, null, length) == 0;
}

static void csv_text(struct buffer *buffer, const char *text, size_t length,
		     const char *null)
{
	size_t done = 0;

	if (!needs_quotes(text, length, null)) {
		buffer_add(buffer, text, length);
		return;
	}
	buffer_byte(buffer, '"');
	for (size_t i = 0; i < length; i++) {
		if (text[i] != '"')
			continue;
		buffer_add(buffer, text + done, i + 1 - done);
		done = i;
	}
	buffer_add(buffer, text + done, length - done);
	buffer_byte(buffer, '"');
}

static void tsv_text(struct buffer *buffer, const char *text, size_t length)
{
	size_t done = 0;

	while (done < length) {
		size_t next = find_mark(text, length, done, tsv_letters);

		buffer_add(buffer, text + done, next - done);
		if (next < length) {
			buffer_byte(buffer, '\\');
			buffer_byte(buffer,
				    tsv_letters[(unsigned char)text[next++]]);
		}
		done = next;
	}
}

/* Another separator, unquoted in a header, would be taken for the file's. */
static void csv_name(struct buffer *buffer, const char *name)
{
	bool separates = strpbrk(name, ";\t") && !strpbrk(name, ",\"\r\n");

	if (separates)
		buffer_printf(buffer, "\"%s\"", name);
	else
		csv_text(buffer, name, strlen(name), "");
}

enum status csv_begin(struct writer *writer, struct error *e)
{
	(void)e;
	if (writer->options->no_header)
		return OK;
	for (size_t i = 0; i < writer->ncolumns; i++) {
		const char *name = writer->columns[i]->name;

		if (i)
			buffer_byte(writer_buffer(writer), ',');
		csv_name(writer_buffer(writer), name);
	}
	buffer_text(writer_buffer(writer), "\r\n");
	return OK;
}

/* An empty blob, which without quotes would be NULL. */
static bool is_empty(struct value value)
{
	return value.kind == VALUE_BLOB && !value.length;
}

enum status csv_row(struct writer *writer, const struct value *values,
		    struct error *e)
{
	struct buffer *buffer = writer_buffer(writer);
	const char *null = writer_null(writer, "");

	(void)e;
	for (size_t i = 0; i < writer->ncolumns; i++) {
		if (i)
			buffer_byte(buffer, ',');
		if (values[i].kind == VALUE_NULL)
			buffer_text(buffer, null);
		else if (values[i].kind == VALUE_TEXT || is_empty(values[i]))
			csv_text(buffer, values[i].length ? values[i].data : "",
				 values[i].length, null);
		else
			cell_value(buffer, writer->columns[i], values[i], NULL);
	}
	buffer_text(buffer, "\r\n");
	return OK;
}

enum status tsv_begin(struct writer *writer, struct error *e)
{
	(void)e;
	if (writer->options->no_header)
		return OK;
	for (size_t i = 0; i < writer->ncolumns; i++) {
		const char *name = writer->columns[i]->name;

		if (i)
			buffer_byte(writer_buffer(writer), '\t');
		tsv_text(writer_buffer(writer), name, strlen(name));
	}
	buffer_byte(writer_buffer(writer), '\n');
	return OK;
}

enum status tsv_row(struct writer *writer, const struct value *values,
		    struct error *e)
{
	(void)e;
	cell_line(writer, values, writer_null(writer, "\\N"), tsv_text);
	return OK;
}
