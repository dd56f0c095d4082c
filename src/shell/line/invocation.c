#include "shell/line/invocation.h"

#include <string.h>

#include "catalog/word.h"
#include "shell/line/walk.h"
#include "util/text.h"

struct invocation_parser {
	struct session *session;
	const struct operation *operation; /* NULL: options are not its own */
	size_t next;
	struct arena *arena;
	struct invocation *out;
	struct error *e;
};

static void add_pair(struct invocation_parser *parser, struct choice choice,
		     const char *name, const char *text)
{
	*LIST_ADD(parser->arena, parser->out->pairs,
		  parser->out->npairs) = (struct pair){
		.name = name,
		.text = text,
		.length = text ? strlen(text) : 0,
		.parameter = choice.parameter,
		.negated = choice.negated,
	};
}

/* An option's value: after its =, or the next word. */
static const char *take_value(struct invocation_parser *parser,
			      const char *joined)
{
	if (joined)
		return joined;
	return parser->next < parser->out->nitems
		       ? parser->out->items[parser->next++].word
		       : NULL;
}

/* The columns of a format, where the next word is nothing else. */
static const char *take_columns(struct invocation_parser *parser,
				const struct setting *setting)
{
	const struct invocation *out = parser->out;
	const struct choice choice = { &setting->parameter, setting, false };

	if (parser->next == out->nitems ||
	    is_option(out->items[parser->next].word) ||
	    !takes_columns(choice, out->operation, out->nwords))
		return NULL;
	return take_value(parser, NULL);
}

