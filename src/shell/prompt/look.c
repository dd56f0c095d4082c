#include "shell/prompt/look.h"

#include <string.h>

#include "catalog/choice.h"
#include "catalog/word.h"
#include "resource/key/key.h"
#include "shell/line/problem.h"
#include "shell/line/words.h"

/* A word of the line, and what it says; NULL if a quote is open. */
struct typed {
	size_t begin, end;
	const char *text;
	bool quoted;
};

/* The command that is looked at. */
struct looking {
	struct session *session;
	size_t cursor;
	bool rests, check;
	struct look_memory *memory;
	struct arena *arena;
	struct look *out;
	struct typed *words;
	size_t nwords;
	const struct operation *operation;
	size_t arguments; /* words taken as arguments */
};

static void add_span(struct looking *looking, size_t begin, size_t end,
		     enum look_kind kind)
{
	*LIST_ADD(looking->arena, looking->out->spans,
		  looking->out->count) = (struct look_span){ begin, end, kind };
}

static void add_wrong(struct looking *looking, const struct typed *word,
		      size_t begin, const char *why)
{
	if (!looking->check)
		return;
	add_span(looking, begin, word->end, LOOK_WRONG);
	looking->out->why = why;
}

/* Whether more of the word may come. */
static bool is_open(struct looking *looking, const struct typed *word)
{
	if (word->end != looking->cursor || looking->rests)
		return false;
	looking->out->open = true;
	return true;
}

/* Whether no further typing can put the value right. */
static bool is_lost(const struct problem *problem,
		    const struct parameter *parameter, const char *text)
{
	if (strcmp(problem->type, "int_parsing") == 0)
		return text[strspn(text, "+-_.0123456789")];
	if (strcmp(problem->type, "enum") == 0)
		for (const char *const *c = parameter->choices; *c; c++)
			if (strncmp(*c, text, strlen(text)) == 0)
				return false;
	return strcmp(problem->type, "enum") == 0 ||
	       strcmp(problem->type, "string_too_long") == 0 ||
	       strncmp(problem->type, "less_than", 9) == 0;
}

/* Why word names no row; a database that can't be read says nothing.  Similar
   names take too long to search between two keys. */
static const char *look_up(struct looking *looking,
			   const struct resource *resource, const char *word)
{
	struct context *context = &looking->session->context;
	struct row_key key;
	struct error e;

	error_init(&e, looking->arena);
	context->flags |= CONTEXT_SHORT_WAIT;
	if (context_open(context, 0, &e) == OK)
		(void)!key_find(context->engine, resource, value_text(word),
				looking->rests, looking->arena, &key, &e);
	context_renew(context);
	return e.status == NOT_FOUND ? error_sentence(&e) : NULL;
}

static const char *look_up_once(struct looking *looking, const char *noun,
				const char *word)
{
	struct look_memory *memory = looking->memory;
	const struct resource *resource = catalog_find_resource(
		&looking->session->catalog, noun);
	const char *why;

	if (!resource || !*word)
		return NULL;
	for (size_t i = memory->count; i-- > 0;)
		if (strcmp(memory->items[i].noun, noun) == 0 &&
		    strcmp(memory->items[i].word, word) == 0 &&
		    (memory->items[i].rested || !looking->rests ||
		     !memory->items[i].why))
			return memory->items[i].why;
	why = look_up(looking, resource, word);
	*LIST_ADD(&memory->arena, memory->items,
		  memory->count) = (struct look_known){
		.noun = arena_copy(&memory->arena, noun),
		.word = arena_copy(&memory->arena, word),
		.rested = looking->rests,
		.why = arena_copy(&memory->arena, why),
	};
	return why;
}

/* Whether the parameter's words name rows by the primary key, as key_find
   does: a foreign key may reference another column. */
