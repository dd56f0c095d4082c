/* English names: singular, title; private to resource/. */
#ifndef RESOURCE_TEXT_NAME_H
#define RESOURCE_TEXT_NAME_H

#include "util/arena.h"

/*
 * The English singular of a table's last word, in its letters: "users" → "user",
 * "OrderDetails" → "OrderDetail", "NODES" → "NODE".  A word that is not a
 * plural ("status", "news", "axis") stays.
 */
const char *name_singular(struct arena *arena, const char *table);

/* "user" → "User", "user_group" → "User group". */
const char *name_title(struct arena *arena, const char *name);

/* "a user", "an order". */
const char *name_article(struct arena *arena, const char *name);

/* A name as a shell word: blanks and special characters become _. */
const char *name_word(struct arena *arena, const char *name);

#endif
