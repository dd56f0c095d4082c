/* The graph of revisions, and arithmetic on it. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>
#undef fail /* cmocka's macro */

#include "migrate/graph/draw.h"
#include "migrate/graph/target.h"
#include "util/clock.h"

/*
 *	a1 - b1 - d1 - e1	(d1 merges b1 and c1; label "main" on a1)
 *	   \ c1 /
 *	   \ f1			(label "side")
 *	x1 - y1			(label "other"; y1 depends on b1)
 */
static const char *const texts[] = {
	"-- revision: e1\n-- down_revision: d1\n-- create_date: 2026-05\n",
	"-- revision: a1\n-- branch_labels: main\n-- create_date: 2026-01\n",
	"-- revision: b1\n-- down_revision: a1\n-- create_date: 2026-02\n",
	"-- revision: c1\n-- down_revision: a1\n-- create_date: 2026-03\n",
	"-- revision: d1\n-- down_revision: b1, c1\n"
	"-- create_date: 2026-04\n",
	"-- revision: f1\n-- down_revision: a1\n-- branch_labels: side\n"
	"-- create_date: 2026-06\n",
	"-- revision: x1\n-- branch_labels: other\n-- create_date: 2026-01\n",
	"-- revision: y1\n-- down_revision: x1\n-- depends_on: b1\n"
	"-- create_date: 2026-02\n",
};

struct fixture {
	struct arena arena;
	struct error e;
	struct graph graph;
};

static enum status build(struct fixture *f, const char *const *from,
			 size_t count)
{
	struct revision *revisions = arena_array(&f->arena, count,
						 sizeof(*revisions));
	error_init(&f->e, &f->arena);
	for (size_t i = 0; i < count; i++) {
		const char *name = arena_printf(&f->arena, "versions/%zu.sql",
						i);
		assert_int_equal(revision_parse(from[i], name, &f->arena,
						&revisions[i], &f->e),
				 OK);
	}
	return graph_build(revisions, count, &f->arena, &f->graph, &f->e);
}

static int set_up(void **state)
{
	struct fixture *f = test_calloc(1, sizeof(*f));
	arena_init(&f->arena);
	assert_int_equal(build(f, texts, sizeof(texts) / sizeof(*texts)), OK);
	*state = f;
	return 0;
}

static int tear_down(void **state)
{
	struct fixture *f = *state;
	arena_clear(&f->arena);
	test_free(f);
	return 0;
}

static struct nodes nodes_of(struct fixture *f, const char *ids)
{
	struct names names = names_split(ids, &f->arena);
	bool *marks = arena_zero(&f->arena, f->graph.count + 1);
	for (size_t i = 0; i < names.count; i++)
		marks[graph_find(&f->graph, names.items[i])] = true;
	return graph_marked(&f->graph, marks, &f->arena);
}

/* What spec names; the error's message if it names nothing. */
static const char *find(struct fixture *f, const char *current,
			const char *spec)
{
	struct nodes at = nodes_of(f, current);
	struct target target;
	error_init(&f->e, &f->arena);
	if (target_find(&f->graph, &at, spec, &f->arena, &target, &f->e))
		return f->e.message;
	return nodes_text(&f->graph, &target.nodes, &f->arena);
}

typedef enum status planner(const struct graph *graph,
			    const struct nodes *current,
			    const struct target *target, struct arena *arena,
			    struct nodes *out, struct error *e);

static const char *plan(struct fixture *f, planner *planner_of,
			const char *current, const char *spec)
{
	struct nodes at = nodes_of(f, current), out;
	struct target target;
	error_init(&f->e, &f->arena);
	if (target_find(&f->graph, &at, spec, &f->arena, &target, &f->e) ||
	    planner_of(&f->graph, &at, &target, &f->arena, &out, &f->e))
		return f->e.message;
	return nodes_text(&f->graph, &out, &f->arena);
}

static void order_is_by_needs_then_age(void **state)
{
	struct fixture *f = *state;
	assert_string_equal(plan(f, target_upgrades, "", "heads"),
			    "a1, x1, b1, y1, c1, d1, e1, f1");
}

static void heads_are_found(void **state)
{
	struct fixture *f = *state;
	struct nodes heads = graph_heads(&f->graph, &f->arena);
	assert_string_equal(nodes_text(&f->graph, &heads, &f->arena),
			    "y1, e1, f1");
	assert_false(
		node_is_head(&f->graph, (size_t)graph_find(&f->graph, "x1")));
}

