/*
 * A random walk: a random schema with rows is changed at random, upgraded,
 * downgraded and compared each time.  ROUNDS (100) and SEED come from the
 * environment; the seed of a failing round is printed.
 */
#include <time.h>

#include "test_schema_random.h"
#include "test_schema_story.h"

static void rename_to(char *name, size_t size)
{
	snprintf(name, size, "n%d", ++last_id % 100000);
}

static void mutate_column(struct walk_table *table, int at)
{
	struct walk_column *column = &table->columns[at];

	switch (dice(12)) {
	case 0:
		rename_to(column->name, sizeof(column->name));
		break;
	case 1:
		if (!column->parent && !column->generated)
			column->type = dice(table->kind == STRICT_ALIAS ? 4
									: 8);
		break;
	case 2:
		column->not_null = !column->not_null && !column->parent;
		break;
	case 3:
		column->unique = !column->unique && !column->parent;
		break;
	case 4:
		column->nocase = !column->nocase;
		break;
	case 5:
		column->value = column->parent ? 0 : dice(4);
		break;
	case 6:
		column->check = dice(3);
		break;
	case 7:
		column->generated = column->parent ? 0 : dice(3);
		break;
	case 8:
		column->index = !column->index;
		break;
	case 9:
		column->note = !column->note;
		break;
	case 10:
		column->action = dice(3);
		break;
	case 11:
		table->partial = table->partial ? 0 : column->id;
		break;
	}
}

static void remove_column(struct walk_table *table, int at)
{
	if (table->ncolumns < 2)
		return;
	for (int i = at; i + 1 < table->ncolumns; i++)
		table->columns[i] = table->columns[i + 1];
	table->ncolumns--;
}

static void insert_column(struct walk_table *table, int at)
{
	if (table->ncolumns == COLUMNS)
		return;
	for (int i = table->ncolumns++; i > at; i--)
		table->columns[i] = table->columns[i - 1];
	make_column(&table->columns[at], table);
}

static void remove_table(struct walk_schema *schema, int at)
{
	for (int i = at; i + 1 < schema->ntables; i++)
		schema->tables[i] = schema->tables[i + 1];
	schema->ntables--;
}

static void mutate(struct walk_schema *schema)
{
	int which = schema->ntables ? dice(schema->ntables) : 0;
	struct walk_table *table = &schema->tables[which];

	if (!schema->ntables || (dice(12) == 0 && schema->ntables < TABLES)) {
		make_table(schema);
		return;
	}
	switch (dice(12)) {
	case 0:
		remove_table(schema, which);
		break;
	case 1:
		rename_to(table->name, sizeof(table->name));
		break;
	case 2:
	case 3:
		insert_column(table, dice(2) ? table->ncolumns
					     : dice(table->ncolumns));
		break;
	case 4:
		remove_column(table, dice(table->ncolumns));
		break;
	case 5:
		table->trigger = !table->trigger;
		break;
	case 6:
		table->view = !table->view;
		break;
	case 7:
		table->pair_unique = !table->pair_unique;
		break;
	case 8:
		table->note = !table->note;
		break;
	default:
		mutate_column(table, dice(table->ncolumns));
		break;
	}
}

/* SQLite requires a column that is not generated. */
static void plain_first_columns(struct walk_schema *schema)
{
	for (int i = 0; i < schema->ntables; i++)
		if (schema->tables[i].kind == PLAIN)
			schema->tables[i].columns[0].generated = 0;
}

static void add_rename(struct story *s, struct rename rename)
{
	struct rename *list = arena_array(&s->arena, s->options.nrenames + 1,
					  sizeof(*list));

	if (s->options.nrenames)
		memcpy(list, s->options.renames,
		       s->options.nrenames * sizeof(*list));
	list[s->options.nrenames++] = rename;
	s->options.renames = list;
}

static void find_renames(struct story *s, struct walk_schema *before,
			 struct walk_schema *after)
{
	for (int i = 0; i < before->ntables; i++) {
		struct walk_table *old = &before->tables[i];
		struct walk_table *new = find_table(after, old->id);

		if (!new)
			continue;
		if (strcmp(old->name, new->name) != 0)
			add_rename(s, (struct rename){ old->name, NULL,
						       new->name });
		for (int k = 0; k < old->ncolumns; k++) {
			const struct walk_column *column = column_by_id(
				new, old->columns[k].id);

			if (column &&
			    strcmp(column->name, old->columns[k].name) != 0)
				add_rename(s, (struct rename){
						      old->name,
						      old->columns[k].name,
						      column->name });
		}
	}
}

/* Pairs of queries whose results before and after must be equal. */
static const char *keep_text(struct arena *arena, struct walk_schema *before,
			     struct walk_schema *after)
{
	BUFFER(all);

	for (int i = 0; i < before->ntables; i++) {
		struct walk_table *old = &before->tables[i];
		struct walk_table *new = find_table(after, old->id);
		const char *key = has_key_column(old) ? "id" : "rowid";
		BUFFER(a);
		BUFFER(b);

		if (!new)
			continue;
		for (int k = 0; k < old->ncolumns; k++) {
			const struct walk_column *x = &old->columns[k];
			const struct walk_column *y = column_by_id(new, x->id);

			if (!y || x->type != y->type || x->generated ||
			    y->generated)
				continue;
			if (y->not_null && !x->not_null && y->value)
				buffer_printf(&a,
					      ", quote(coalesce(%s, "
					      "CAST(%s AS %s)))",
					      name_of(arena, x->name),
					      value_of(y),
					      y->type == BLOB    ? "BLOB"
					      : y->type == REAL  ? "REAL"
					      : is_text(y->type) ? "TEXT"
								 : "INTEGER");
			else
				buffer_printf(&a, ", quote(%s)",
					      name_of(arena, x->name));
			buffer_printf(&b, ", quote(%s)",
				      name_of(arena, y->name));
		}
		buffer_printf(&all,
			      "SELECT %s%s FROM %s ORDER BY 1\n"
			      "SELECT %s%s FROM %s ORDER BY 1\n",
			      key, buffer_string(&a), name_of(arena, old->name),
			      key, buffer_string(&b),
			      name_of(arena, new->name));
	}
	return arena_copy(arena, buffer_string(&all));
}

