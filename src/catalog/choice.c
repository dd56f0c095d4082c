#include "catalog/choice.h"

#include <string.h>

/* A column that has the name of an option of every command is reached by
   --set. */
static struct choice choose(const struct operation *operation, int own,
			    const struct setting *setting)
{
	const struct parameter *p = own < 0 ? NULL
					    : &operation->parameters[own];

	if (setting && (!p || (setting->kind == SETTING_GLOBAL &&
			       p->role == PARAMETER_FIELD)))
		return (struct choice){ &setting->parameter, setting, false };
	return (struct choice){ .parameter = p };
}

struct choice choose_named(const struct operation *operation, const char *name,
			   const struct setting *setting)
{
	bool negated = false;
	int own = operation ? operation_find_option(operation, name, &negated)
			    : -1;
	struct choice choice = choose(operation, own, setting);

	choice.negated = negated && !choice.setting;
	return choice;
}

struct choice choose_name(const struct operation *operation, const char *name)
{
	return choose_named(operation, name, setting_find(name));
}

struct choice choose_letter(const struct operation *operation, char letter)
{
	int own = operation ? operation_find_letter(operation, letter) : -1;

	return choose(operation, own, setting_find_letter(letter));
}

bool takes_value(struct choice choice)
{
	return choice.parameter && choice.parameter->type != TYPE_BOOLEAN &&
	       !(choice.parameter->flags & PARAMETER_BARE);
}

bool takes_columns(struct choice choice, const struct operation *operation,
		   size_t words)
{
	return choice.setting && choice.parameter->flags & PARAMETER_BARE &&
	       operation && !operation_argument(operation, words);
}

bool is_option(const char *word)
{
	return word[0] == '-' && word[1] &&
	       !(word[1] >= '0' && word[1] <= '9') &&
	       !(word[1] == '-' && word[2] && strchr(" \t\n", word[2]));
}