static void symbols_are_read(void **state)
{
	static const struct {
		const char *current, *spec, *found;
	} cases[] = {
		{ "", "base", "" },           { "b1", "current", "b1" },
		{ "", "a1", "a1" },           { "", "a", "a1" },
		{ "", "side", "f1" },         { "", "side@head", "f1" },
		{ "", "f1@head", "f1" },      { "", "other@heads", "y1" },
		{ "", "side@base", "" },      { "", "e1-1", "d1" },
		{ "", "e1-2", "b1, c1" },     { "", "e1-3", "a1" },
		{ "", "e1-4", "" },           { "", "x1+1", "y1" },
		{ "b1", "+1", "d1" },         { "b1", "+2", "e1" },
		{ "d1", "-1", "b1, c1" },     { "a1", "-1", "" },
		{ "", "other@+1", "x1" },     { "y1, a1", "other@-1", "x1" },
		{ "", "other@head-1", "x1" }, { "a1", "side@+1", "f1" },
	};
	struct fixture *f = *state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(*cases); i++)
		assert_string_equal(find(f, cases[i].current, cases[i].spec),
				    cases[i].found);
}

static void wrong_symbols_say_why(void **state)
{
	static const struct {
		const char *current, *spec, *message;
	} cases[] = {
		{ "", "nosuch",
		  "Can't locate revision identified by "
		  "'nosuch'" },
		{ "", "head",
		  "Multiple head revisions are present for given "
		  "argument 'head': y1, e1, f1; please specify a specific "
		  "target revision, '<branchname>@head' to narrow to a "
		  "specific head, or 'heads' for all heads" },
		{ "", "e1+1", "Walked too far: 'e1+1'" },
		{ "", "a1-2", "Walked too far: 'a1-2'" },
		{ "e1", "+5",
		  "Relative revision +5 didn't produce 5 "
		  "migrations" },
		{ "", "-1",
		  "Relative revision -1 didn't produce 1 "
		  "migrations" },
		{ "a1", "+1",
		  "Ambiguous walk: '+1' could lead to b1, c1, "
		  "f1" },
		{ "b1, x1", "-1",
		  "Ambiguous walk: '-1' could start from x1, "
		  "b1" },
		{ "", "other@e1",
		  "Revision e1 is not a member of branch "
		  "'other'" },
		{ "", "+99999999999999999999",
		  "Ambiguous walk: "
		  "'+99999999999999999999' could lead to a1, x1" },
	};
	struct fixture *f = *state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(*cases); i++)
		assert_string_equal(find(f, cases[i].current, cases[i].spec),
				    cases[i].message);
}

static void ambiguous_beginnings_list_their_ends(void **state)
{
	static const char *const two[] = {
		"-- revision: abc1\n",
		"-- revision: abd2\n",
	};
	struct fixture *f = *state;
	assert_int_equal(build(f, two, 2), OK);
	assert_string_equal(find(f, "", "ab"), "Multiple revisions start with "
					       "'ab': abc1, abd2");
}

static void upgrades_bring_what_they_need(void **state)
{
	struct fixture *f = *state;
	assert_string_equal(plan(f, target_upgrades, "", "y1"),
			    "a1, x1, b1, y1");
	assert_string_equal(plan(f, target_upgrades, "b1", "e1"), "c1, d1, e1");
	assert_string_equal(plan(f, target_upgrades, "e1", "b1"), "");
	assert_string_equal(plan(f, target_upgrades, "e1", "-1"),
			    "Relative revision -1 didn't produce 1 "
			    "migrations");
}

static void downgrades_take_back_what_follows(void **state)
{
	struct fixture *f = *state;
	assert_string_equal(plan(f, target_downgrades, "e1", "base"),
			    "e1, d1, c1, b1, a1");
	assert_string_equal(plan(f, target_downgrades, "d1", "-1"), "d1");
	assert_string_equal(plan(f, target_downgrades, "e1, f1", "a1"),
			    "f1, e1, d1, c1, b1");
	assert_string_equal(plan(f, target_downgrades, "e1, f1", "side@-1"),
			    "f1");
	assert_string_equal(plan(f, target_downgrades, "e1, f1", "side@base"),
			    "f1");
	/* y1 depends on b1 too. */
	assert_string_equal(plan(f, target_downgrades, "c1, y1", "a1"),
			    "c1, y1, b1");
	assert_string_equal(plan(f, target_downgrades, "b1", "b1"), "");
	assert_string_equal(plan(f, target_downgrades, "b1", "e1"),
			    "Destination e1 is not a valid downgrade target "
			    "from current head(s)");
}

