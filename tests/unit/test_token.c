/* The words of SQL text. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#undef fail /* cmocka's macro */

#include "schema/text/token.h"

/* Tokens as "kind:text", joined by blanks. */
static const char *tokens(struct arena *arena, const char *sql, size_t length)
{
	static const char *const kinds[] = {
		"end",  "comment", "word",     "name",     "string",
		"blob", "number",  "variable", "operator", "bad",
	};
	struct lexer lexer;
	struct token token;
	BUFFER(all);

	lexer = lexer_of_all((struct span){ sql, length });
	while (lexer_next(&lexer, &token))
		buffer_printf(&all, "%s%s%s:%.*s", all.length ? " " : "",
			      token.first ? "^" : "", kinds[token.kind],
			      (int)token.length, token.text);
	return arena_copy(arena, buffer_string(&all));
}

static const struct {
	const char *sql, *tokens;
} cases[] = {
	{ "", "" },
	{ " \t\r\n\f", "" },
	{ "\xef\xbb\xbfSELECT 1", "^word:SELECT number:1" },
	{ "a.b", "^word:a operator:. word:b" },
	{ "'it''s' 'x", "^string:'it''s' bad:'x" },
	{ "\"a\"\"b\" [c]]d] `e``f`",
	  "^name:\"a\"\"b\" name:[c] bad:] word:d bad:] name:`e``f`" },
	{ "x'00' X'a' x", "^blob:x'00' blob:X'a' word:x" },
	{ "1 1.5 .5 1e5 1E-5 1e 0x1F 5. 1a 1.5.2",
	  "^number:1 number:1.5 number:.5 number:1e5 number:1E-5 bad:1e "
	  "number:0x1F number:5. bad:1a number:1.5 number:.2" },
	{ "-- c\na /* d\n */ b --", "^comment:-- c ^word:a comment:/* d\n */ "
				    "word:b comment:--" },
	{ "a /* open", "^word:a comment:/* open" },
	{ "a -1 - -2--3", "^word:a operator:- number:1 operator:- operator:- "
			  "number:2 comment:--3" },
	{ "? ?1 :a @b $c #d", "^variable:? variable:?1 variable::a "
			      "variable:@b variable:$c variable:#d" },
	{ "<= >= <> != == << >> || -> ->> < = > | & ~ %",
	  "^operator:<= operator:>= operator:<> operator:!= operator:== "
	  "operator:<< operator:>> operator:|| operator:-> operator:->> "
	  "operator:< operator:= operator:> operator:| operator:& "
	  "operator:~ operator:%" },
	{ "! ^ \x01 \\", "^bad:! bad:^ bad:\x01 bad:\\" },
	{ "\xc3\xa9t\xc3\xa9 a$b _c", "^word:\xc3\xa9t\xc3\xa9 word:a$b "
				      "word:_c" },
};

static void test_tokens(void **state)
{
	ARENA(arena);

	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(*cases); i++)
		assert_string_equal(
			tokens(&arena, cases[i].sql, strlen(cases[i].sql)),
			cases[i].tokens);
	assert_string_equal(tokens(&arena, "a\0b", 3), "^word:a");
	assert_string_equal(tokens(&arena, "abcdef", 3), "^word:abc");
}

static void test_names(void **state)
{
	static const struct {
		const char *sql, *name;
	} names[] = {
		{ "plain", "plain" },       { "\"a\"\"b\"", "a\"b" },
		{ "[a\"b[[c]", "a\"b[[c" }, { "`a``b`", "a`b" },
		{ "'a''b'", "a'b" },        { "\"\"", "" },
	};
	ARENA(arena);

	(void)state;
	for (size_t i = 0; i < sizeof(names) / sizeof(*names); i++) {
		struct lexer lexer;
		struct token token;

		lexer = lexer_of(span_of(names[i].sql));
		assert_true(lexer_next(&lexer, &token));
		assert_string_equal(token_name(&token, &arena), names[i].name);
	}
	assert_true(name_equal("AbC", "aBc"));
	assert_false(name_equal("AbC", "aBcd"));
	assert_false(name_equal("\xc3\x89", "\xc3\xa9"));
	assert_true(name_begins("SQLite_x", "sqlite_"));
	assert_false(name_begins("sql", "sqlite_"));
}

static const struct {
	const char *a, *b;
	bool equal;
} pairs[] = {
	{ "", " -- nothing\n", true },
	{ "SELECT a FROM t", "select A\n\tfrom /* x */ \"T\"", true },
	{ "a==b", "a = b", true },
	{ "a<>b", "a != b", true },
	{ "[a] `b` \"c\"", "A B C", true },
	{ "a", "'a'", false },
	{ "'a'", "'A'", false },
	{ "\"Open\"", "\"open\"", false },
	{ "\"a b\"", "a b", false },
	{ "\"1\"", "1", false },
	{ "a b", "ab", false },
	{ "a", "a b", false },
	{ "X'0A'", "x'0a'", true },
	{ "1E5", "1e5", true },
	{ "a - -1", "a --1", false },
};

static void test_equal(void **state)
{
	(void)state;
	for (size_t i = 0; i < sizeof(pairs) / sizeof(*pairs); i++) {
		assert_int_equal(tokens_equal(pairs[i].a, pairs[i].b),
				 pairs[i].equal);
		assert_int_equal(tokens_equal(pairs[i].b, pairs[i].a),
				 pairs[i].equal);
	}
	assert_true(tokens_equal(NULL, NULL));
	assert_false(tokens_equal(NULL, ""));
}

static void test_canonical(void **state)
{
	ARENA(arena);

	(void)state;
	assert_string_equal(
		tokens_canonical(&arena, span_of("CREATE  Table [T] (\"a b\" "
						 "'It', x == .5) -- c")),
		"create table t ( \"a b\" 'It' , x = .5 )");
	assert_string_equal(
		tokens_plain(&arena, span_of("a  INT -- c\n NOT/**/NULL,b")),
		"a INT NOT NULL,b");
	assert_string_equal(tokens_plain(&arena, span_of("/* c */")), "");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_tokens),
		cmocka_unit_test(test_names),
		cmocka_unit_test(test_equal),
		cmocka_unit_test(test_canonical),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
