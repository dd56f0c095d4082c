/*
 * The search for what is wrong with JSON, and jansson: one finds nothing
 * where the other accepts, and the value ends at the same place.
 */
#include <jansson.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "input/json_fault.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void expect(bool holds, const char *what)
{
	if (holds)
		return;
	fprintf(stderr, "%s\n", what);
	abort();
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	const size_t flags = JSON_DECODE_ANY | JSON_DISABLE_EOF_CHECK;
	const char *text = (const char *)data;
	char *copy = malloc(size ? size : 1); /* nothing is behind it */
	json_error_t error;
	struct json_fault fault;
	json_t *value;

	if (size)
		memcpy(copy, data, size);
	fault = json_fault_find(copy, size, size);
	expect(fault.at <= size && fault.string <= size, "a place outside");
	value = json_loadb(text, size, flags, &error);
	/* jansson loses a NUL after a number. */
	if (value && !memchr(text, '\0', size)) {
		expect(!fault.words, "a fault where there is none");
		expect(fault.at == (size_t)error.position, "another end");
	} else if (!value && json_error_code(&error) ==
				     json_error_premature_end_of_input) {
		expect(fault.words, "an end that was not noticed");
	}
	json_decref(value);
	free(copy);
	return 0;
}