static void version_rows_follow_the_steps(void **state)
{
	static const struct {
		const char *current, *node, *after;
		bool up;
	} cases[] = {
		{ "", "a1", "a1", true },
		{ "a1", "b1", "b1", true },
		{ "b1", "c1", "b1, c1", true },
		{ "b1, c1", "d1", "d1", true },
		{ "x1, b1", "y1", "y1", true },
		{ "d1", "d1", "b1, c1", false },
		{ "b1, c1", "c1", "b1", false },
		{ "c1, y1", "y1", "x1, b1, c1", false },
		{ "a1", "a1", "", false },
	};
	struct fixture *f = *state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(*cases); i++) {
		struct nodes at = nodes_of(f, cases[i].current);
		long node = graph_find(&f->graph, cases[i].node);
		at = target_step(&f->graph, &at, (size_t)node, cases[i].up,
				 &f->arena);
		assert_string_equal(nodes_text(&f->graph, &at, &f->arena),
				    cases[i].after);
	}
}

static const char *range(struct fixture *f, const char *current,
			 const char *spec)
{
	struct nodes at = nodes_of(f, current), out;
	error_init(&f->e, &f->arena);
	if (target_range(&f->graph, &at, spec, &f->arena, &out, &f->e))
		return f->e.message;
	return nodes_text(&f->graph, &out, &f->arena);
}

static void ranges_have_both_ends(void **state)
{
	struct fixture *f = *state;
	assert_string_equal(range(f, "", "b1:e1"), "e1, d1, b1");
	assert_string_equal(range(f, "", ":b1"), "b1, a1");
	assert_string_equal(range(f, "d1", "-1:current"), "d1, c1, b1");
	assert_string_equal(range(f, "", "b1"),
			    "History range requires "
			    "[start]:[end], [start]:, or :[end]");
	assert_string_equal(range(f, "", "f1:e1"),
			    "Requested range f1:e1 does"
			    " not refer to ancestor/descendant revisions "
			    "along the same branch: f1");
}

static void labels_spread_over_their_branch(void **state)
{
	struct fixture *f = *state;
	const struct node *e1 = &f->graph.nodes[graph_find(&f->graph, "e1")];
	assert_true(names_have(&e1->labels, "main"));
	assert_false(names_have(&e1->labels, "side"));
	const struct node *a1 = &f->graph.nodes[graph_find(&f->graph, "a1")];
	assert_false(names_have(&a1->labels, "side"));
}

/* A graph of nodes named by their numbers: for each, "-" or its
   parents' numbers, "0,1". */
static void read_graph(const char *text, struct graph *out, struct arena *arena)
{
	*out = (struct graph){ .nodes = arena_array(arena, 10,
						    sizeof(*out->nodes)) };
	for (; *text; text++) {
		struct nodes *down = &out->nodes[out->count].down;
		if (*text == ' ')
			out->count++;
		else if (*text >= '0')
			nodes_add(down, (size_t)(*text - '0'), arena);
	}
	out->count++;
}

/* The expected texts are those of git log --graph, without the blanks at the
   ends of lines. */
static void the_graph_is_drawn_as_git_does(void **state)
{
	static const struct {
		const char *graph, *more, *drawing;
	} cases[] = {
		{ "- 0 0 1,2", "",
		  "*   3\n"
		  "|\\\n"
		  "| * 2\n"
		  "* | 1\n"
		  "|/\n"
		  "* 0\n" },
		{ "- 0 0 0 1,2,3", "",
		  "*-.   4\n"
		  "|\\ \\\n"
		  "| | * 3\n"
		  "| * | 2\n"
		  "| |/\n"
		  "* / 1\n"
		  "|/\n"
		  "* 0\n" },
		{ "- 0 0 1,2 1,2 3,4", "",
		  "*   5\n"
		  "|\\\n"
		  "| *   4\n"
		  "| |\\\n"
		  "* | \\   3\n"
		  "|\\ \\ \\\n"
		  "| |/ /\n"
		  "|/| /\n"
		  "| |/\n"
		  "| * 2\n"
		  "* | 1\n"
		  "|/\n"
		  "* 0\n" },
		{ "- 0 0 0 1,3 2 0,4 0", "",
		  "* 7\n"
		  "| * 6\n"
		  "|/|\n"
		  "| *   4\n"
		  "| |\\\n"
		  "| | * 3\n"
		  "| |/\n"
		  "|/|\n"
		  "| * 1\n"
		  "|/\n"
		  "| * 5\n"
		  "| * 2\n"
		  "|/\n"
		  "* 0\n" },
		{ "- 0 0 0 0 1,2,3 4,5 4", "",
		  "* 7\n"
		  "| * 6\n"
		  "|/|\n"
		  "| *-.   5\n"
		  "| |\\ \\\n"
		  "| | | * 3\n"
		  "| | * | 2\n"
		  "| | |/\n"
		  "| * / 1\n"
		  "| |/\n"
		  "* / 4\n"
		  "|/\n"
		  "* 0\n" },
		{ "- 0 0,1 0,2 1,3", "",
		  "*   4\n"
		  "|\\\n"
		  "| *   3\n"
		  "| |\\\n"
		  "| | * 2\n"
		  "| |/|\n"
		  "| |/\n"
		  "|/|\n"
		  "* | 1\n"
		  "|/\n"
		  "* 0\n" },
		{ "- 0 1 0,2 0,1,2", "",
		  "*-.   4\n"
		  "|\\ \\\n"
		  "| | | * 3\n"
		  "| |_|/|\n"
		  "|/| |/\n"
		  "| | * 2\n"
		  "| |/\n"
		  "| * 1\n"
		  "|/\n"
		  "* 0\n" },
		{ "- 0 0 1,2 1,2 3,4", "\nsecond\nthird",
		  "*   5\n"
		  "|\\  second\n"
		  "| | third\n"
		  "| *   4\n"
		  "| |\\  second\n"
		  "| | | third\n"
		  "* | \\   3\n"
		  "|\\ \\ \\  second\n"
		  "| |/ /  third\n"
		  "|/| /\n"
		  "| |/\n"
		  "| * 2\n"
		  "| | second\n"
		  "| | third\n"
		  "* | 1\n"
		  "|/  second\n"
		  "|   third\n"
		  "* 0\n"
		  "  second\n"
		  "  third\n" },
	};
	struct fixture *f = *state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(*cases); i++) {
		bool shown[10];
		struct graph graph;
		BUFFER(out);
		memset(shown, true, sizeof(shown));
		read_graph(cases[i].graph, &graph, &f->arena);
		struct draw draw = draw_of(&graph, shown, &f->arena);
		struct nodes order = draw_order(&graph, shown, &f->arena);
		for (size_t j = 0; j < order.count; j++) {
			const char *text = arena_printf(&f->arena, "%zu%s",
							order.items[j],
							cases[i].more);
			buffer_printf(&out, "%s\n",
				      draw_node(&draw, order.items[j], text));
		}
		assert_string_equal(out.data, cases[i].drawing);
	}
}

