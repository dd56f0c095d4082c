/* The sections of a revision file and their hash. */
#include <stdint.h>
#include <string.h>
#include <strings.h>

#include "migrate/revision/revision.h"
#include "migrate/revision/scan.h"
#include "util/text.h"

struct cutter {
	const char *name;
	struct arena *arena;
	struct sections *sections;
	struct section *open; /* the open section, or NULL */
	const char *from;     /* where its text begins */
	int statement;        /* the line where the statement begins */
};

static enum status fail_at(const struct cutter *cutter, int line,
			   const char *text, struct error *e)
{
	return fail(e, SCHEMA, "%s:%d: %s", cutter->name, line, text);
}

static void close_section(struct cutter *cutter, const char *end)
{
	if (cutter->open)
		cutter->open->text = arena_copy_n(cutter->arena, cutter->from,
						  (size_t)(end - cutter->from));
	cutter->open = NULL;
}

static struct section *find_section(struct sections *sections, const char *word,
				    size_t length)
{
	if (length == 2 && strncasecmp(word, "up", 2) == 0)
		return &sections->up;
	if (length == 4 && strncasecmp(word, "down", 4) == 0)
		return &sections->down;
	if (length == 6 && strncasecmp(word, "verify", 6) == 0)
		return &sections->verify;
	return NULL;
}

/* The word after "-- migrate:", if the comment is such a marker. */
static const char *marker_word(const struct token *comment, size_t *length)
{
	const char *end = comment->text + comment->length;
	const char *word = comment->text + 2;

	if (*comment->text != '-' || !comment->first)
		return NULL;
	word += strspn(word, " \t");
	if (end - word < 8 || strncasecmp(word, "migrate:", 8) != 0)
		return NULL;
	word += 8;
	while (end > word && strchr(" \t\r", end[-1]))
		end--;
	*length = (size_t)(end - word);
	return word;
}

static enum status open_section(struct cutter *cutter, const struct scan *scan,
				const struct token *marker, const char *word,
				size_t length, struct error *e)
{
	struct section *section;

	close_section(cutter, marker->text);
	section = find_section(cutter->sections, word, length);
	if (!section)
		return fail(e, SCHEMA,
			    "%s:%d: unknown section \"migrate:%.*s\" (expected "
			    "up, down or verify)",
			    cutter->name, scan->line, (int)length, word);
	if (section->line)
		return fail(e, SCHEMA,
			    "%s:%d: a second section \"migrate:%.*s\" (the "
			    "first begins on line %d)",
			    cutter->name, scan->line, (int)length, word,
			    section->line);
	cutter->open = section;
	cutter->from = marker->text + marker->length;
	section->line = scan->line;
	return OK;
}

static enum status read_comment(struct cutter *cutter, const struct scan *scan,
				const struct token *comment, struct error *e)
{
	size_t length;
	const char *word = marker_word(comment, &length);

	if (!word)
		return OK;
	if (scan->state == SCAN_START)
		return open_section(cutter, scan, comment, word, length, e);
	if (scan->depth || scan->state == SCAN_TRIGGER ||
	    scan->state == SCAN_SEMICOLON)
		return OK;
	return fail_at(cutter, cutter->statement,
		       "the statement before the next section has no \";\"", e);
}

static enum status read_token(struct cutter *cutter, const struct scan *scan,
			      enum scan_state before, const struct token *token,
			      struct error *e)
{
	if (scan_is_open_ended(token))
		return fail_at(cutter, scan->line,
			       "unterminated quote or comment", e);
	if (token->kind == TOKEN_COMMENT)
		return read_comment(cutter, scan, token, e);
	if (before == SCAN_START && scan->state != SCAN_START) {
		cutter->statement = scan->line;
		if (!cutter->open)
			return fail_at(cutter, scan->line,
				       "a statement before \"-- migrate:up\"",
				       e);
	}
	return OK;
}

enum status revision_sections(const char *text, const char *name,
			      struct arena *arena, struct sections *out,
			      struct error *e)
{
	struct cutter cutter;
	struct scan scan;
	struct token token;

	*out = (struct sections){ 0 };
	cutter = (struct cutter){
		.name = name,
		.arena = arena,
		.sections = out,
	};
	scan = scan_of(text);
	for (;;) {
		enum scan_state before = scan.state;
		enum status status;

		if (!scan_next(&scan, &token))
			break;
		status = read_token(&cutter, &scan, before, &token, e);
		if (status != OK)
			return status;
	}
	if (scan.state != SCAN_START)
		return fail_at(&cutter, cutter.statement,
			       "the statement that begins here does not end "
			       "with \";\"",
			       e);
	close_section(&cutter, scan.lexer.at);
	if (!out->up.text)
		return fail(e, SCHEMA, "%s: no \"-- migrate:up\" section",
			    name);
	return OK;
}

static bool has_capital(const struct token *token)
{
	for (size_t i = 0; i < token->length; i++)
		if (token->text[i] >= 'A' && token->text[i] <= 'Z')
			return true;
	return false;
}

static uint64_t hash_section(uint64_t hash, const struct section *section,
			     const char *name)
{
	BUFFER(word);
	struct lexer lexer;

	if (!section->text)
		return hash;
	hash = text_hash(hash, name, strlen(name));
	lexer = lexer_of(span_of(section->text));
	for (struct token token; lexer_next(&lexer, &token);) {
		word.length = 0;
		buffer_byte(&word, ' ');
		token_write(&word, &token);
		/* SQLite may read it as a string, whose case matters. */
		if (*token.text == '"' && has_capital(&token))
			buffer_add(&word, token.text, token.length);
		hash = text_hash(hash, word.data, word.length);
	}
	return hash;
}

/* Hashes names in any order. */
static uint64_t hash_names(uint64_t hash, const struct names *names)
{
	uint64_t sum = 0;

	for (size_t i = 0; i < names->count; i++)
		sum += text_hash(hash, names->items[i],
				 strlen(names->items[i]));
	return hash ^ sum;
}

const char *revision_sum(const struct revision *revision,
			 const struct sections *sections, struct arena *arena)
{
	uint64_t hash = TEXT_HASH;

	hash = hash_names(hash, &revision->down);
	if (revision->foreign_keys_off)
		hash = text_hash(hash, "foreign_keys", 12);
	if (revision->transaction_off)
		hash = text_hash(hash, "transaction", 11);
	hash = hash_section(hash, &sections->up, "migrate:up");
	hash = hash_section(hash, &sections->down, "migrate:down");
	hash = hash_section(hash, &sections->verify, "migrate:verify");
	return arena_printf(arena, "%016llx", (unsigned long long)hash);
}