static bool names_rows(const struct looking *looking,
		       const struct parameter *parameter)
{
	const struct resource *resource = looking->operation->subject;

	if (!parameter->noun || parameter->role == PARAMETER_ARGUMENT)
		return parameter->noun != NULL;
	for (size_t i = 0; resource && i < resource->nreferences; i++) {
		const struct reference *r = &resource->references[i];
		const char *column =
			resource->table->columns[r->columns[0]].name;

		if (r->ncolumns == 1 && r->to_columns[0]->key == 1 &&
		    (strcmp(column, parameter->name) == 0 ||
		     (r->alias && strcmp(r->alias, parameter->name) == 0)))
			return true;
	}
	return false;
}

/* Whether the command would refuse such a value at once: a filter takes more
   than its column does. */
static bool is_judged(const struct looking *looking,
		      const struct parameter *parameter)
{
	if (!looking->check || parameter->values != VALUES_ANY)
		return false;
	return parameter->choices || parameter->role == PARAMETER_ARGUMENT ||
	       (parameter->role == PARAMETER_FIELD &&
		looking->operation->flags & OPERATION_WRITES);
}

/* A value, which is the part of word that begins at begin. */
static void look_at_value(struct looking *looking,
			  const struct parameter *parameter,
			  const struct typed *word, size_t begin,
			  const char *text)
{
	const struct problem *problem = NULL;
	const char *why = NULL;
	BUFFER(sentence);

	if (!text || !parameter)
		return;
	/* A key is looked up instead. */
	if (is_judged(looking, parameter) &&
	    !(parameter->role == PARAMETER_ARGUMENT && parameter->noun))
		problem = parameter_problem(parameter, text, looking->arena);
	if (problem &&
	    (!is_open(looking, word) || is_lost(problem, parameter, text))) {
		problem_print(problem, &sentence);
		why = arena_copy(looking->arena, buffer_string(&sentence));
	}
	if (!problem && is_judged(looking, parameter) &&
	    names_rows(looking, parameter) && !is_open(looking, word)) {
		why = look_up_once(looking, parameter->noun, text);
		looking->out->open |= why != NULL;
	}
	if (why)
		add_wrong(looking, word, begin, why);
	else if (word->quoted)
		add_span(looking, begin, word->end, LOOK_TEXT);
}

/* An option; returns the parameter whose value is the next word, or NULL. */
static const struct parameter *look_at_option(struct looking *looking,
					      const struct typed *word)
{
	bool named = word->text[1] == '-';
	const char *equals = named ? strchr(word->text, '=') : NULL;
	size_t length = equals  ? (size_t)(equals - word->text)
			: named ? strlen(word->text)
				: 2;
	const char *name = arena_copy_n(looking->arena, word->text, length);
	struct choice choice = named ? choose_name(looking->operation, name + 2)
				     : choose_letter(looking->operation,
						     name[1]);
	size_t end = equals ? word->begin + length : word->end;

	if (!choice.parameter) {
		if (name[2] && !is_open(looking, word))
			add_wrong(looking, word, word->begin,
				  arena_printf(looking->arena,
					       "unknown option %s", name));
		return NULL;
	}
	add_span(looking, word->begin, end, LOOK_OPTION);
	if (equals)
		look_at_value(looking, choice.parameter, word, end + 1,
			      equals + 1);
	return !equals && takes_value(choice) && (named || !word->text[2])
		       ? choice.parameter
		       : NULL;
}

static void look_at_rest(struct looking *looking, size_t from)
{
	const struct parameter *value = NULL;
	bool ended = false;

	for (size_t i = from; i < looking->nwords; i++) {
		const struct typed *word = &looking->words[i];
		const char *text = word->text;
		const struct parameter *of = value;

		value = NULL;
		if (!of && text && !word->quoted && !ended && is_option(text)) {
			ended = strcmp(text, "--") == 0;
			if (!ended)
				value = look_at_option(looking, word);
			continue;
		}
		if (!of && looking->operation)
			of = operation_argument(looking->operation,
						looking->arguments++);
		if (of)
			look_at_value(looking, of, word, word->begin, text);
		else if (word->quoted)
			add_span(looking, word->begin, word->end, LOOK_TEXT);
	}
}

