#include "migrate/watch/parts.h"

#include <ctype.h>
#include <string.h>

#include "migrate/revision/scan.h"
#include "migrate/watch/rows.h"
#include "migrate/watch/trace.h"
#include "schema/shape/same.h"
#include "schema/shape/shape.h"
#include "schema/text/token.h"

static struct part *add_part(struct parts *parts, const struct table *table,
			     const char *meaning, const char *sql,
			     const char *label)
{
	struct part *part = LIST_ADD(parts->arena, parts->items, parts->count);

	*part = (struct part){
		.table = table,
		.meaning = meaning,
		.sql = tokens_canonical(parts->arena, span_of(sql)),
		.label = label,
	};
	return part;
}

static void add_columns(struct parts *parts, const struct table *table,
			const struct shape *shape)
{
	struct arena *arena = parts->arena;

	for (size_t i = 0; i < shape->ncolumns; i++) {
		const struct shape_column *column = &shape->columns[i];
		struct span text = table->ddl->columns[i].definition;

		add_part(parts, table,
			 arena_printf(arena, "%s %s %s %s %s %s", column->name,
				      column->type, column->not_null,
				      column->default_value, column->collation,
				      column->generated),
			 arena_copy_n(arena, text.text, text.length),
			 arena_printf(arena, "%s.%s", table->name,
				      table->columns[i].name));
	}
}

static void add_constraint(struct parts *parts, const struct table *table,
			   const struct shape_constraint *constraint)
{
	const char *kind = constraint->kind == CLAUSE_CHECK    ? "CHECK"
			   : constraint->kind == CLAUSE_UNIQUE ? "UNIQUE"
							       : "FOREIGN KEY";
	const char *sql = arena_printf(parts->arena, "%s (%s)", kind,
				       constraint->columns);

	add_part(parts, table,
		 arena_printf(parts->arena, "%s %s %s", kind, constraint->name,
			      constraint->text),
		 sql, sql);
}

static void add_options(struct parts *parts, const struct table *table,
			const struct shape *shape)
{
	const char *key = arena_printf(parts->arena, "PRIMARY KEY (%s)",
				       shape->key);

	if (*shape->key)
		add_part(parts, table, key, key, key);
	if (shape->autoincrement)
		add_part(parts, table, "AUTOINCREMENT", "AUTOINCREMENT",
			 "AUTOINCREMENT");
	if (shape->strict)
		add_part(parts, table, "STRICT", "STRICT", "STRICT");
	if (shape->without_rowid)
		add_part(parts, table, "WITHOUT ROWID", "WITHOUT ROWID",
			 "WITHOUT ROWID");
}

struct parts parts_of(const struct table *table, const struct schema *schema,
		      struct arena *arena)
{
	struct parts parts = { .arena = arena };
	const struct shape *shape = shape_of(table, schema, arena);

	add_columns(&parts, table, shape);
	for (size_t i = 0; i < shape->nconstraints; i++)
		add_constraint(&parts, table, &shape->constraints[i]);
	add_options(&parts, table, shape);
	for (size_t i = 0; i < table->nindexes; i++) {
		const struct index *index = &table->indexes[i];

		if (index->sql)
			add_part(&parts, table, "",
				 sql_name(arena, index->name), index->name)
				->index = index;
	}
	for (size_t i = 0; i < table->ntriggers; i++) {
		const struct trigger *trigger = &table->triggers[i];

		add_part(&parts, table, "", sql_name(arena, trigger->name),
			 trigger->name)
			->trigger = trigger;
	}
	return parts;
}

static bool part_equal(const struct part *a, const struct part *b)
{
	if (a->index || b->index)
		return a->index && b->index &&
		       name_equal(a->index->name, b->index->name) &&
		       index_same(a->table, a->index, b->table, b->index);
	if (a->trigger || b->trigger)
		return a->trigger && b->trigger &&
		       name_equal(a->trigger->name, b->trigger->name) &&
		       trigger_same(a->trigger, b->trigger);
	return strcmp(a->meaning, b->meaning) == 0;
}

