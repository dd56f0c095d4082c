#include <ctype.h>
#include <string.h>

#include "operation/operation.h"

/* Names are the same with - and with _. */
static bool same_name(const char *a, const char *b)
{
	for (; *a && *b; a++, b++)
		if (*a != *b && !((*a == '-' || *a == '_') &&
				  (*b == '-' || *b == '_')))
			return false;
	return *a == *b;
}

static bool is_named(const struct parameter *parameter, const char *name)
{
	if (name[0] && !name[1] && parameter->letter == name[0])
		return true;
	return same_name(parameter->name, name);
}

/* A verb's own options win over columns of the same name. */
int operation_find_parameter(const struct operation *operation,
			     const char *name)
{
	for (size_t i = 0; i < operation->nparameters; i++)
		if (operation->parameters[i].role != PARAMETER_FIELD &&
		    is_named(&operation->parameters[i], name))
			return (int)i;
	for (size_t i = 0; i < operation->nparameters; i++)
		if (operation->parameters[i].role == PARAMETER_FIELD &&
		    is_named(&operation->parameters[i], name))
			return (int)i;
	return -1;
}

const char *parameter_spelling(const struct parameter *parameter,
			       struct arena *arena)
{
	char *text;

	if (parameter->role == PARAMETER_ARGUMENT) {
		if (parameter->metavar)
			return parameter->metavar;
		text = arena_copy(arena, parameter->name);
		for (char *p = text; *p; p++)
			*p = (char)toupper((unsigned char)*p);
		return text;
	}
	text = arena_printf(arena, "--%s", parameter->name);
	for (char *p = text; *p; p++)
		if (*p == '_')
			*p = '-';
	return text;
}