static void broken_graphs_name_the_files(void **state)
{
	static const struct {
		const char *texts[3];
		const char *message;
	} cases[] = {
		{ { "-- revision: a\n", "-- revision: a\n" },
		  "Revision a is present more than once: versions/0.sql, "
		  "versions/1.sql" },
		{ { "-- revision: a\n-- down_revision: nope\n" },
		  "Revision nope referenced from a (versions/0.sql) is not "
		  "present" },
		{ { "-- revision: a\n-- down_revision: b\n",
		    "-- revision: b\n-- down_revision: a\n",
		    "-- revision: c\n-- down_revision: b\n" },
		  "Cycle is detected in revisions: versions/0.sql, "
		  "versions/1.sql" },
		{ { "-- revision: a\n-- down_revision: a\n" },
		  "Cycle is detected in revisions: versions/0.sql" },
		{ { "-- revision: a\n-- branch_labels: l\n",
		    "-- revision: b\n-- branch_labels: l\n" },
		  "Branch name 'l' in revision b (versions/1.sql) already "
		  "used by revision a (versions/0.sql)" },
	};
	struct fixture *f = *state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(*cases); i++) {
		size_t count = 0;
		while (count < 3 && cases[i].texts[count])
			count++;
		assert_int_equal(build(f, cases[i].texts, count), SCHEMA);
		assert_string_equal(f->e.message, cases[i].message);
	}
}

static void many_revisions_are_quick(void **state)
{
	enum { MANY = 20000 };
	struct fixture *f = *state;
	const char **many = arena_array(&f->arena, MANY, sizeof(*many));
	many[0] = "-- revision: r0\n";
	for (int i = 1; i < MANY; i++)
		many[i] = arena_printf(&f->arena,
				       "-- revision: r%d\n"
				       "-- down_revision: r%d\n",
				       i, i - 1);
	int64_t began = clock_ticks();
	assert_int_equal(build(f, many, MANY), OK);
	assert_string_equal(find(f, "", "head-19999"), "r0");
	/* A quadratic walk would take minutes here. */
	assert_true(clock_ticks() - began < 20 * 1000000);
}

int main(void)
{
#define TEST(test) cmocka_unit_test_setup_teardown(test, set_up, tear_down)
	const struct CMUnitTest tests[] = {
		TEST(order_is_by_needs_then_age),
		TEST(heads_are_found),
		TEST(symbols_are_read),
		TEST(wrong_symbols_say_why),
		TEST(ambiguous_beginnings_list_their_ends),
		TEST(upgrades_bring_what_they_need),
		TEST(downgrades_take_back_what_follows),
		TEST(version_rows_follow_the_steps),
		TEST(ranges_have_both_ends),
		TEST(labels_spread_over_their_branch),
		TEST(the_graph_is_drawn_as_git_does),
		TEST(broken_graphs_name_the_files),
		TEST(many_revisions_are_quick),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
