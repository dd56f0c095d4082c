#include "schema/text/annotation.h"

#include "schema/text/token.h"
#include "util/text.h"

enum instruction {
	AT_IMMUTABLE,
	AT_HIDDEN,
	AT_READONLY,
	AT_TITLE,
	AT_CREATED,
	AT_UPDATED,
	AT_RESOURCE,
	AT_SLUG,
	AT_RENAMED,
	AT_UNKNOWN,
};

static const char *const names[] = {
	[AT_IMMUTABLE] = "@immutable", [AT_HIDDEN] = "@hidden",
	[AT_READONLY] = "@readonly",   [AT_TITLE] = "@title",
	[AT_CREATED] = "@created",     [AT_UPDATED] = "@updated",
	[AT_RESOURCE] = "@resource",   [AT_SLUG] = "@slug",
	[AT_RENAMED] = "@renamed",     [AT_UNKNOWN] = NULL,
};

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

static enum instruction instruction_of(struct span word)
{
	size_t i = 0;

	word = trim_punctuation(word);
	for (; names[i]; i++)
		if (strlen(names[i]) == word.length &&
		    memcmp(names[i], word.text, word.length) == 0)
			break;
	return (enum instruction)i;
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
		lexer_init(&lexer, name, false);
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

/* False if the word is not an instruction but part of the description. */
static bool apply_instruction(struct annotations *annotations, struct span word,
			      struct span *rest, struct arena *arena)
{
	switch (instruction_of(word)) {
	case AT_IMMUTABLE:
		return annotations->immutable = true;
	case AT_HIDDEN:
		return annotations->hidden = true;
	case AT_READONLY:
		return annotations->readonly = true;
	case AT_TITLE:
		return annotations->title = true;
	case AT_CREATED:
		return annotations->created = true;
	case AT_UPDATED:
		return annotations->updated = true;
	case AT_RESOURCE:
		annotations->resource = take_argument(rest, arena);
		return true;
	case AT_SLUG:
		annotations->slug = take_argument(rest, arena);
		return true;
	case AT_RENAMED:
		annotations->renamed_from = take_renamed(rest, arena);
		return true;
	case AT_UNKNOWN:
		break;
	}
	return false;
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

bool annotations_equal(const struct annotations *a, const struct annotations *b)
{
	return text_equal(a->description, b->description) &&
	       text_equal(a->resource, b->resource) &&
	       text_equal(a->slug, b->slug) && a->immutable == b->immutable &&
	       a->hidden == b->hidden && a->readonly == b->readonly &&
	       a->title == b->title && a->created == b->created &&
	       a->updated == b->updated;
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
		if (instruction_of(word) != AT_UNKNOWN)
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
		    instruction_of(word) != AT_UNKNOWN)
			continue;
		text = arena_copy_n(arena, word.text, word.length);
		for (size_t i = 0; names[i]; i++) {
			*meant = names[i];
			if (name_distance(names[i], text) <= 2)
				return text;
		}
	}
	return NULL;
}