static int64_t count_hazards(struct story *s)
{
	int64_t total = 0;

	story_copy(s);
	for (size_t i = 0; i < s->up.nhazards; i++) {
		const char *rows = judge_rows(s->engine, s->up.hazards[i].count,
					      false, &s->arena);

		judge_rows(s->engine, s->up.hazards[i].show, false, &s->arena);
		total += atoi(rows);
	}
	row_copies_drop(s->engine, s->up.copies, s->up.ncopies);
	return total;
}

/* Fills for all missing values, which are text or numbers. */
static void fill_missing(struct story *s)
{
	struct fill *fills = arena_array(&s->arena, s->up.nmissing + 1,
					 sizeof(*fills));

	for (size_t i = 0; i < s->up.nmissing; i++) {
		fills[i] = s->up.missing[i];
		fills[i].value = "'1'";
	}
	if (!s->up.nmissing)
		return;
	s->options.fills = fills;
	s->options.nfills = s->up.nmissing;
	story_compute(s);
	assert_int_equal(s->up.nmissing, 0);
}

struct tally {
	int done, refused, back_refused;
};

/* Asserts that the model equals the pragmas. */
static void check_model(struct story *s)
{
	struct schema *now;

	if (schema_read(s->engine, &s->arena, &now, &s->e) != OK)
		judge_fail("read", &s->e);
	assert_string_equal(judge_model(now, &s->arena),
			    judge_truth(s->engine, &s->arena));
}

static void check_walk(struct story *s, const char *keep, struct tally *tally)
{
	const char *rows = kept_rows(s, keep, false);
	int64_t hazards = count_hazards(s);
	enum status status = apply_diff(s, &s->up);

	if (status != OK) {
		/* Every failure must have been reported as a hazard, except
		   for a fill in a unique column. */
		if (!hazards && !s->options.nfills)
			judge_fail(s->up.sql, &s->e);
		tally->refused++;
		error_init(&s->e, &s->arena);
		assert_schema(s, s->before, true, true);
		assert_string_equal(kept_rows(s, keep, false), rows);
		return;
	}
	assert_int_equal(hazards, 0);
	assert_string_equal(kept_rows(s, keep, true), rows);
	assert_schema(s, s->after, true, true);
	assert_nothing_left(s, s->to, true);
	check_model(s);
	tally->done++;
	if (apply_diff(s, &s->down) != OK) {
		tally->back_refused++;
		error_init(&s->e, &s->arena);
		assert_schema(s, s->after, true, true);
		return;
	}
	assert_schema(s, s->before, true, true);
	assert_nothing_left(s, s->from, true);
}

static void walk_once(struct tally *tally)
{
	struct walk_schema before = { .ntables = 0 }, after;
	ARENA(arena);
	struct story s = {
		.decline = true,
		.options = { .column_order = true },
	};

	last_id = 0;
	for (int n = 1 + dice(TABLES - 1); n > 0; n--)
		make_table(&before);
	plain_first_columns(&before);
	after = before;
	for (int n = 1 + dice(4); n > 0; n--)
		mutate(&after);
	plain_first_columns(&after);
	s.before = schema_text(&arena, &before);
	s.after = schema_text(&arena, &after);
	s.rows = rows_text(&arena, &before);
	if (getenv("SHOW"))
		print_message("%s--\n%s--\n%s\n", s.before, s.after, s.rows);
	story_begin(&s);
	check_model(&s);
	find_renames(&s, &before, &after);
	story_compute(&s);
	fill_missing(&s);
	if (getenv("SHOW"))
		print_message("%s--\n%s\n", s.up.sql, s.down.sql);
	check_walk(&s, keep_text(&s.arena, &before, &after), tally);
	story_end(&s);
}

static void test_walk(void **state)
{
	const char *rounds = getenv("ROUNDS"), *given = getenv("SEED");
	uint64_t start = given ? strtoull(given, NULL, 10)
			       : (uint64_t)time(NULL) * 1000003;
	int n = rounds ? atoi(rounds) : 100;
	struct tally tally = { 0 };

	(void)state;
	for (int i = 0; i < n; i++) {
		seed = start + (uint64_t)i * 2654435761u;
		fprintf(stderr, "# ROUNDS=1 SEED=%llu\r", (unsigned long long)seed);
		seed |= 1;
		for (int k = 0; k < 8; k++)
			dice(2);
		walk_once(&tally);
	}
	print_message("# seed %llu: %d done, %d refused, %d not back\n",
		      (unsigned long long)start, tally.done, tally.refused,
		      tally.back_refused);
	assert_true(tally.done >= n / 2 || n < 10);
}

int main(void)
{
	const struct CMUnitTest tests[] = { cmocka_unit_test(test_walk) };

	return cmocka_run_group_tests(tests, NULL, NULL);
}
