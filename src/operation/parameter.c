#include <ctype.h>
#include <string.h>

#include "operation/operation.h"

bool operation_same_name(const char *a, const char *b)
{
	for (; *a && *b; a++, b++)
		if (*a != *b &&
		    !((*a == '-' || *a == '_') && (*b == '-' || *b == '_')))
			return false;
	return *a == *b;
}

/* A verb's own options win over columns of the same name. */
int operation_find_parameter(const struct operation *operation,
			     const char *name)
{
	for (size_t i = 0; i < operation->nparameters; i++)
		if (operation->parameters[i].role != PARAMETER_FIELD &&
		    operation_same_name(operation->parameters[i].name, name))
			return (int)i;
	for (size_t i = 0; i < operation->nparameters; i++)
		if (operation->parameters[i].role == PARAMETER_FIELD &&
		    operation_same_name(operation->parameters[i].name, name))
			return (int)i;
	return -1;
}

int operation_find_letter(const struct operation *operation, char letter)
{
	for (size_t i = 0; i < operation->nparameters; i++)
		if (operation->parameters[i].letter == letter)
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
