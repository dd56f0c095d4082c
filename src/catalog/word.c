#include "catalog/word.h"

#include <ctype.h>
#include <stddef.h>
#include <string.h>
#include <strings.h>

/* The words of psql and of SQLite's shell come after the program's own. */
const struct word program_words[] = {
	{ "help", WORD_HELP, "[NOUN [COMMAND]]", "help on commands" },
	{ "exit", WORD_LEAVE, NULL, "leave a session" },
	{ "quit", WORD_LEAVE, NULL, "leave a session" },
	{ "set", WORD_SET, "[NAME [VALUE]]",
	  "show or change a setting; default resets it" },
	{ "use", WORD_USE, "[DATABASE]", "show or change the database" },
	{ "read", WORD_READ, "FILE", "run the commands in a file" },
	{ "begin", WORD_BEGIN, NULL, "begin a transaction" },
	{ "commit", WORD_COMMIT, NULL, "end it and keep its changes" },
	{ "rollback", WORD_ROLLBACK, NULL, "end it and undo its changes" },
	{ "again", WORD_AGAIN, "[OPTIONS]", "write the last result again" },
	{ "watch", WORD_WATCH, "[SECONDS] COMMAND", "repeat a command" },
	{ "edit", WORD_EDIT, NULL, "edit the last command, then run it" },
	{ "timing", WORD_TIMING, "[on|off]", "report rows and time" },
	{ "history", WORD_HISTORY, "[N]", "list earlier commands" },
	{ "!", WORD_SHELL, "COMMAND", "run a command of the shell" },
	{ "taskmgr", WORD_PROGRAM, NULL, NULL },
	{ "__complete", WORD_COMPLETE, NULL, NULL },
	{ "completion", WORD_RESERVED, NULL, NULL },
	{ "version", WORD_RESERVED, NULL, NULL },
	{ "?", WORD_HELP, NULL, NULL },
	{ "help()", WORD_HELP, NULL, NULL },
	{ "\\?", WORD_HELP, NULL, NULL },
	{ "\\h", WORD_HELP, NULL, NULL },
	{ ".help", WORD_HELP, NULL, NULL },
	{ "\\q", WORD_LEAVE, NULL, NULL },
	{ ".quit", WORD_LEAVE, NULL, NULL },
	{ ".exit", WORD_LEAVE, NULL, NULL },
	{ ".q", WORD_LEAVE, NULL, NULL },
	{ ":q", WORD_LEAVE, NULL, NULL },
	{ "quit()", WORD_LEAVE, NULL, NULL },
	{ "exit()", WORD_LEAVE, NULL, NULL },
	{ "\\set", WORD_SET, NULL, NULL },
	{ "\\c", WORD_USE, NULL, NULL },
	{ ".open", WORD_USE, NULL, NULL },
	{ "\\i", WORD_READ, NULL, NULL },
	{ ".read", WORD_READ, NULL, NULL },
	{ "\\watch", WORD_WATCH, NULL, NULL },
	{ "\\e", WORD_EDIT, NULL, NULL },
	{ "\\s", WORD_HISTORY, NULL, NULL },
	{ ".shell", WORD_SHELL, NULL, NULL },
	{ "\\!", WORD_SHELL, NULL, NULL },
	{ "\\timing", WORD_TIMING, NULL, NULL },
	{ ".timer", WORD_TIMING, NULL, NULL },
	{ "select", WORD_SQL, NULL, NULL },
	{ "with", WORD_SQL, NULL, NULL },
	{ "values", WORD_SQL, NULL, NULL },
	{ "explain", WORD_SQL, NULL, NULL },
	{ "pragma", WORD_SQL, NULL, NULL },
	{ "insert", WORD_SQL_CHANGE, NULL, NULL },
	{ "update", WORD_SQL_CHANGE, NULL, NULL },
	{ "delete", WORD_SQL_CHANGE, NULL, NULL },
	{ "replace", WORD_SQL_CHANGE, NULL, NULL },
	{ "create", WORD_SQL_CHANGE, NULL, NULL },
	{ "alter", WORD_SQL_CHANGE, NULL, NULL },
	{ "drop", WORD_SQL_CHANGE, NULL, NULL },
	{ "", WORD_NONE, NULL, NULL },
};

/* What others type at a prompt, and what to type here. */
static const struct {
	const char *words; /* separated by blanks */
	const char *hint;
} peers[] = {
	{ "q bye logout close disconnect stop halt :q! :wq :x",
	  "exit leaves a session" },
	{ "h man commands",
	  "help lists all commands, help NOUN those of one noun" },
	{ ".import \\copy copy", "NOUN import FILE reads rows from a file" },
	{ "clear cls reset", "Ctrl-L clears the screen" },
	{ "cd chdir .cd \\cd",
	  "a session stays in its folder; use FILE opens another database" },
	{ "source . @ load", "read FILE runs the commands in a file" },
	{ "start", "begin starts a transaction" },
	{ "end savepoint release", "commit ends a transaction" },
	{ "abort", "rollback undoes a transaction" },
	{ "connect attach .connect", "use FILE opens another database" },
	{ ".mode \\pset \\x \\a \\t .headers .header mode format pager",
	  "set format NAME chooses the format, set alone lists all settings" },
	{ ".output .once \\o", "COMMAND > FILE writes a result to a file" },
	{ "ls dir ll pwd cat less more head tail grep find echo printf vi vim "
	  "nano emacs mkdir cp mv touch chmod sudo git make python python3 ssh "
	  "curl date whoami which sh bash psql mysql sqlite3",
	  "in a session, !COMMAND runs a command of the shell" },
};

const char *word_hint(const char *text)
{
	for (size_t i = 0; i < sizeof(peers) / sizeof(*peers); i++)
		if (word_is_among(peers[i].words, text))
			return peers[i].hint;
	return NULL;
}

bool word_is_among(const char *words, const char *word)
{
	size_t length = strlen(word), n;

	for (; words && *words; words += n + strspn(words + n, " ")) {
		n = strcspn(words, " ");
		if (n == length && strncasecmp(words, word, n) == 0)
			return true;
	}
	return false;
}

/* In any case: SQL's are often typed in upper case. */
enum word_kind word_kind(const char *text)
{
	const struct word *word = program_words;
	const int first = tolower((unsigned char)*text);

	while (*word->name &&
	       (*word->name != first || strcasecmp(word->name, text) != 0))
		word++;
	return word->kind;
}

const struct word *word_of_kind(enum word_kind kind)
{
	const struct word *word = program_words;

	while (*word->name && word->kind != kind)
		word++;
	return word;
}

bool word_is_reserved(const char *text)
{
	enum word_kind kind = word_kind(text);

	return kind != WORD_NONE && kind != WORD_SQL && kind != WORD_SQL_CHANGE;
}
