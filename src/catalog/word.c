#include "catalog/word.h"

#include <string.h>

const struct word program_words[] = {
	{ "help", WORD_HELP, "help on commands" },
	{ "exit", WORD_LEAVE, "leave a session" },
	{ "quit", WORD_LEAVE, "leave a session" },
	{ "taskmgr", WORD_PROGRAM, NULL },
	{ "begin", WORD_RESERVED, NULL },
	{ "commit", WORD_RESERVED, NULL },
	{ "completion", WORD_RESERVED, NULL },
	{ "history", WORD_RESERVED, NULL },
	{ "read", WORD_RESERVED, NULL },
	{ "rollback", WORD_RESERVED, NULL },
	{ "set", WORD_RESERVED, NULL },
	{ "sql", WORD_RESERVED, NULL },
	{ "undo", WORD_RESERVED, NULL },
	{ "use", WORD_RESERVED, NULL },
	{ "version", WORD_RESERVED, NULL },
	{ "watch", WORD_RESERVED, NULL },
	{ NULL, WORD_NONE, NULL },
};

enum word_kind word_kind(const char *text)
{
	const struct word *word = program_words;

	while (word->name && strcmp(word->name, text) != 0)
		word++;
	return word->kind;
}
