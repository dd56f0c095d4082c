#include "schema/plan/declared.h"

#include "schema/text/token.h"

static const struct declared *find_declaration(const struct declarations *all,
					       const char *name)
{
	for (size_t i = 0; i < all->count; i++)
		if (name_equal(all->items[i].name, name))
			return &all->items[i];
	return NULL;
}

/* The one that declares name as its old name. */
static const struct declared *find_successor(const struct declarations *all,
					     const char *name)
{
	for (size_t i = 0; i < all->count; i++)
		if (all->items[i].was && name_equal(all->items[i].was, name))
			return &all->items[i];
	return NULL;
}

/* Whether the new name is free, or its holder is renamed as well. */
static bool is_name_available(const struct declarations *old,
			      const struct declarations *new, const char *name)
{
	for (size_t i = 0; i < new->count; i++) {
		const struct declared *next;

		if (!find_declaration(old, name))
			return true;
		next = find_successor(new, name);
		if (!next)
			return false;
		name = next->name;
	}
	return false;
}

/* Whether the old name exists and is given up, or taken by another rename. */
static bool is_name_vacated(const struct declarations *old,
			    const struct declarations *new, const char *was)
{
	for (size_t i = 0; was && i < new->count; i++) {
		const struct declared *heir = find_declaration(new, was);

		if (!find_declaration(old, was))
			return false;
		if (!heir)
			return true;
		was = heir->was;
	}
	return false;
}

static bool rename_is_due(const struct declarations *old,
			  const struct declarations *new,
			  const struct declared *from,
			  const struct declared *to)
{
	return to->was && name_equal(to->was, from->name) &&
	       is_name_available(old, new, to->name) &&
	       is_name_vacated(old, new, to->was);
}

bool declared_rename(const struct declarations *from,
		     const struct declarations *to, size_t i, size_t k)
{
	return rename_is_due(from, to, &from->items[i], &to->items[k]) ||
	       rename_is_due(to, from, &to->items[k], &from->items[i]);
}
