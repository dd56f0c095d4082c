/* db diagram: tables and foreign keys, as text or for other tools to draw. */
#include <ctype.h>
#include <string.h>

#include "migrate/op/operations.h"
#include "schema/model/read.h"
#include "util/buffer.h"
#include "util/text.h"

/* The functions that write the parts of a diagram in one format. */
struct style {
	const char *name;
	const char *begin, *end;
	void (*table)(struct buffer *out, const struct table *table);
	void (*link)(struct buffer *out, const struct table *table,
		     const struct foreign_key *key);
};

/* Mermaid's types and columns must be words, which "VARCHAR(50)" is not. */
static void add_word(struct buffer *out, const char *text)
{
	unsigned char first = (unsigned char)*text;

	if (first >= 0x80 || (!isalpha(first) && first != '_'))
		buffer_byte(out, '_');
	for (; *text; text++) {
		unsigned char c = (unsigned char)*text;

		buffer_byte(out, c < 0x80 && isalnum(c) ? (char)c : '_');
	}
}

static bool is_word(const char *text)
{
	BUFFER(word);

	add_word(&word, text);
	return strcmp(buffer_string(&word), text) == 0;
}

/* Writes only characters that Mermaid allows in quotes. */
static void add_plain(struct buffer *out, const char *text)
{
	buffer_byte(out, '"');
	for (; *text; text++)
		buffer_byte(out, strchr("\"\\%\r\n\v\b", *text) ? '\'' : *text);
	buffer_byte(out, '"');
}

/* Entities may have any name in quotes, but none of these without. */
static void add_entity(struct buffer *out, const char *name)
{
	static const char *const words[] = {
		"end",       "one",       "many",       "zero",     "only",
		"to",        "title",     "style",      "classDef", "class",
		"direction", "erDiagram", "optionally", "u",
	};
	bool plain = is_word(name);

	for (size_t i = 0; i < sizeof(words) / sizeof(*words); i++)
		plain = plain && strcmp(name, words[i]) != 0;
	if (plain)
		buffer_text(out, name);
	else
		add_plain(out, *name ? name : "(no name)");
}

static void add_quoted(struct buffer *out, const char *text)
{
	for (; *text; text++) {
		if (strchr("\"\\{}|<>", *text))
			buffer_byte(out, '\\');
		buffer_byte(out, *text);
	}
}

static bool is_linked(const struct table *table, size_t column)
{
	for (size_t i = 0; i < table->nforeign_keys; i++)
		for (size_t j = 0; j < table->foreign_keys[i].ncolumns; j++)
			if (table->foreign_keys[i].columns[j] == column)
				return true;
	return false;
}

static bool may_be_null(const struct table *table,
			const struct foreign_key *key)
{
	for (size_t i = 0; i < key->ncolumns; i++)
		if (!table->columns[key->columns[i]].not_null)
			return true;
	return false;
}

/* Whether at most one row can refer to another. */
static bool is_single(const struct table *table, const struct foreign_key *key)
{
	const struct column *column = &table->columns[key->columns[0]];

	return key->ncolumns == 1 &&
	       (column->unique || (column->key && table->nkey == 1));
}

static const char *column_names(const struct table *table,
				const struct foreign_key *key,
				struct buffer *out)
{
	for (size_t i = 0; i < key->ncolumns; i++)
		buffer_printf(out, "%s%s", i ? ", " : "",
			      table->columns[key->columns[i]].name);
	return buffer_string(out);
}

/* Narrower than a terminal of 80 columns, as far as names allow. */
static void add_line(struct buffer *out, const char *text, size_t indent)
{
	buffer_printf(out, "%*s", (int)indent, "");
	text_add_words(out, text,
		       (struct text_lines){
			       .width = 79,
			       .at = indent,
			       .indent = indent + 4,
		       });
	buffer_byte(out, '\n');
}

static void text_table(struct buffer *out, const struct table *table)
{
	text_show(out, table->name);
	buffer_byte(out, '\n');
	for (size_t i = 0; i < table->ncolumns; i++) {
		const struct column *column = &table->columns[i];
		BUFFER(line);

		buffer_printf(&line, "%s%s%s%s%s%s", column->name,
			      *column->declared ? " " : "", column->declared,
			      column->key ? " PRIMARY KEY" : "",
			      column->not_null && !column->key ? " NOT NULL"
							       : "",
			      column->unique && !column->key ? " UNIQUE" : "");
		add_line(out, line.data, 4);
	}
}

