/*
 * A story changes a schema with rows into another and back; the diffs are
 * computed, proved and run as in an upgrade.
 */
#ifndef UNIT_TEST_SCHEMA_STORY_H
#define UNIT_TEST_SCHEMA_STORY_H

#include "test_schema_judge.h" /* first: cmocka has a macro fail as well */

#include "schema/diff/diff.h"
#include "schema/model/read.h"

#define COUNT(array) (sizeof(array) / sizeof(*(array)))

/* A change from one schema to another, and the answers to its questions. */
struct story {
	const char *before, *after, *rows;
	struct diff_options options;
	bool decline;    /* every question is answered no */
	bool other_text; /* the SQL is equivalent, not equal */
	struct arena arena;
	struct error e;
	struct engine *engine;
	struct schema *from, *to;
	struct diff up, down;
};

static inline void story_begin(struct story *s)
{
	arena_init(&s->arena);
	error_init(&s->e, &s->arena);
	assert_int_equal(engine_open("sqlite://", 0, &s->engine, &s->e), OK);
	judge_script(s->engine, s->before);
	if (s->rows)
		judge_script(s->engine, s->rows);
	if (schema_read(s->engine, &s->arena, &s->from, &s->e) != OK ||
	    schema_read_text(s->after, "after.sql", NULL, &s->arena, &s->to,
			     &s->e) != OK)
		judge_fail("read", &s->e);
}

static inline void story_end(struct story *s)
{
	engine_close(s->engine);
	arena_clear(&s->arena);
}

static inline void answer_question(struct story *s)
{
	const struct rename *question = &s->up.questions[0];
	struct diff_options *o = &s->options;
	size_t n = s->decline ? o->ndeclined : o->nrenames;
	struct rename *list = arena_array(&s->arena, n + 1, sizeof(*list));

	if (n)
		memcpy(list, s->decline ? o->declined : o->renames,
		       n * sizeof(*list));
	list[n] = *question;
	if (s->decline) {
		o->declined = list;
		o->ndeclined++;
	} else {
		o->renames = list;
		o->nrenames++;
	}
}

/* Computes and proves both ways. */
static inline void story_compute(struct story *s)
{
	struct diff_options back;

	do {
		if (s->up.nquestions)
			answer_question(s);
		if (diff_compute(s->from, s->to, &s->options, &s->arena, &s->up,
				 &s->e) != OK)
			judge_fail("diff up", &s->e);
	} while (s->up.nquestions);
	back = s->options;
	back.fill_zero = true;
	back.ordered = s->up.reordered;
	back.nordered = s->up.nreordered;
	if (diff_compute(s->to, s->from, &back, &s->arena, &s->down, &s->e) !=
	    OK)
		judge_fail("diff down", &s->e);
	if (diff_prove(s->from, s->to, &s->up, &s->down, &s->e) != OK) {
		print_error("%s--\n%s", s->up.sql, s->down.sql);
		judge_fail("prove", &s->e);
	}
}

/* Makes the copies that hazards read. */
static inline void story_copy(struct story *s)
{
	if (row_copies_make(s->engine, s->up.copies, s->up.ncopies, &s->e) !=
	    OK)
		judge_fail("copies", &s->e);
}

/* What an upgrade runs in its transaction. */
struct upgrade {
	const char *sql;
	int64_t faults; /* foreign key violations before */
};

static inline void count_violation(void *data, const struct violation *found)
{
	(void)found;
	++*(int64_t *)data;
}

static inline enum status run_sql(struct engine *engine, void *data,
				  struct error *e)
{
	const struct upgrade *run = data;
	const struct script script = { .text = run->sql, .guard = true };
	int64_t faults = 0;

	if (engine_script(engine, &script, e) != OK ||
	    engine_foreign_key_check(engine, count_violation, &faults, e) != OK)
		return e->status;
	if (faults > run->faults)
		return fail(e, CONFLICT, "new violations of foreign keys");
	return OK;
}

/* Runs a diff as an upgrade does. */
static inline enum status apply_diff(struct story *s, const struct diff *diff)
{
	struct upgrade run = { .sql = diff->sql };
	struct error ignored;
	enum status status;

	error_init(&ignored, &s->arena);
	assert_int_equal(engine_foreign_key_check(s->engine, count_violation,
						  &run.faults, &s->e),
			 OK);
	if (diff->foreign_keys_off)
		assert_int_equal(
			engine_set_foreign_keys(s->engine, false, &s->e), OK);
	status = engine_transaction(s->engine, TRANSACTION_WRITE, run_sql, &run,
				    &s->e);
	if (diff->foreign_keys_off)
		assert_int_equal(
			engine_set_foreign_keys(s->engine, true, &ignored), OK);
	return status;
}

/* Asserts that the database equals one created from sql. */
static inline void assert_schema(struct story *s, const char *sql, bool order,
				 bool texts)
{
	struct engine *other;

	assert_int_equal(engine_open("sqlite://", 0, &other, &s->e), OK);
	judge_script(other, sql);
	assert_string_equal(judge_pragmas(s->engine, order, &s->arena),
			    judge_pragmas(other, order, &s->arena));
	if (texts)
		assert_string_equal(judge_texts(s->engine, &s->arena),
				    judge_texts(other, &s->arena));
	engine_close(other);
}

static inline void assert_nothing_left(struct story *s,
				       const struct schema *target, bool order)
{
	const struct diff_options options = { .column_order = order };
	struct schema *now;
	struct diff rest;

	if (schema_read(s->engine, &s->arena, &now, &s->e) != OK ||
	    diff_compute(now, target, &options, &s->arena, &rest, &s->e) != OK)
		judge_fail("read", &s->e);
	if (rest.nchanges)
		print_error("left: %s\n", rest.changes[0].text);
	assert_int_equal(rest.nchanges, 0);
	assert_string_equal(rest.sql, "");
}

/* Results of keep.sql: odd lines are queries for before, even ones after. */
static inline const char *kept_rows(struct story *s, const char *keep,
				    bool after)
{
	BUFFER(all);
	bool even = false;

	for (const char *p = keep; *p; even = !even) {
		size_t length = strcspn(p, "\n");

		if (even == after && length)
			buffer_text(&all, judge_rows(s->engine,
						     arena_copy_n(&s->arena, p,
								  length),
						     false, &s->arena));
		p += length + (p[length] == '\n');
	}
	return arena_copy(&s->arena, buffer_string(&all));
}

static inline void check_noise(struct story *s)
{
	if (s->up.nchanges)
		print_error("noise: %s\n", s->up.changes[0].text);
	assert_int_equal(s->up.nchanges, 0);
	assert_int_equal(s->up.nnotes, 0);
	assert_string_equal(s->up.sql, "");
}

static inline void check_change(struct story *s, const char *keep)
{
	const char *rows = kept_rows(s, keep, false);

	assert_int_not_equal(s->up.nchanges, 0);
	assert_int_equal(s->up.nmissing, 0);
	if (apply_diff(s, &s->up) != OK)
		judge_fail(s->up.sql, &s->e);
	assert_string_equal(kept_rows(s, keep, true), rows);
	assert_schema(s, s->after, !s->up.nnotes, !s->other_text);
	assert_nothing_left(s, s->to, !s->up.nnotes);
	if (apply_diff(s, &s->down) != OK)
		judge_fail(s->down.sql, &s->e);
	assert_string_equal(kept_rows(s, keep, false), rows);
	assert_schema(s, s->before, true, !s->other_text);
	assert_nothing_left(s, s->from, true);
}

#endif