/* "user create", "create user": how many words they are; 0: no noun. */
static size_t look_at_name(struct looking *looking, size_t first)
{
	const struct catalog *catalog = &looking->session->catalog;
	const struct typed *words = &looking->words[first];
	bool two = looking->nwords > first + 1 && words[1].text;
	const char *noun = catalog_find_noun(catalog, words[0].text);
	const char *other = two && !noun
				    ? catalog_find_noun(catalog, words[1].text)
				    : NULL;

	if (!noun && other &&
	    (looking->operation = catalog_find(catalog, other,
					       words[0].text))) {
		add_span(looking, words[0].begin, words[0].end, LOOK_VERB);
		add_span(looking, words[1].begin, words[1].end, LOOK_NOUN);
		return 2;
	}
	if (!noun)
		return 0;
	add_span(looking, words[0].begin, words[0].end, LOOK_NOUN);
	looking->operation = catalog_find(catalog, noun, "");
	if (looking->operation || !two || is_option(words[1].text))
		return 1;
	looking->operation = catalog_find(catalog, noun, words[1].text);
	if (looking->operation)
		add_span(looking, words[1].begin, words[1].end, LOOK_VERB);
	else if (!is_open(looking, &words[1]) &&
		 word_kind(words[1].text) == WORD_NONE)
		add_wrong(looking, &words[1], words[1].begin,
			  arena_printf(looking->arena, "%s has no command %s",
				       noun, words[1].text));
	return 2;
}

static void look_at_command(struct looking *looking)
{
	size_t first = 0, length;
	const struct typed *word;

	if (looking->nwords && looking->words[0].text &&
	    word_kind(looking->words[0].text) == WORD_PROGRAM)
		first = 1;
	if (first == looking->nwords || !looking->words[first].text)
		return;
	word = &looking->words[first];
	length = look_at_name(looking, first);
	if (!length && word_kind(word->text) != WORD_NONE) {
		add_span(looking, word->begin, word->end, LOOK_VERB);
		length = 1;
	}
	if (length && looking->operation)
		look_at_rest(looking, first + length);
}

/* The end of the word that begins at text: a blank, ; or newline that no quote
   has. */
static size_t word_length(const char *text, bool *quoted)
{
	size_t i = 0;
	char quote = '\0';

	for (*quoted = false; text[i]; i++) {
		char c = text[i];

		if (!quote && strchr(" \t\r\n;", c))
			break;
		if (c == '\\' && quote != '\'' && text[i + 1])
			i++;
		else if (quote ? c == quote : c == '\'' || c == '"') {
			quote = (char)(quote ? 0 : c);
			*quoted = true;
		}
	}
	return i;
}

/* What a word says; NULL if its quote is open. */
static const char *word_text(struct looking *looking, const char *text,
			     size_t length)
{
	const char *copy = arena_copy_n(looking->arena, text, length);
	struct command_words words;
	struct error e;

	error_init(&e, looking->arena);
	if (command_words_split_plain(&copy, looking->arena, &words, &e) !=
		    OK ||
	    words.count != 1)
		return NULL;
	return words.items[0];
}

void look_at_line(struct session *session, const char *text, size_t cursor,
		  bool rests, bool check, struct look_memory *memory,
		  struct arena *arena, struct look *out)
{
	struct looking looking = {
		.session = session,
		.cursor = cursor,
		.rests = rests,
		.check = check,
		.memory = memory,
		.arena = arena,
		.out = out,
	};
	const struct looking fresh = looking;
	size_t at = 0;

	*out = (struct look){ .spans = NULL };
	if (!session->loaded)
		return;
	while (text[at]) {
		struct typed *word;
		size_t length;
		bool quoted;

		at += strspn(text + at, " \t\r");
		length = word_length(text + at, &quoted);
		if (!length || text[at] == '#' || text[at] == '|' ||
		    text[at] == '!') {
			look_at_command(&looking);
			looking = fresh;
			/* The rest is a command for the shell. */
			at += length ? strcspn(text + at, "\n;") : 0;
			at += text[at] != '\0';
			continue;
		}
		word = LIST_ADD(arena, looking.words, looking.nwords);
		*word = (struct typed){ at, at + length,
					word_text(&looking, text + at, length),
					quoted };
		at += length;
	}
	look_at_command(&looking);
}