static void text_link(struct buffer *out, const struct table *table,
		      const struct foreign_key *key)
{
	BUFFER(line);
	BUFFER(names);

	buffer_printf(&line, "%s (%s) %s %s%s", table->name,
		      column_names(table, key, &names),
		      is_single(table, key) ? "1 --- 1" : "n --- 1", key->table,
		      may_be_null(table, key) ? " or none" : "");
	add_line(out, line.data, 0);
}

static void mermaid_table(struct buffer *out, const struct table *table)
{
	buffer_text(out, "    ");
	add_entity(out, table->name);
	buffer_text(out, " {\n");
	for (size_t i = 0; i < table->ncolumns; i++) {
		const struct column *column = &table->columns[i];

		buffer_text(out, "        ");
		add_word(out, *column->declared ? column->declared : "any");
		buffer_byte(out, ' ');
		add_word(out, column->name);
		buffer_printf(out, "%s%s%s", column->key ? " PK" : "",
			      column->key && is_linked(table, i) ? "," : "",
			      is_linked(table, i)              ? " FK"
			      : column->unique && !column->key ? " UK"
							       : "");
		if (!is_word(column->name)) {
			buffer_byte(out, ' ');
			add_plain(out, column->name);
		}
		buffer_byte(out, '\n');
	}
	buffer_text(out, "    }\n");
}

static void mermaid_link(struct buffer *out, const struct table *table,
			 const struct foreign_key *key)
{
	BUFFER(names);

	buffer_text(out, "    ");
	add_entity(out, key->table);
	buffer_printf(out, " %s--%s ", may_be_null(table, key) ? "|o" : "||",
		      is_single(table, key) ? "o|" : "o{");
	add_entity(out, table->name);
	buffer_text(out, " : \"");
	for (const char *c = column_names(table, key, &names); *c; c++)
		buffer_byte(out, *c == '"' ? '\'' : *c);
	buffer_text(out, "\"\n");
}

static void dot_table(struct buffer *out, const struct table *table)
{
	buffer_text(out, "\t\"");
	add_quoted(out, table->name);
	buffer_text(out, "\" [label=\"{");
	add_quoted(out, table->name);
	buffer_byte(out, '|');
	for (size_t i = 0; i < table->ncolumns; i++) {
		add_quoted(out, table->columns[i].name);
		buffer_byte(out, ' ');
		add_quoted(out, table->columns[i].declared);
		buffer_text(out, "\\l");
	}
	buffer_text(out, "}\"];\n");
}

static void dot_link(struct buffer *out, const struct table *table,
		     const struct foreign_key *key)
{
	BUFFER(names);

	buffer_text(out, "\t\"");
	add_quoted(out, table->name);
	buffer_text(out, "\" -> \"");
	add_quoted(out, key->table);
	buffer_text(out, "\" [label=\"");
	add_quoted(out, column_names(table, key, &names));
	buffer_printf(out, "\"%s];\n",
		      may_be_null(table, key) ? ", style=dashed" : "");
}

static const struct style styles[] = {
	{ "text", "", "", text_table, text_link },
	{ "mermaid", "erDiagram\n", "", mermaid_table, mermaid_link },
	{ "dot", "digraph schema {\n\trankdir=LR;\n\tnode [shape=record];\n",
	  "}\n", dot_table, dot_link },
};

static const struct style *find_style(const char *name)
{
	for (size_t i = 0; i < sizeof(styles) / sizeof(*styles); i++)
		if (name && strcmp(styles[i].name, name) == 0)
			return &styles[i];
	return &styles[0];
}

enum status db_diagram(struct call *call, struct error *e)
{
	const struct style *style = find_style(call_text(call, "format"));
	struct schema *schema;
	BUFFER(out);
	enum status status = schema_read(call->context->engine, call->arena,
					 &schema, e);
	const char *text;

	if (status != OK)
		return status;
	buffer_text(&out, style->begin);
	for (size_t i = 0; i < schema->ntables; i++)
		style->table(&out, &schema->tables[i]);
	for (size_t i = 0; i < schema->ntables; i++)
		for (size_t j = 0; j < schema->tables[i].nforeign_keys; j++)
			style->link(&out, &schema->tables[i],
				    &schema->tables[i].foreign_keys[j]);
	buffer_text(&out, style->end);
	/* The writer adds its own newline. */
	text = arena_copy_n(call->arena, buffer_string(&out),
			    out.length ? out.length - 1 : 0);
	struct value values[] = {
		value_text(text),
		value_text(style->name),
		value_text(text),
	};
	call_mark_single(call);
	return call_row(call, values, e);
}
