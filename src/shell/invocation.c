#include "shell/invocation.h"

#include <string.h>

#include "util/text.h"

struct parser {
	struct session *session;
	const char *const *words;
	size_t nwords, next;
	struct arena *arena;
	struct invocation *out;
	struct error *e;
	bool ended; /* -- was seen */
};

/* -1 is a word (db downgrade -1); so is - alone. */
static bool is_option(const char *word)
{
	return word[0] == '-' && word[1] && !(word[1] >= '0' && word[1] <= '9');
}

static void add_pair(struct parser *parser, const char *name, const char *text)
{
	*LIST_ADD(parser->arena, parser->out->pairs,
		  parser->out->npairs) = (struct pair){
		.name = name,
		.text = text,
		.length = text ? strlen(text) : 0,
	};
}

/* An option's value: behind its =, or the next word. */
static const char *take_value(struct parser *parser, const char *joined)
{
	if (joined)
		return joined;
	return parser->next < parser->nwords ? parser->words[parser->next++]
					     : NULL;
}

/* The options that may be said where the parser is. */
static void offer_options(const struct parser *parser,
			  struct close_names *close)
{
	const struct operation *operation = parser->out->operation;
	const struct setting *setting;

	for (size_t i = 0; operation && i < operation->nparameters; i++)
		if (operation->parameters[i].role != PARAMETER_ARGUMENT &&
		    !(operation->parameters[i].flags & PARAMETER_HIDDEN))
			close_names_offer(
				close,
				parameter_spelling(&operation->parameters[i],
						   parser->arena));
	for (setting = settings_table; setting->parameter.name; setting++)
		if (setting->kind == SETTING_GLOBAL ||
		    (!parser->out->noun && !parser->session->keeps))
			close_names_offer(
				close, parameter_spelling(&setting->parameter,
							  parser->arena));
}

/* The parameter that the option would be of the command; NULL: none. */
static const struct parameter *find_own(const struct operation *operation,
					const char *option)
{
	int i = option[1] ? operation_find_parameter(operation, option)
			  : operation_find_letter(operation, *option);

	return i < 0 ? NULL : &operation->parameters[i];
}

/* The command that the other words name, if the option is one of its own. */
static const struct operation *find_owner(const struct parser *parser,
					  const char *option)
{
	const struct catalog *catalog = &parser->session->catalog;

	for (size_t i = 0; i < parser->nwords; i++) {
		const char *noun = catalog_find_noun(catalog, parser->words[i]);

		for (size_t j = i + 1; noun && j < parser->nwords; j++) {
			const struct operation *operation = catalog_find(
				catalog, noun, parser->words[j]);

			if (operation && find_own(operation, option))
				return operation;
		}
	}
	return NULL;
}

static enum status refuse_option_name(struct parser *parser, const char *name)
{
	const struct operation *operation = parser->out->operation;
	const struct catalog *catalog = &parser->session->catalog;
	const char *noun = parser->out->noun;
	const char *dashed = arena_printf(parser->arena, "%s%s",
					  name[1] ? "--" : "-", name);
	const struct operation *owner = find_owner(parser, name);
	struct close_names close;

	/* Which options there are depends on the noun. */
	if (noun && !catalog_has_noun(catalog, noun))
		return catalog_get(catalog, &parser->session->context, noun, "",
				   &parser->out->operation, parser->e);
	if (!operation && owner) {
		fail(parser->e, USAGE, "%s is an option of %s %s", dashed,
		     owner->noun, owner->verb);
		error_hint(parser->e,
			   "put it after the command: taskmgr %s %s %s%s",
			   owner->noun, owner->verb, dashed,
			   find_own(owner, name)->type == TYPE_BOOLEAN ? ""
								       : " …");
		return USAGE;
	}
	close_names_init(&close, dashed);
	offer_options(parser, &close);
	fail(parser->e, USAGE, "unknown option %s", dashed);
	if (operation)
		error_hint(parser->e, "taskmgr %s %s --help lists them",
			   operation->noun, operation->verb);
	else if (noun)
		error_hint(parser->e,
			   "a command's own options come after the command: "
			   "taskmgr help %s lists commands",
			   noun);
	else
		error_hint(parser->e, "taskmgr help lists them");
	close_names_suggest(&close, parser->e);
	return USAGE;
}

