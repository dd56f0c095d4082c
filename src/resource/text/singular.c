#include <ctype.h>
#include <stdbool.h>
#include <string.h>
#include <strings.h>

#include "resource/text/name.h"

/*
 * The ending of a plural and that of its singular.  The first matching rule
 * applies, so exceptions come before the rule that they break.  With
 * WORD the last word of the name is exactly that: "gas" is not a rule for
 * "sagas".
 */
enum scope { WORD, ENDING };
struct rule {
	enum scope scope;
	const char *plural, *singular;
};

/* The table is laid out by hand. */
/* clang-format off */

static const struct rule rules[] = {
	/* Irregular */
	{ WORD, "people", "person" },      { ENDING, "children", "child" },
	{ WORD, "men", "man" },            { WORD, "women", "woman" },
	{ WORD, "mice", "mouse" },         { WORD, "feet", "foot" },
	{ WORD, "teeth", "tooth" },        { WORD, "criteria", "criterion" },
	{ WORD, "indices", "index" },      { WORD, "vertices", "vertex" },
	{ WORD, "matrices", "matrix" },    { WORD, "appendices", "appendix" },
	{ ENDING, "shelves", "shelf" },    { WORD, "wolves", "wolf" },
	{ WORD, "knives", "knife" },       { WORD, "wives", "wife" },
	{ WORD, "halves", "half" },        { WORD, "loaves", "loaf" },
	{ WORD, "thieves", "thief" },      { ENDING, "quizzes", "quiz" },
	/* The same in the singular, or no plural at all */
	{ ENDING, "species", "species" },  { WORD, "series", "series" },
	{ WORD, "timeseries", "timeseries" },
	{ WORD, "dataseries", "dataseries" },
	{ WORD, "news", "news" },          { WORD, "goods", "goods" },
	{ WORD, "clothes", "clothes" },    { WORD, "analytics", "analytics" },
	{ WORD, "logistics", "logistics" },
	{ WORD, "physics", "physics" },    { WORD, "economics", "economics" },
	{ WORD, "politics", "politics" },  { WORD, "kudos", "kudos" },
	{ ENDING, "alias", "alias" },      { WORD, "atlas", "atlas" },
	{ ENDING, "canvas", "canvas" },    { WORD, "bias", "bias" },
	{ WORD, "gas", "gas" },            { WORD, "lens", "lens" },
	{ WORD, "chaos", "chaos" },        { WORD, "cosmos", "cosmos" },
	{ ENDING, "headquarters", "headquarters" },
	/* Abbreviations that end in s */
	{ WORD, "crs", "crs" },  { WORD, "fts", "fts" },  { WORD, "sys", "sys" },
	{ WORD, "css", "css" },  { WORD, "dns", "dns" },  { WORD, "sms", "sms" },
	{ WORD, "cms", "cms" },  { WORD, "gps", "gps" },  { WORD, "tls", "tls" },
	{ WORD, "vps", "vps" },  { WORD, "aws", "aws" },  { WORD, "pos", "pos" },
	{ WORD, "os", "os" },    { WORD, "ios", "ios" },  { WORD, "nfs", "nfs" },
	/* -ies */
	{ ENDING, "movies", "movie" },     { ENDING, "ookies", "ookie" },
	{ ENDING, "zombies", "zombie" },   { ENDING, "selfies", "selfie" },
	{ WORD, "calories", "calorie" },   { WORD, "brownies", "brownie" },
	{ WORD, "hoodies", "hoodie" },     { WORD, "smoothies", "smoothie" },
	{ WORD, "ties", "tie" },           { WORD, "pies", "pie" },
	{ WORD, "lies", "lie" },           { WORD, "dies", "die" },
	{ ENDING, "ies", "y" },
	/* -ses, -ches, -shes, -xes, -zes, -oes */
	{ ENDING, "sses", "ss" },          { ENDING, "lenses", "lens" },
	{ ENDING, "aliases", "alias" },    { ENDING, "canvases", "canvas" },
	{ WORD, "atlases", "atlas" },      { WORD, "biases", "bias" },
	{ WORD, "gases", "gas" },          { WORD, "irises", "iris" },
	{ ENDING, "theses", "thesis" },    { ENDING, "alyses", "alysis" },
	{ ENDING, "agnoses", "agnosis" },  { WORD, "crises", "crisis" },
	{ WORD, "synopses", "synopsis" },  { WORD, "oases", "oasis" },
	{ ENDING, "ouses", "ouse" },       { ENDING, "auses", "ause" },
	{ WORD, "uses", "use" },           { WORD, "excuses", "excuse" },
	{ WORD, "fuses", "fuse" },         { WORD, "muses", "muse" },
	{ ENDING, "uses", "us" },          { ENDING, "caches", "cache" },
	{ ENDING, "headaches", "headache" },
	{ WORD, "niches", "niche" },       { WORD, "avalanches", "avalanche" },
	{ ENDING, "ches", "ch" },          { ENDING, "shes", "sh" },
	{ WORD, "axes", "axis" },          { ENDING, "xes", "x" },
	{ ENDING, "zzes", "zz" },          { ENDING, "heroes", "hero" },
	{ ENDING, "potatoes", "potato" },  { ENDING, "tomatoes", "tomato" },
	{ WORD, "echoes", "echo" },        { WORD, "vetoes", "veto" },
	{ WORD, "cargoes", "cargo" },      { WORD, "volcanoes", "volcano" },
	/* -s that is part of the word, and plurals that look like it */
	{ WORD, "menus", "menu" },         { WORD, "taxis", "taxi" },
	{ ENDING, "wikis", "wiki" },       { WORD, "emojis", "emoji" },
	{ WORD, "apis", "api" },           { WORD, "kpis", "kpi" },
	{ WORD, "uris", "uri" },           { WORD, "guis", "gui" },
	{ ENDING, "ss", "ss" },            { ENDING, "us", "us" },
	{ ENDING, "is", "is" },
	{ ENDING, "s", "" },
};

