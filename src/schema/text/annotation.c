#include "schema/text/annotation.h"

#include "schema/text/token.h"
#include "util/text.h"

static const char blanks[] = " \t\r\n\f\v";

/* The text between a comment's marks. */
static struct span text_of_comment(struct span comment)
{
	struct span text = { comment.text + 2, comment.length - 2 };

	if (comment.text[0] == '/' && text.length >= 2 &&
	    memcmp(text.text + text.length - 2, "*/", 2) == 0)
		text.length -= 2;
	return text;
}

/* Removes the next word from the start of text; "" at the end. */
static struct span cut_word(struct span *text)
{
	struct span word;

	while (text->length && strchr(blanks, *text->text)) {
		text->text++;
		text->length--;
	}
	word = (struct span){ .text = text->text };
	while (text->length && !strchr(blanks, *text->text)) {
		text->text++;
		text->length--;
		word.length++;
	}
	return word;
}

/* Punctuation after an instruction is not part of it. */
static struct span trim_punctuation(struct span word)
{
	while (word.length > 1 && strchr(".,;", word.text[word.length - 1]))
		word.length--;
	return word;
}

/* The word after an instruction, unless it is an instruction itself. */
static const char *take_argument(struct span *rest, struct arena *arena)
{
	struct span ahead = *rest, word = cut_word(&ahead);

	word = trim_punctuation(word);
	if (!word.length || *word.text == '@')
		return NULL;
	*rest = ahead;
	return arena_copy_n(arena, word.text, word.length);
}

/* from=NAME, or from="a name with spaces". */
static const char *take_renamed(struct span *rest, struct arena *arena)
{
	struct span ahead = *rest, word = cut_word(&ahead);
	struct span name = { word.text + 5, word.length - 5 };

	if (word.length < 6 || memcmp(word.text, "from=", 5) != 0)
		return NULL;
	if (*name.text == '"') {
		struct lexer lexer;
		struct token token;

		name.length = (size_t)(rest->text + rest->length - name.text);
		lexer = lexer_of(name);
		if (!lexer_next(&lexer, &token) || token.kind != TOKEN_NAME)
			return NULL;
		rest->length -= (size_t)(lexer.at - rest->text);
		rest->text = lexer.at;
		return token_name(&token, arena);
	}
	*rest = ahead;
	name = trim_punctuation(name);
	return arena_copy_n(arena, name.text, name.length);
}

/* An instruction and the member that it sets: a flag, or the text read. */
struct instruction {
	const char *name;
	size_t member;
	const char *(*read)(struct span *rest, struct arena *arena);
};

#define SETS(a_member) offsetof(struct annotations, a_member)

static const struct instruction instructions[] = {
	{ "@immutable", SETS(immutable), NULL },
	{ "@hidden", SETS(hidden), NULL },
	{ "@readonly", SETS(readonly), NULL },
	{ "@title", SETS(title), NULL },
	{ "@created", SETS(created), NULL },
	{ "@updated", SETS(updated), NULL },
	{ "@precondition", SETS(precondition), NULL },
	{ "@resource", SETS(resource), take_argument },
	{ "@slug", SETS(slug), take_argument },
	{ "@renamed", SETS(renamed_from), take_renamed },
	{ NULL, 0, NULL },
};

static const struct instruction *find_instruction(struct span word)
{
	const struct instruction *one = instructions;

	word = trim_punctuation(word);
	for (; one->name; one++)
		if (strlen(one->name) == word.length &&
		    memcmp(one->name, word.text, word.length) == 0)
			return one;
	return NULL;
}

/* False if the word is not an instruction but part of the description. */
static bool apply_instruction(struct annotations *annotations, struct span word,
			      struct span *rest, struct arena *arena)
{
	const struct instruction *one = find_instruction(word);
	const bool on = true;
	const char *text;

	if (!one)
		return false;
	if (!one->read) {
		memcpy((char *)annotations + one->member, &on, sizeof(on));
		return true;
	}
	text = one->read(rest, arena);
	memcpy((char *)annotations + one->member, &text, sizeof(text));
	return true;
}

static void read_annotations(struct annotations *annotations,
			     struct span comment, struct arena *arena,
			     struct buffer *description)
{
	struct span rest = text_of_comment(comment), word;

	while ((word = cut_word(&rest)).length) {
		if (apply_instruction(annotations, word, &rest, arena))
			continue;
		if (description->length)
			buffer_byte(description, ' ');
		buffer_add(description, word.text, word.length);
	}
}

void annotations_add(struct annotations *annotations,
		     const struct span *comments, size_t ncomments,
		     struct arena *arena)
{
	BUFFER(description);

	if (annotations->description)
		buffer_text(&description, annotations->description);
	for (size_t i = 0; i < ncomments; i++)
		read_annotations(annotations, comments[i], arena, &description);
	if (description.length)
		annotations->description = arena_copy_n(arena, description.data,
							description.length);
}

static bool text_equal(const char *a, const char *b)
{
	return a && b ? strcmp(a, b) == 0 : a == b;
}

static bool member_equal(const struct instruction *one, const char *a,
			 const char *b)
{
	const char *texts[2];

	if (!one->read)
		return a[one->member] == b[one->member];
	memcpy(&texts[0], a + one->member, sizeof(*texts));
	memcpy(&texts[1], b + one->member, sizeof(*texts));
	return text_equal(texts[0], texts[1]);
}

bool annotations_equal(const struct annotations *a, const struct annotations *b)
{
	const struct instruction *one = instructions;

	while (one->name &&
	       (one->member == SETS(renamed_from) ||
		member_equal(one, (const char *)a, (const char *)b)))
		one++;
	return !one->name && text_equal(a->description, b->description);
}

const char *comment_words(struct span comment, struct arena *arena)
{
	struct span rest = text_of_comment(comment), word;
	BUFFER(words);

	while ((word = cut_word(&rest)).length) {
		if (words.length)
			buffer_byte(&words, ' ');
		buffer_add(&words, word.text, word.length);
	}
	return arena_copy_n(arena, buffer_string(&words), words.length);
}

const char *annotation_instruction(struct span comment, struct arena *arena)
{
	struct span rest = text_of_comment(comment), word;

	while ((word = cut_word(&rest)).length)
		if (find_instruction(word))
			return arena_copy_n(arena, word.text, word.length);
	return NULL;
}

const char *annotation_typo(struct span comment, struct arena *arena,
			    const char **meant)
{
	struct span rest = text_of_comment(comment), word;

	while ((word = cut_word(&rest)).length) {
		const char *text;

		if (*word.text != '@' || word.length > 20 ||
		    find_instruction(word))
			continue;
		text = arena_copy_n(arena, word.text, word.length);
		for (const struct instruction *one = instructions; one->name;
		     one++) {
			*meant = one->name;
			if (name_distance(one->name, text) <= 2)
				return text;
		}
	}
	return NULL;
}