/* Options of the start say how commands come, so a command has none. */
static enum status refuse_start_option(struct parser *parser,
				       const struct setting *setting)
{
	const char *name = setting->parameter.name;

	if (!parser->out->noun) {
		fail(parser->e, USAGE, "--%s works only when taskmgr starts",
		     name);
		error_hint(parser->e, "give commands here, such as: help");
		return USAGE;
	}
	fail(parser->e, USAGE, "--%s cannot be used with a command", name);
	if (setting->parameter.letter == 'c')
		error_hint(parser->e,
			   "--config FILE reads another taskmgr.ini");
	return USAGE;
}

static enum status take_setting(struct parser *parser,
				const struct setting *setting,
				const char *joined)
{
	const struct parameter *parameter = &setting->parameter;
	struct invocation *out = parser->out;
	const char *text = joined;

	if (setting->kind != SETTING_GLOBAL &&
	    (out->noun || parser->session->keeps))
		return refuse_start_option(parser, setting);
	if (parameter->type != TYPE_BOOLEAN)
		text = take_value(parser, joined);
	if (setting_set(&parser->session->current, setting, text, parser->e) !=
	    OK)
		return parser->e->status;
	if (parameter->flags & PARAMETER_REPEATED)
		*LIST_ADD(parser->arena, out->sources,
			  out->nsources) = (struct source){
			.is_file = parameter->letter == 'f',
			.text = text,
		};
	return OK;
}

/* --data is kept apart: what it says may be a file's name. */
static enum status take_data(struct parser *parser, const char *text)
{
	if (!text)
		return fail(parser->e, USAGE, "option --data needs a value");
	if (parser->out->data)
		return fail(parser->e, USAGE, "option --data is given twice");
	parser->out->data = text;
	return OK;
}

static enum status take_parameter(struct parser *parser,
				  const struct parameter *parameter,
				  const char *joined)
{
	if (parameter->flags & PARAMETER_BARE)
		joined = joined ? joined : "";
	else if (parameter->type != TYPE_BOOLEAN)
		joined = take_value(parser, joined);
	if (parameter->role == PARAMETER_RECORDS)
		return take_data(parser, joined);
	add_pair(parser, parameter->name, joined);
	return OK;
}

/* --no-completed, where --completed is a switch. */
static bool is_negation(const struct operation *operation, const char *name)
{
	int i = -1;

	if (operation && strncmp(name, "no-", 3) == 0)
		i = operation_find_parameter(operation, name + 3);
	return i >= 0 && operation->parameters[i].type == TYPE_BOOLEAN;
}

/* An option by its name: the command's own, the program's, a column. */
static enum status take_named(struct parser *parser, const char *name,
			      const char *joined)
{
	const struct operation *operation = parser->out->operation;
	const struct setting *setting = setting_find(name);
	int i = operation ? operation_find_parameter(operation, name) : -1;

	/* A column of that name is reached by --set. */
	if (setting &&
	    (i < 0 || (setting->kind == SETTING_GLOBAL &&
		       operation->parameters[i].role == PARAMETER_FIELD)))
		return take_setting(parser, setting, joined);
	if (i >= 0)
		return take_parameter(parser, &operation->parameters[i],
				      joined);
	if (!is_negation(operation, name))
		return refuse_option_name(parser, name);
	if (joined)
		return fail(parser->e, USAGE,
			    "--%s takes no value: write --%s or --%s", name,
			    name + 3, name);
	add_pair(parser, name, NULL);
	return OK;
}

/* -qv, -m MSG, -mMSG */
static enum status take_letters(struct parser *parser, const char *letters)
{
	const struct operation *operation = parser->out->operation;

	for (const char *p = letters; *p; p++) {
		const struct setting *setting = setting_find_letter(*p);
		int i = operation ? operation_find_letter(operation, *p) : -1;
		const struct parameter *parameter;
		const char *joined;
		bool value;

		if (i < 0 && !setting)
			return refuse_option_name(
				parser, arena_copy_n(parser->arena, p, 1));
		parameter = i >= 0 ? &operation->parameters[i]
				   : &setting->parameter;
		value = parameter->type != TYPE_BOOLEAN;
		joined = value && p[1] ? p + 1 : NULL;
		if (i >= 0 ? take_parameter(parser, parameter, joined) != OK
			   : take_setting(parser, setting, joined) != OK)
			return parser->e->status;
		if (value)
			break;
	}
	return OK;
}