/* The options that are valid at the parser's position. */
static void offer_options(const struct invocation_parser *parser,
			  struct close_names *close)
{
	const struct operation *operation = parser->operation;
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

static bool is_letter(const char *option)
{
	return option[0] && !option[1];
}

static bool find_own(const struct operation *operation, const char *option)
{
	return (is_letter(option)
			? operation_find_letter(operation, *option)
			: operation_find_parameter(operation, option)) >= 0;
}

static enum status refuse_option_name(struct invocation_parser *parser,
				      const char *name)
{
	const struct catalog *catalog = &parser->session->catalog;
	const char *noun = parser->out->noun;
	const char *dashed = arena_printf(parser->arena, "%s%s",
					  is_letter(name) ? "-" : "--", name);
	struct close_names close;

	/* Which options there are depends on the noun. */
	if (noun && !catalog_has_noun(catalog, noun))
		return catalog_get(catalog, &parser->session->context, noun, "",
				   &parser->out->operation, parser->e);
	if (!parser->operation)
		(void)find_command(catalog, parser->out, &parser->operation);
	/* The command takes it, but it has the command's own words. */
	if (parser->operation && find_own(parser->operation, name))
		return fail(parser->e, USAGE, "option %s needs a value",
			    dashed);
	close_names_init(&close, dashed);
	offer_options(parser, &close);
	fail(parser->e, USAGE, "unknown option %s", dashed);
	if (parser->operation)
		error_hint(parser->e, "taskmgr %s --help lists them",
			   operation_title(parser->operation, parser->arena));
	else if (noun)
		error_hint(parser->e, "taskmgr help %s lists its commands",
			   noun);
	else
		error_hint(parser->e, "taskmgr help options lists them");
	close_names_suggest(&close, parser->e);
	return USAGE;
}

/* Options such as -c decide where commands come from: a command has none. */
static enum status refuse_start_option(struct invocation_parser *parser,
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

static enum status take_setting(struct invocation_parser *parser,
				const struct setting *setting,
				const char *joined)
{
	const struct parameter *parameter = &setting->parameter;
	struct invocation *out = parser->out;
	const char *text = joined;

	if (setting->kind != SETTING_GLOBAL &&
	    (out->noun || parser->session->keeps))
		return refuse_start_option(parser, setting);
	if (parameter->type != TYPE_BOOLEAN &&
	    !(parameter->flags & PARAMETER_BARE))
		text = take_value(parser, joined);
	else if (parameter->flags & PARAMETER_BARE && !joined)
		text = take_columns(parser, setting);
	text = setting_add(&parser->session->current, setting, text,
			   parser->arena);
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

/* --data is kept apart: its value may name a file. */
static enum status take_data(struct invocation_parser *parser, const char *text)
{
	if (!text)
		return fail(parser->e, USAGE, "option --data needs a value");
	if (parser->out->data)
		return fail(parser->e, USAGE, "option --data is given twice");
	parser->out->data = text;
	return OK;
}

static enum status take_parameter(struct invocation_parser *parser,
				  struct choice choice, const char *joined)
{
	const struct parameter *parameter = choice.parameter;

	if (parameter->flags & PARAMETER_BARE)
		joined = joined ? joined : "";
	else if (parameter->type != TYPE_BOOLEAN)
		joined = take_value(parser, joined);
	if (parameter->role == PARAMETER_RECORDS)
		return take_data(parser, joined);
	add_pair(parser, choice, parameter->name, joined);
	return OK;
}

/* An option by its name: the command's own, or the program's. */
static enum status take_named(struct invocation_parser *parser,
			      const struct invocation_item *item)
{
	const char *name = item->name, *joined = item->joined;
	struct choice choice = choose_named(parser->operation, name,
					    item->setting);

	if (!choice.parameter)
		return refuse_option_name(parser, name);
	if (choice.setting)
		return take_setting(parser, choice.setting, joined);
	if (!choice.negated)
		return take_parameter(parser, choice, joined);
	if (joined)
		return fail(parser->e, USAGE,
			    "--%s takes no value: write --%s or --%s", name,
			    name + 3, name);
	add_pair(parser, choice, name, NULL);
	return OK;
}

/* -qv, -m MSG, -mMSG */
static enum status take_letters(struct invocation_parser *parser,
				const char *letters)
{
	for (const char *p = letters; *p; p++) {
		struct choice choice = choose_letter(parser->operation, *p);
		bool value = takes_value(choice);
		const char *joined = value && p[1] ? p + 1 : NULL;

		if (!choice.parameter)
			return refuse_option_name(
				parser, arena_copy_n(parser->arena, p, 1));
		if (choice.setting
			    ? take_setting(parser, choice.setting, joined) != OK
			    : take_parameter(parser, choice, joined) != OK)
			return parser->e->status;
		if (value)
			break;
	}
	return OK;
}

static enum status take_option(struct invocation_parser *parser,
			       const struct invocation_item *item)
{
	return item->name ? take_named(parser, item)
			  : take_letters(parser, item->word + 1);
}

static enum status take_word(struct invocation_parser *parser, const char *word)
{
	const struct catalog *catalog = &parser->session->catalog;
	struct invocation *out = parser->out;
	const char *noun;

	if (!out->noun) {
		noun = catalog_find_noun(catalog, word);
		out->noun = noun ? noun : word;
		out->operation = catalog_find(catalog, out->noun, "");
		out->verb = out->operation ? "" : NULL;
	} else if (!out->verb && word_kind(word) == WORD_HELP &&
		   !catalog_find(catalog, out->noun, word)) {
		out->helping = true;
	} else if (!out->verb) {
		out->verb = word;
		return catalog_get(catalog, &parser->session->context,
				   out->noun, word, &out->operation, parser->e);
	} else {
		*LIST_ADD(parser->arena, out->words, out->nwords) = word;
	}
	return OK;
}

/* "create user" is "user create". */
static void put_noun_first(const struct catalog *catalog,
			   struct invocation *invocation)
{
	struct walk walk = { .invocation = invocation };
	const struct invocation_item *first = next_plain(&walk);
	const struct invocation_item *second = next_plain(&walk);
	const char *noun = second ? catalog_find_noun(catalog, second->word)
				  : NULL;
	struct invocation_item *items = invocation->items, verb;
	size_t at, to;

	if (!noun || catalog_find_noun(catalog, first->word) ||
	    !catalog_find(catalog, noun, first->word))
		return;
	at = (size_t)(first - items);
	to = (size_t)(second - items);
	verb = items[at];
	items[at] = items[to];
	items[to] = verb;
}

enum status invocation_resolve(struct invocation *invocation,
			       struct session *session, struct arena *arena,
			       struct error *e)
{
	const struct operation *ignored = NULL;
	struct invocation_parser parser = {
		.session = session,
		.arena = arena,
		.out = invocation,
		.e = e,
	};
	bool ended = false;

	put_noun_first(&session->catalog, invocation);
	parser.operation = find_command(&session->catalog, invocation,
					&ignored);
	invocation->noun = invocation->verb = NULL;
	while (parser.next < invocation->nitems) {
		const struct invocation_item *item =
			&invocation->items[parser.next++];

		if (ended || !is_option(item->word)) {
			if (take_word(&parser, item->word) != OK)
				return e->status;
		} else if (is_end(item)) {
			ended = true;
		} else if (take_option(&parser, item) != OK) {
			return e->status;
		}
	}
	return OK;
}

static void read_item(struct invocation *invocation, const char *word,
		      struct arena *arena)
{
	struct invocation_item *item = LIST_ADD(arena, invocation->items,
						invocation->nitems);
	const char *equals = strchr(word, '=');

	*item = (struct invocation_item){ .word = word };
	if (word[0] != '-' || word[1] != '-')
		return;
	item->joined = equals ? equals + 1 : NULL;
	item->name = equals ? arena_copy_n(arena, word + 2,
					   (size_t)(equals - word) - 2)
			    : word + 2;
	item->setting = setting_find(item->name);
}

/*
 * The words that seem to be the command: what follows an option that is not
 * the program's may be its value, unless it is a command for every schema.
 */
static const struct invocation_item *
guess_command(struct invocation *invocation, struct walk *walk)
{
	const struct invocation_item *noun, *first = NULL;

	while ((noun = next_plain(walk))) {
		struct walk ahead = *walk;
		const struct invocation_item *verb = next_plain(&ahead);

		first = first ? first : noun;
		if (walk->maybe && !catalog_find_const(noun->word, "") &&
		    !(verb && catalog_find_const(noun->word, verb->word)))
			continue;
		first = noun;
		break;
	}
	invocation->noun = first ? first->word : NULL;
	return first;
}

static void remove_item(struct invocation *invocation, size_t at)
{
	invocation->nitems--;
	for (size_t i = at; i < invocation->nitems; i++)
		invocation->items[i] = invocation->items[i + 1];
}

void invocation_read(struct invocation *invocation, const char *const *words,
		     size_t nwords, struct arena *arena)
{
	struct walk walk = { .invocation = invocation };
	const struct invocation_item *noun, *verb;

	*invocation = (struct invocation){ .noun = NULL };
	for (size_t i = 0; i < nwords; i++)
		read_item(invocation, words[i], arena);
	noun = guess_command(invocation, &walk);
	invocation->starts = walk.starts;
	invocation->title = noun ? noun->word : "";
	verb = noun ? next_plain(&walk) : NULL;
	if (verb && !catalog_find_const(noun->word, ""))
		invocation->title = arena_printf(arena, "%s %s", noun->word,
						 verb->word);
	invocation->helping = noun && word_kind(noun->word) == WORD_HELP;
	if (invocation->helping) {
		invocation->noun = verb ? verb->word : NULL;
		remove_item(invocation, (size_t)(noun - invocation->items));
	}
}

void invocation_name_database(const struct invocation *invocation,
			      struct settings *settings)
{
	ARENA(arena);
	struct error ignored;

	error_init(&ignored, &arena);
	for (size_t i = 0; i < invocation->nitems; i++) {
		const struct invocation_item *item = &invocation->items[i];
		const struct setting *setting = item->setting;
		const char *text = item->joined;

		if (!item->name)
			continue;
		if (is_end(item))
			return;
		if (!setting || !setting_opens_database(setting))
			continue;
		if (!text && setting->parameter.type != TYPE_BOOLEAN &&
		    i + 1 < invocation->nitems)
			text = invocation->items[++i].word;
		/* What is wrong is reported when the options are resolved. */
		if (setting_set(settings, setting, text, &ignored) != OK)
			return;
	}
}