/* clang-format on */

/* Whether a word begins at p: after another character than a letter, or at
   the hump of "OrderDetails". */
static bool begins_word(const char *name, const char *p)
{
	unsigned char before = p > name ? (unsigned char)p[-1] : '_';

	if (!isalpha(before) && before < 0x80)
		return true;
	return isupper((unsigned char)*p) &&
	       (islower(before) || islower((unsigned char)p[1]));
}

static bool rule_fits(const struct rule *rule, const char *name, size_t length)
{
	size_t n = strlen(rule->plural);
	const char *tail;

	if (n > length)
		return false;
	tail = name + length - n;
	if (strcasecmp(tail, rule->plural) != 0)
		return false;
	/* -s must not match a whole word: "us" is not the plural of "u". */
	return rule->scope == WORD || n <= 2
		       ? begins_word(name, tail) == (rule->scope == WORD)
		       : true;
}

/* Both forms' common beginning keeps its letters; the rest follows the case
   of the last one. */
static const char *apply_rule(struct arena *arena, const struct rule *rule,
			      const char *name, size_t length)
{
	size_t same = 0;
	bool upper = isupper((unsigned char)name[length - 1]);
	char *singular;

	while (rule->singular[same] &&
	       rule->singular[same] == rule->plural[same])
		same++;
	length -= strlen(rule->plural) - same;
	singular = arena_printf(arena, "%.*s%s", (int)length, name,
				rule->singular + same);
	for (char *p = singular + length; *p && upper; p++)
		*p = (char)toupper((unsigned char)*p);
	return singular;
}

const char *name_singular(struct arena *arena, const char *table)
{
	size_t length = strlen(table);

	for (size_t i = 0; i < sizeof(rules) / sizeof(rules[0]); i++)
		if (rule_fits(&rules[i], table, length))
			return apply_rule(arena, &rules[i], table, length);
	return table;
}
