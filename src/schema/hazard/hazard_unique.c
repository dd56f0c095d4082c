/* Duplicate rows in what becomes unique. */
#include "schema/hazard/hazard.h"

#include "schema/text/index_text.h"
#include "schema/text/spelling.h"

struct unique_term {
	const char *sql, *collation;
};

/* The terms of a unique index. */
struct unique {
	struct unique_term *terms;
	size_t nterms;
	const char *where; /* NULL: none */
};

static void add_unique_term(struct unique *unique, const char *sql,
			    const char *collation, struct arena *arena)
{
	*LIST_ADD(arena, unique->terms, unique->nterms) =
		(struct unique_term){ .sql = sql, .collation = collation };
}

/* False if it isn't unique or not understood. */
static bool read_unique(const struct index *index, struct arena *arena,
			struct unique *out)
{
	struct index_text text = { .where = NULL };

	*out = (struct unique){ .nterms = 0 };
	if (!index->unique ||
	    (index->sql && (!index_parse(index->sql, arena, &text) ||
			    text.nterms != index->ncolumns)))
		return false;
	out->where = text.where;
	for (size_t i = 0; i < index->ncolumns; i++) {
		const struct index_column *column = &index->columns[i];

		if (column->name)
			add_unique_term(out, spelling(arena, column->name),
					column->collation, arena);
		else if (index->sql)
			add_unique_term(out, text.terms[i].bare,
					column->collation, arena);
	}
	return out->nterms > 0;
}

/* A condition for the rows that are compared: NULLs are always distinct. */
static const char *unique_condition(const struct unique *unique,
				    struct arena *arena)
{
	BUFFER(sql);

	for (size_t i = 0; i < unique->nterms; i++)
		buffer_printf(&sql, "%s(%s) IS NOT NULL", i ? " AND " : "",
			      unique->terms[i].sql);
	if (unique->where)
		buffer_printf(&sql, " AND (%s)", unique->where);
	return arena_copy_n(arena, buffer_string(&sql), sql.length);
}

/* Whether uniqueness under a implies uniqueness under b. */
static bool unique_implies(const struct unique *a, const struct unique *b)
{
	if (a->nterms != b->nterms ||
	    (a->where && !tokens_equal(a->where, b->where)))
		return false;
	for (size_t i = 0; i < a->nterms; i++)
		if (!tokens_equal(a->terms[i].sql, b->terms[i].sql) ||
		    !name_equal(a->terms[i].collation, b->terms[i].collation))
			return false;
	return true;
}

static bool is_already_unique(const struct table *table,
			      const struct unique *unique, struct arena *arena)
{
	const struct column *alias = table_rowid_column(table);
	struct unique before;

	if (alias && unique->nterms == 1 &&
	    tokens_equal(spelling(arena, alias->name), unique->terms->sql))
		return true;
	for (size_t i = 0; i < table->nindexes; i++)
		if (read_unique(&table->indexes[i], arena, &before) &&
		    unique_implies(&before, unique))
			return true;
	return false;
}

static void add_duplicate_hazard(const struct hazard_search *search,
				 const struct unique *unique,
				 const char *condition)
{
	struct arena *arena = search->plan->arena;
	const char *rows = hazard_rows(search, condition);
	struct hazard *hazard;
	BUFFER(names);
	BUFFER(group);

	for (size_t i = 0; i < unique->nterms; i++) {
		const struct unique_term *term = &unique->terms[i];

		buffer_item(&names, term->sql);
		buffer_printf(&group, "%s(%s) COLLATE %s", i ? ", " : "",
			      term->sql, spelling(arena, term->collation));
	}
	buffer_printf(&group, " HAVING count(*) > 1");
	hazard = hazard_add(search, condition, condition,
			    "%s becomes unique in (%s)%s%s", search->to->name,
			    names.data, unique->where ? " WHERE " : "",
			    unique->where ? unique->where : "");
	hazard->given = hazard_is_constant(search, condition);
	hazard->count = arena_printf(
		arena,
		"SELECT coalesce(sum(n), 0) FROM (SELECT count(*) AS n FROM %s "
		"WHERE %s GROUP BY %s)",
		rows, condition, group.data);
	hazard->show = arena_printf(
		arena,
		"SELECT %s, count(*) FROM %s WHERE %s GROUP BY %s LIMIT 5",
		names.data, rows, condition, group.data);
}

static void check_unique(const struct hazard_search *search,
			 const struct unique *unique)
{
	struct arena *arena = search->plan->arena;
	const char *condition = unique_condition(unique, arena);

	if (!is_already_unique(search->from, unique, arena) ||
	    hazard_affects(search, condition))
		add_duplicate_hazard(search, unique, condition);
}

void hazards_find_duplicates(const struct hazard_search *search)
{
	const struct table *to = search->to;
	struct arena *arena = search->plan->arena;
	struct unique unique;

	if (!search->from->ddl || !to->ddl || search->plan->options->fill_zero)
		return;
	for (size_t i = 0; i < to->nindexes; i++)
		if (read_unique(&to->indexes[i], arena, &unique))
			check_unique(search, &unique);
}

/* INTEGER PRIMARY KEY is unique without an index. */
void hazards_find_rowids(const struct hazard_search *search)
{
	const struct column *alias = table_rowid_column(search->to);
	struct arena *arena = search->plan->arena;
	struct unique unique = { .nterms = 0 };

	if (!alias || !table_find_column(search->from, alias->name))
		return;
	add_unique_term(&unique, spelling(arena, alias->name), "BINARY", arena);
	check_unique(search, &unique);
}