void parts_subtract(struct parts *parts, const struct parts *others)
{
	size_t count = parts->count;

	parts->count = 0;
	for (size_t i = 0; i < count; i++) {
		bool found = false;

		for (size_t j = 0; !found && j < others->count; j++)
			found = part_equal(&parts->items[i], &others->items[j]);
		if (!found)
			parts->items[parts->count++] = parts->items[i];
	}
}

static bool is_letter(char c)
{
	return isalnum((unsigned char)c) || c == '_' || (unsigned char)c >= 128;
}

static bool contains_word(const char *text, const char *word)
{
	size_t length = strlen(word);

	for (const char *at = text; (at = strcasestr(at, word)); at++)
		if ((at == text || !is_letter(at[-1])) &&
		    !is_letter(at[length]))
			return true;
	return false;
}

bool comment_mentions(const char *file, const char *words, struct arena *arena)
{
	struct lexer lexer = lexer_of_all(span_of(file));

	for (struct token token; lexer_next(&lexer, &token);)
		if (token.kind == TOKEN_COMMENT &&
		    contains_word(arena_copy_n(arena, token.text, token.length),
				  words))
			return true;
	return false;
}

/* Skips "CREATE UNIQUE INDEX", "DROP TRIGGER IF EXISTS"; false if it is not of
   the kind. */
static bool skip_to_name(struct words *words, const char *kind)
{
	if (!words_take(words, "DROP") && !words_take(words, "CREATE"))
		return false;
	words_take(words, "TEMP");
	words_take(words, "UNIQUE");
	if (!words_take(words, kind))
		return false;
	if (words_take(words, "IF")) {
		words_take(words, "NOT");
		words_take(words, "EXISTS");
	}
	return true;
}

/* Whether a statement creates or alters one of the tables. */
static bool changes_table(struct span statement, const struct names *tables,
			  struct arena *arena)
{
	struct words words = words_of(statement, arena);
	struct words again = words;

	if (token_is(&words.token, "DROP"))
		return false;
	if (words_take(&again, "ALTER")) {
		words_take(&again, "TABLE");
		return tables_have(tables, words_table(&again));
	}
	return skip_to_name(&words, "TABLE") &&
	       tables_have(tables, words_table(&words));
}

static bool names_object(struct span statement, const struct part *part,
			 struct arena *arena)
{
	struct words words = words_of(statement, arena);

	return skip_to_name(&words, part->index ? "INDEX" : "TRIGGER") &&
	       name_equal(words_table(&words), part->label);
}

static bool has_sql(struct span statement, const struct part *part,
		    struct arena *arena)
{
	const char *text = arena_printf(arena, " %s ",
					tokens_canonical(arena, statement));

	return strstr(text, arena_printf(arena, " %s ", part->sql));
}

/* Every name that a table has in a section. */
static struct names section_tables(const struct section *section,
				   const char *table, struct arena *arena)
{
	struct trace_names names = trace_tables(section, NULL, arena);

	return trace_related(&names, table, arena);
}

static bool section_mentions(const struct section *section,
			     const struct part *part, struct arena *arena)
{
	struct names tables = section_tables(section, part->table->name, arena);
	struct scan scan = scan_of(section->text);
	struct span statement;
	bool object = part->index || part->trigger;

	while (scan_statement(&scan, &statement))
		if (object ? names_object(statement, part, arena)
			   : changes_table(statement, &tables, arena) &&
				     has_sql(statement, part, arena))
			return true;
	return false;
}

void parts_subtract_named(struct parts *parts, const char *file,
			  const struct sections *sections)
{
	size_t count = parts->count;
	struct arena *arena = parts->arena;

	parts->count = 0;
	for (size_t i = 0; i < count; i++) {
		const struct part *part = &parts->items[i];

		if (!section_mentions(&sections->up, part, arena) &&
		    !section_mentions(&sections->down, part, arena) &&
		    !comment_mentions(file, part->label, arena))
			parts->items[parts->count++] = *part;
	}
}

bool parts_touched(const char *table, const struct sections *sections,
		   struct arena *arena)
{
	struct names tables = section_tables(&sections->up, table, arena);
	struct scan scan = scan_of(sections->up.text);
	struct span statement;

	while (scan_statement(&scan, &statement))
		if (changes_table(statement, &tables, arena))
			return true;
	return false;
}
