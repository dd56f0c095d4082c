#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "util/text.h"

#define BYTES(literal) (literal), sizeof(literal) - 1
#define COUNT(array) (sizeof(array) / sizeof(*(array)))

static void expect_bytes(struct buffer *buffer, const char *wanted)
{
	assert_string_equal(buffer_string(buffer), wanted);
	assert_int_equal(buffer->length, strlen(wanted));
	buffer_clear(buffer);
}

static void every_code_point_round_trips(void **state)
{
	(void)state;
	for (uint32_t code = 0; code < 0x110000; code++) {
		char bytes[4];
		size_t size, n = utf8_put(bytes, code);
		bool surrogate = code >= 0xd800 && code <= 0xdfff;
		uint32_t back = utf8_decode(bytes, n, &size);

		assert_int_equal(back, surrogate ? UTF8_BAD : code);
		assert_int_equal(size, surrogate ? 1 : n);
		if (n == 1)
			continue;
		assert_int_equal(utf8_decode(bytes, n - 1, &size), UTF8_BAD);
		assert_int_equal(size, 1);
	}
}

static void bad_bytes_are_found(void **state)
{
	static const struct {
		const char *text;
		size_t length, place;
	} cases[] = {
		{ BYTES("plain ASCII that is longer than a word"), 38 },
		{ BYTES("héllo, wörld, and so on"), 25 },
		{ BYTES("\xc0\xaf"), 0 }, /* overlong */
		{ BYTES("a\xe0\x9f\xbf"), 1 },
		{ BYTES("12345678\xf0\x8f\xbf\xbf"), 8 },
		{ BYTES("\xed\xa0\x80"), 0 },     /* surrogate */
		{ BYTES("\xf4\x90\x80\x80"), 0 }, /* too large */
		{ BYTES("\xf4\x9f\xbf\xbf"), 0 },
		{ BYTES("12345678abc\x80"), 11 }, /* alone */
		{ BYTES("é\xc3"), 2 },            /* cut */
		{ BYTES("a\0b\xff"), 3 },
		{ BYTES(""), 0 },
	};

	(void)state;
	for (size_t i = 0; i < COUNT(cases); i++)
		assert_int_equal(utf8_check(cases[i].text, cases[i].length),
				 cases[i].place);
}

static void length_counts_code_points(void **state)
{
	(void)state;
	assert_int_equal(utf8_length(BYTES("")), 0);
	assert_int_equal(utf8_length(BYTES("0123456789abcdef")), 16);
	assert_int_equal(utf8_length(BYTES("日本語 text é 😀")), 12);
	assert_int_equal(utf8_length(BYTES("a\xff\xfe")), 3);
}

static const struct {
	const char *text;
	size_t width;
} widths[] = {
	{ "", 0 },
	{ "plain ASCII", 11 },
	{ "é", 1 },
	{ "e\u0301", 1 },
	{ "\u0301", 0 },
	{ "日本語", 6 },
	{ "ｶﾀｶﾅ", 4 },
	{ "ＡＢＣ", 6 },
	{ "한국어", 6 },
	{ "\u1112\u1161\u11ab", 2 }, /* decomposed Hangul */
	{ "สวัสดี", 4 },
	{ "क्षि", 3 },
	{ "a\u200bb", 2 }, /* zero width space */
	{ "\u00ad", 1 },   /* soft hyphen */
	{ "😀", 2 },
	{ "👍🏽", 2 },
	{ "☝🏽", 2 },
	{ "a🏽", 3 }, /* a skin tone of nothing */
	{ "1🏽", 3 },
	{ "👨‍👩‍👧‍👦", 2 },
	{ "👩🏽‍🚀", 2 },
	{ "❤️", 2 },
	{ "❤", 1 },
	{ "☺️", 2 },
	{ "1️⃣", 2 },
	{ "a\ufe0f", 1 },
	{ "❤️‍🔥", 2 },
	{ "🇩🇪", 2 },
	{ "🇩🇪🇫🇷", 4 },
	{ "🇩🇪🇫", 3 },
	{ "क्\u200dष", 2 }, /* a joiner of letters */
	{ "a\nb", 4 },
	{ "\x1b[31m", 8 },
	{ "\x7f", 4 },
	{ "\xc2\x9b", 4 },
	{ "\u202e", 6 },
	{ "\xff", 4 },
	{ "123456789\x1b", 13 },
	{ "12345678é", 9 },
};

static void width_is_the_terminals(void **state)
{
	(void)state;
	for (size_t i = 0; i < COUNT(widths); i++) {
		const char *text = widths[i].text;
		size_t width = text_width(text, strlen(text));

		if (width != widths[i].width)
			print_error("%s\n", text);
		assert_int_equal(width, widths[i].width);
	}
}

static void width_is_that_of_the_visible_text(void **state)
{
	(void)state;
	for (size_t i = 0; i < COUNT(widths); i++) {
		const char *text = widths[i].text;
		BUFFER(visible);

		text_visible(&visible, text, strlen(text));
		assert_int_equal(
			text_width(buffer_string(&visible), visible.length),
			widths[i].width);
	}
}

