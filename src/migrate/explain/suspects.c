#include "migrate/explain/suspects.h"

#include <string.h>

#include "migrate/explain/search.h"
#include "schema/text/ddl.h"
#include "schema/text/index_text.h"

/* The next column of "t.a, t.b", as SQL; NULL at the end. */
static const char *next_column(const struct suspect_search *search,
			       const char **list)
{
	size_t prefix = strlen(search->table) + 1;

	if (!*list || strlen(*list) <= prefix)
		return NULL;
	const char *name = *list + prefix, *end = strstr(name, ", ");
	*list = end ? end + 2 : NULL;
	return sql_name(search->arena, arena_copy_n(search->arena, name,
						    end ? (size_t)(end - name)
							: strlen(name)));
}

/* "index 'i'" names an index on expressions. */
static const char *index_sql(const struct suspect_search *search)
{
	const char *name = strchr(search->fault->name, '\'');
	struct value text, value;
	ERROR(ignored, search->arena);

	if (search->index || strncmp(search->fault->name, "index '", 7) != 0)
		return search->index;
	value = value_text(
		arena_copy_n(search->arena, name + 1, strlen(name) - 2));
	if (engine_query_one(search->engine,
			     "SELECT sql FROM sqlite_schema WHERE name = $1",
			     &value, 1, search->arena, &text, &ignored) != OK ||
	    text.kind != VALUE_TEXT)
		return NULL;
	return text.data;
}

struct lists {
	struct buffer shown, group, present;
};

static void add_term(struct lists *lists, const char *shown, const char *sql)
{
	buffer_printf(&lists->shown, "%s, ", shown);
	buffer_printf(&lists->group, "%s(%s)", lists->group.length ? ", " : "",
		      sql);
	buffer_printf(&lists->present, "(%s) NOT NULL AND ", sql);
}

static bool find_duplicates(struct suspect_search *search)
{
	struct arena *arena = search->arena;
	const char *sql = index_sql(search), *names = search->fault->name;
	struct index_text index = { .where = NULL };
	struct lists lists = { .shown = { 0 } };

	if (sql && !index_parse(sql, arena, &index))
		return false;
	for (size_t i = 0; i < index.nterms; i++)
		add_term(&lists, index.terms[i].bare, index.terms[i].sql);
	for (const char *name; !sql && (name = next_column(search, &names));)
		add_term(&lists, name, name);
	search->shown = arena_printf(arena, "%scount(*)",
				     buffer_string(&lists.shown));
	search->counted = "sum(count(*)) OVER ()";
	search->wrong = arena_printf(arena,
				     "%s(%s) GROUP BY %s HAVING count(*) > 1",
				     buffer_string(&lists.present),
				     index.where ? index.where : "TRUE",
				     buffer_string(&lists.group));
	buffer_clear(&lists.shown);
	buffer_clear(&lists.group);
	buffer_clear(&lists.present);
	return true;
}

static bool find_nulls(struct suspect_search *search)
{
	struct arena *arena = search->arena;
	const char *name = search->fault->name;

	name = search->added >= 0
		       ? sql_name(arena,
				  search->ddl->columns[search->added].name)
		       : next_column(search, &name);
	search->wrong = arena_printf(arena, "%s IS NULL", name ? name : "NULL");
	return name;
}

/* The fault has the CHECK's name or its text; for a new column's CHECK it has
   neither. */
static bool is_failed_check(const struct suspect_search *search,
			    const struct ddl_clause *clause, const char *text)
{
	const char *name = search->fault->name;

	if (clause->kind != CLAUSE_CHECK)
		return false;
	if (search->added >= 0)
		return clause->column == search->added;
	return clause->name ? strcmp(clause->name, name) == 0
			    : tokens_equal(text, name);
}

static bool find_check(struct suspect_search *search)
{
	BUFFER(wrong);

	for (size_t i = 0; search->ddl && i < search->ddl->nclauses; i++) {
		const struct ddl_clause *clause = &search->ddl->clauses[i];
		const char *text = arena_copy_n(
			search->arena, clause->body.text, clause->body.length);

		if (is_failed_check(search, clause, text))
			buffer_printf(&wrong, "%sNOT (%s)",
				      wrong.length ? " OR " : "", text);
	}
	search->wrong = arena_copy(search->arena, buffer_string(&wrong));
	return wrong.length;
}

/* "datatype mismatch": an alias of the rowid accepts only integers. */
static bool find_no_rowids(struct suspect_search *search)
{
	for (size_t i = 0; search->ddl && i < search->ddl->nclauses; i++) {
		const struct ddl_clause *clause = &search->ddl->clauses[i];

		if (clause->kind != CLAUSE_KEY || clause->column < 0)
			continue;
		search->wrong = arena_printf(
			search->arena, "typeof(%s) NOT IN ('integer', 'null')",
			sql_name(search->arena,
				 search->ddl->columns[clause->column].name));
		return true;
	}
	return false;
}

/* "cannot store TEXT value in INT column t.b", of a STRICT table; the type's
   name begins with what typeof returns for its values. */
static bool find_type(struct suspect_search *search)
{
	const char *type = strstr(search->fault->name, " value in ");
	const char *names, *name;

	if (!type)
		return find_no_rowids(search);
	type += strlen(" value in ");
	names = type + strcspn(type, " ") + strlen(" column ");
	name = next_column(search, &names);
	search->wrong = arena_printf(
		search->arena, "%s NOT NULL AND typeof(%s) NOT LIKE '%.*s%%'",
		name ? name : "NULL", name ? name : "NULL",
		(int)strcspn(type, " "), type);
	return name;
}

static bool find_wrong(struct suspect_search *search)
{
	switch (search->fault->kind) {
	case FAULT_UNIQUE:
		return find_duplicates(search);
	case FAULT_NOT_NULL:
		return find_nulls(search);
	case FAULT_CHECK:
		return find_check(search);
	case FAULT_TYPE:
		return find_type(search);
	case FAULT_NONE:
	case FAULT_FOREIGN_KEY:
	case FAULT_OTHER:
		break;
	}
	return false;
}

bool suspects_find(struct engine *engine, struct span statement,
		   const struct fault *fault, struct arena *arena,
		   struct suspects *out)
{
	struct suspect_search search = {
		.engine = engine,
		.arena = arena,
		.fault = fault,
		.added = -1,
		.copy = &out->copy,
		.shown = "*",
		.counted = "count(*)",
	};

	*out = (struct suspects){ .ncopies = 0 };
	if (!search_rows(&search, statement) || !find_wrong(&search))
		return false;
	out->ncopies = out->copy.create ? 1 : 0;
	out->count = arena_printf(arena, "SELECT %s FROM %s WHERE %s LIMIT 1",
				  search.counted, search.rows, search.wrong);
	out->show = arena_printf(arena, "SELECT %s FROM %s WHERE %s LIMIT 5",
				 search.shown, search.rows, search.wrong);
	return true;
}
