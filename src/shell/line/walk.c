#include "shell/line/walk.h"

#include <string.h>

bool is_end(const struct invocation_item *item)
{
	return item->name && !*item->name && !item->joined;
}

static void note_start(struct walk *walk, struct choice choice)
{
	if (!walk->starts && choice.setting &&
	    choice.setting->kind != SETTING_GLOBAL)
		walk->starts = choice.setting;
}

static void skip_option(struct walk *walk, const struct invocation_item *item)
{
	struct choice choice = { .parameter = NULL };
	const char *letters = item->name ? "" : item->word + 1;
	bool joined = item->joined;

	if (item->name)
		choice = choose_named(walk->operation, item->name,
				      item->setting);
	for (; *letters && !takes_value(choice); letters++) {
		choice = choose_letter(walk->operation, *letters);
		joined = letters[1];
		note_start(walk, choice);
		if (!choice.parameter)
			break;
	}
	note_start(walk, choice);
	walk->maybe = !choice.parameter && !item->joined;
	walk->at += takes_value(choice) && !joined;
}

const struct invocation_item *next_plain(struct walk *walk)
{
	const struct invocation *invocation = walk->invocation;

	walk->maybe = false;
	while (walk->at < invocation->nitems) {
		const struct invocation_item *item =
			&invocation->items[walk->at++];

		if (walk->ended || !is_option(item->word))
			return item;
		walk->maybe = false;
		if (is_end(item))
			walk->ended = true;
		else
			skip_option(walk, item);
	}
	return NULL;
}

/* Whether the operation's own options leave these two words as its name; verb
   is NULL for a noun without verbs. */
static bool fits(const struct invocation *invocation,
		 const struct operation *operation,
		 const struct invocation_item *noun,
		 const struct invocation_item *verb)
{
	struct walk walk = { .invocation = invocation, .operation = operation };

	return next_plain(&walk) == noun &&
	       (!verb || next_plain(&walk) == verb);
}

/* A command named by a noun and one of the words after it. */
static const struct operation *find_verb(const struct catalog *catalog,
					 struct walk walk,
					 const struct invocation_item *noun,
					 const struct operation **likely)
{
	const char *name = catalog_find_noun(catalog, noun->word);
	const struct operation *whole = name ? catalog_find(catalog, name, "")
					     : NULL;
	const struct invocation_item *verb;

	if (whole) {
		*likely = *likely ? *likely : whole;
		return fits(walk.invocation, whole, noun, NULL) ? whole : NULL;
	}
	while (name && (verb = next_plain(&walk))) {
		const struct operation *operation = catalog_find(catalog, name,
								 verb->word);

		if (operation && fits(walk.invocation, operation, noun, verb))
			return operation;
		if (!*likely)
			*likely = operation;
		if (!walk.maybe)
			break;
	}
	return NULL;
}

const struct operation *find_command(const struct catalog *catalog,
				     const struct invocation *invocation,
				     const struct operation **likely)
{
	struct walk walk = { .invocation = invocation };
	const struct invocation_item *noun;

	while ((noun = next_plain(&walk))) {
		const struct operation *operation = find_verb(catalog, walk,
							      noun, likely);

		if (operation || !walk.maybe)
			return operation;
	}
	return NULL;
}