static void a_cut_keeps_clusters_whole(void **state)
{
	static const struct {
		const char *text;
		size_t width;
		const char *head;
	} cases[] = {
		{ "abcdef", 3, "abc" },
		{ "abc", 3, "abc" },
		{ "abc", 9, "abc" },
		{ "abc", 0, "" },
		{ "日本語", 3, "日" },
		{ "日本語", 4, "日本" },
		{ "ae\u0301x", 2, "ae\u0301" },
		{ "e\u0301", 0, "" },
		{ "x👨‍👩‍👧y", 2, "x" },
		{ "x👨‍👩‍👧y", 3, "x👨‍👩‍👧" },
		{ "🇩🇪🇫🇷", 3, "🇩🇪" },
		{ "ab\x1bz", 5, "ab" },
		{ "ab\x1bz", 6, "ab\x1b" },
		{ "12345678é", 8, "12345678" },
	};

	(void)state;
	for (size_t i = 0; i < COUNT(cases); i++)
		assert_int_equal(text_cut(cases[i].text, strlen(cases[i].text),
					  cases[i].width),
				 strlen(cases[i].head));
}

static void visible_text_cannot_drive_a_terminal(void **state)
{
	static const struct {
		const char *text;
		size_t length;
		const char *visible;
	} cases[] = {
		{ BYTES("plain é 日本 😀"), "plain é 日本 😀" },
		{ BYTES("a\nb\tc\rd"), "a\\nb\\tc\\rd" },
		{ BYTES("\x1b[31mred"), "\\x1b[31mred" },
		{ BYTES("a\0b"), "a\\x00b" },
		{ BYTES("\x7f"), "\\x7f" },
		{ BYTES("\xc2\x9b"
			"31m"),
		  "\\x9b31m" },
		{ BYTES("\u202eevil\u2066\u061c"),
		  "\\u202eevil\\u2066\\u061c" },
		{ BYTES("\xff\xc3"), "\\xff\\xc3" },
		{ BYTES("back\\slash"), "back\\slash" },
		{ BYTES(""), "" },
	};

	(void)state;
	for (size_t i = 0; i < COUNT(cases); i++) {
		struct buffer out = { 0 };
		bool plain = strlen(cases[i].visible) == cases[i].length;

		text_visible(&out, cases[i].text, cases[i].length);
		expect_bytes(&out, cases[i].visible);
		assert_int_equal(text_is_plain(cases[i].text, cases[i].length),
				 plain);
	}
}

static void json_strings_are_valid(void **state)
{
	static const struct {
		const char *text;
		size_t length;
		const char *json;
	} cases[] = {
		{ BYTES(""), "\"\"" },
		{ BYTES("plain"), "\"plain\"" },
		{ BYTES("12345678\"12345678\\"),
		  "\"12345678\\\"12345678\\\\\"" },
		{ BYTES("\b\f\n\r\t\x01\x1f\0"),
		  "\"\\b\\f\\n\\r\\t\\u0001\\u001f\\u0000\"" },
		{ BYTES("\x7f/é日😀"), "\"\x7f/é日😀\"" },
		{ BYTES("a\xff"
			"b\xc3"),
		  "\"a\\ufffdb\\ufffd\"" },
		{ BYTES("\xed\xa0\x80"), "\"\\ufffd\\ufffd\\ufffd\"" },
		{ BYTES("1234567\n1234567"), "\"1234567\\n1234567\"" },
	};

	(void)state;
	for (size_t i = 0; i < COUNT(cases); i++) {
		struct buffer out = { 0 };

		text_json(&out, cases[i].text, cases[i].length);
		expect_bytes(&out, cases[i].json);
	}
}

/* Each byte at each place of a word: the quick path may miss none. */
static void json_escapes_at_any_place(void **state)
{
	(void)state;
	for (int byte = 0; byte < 256; byte++) {
		for (size_t place = 0; place < 17; place++) {
			bool plain = byte >= 0x20 && byte < 0x80 &&
				     byte != '"' && byte != '\\';
			char text[17];
			BUFFER(out);

			memset(text, 'x', sizeof(text));
			text[place] = (char)byte;
			text_json(&out, text, sizeof(text));
			assert_int_equal(out.length == sizeof(text) + 2, plain);
			assert_int_equal(out.data[place + 1] == text[place],
					 plain || byte == '\\');
		}
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(every_code_point_round_trips),
		cmocka_unit_test(bad_bytes_are_found),
		cmocka_unit_test(length_counts_code_points),
		cmocka_unit_test(width_is_the_terminals),
		cmocka_unit_test(width_is_that_of_the_visible_text),
		cmocka_unit_test(a_cut_keeps_clusters_whole),
		cmocka_unit_test(visible_text_cannot_drive_a_terminal),
		cmocka_unit_test(json_strings_are_valid),
		cmocka_unit_test(json_escapes_at_any_place),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
