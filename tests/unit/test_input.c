/* src/input: rows and values, and that neither depends on how the text comes:
   cut at every byte, and byte by byte. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#undef fail /* cmocka's macro */

#include "input/plain.h"
#include "../fuzz/pieces.h"

static const char *const texts[] = {
	"",
	"\n",
	"a",
	"a,b\r\n1,2\r\n",
	"a,b\r1,2\r\r3,4",
	"a\n\n\"x\"\n\n",
	"\xef\xbb\xbf"
	"a;b\n1;\"x;\"\"y\"\"\r\nz\"\n,\n",
	"a,b\n\"open,1\nb,2\nc\"d,3\n\"e\"f,4\n,\n\"\",\"\"\n",
	"a\tb\n\\t\\n\\r\\\\\\x\t\\N\n\\\\N\t\n\t\n\"q\"\t'\n",
	"\xff\xfe"
	"a",
	"[1, \"a]\\\"\\\\\", {\"b\":[null,{}]} ,true]",
	"{\"a\":1}{\"b\":\"\\u00e9\xc3\xa9\xf0\x9f\x98\x80\"}\r\n\r\n{\"c\":[]}"
	" x \"y\"",
	" \"text\"\"text\" 12 -3.5e+7,null}]",
	"{\"open\":\"\\",
	"\xef\xbb\xbf\xff\xfe[",
};

static void read_all(const char *text, enum reader reader, struct buffer *out)
{
	read_whole(text, strlen(text), reader, out);
}

static void test_pieces(void **state)
{
	(void)state;
	for (size_t i = 0; i < sizeof(texts) / sizeof(*texts); i++)
		for (enum reader reader = 0; reader < READERS; reader++) {
			const size_t length = strlen(texts[i]);
			BUFFER(whole);

			read_all(texts[i], reader, &whole);
			for (size_t cut = 0; cut <= length; cut++) {
				BUFFER(two);
				BUFFER(many);

				assert_true(read_pieces(texts[i], length, cut,
							length, reader, &two));
				assert_true(read_pieces(texts[i], length,
							cut ? cut : 1, 1,
							reader, &many));
				assert_string_equal(buffer_string(&two),
						    buffer_string(&whole));
				assert_string_equal(buffer_string(&many),
						    buffer_string(&whole));
			}
		}
}

struct sample {
	enum reader reader;
	const char *text, *wanted;
};

static void test_samples(void **state)
{
	static const struct sample samples[] = {
		{ READ_CSV, "a;b\r\n1;\"x\"\"\ny\"\n",
		  "separator 59\n"
		  "row at line 1\nfield 1:a\nfield 1:b\nof 5:a;b\r\n\n"
		  "row at line 2\nfield 1:1\nfield 4:x\"\ny\nof 10:1;\"x\"\"\n"
		  "y\"\n\n" },
		{ READ_CSV, "a\n,\"\"\n",
		  "separator 44\n"
		  "row at line 1\nfield 1:a\nof 2:a\n\n"
		  "row at line 2\nbare 0:\nfield 0:\nof 4:,\"\"\n\n" },
		{ READ_CSV, "\"a\nb\n",
		  "separator 44\n"
		  "a quote is opened here but not closed 3:\"a\n\n"
		  "row at line 2\nfield 1:b\nof 2:b\n\n" },
		{ READ_TSV, "\\N\t\\\\N\t\\t\n",
		  "separator 9\nrow at line 1\nbare 2:\\N\nfield 2:\\N\n"
		  "field 1:\t\nof 10:\\N\t\\\\N\t\\t\n\n" },
		{ READ_TSV, "a\n\nb",
		  "separator 9\n"
		  "row at line 1\nfield 1:a\nof 2:a\n\n"
		  "row at line 3\nfield 1:b\nof 1:b\n" },
		{ READ_BLANKS, "a\n\nb",
		  "separator 9\n"
		  "row at line 1\nfield 1:a\nof 2:a\n\n"
		  "row at line 2\nbare 0:\nof 1:\n\n"
		  "row at line 3\nfield 1:b\nof 1:b\n" },
		{ READ_VALUES, "{\"}\":[]}\n é\n",
		  "byte 0, line 0, column 0, not last\nvalue 8:{\"}\":[]}\n"
		  "byte 10, line 1, column 1, last\nvalue 2:é\n" },
		{ READ_LINES, "{}\n[1]",
		  "byte 0, line 0, column 0, not last\n"
		  "value 2:{}\n"
		  "byte 3, line 1, column 0, last\n"
		  "value 3:[1]\n" },
	};

	(void)state;
	for (size_t i = 0; i < sizeof(samples) / sizeof(*samples); i++) {
		BUFFER(out);

		read_all(samples[i].text, samples[i].reader, &out);
		assert_string_equal(buffer_string(&out), samples[i].wanted);
	}
}

static void test_plain(void **state)
{
	static const char *const plain[] = {
		"{\"a\":1}",
		" {\n\t\"a\" : \"x\" ,\r\"b\":-0.5e+7, \"c\":true}x",
		"{\"\":null,\"é\":\"\xf0\x9f\x98\x80\"}",
	};
	static const char *const others[] = {
		"",
		"{",
		"[1]",
		"{}",
		"{\"a\":{}}",
		"{\"a\":[]}",
		"{\"a\":\"\\n\"}",
		"{\"\\u0061\":1}",
		"{\"a\":01}",
		"{\"a\":1,\"a\":2}",
		"{\"a\":1,}",
		"{\"a\":\"\xff\"}",
		"{\"a\":\"\n\"}",
		"{\"a\":tru}",
		"{\"a\":1",
		"{\"a\" 1}",
		"{a:1}",
		"{\"a\":\v1}",
		"{\"a\":-}",
		"{\"a\":1e}",
		"{\"a\":\"\xed\xa0\x80\"}",
	};
	static const char nul[] = "{\"a\":1\0002}";
	struct plain found;

	(void)state;
	for (size_t i = 0; i < sizeof(plain) / sizeof(*plain); i++)
		assert_true(plain_read(&found, plain[i], strlen(plain[i])));
	assert_int_equal(found.count, 2);
	assert_int_equal(found.members[0].name_length, 0);
	assert_int_equal(found.members[1].length, 6);
	for (size_t i = 0; i < sizeof(others) / sizeof(*others); i++)
		assert_false(plain_read(&found, others[i], strlen(others[i])));
	assert_false(plain_read(&found, nul, sizeof(nul) - 1));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_pieces),
		cmocka_unit_test(test_samples),
		cmocka_unit_test(test_plain),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