static enum status take_option(struct parser *parser, const char *word)
{
	const char *equals = strchr(word, '=');
	const char *name;

	if (word[1] != '-')
		return take_letters(parser, word + 1);
	if (!word[2]) {
		parser->ended = true;
		return OK;
	}
	name = equals ? arena_copy_n(parser->arena, word + 2,
				     (size_t)(equals - word) - 2)
		      : word + 2;
	return take_named(parser, name, equals ? equals + 1 : NULL);
}

static enum status take_word(struct parser *parser, const char *word)
{
	const struct catalog *catalog = &parser->session->catalog;
	struct invocation *out = parser->out;
	const char *noun;

	if (!out->noun) {
		noun = catalog_find_noun(catalog, word);
		out->noun = noun ? noun : word;
	} else if (!out->verb) {
		out->verb = word;
		return catalog_get(catalog, &parser->session->context,
				   out->noun, word, &out->operation, parser->e);
	} else {
		*LIST_ADD(parser->arena, out->words, out->nwords) = word;
	}
	return OK;
}

enum status invocation_parse(struct session *session, const char *const *words,
			     size_t nwords, struct arena *arena,
			     struct invocation *out, struct error *e)
{
	struct parser parser = {
		.session = session,
		.words = words,
		.nwords = nwords,
		.arena = arena,
		.out = out,
		.e = e,
	};

	*out = (struct invocation){ .noun = NULL };
	while (parser.next < nwords) {
		const char *word = words[parser.next++];

		if (!parser.ended && is_option(word)
			    ? take_option(&parser, word) != OK
			    : take_word(&parser, word) != OK)
			return e->status;
	}
	return OK;
}

/* The program's options in a word: --name, --name=value, -nv, -cTEXT. */
struct given {
	const struct setting *last; /* NULL: not the program's */
	bool starts;                /* one says how to start */
	bool takes_next;            /* the next word is the last one's value */
};

static struct given read_long(const char *name)
{
	ARENA(arena);
	size_t length = strcspn(name, "=");
	struct given given = {
		.last = setting_find(arena_copy_n(&arena, name, length)),
	};

	if (!given.last)
		return given;
	given.starts = given.last->kind != SETTING_GLOBAL;
	given.takes_next = !name[length] &&
			   given.last->parameter.type != TYPE_BOOLEAN;
	return given;
}

static struct given read_letters(const char *letters)
{
	struct given given = { .last = NULL };

	for (; *letters; letters++) {
		given.last = setting_find_letter(*letters);
		if (!given.last)
			return given;
		given.starts |= given.last->kind != SETTING_GLOBAL;
		if (given.last->parameter.type != TYPE_BOOLEAN) {
			given.takes_next = !letters[1];
			return given;
		}
	}
	return given;
}

static struct given read_given(const char *word)
{
	return word[1] == '-' ? read_long(word + 2) : read_letters(word + 1);
}

/* The place of the first word from at on that is no option; nwords if there
   is none. */
static size_t next_word(const char *const *words, size_t nwords, size_t at)
{
	for (; at < nwords && is_option(words[at]); at++) {
		if (strcmp(words[at], "--") == 0)
			return at + 1 < nwords ? at + 1 : nwords;
		if (read_given(words[at]).takes_next)
			at++;
	}
	return at < nwords ? at : nwords;
}

bool invocation_starts(const char *const *words, size_t nwords)
{
	size_t noun = next_word(words, nwords, 0);

	for (size_t i = 0; i < noun; i++) {
		struct given given = read_given(words[i]);

		if (given.starts)
			return true;
		i += given.takes_next;
	}
	return false;
}

const char *invocation_noun(const char *const *words, size_t nwords)
{
	size_t noun = next_word(words, nwords, 0);

	return noun < nwords ? words[noun] : NULL;
}

const char *invocation_title(const char *const *words, size_t nwords,
			     struct arena *arena)
{
	size_t noun = next_word(words, nwords, 0);
	size_t verb = next_word(words, nwords, noun + 1);

	if (noun >= nwords)
		return "";
	if (verb >= nwords)
		return words[noun];
	return arena_printf(arena, "%s %s", words[noun], words[verb]);
}
