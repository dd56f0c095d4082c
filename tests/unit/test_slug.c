#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "resource/text/slug.h"
#include "util/buffer.h"

#define FIXTURE "tests/fixtures/slugs.tsv"

/* Takes the fixture's escapes out of text, in place; gives the length. */
static size_t unescape(char *text, size_t length)
{
	static const char from[] = "tnr0\\", to[] = "\t\n\r\0\\";
	size_t n = 0;

	for (size_t i = 0; i < length; i++) {
		const char *letter = NULL;

		if (text[i] == '\\' && i + 1 < length)
			letter = memchr(from, text[i + 1], 5);
		text[n++] = letter ? to[letter - from] : text[i];
		if (letter)
			i++;
	}
	return n;
}

static void expect_line(char *line)
{
	char *slug = strchr(line, '\t');
	size_t length;
	ARENA(arena);

	assert_non_null(slug);
	length = unescape(line, (size_t)(slug - line));
	assert_string_equal(slug_make(&arena, line, length), slug + 1);
}

static void slugs_are_python_slugifys(void **state)
{
	FILE *file = fopen(FIXTURE, "r");
	size_t capacity = 0, count = 0;
	char *line = NULL;

	(void)state;
	assert_non_null(file);
	while (getline(&line, &capacity, file) > 0) {
		line[strcspn(line, "\n")] = '\0';
		if (*line == '#' && !count++)
			continue;
		expect_line(line);
		count++;
	}
	free(line);
	fclose(file);
	assert_true(count > 380);
}

static const struct {
	const char *text;
	size_t length;
	const char *slug;
} cases[] = {
#define CASE(text, slug) \
	{ \
		text, sizeof(text) - 1, slug \
	}
	CASE("", ""),
	CASE("---", ""),
	CASE("Hello, World!", "hello-world"),
	CASE("O'Neil", "o-neil"),
	CASE("O’Neil", "oneil"),
	CASE("1,000,000", "1000000"),
	CASE("1,,2", "1-2"),
	CASE("1’,2", "12"),
	CASE("1,’2", "12"),
	CASE("1,'2", "1-2"),
	CASE("1 ,2", "1-2"),
	CASE("a\0b", "a-b"),
	CASE("bad\xff"
	     "byte",
	     "badbyte"),
	/* marks are put in canonical order before they are read */
	CASE("a\u064e\u0651", "aaw"),
	CASE("a\u0651\u064e", "aaw"),
	/* named entities first, then decimal, then hexadecimal ones */
	CASE("&amp;#38;#x41;", "a"),
	CASE("&amp;amp;", "amp"),
	CASE("&#38;amp;", "amp"),
	CASE("&#x26;#65;", "65"),
	/* one that is no character drops the whole step */
	CASE("&#65;&#1114112;", "65-1114112"),
	CASE("&#65;&#x110000;", "a-x110000"),
	CASE("&#x41", "x41"),
	CASE("&#55296;x", "x"),
	CASE("1&#65292;2", "12"),
	CASE("＆ａｍｐ；b", "b"),
	CASE("\u0130stanbul", "istanbul"),
	CASE("𝓗ello", "hello"),
	CASE("한국어", "hangugeo"),
	CASE("\u1112\u1161\u11ab국", "hangug"),
#undef CASE
};

static void slugs_of_hard_cases(void **state)
{
	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(*cases); i++) {
		ARENA(arena);

		assert_string_equal(
			slug_make(&arena, cases[i].text, cases[i].length),
			cases[i].slug);
	}
}

/* Even unexpected text takes time linear in its length. */
static void long_texts_are_no_trouble(void **state)
{
	enum { TIMES = 200000 };
	static const char *const units[] = {
		"\u0651\u064e", "&#65;", "&", "1,'", "&amp;", "ﷺ", "&#1",
	};

	(void)state;
	for (size_t i = 0; i < sizeof(units) / sizeof(*units); i++) {
		BUFFER(text);
		ARENA(arena);

		for (int n = 0; n < TIMES; n++)
			buffer_text(&text, units[i]);
		assert_non_null(slug_make(&arena, text.data, text.length));
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(slugs_are_python_slugifys),
		cmocka_unit_test(slugs_of_hard_cases),
		cmocka_unit_test(long_texts_are_no_trouble),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
