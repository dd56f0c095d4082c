#include "resource/filter/filter.h"

#include <strings.h>

#include "resource/filter/path.h"
#include "resource/key/candidate.h"
#include "resource/model/column.h"
#include "util/text.h"

/*
 * The grammar, of which each function below is a rule:
 *   either     = all *("or" all)
 *   all        = one *("and" one)
 *   one        = "not" one / "(" either ")" / condition
 *   condition  = path operator [value *("," value)]
 *   path       = name *("." name)
 * Negation is carried down to the conditions, where an operator's opposite is
 * another operator, so that NULL stays unknown and indexes stay usable.
 */
struct filter_parser {
	struct filter *filter;
	const char *text, *at;
	bool negated;
	int depth, conditions;
	struct error *e;
};

enum {
	DEPTH = 100,      /* of parentheses */
	CONDITIONS = 500, /* SQLite's expressions may be 1000 deep */
	VALUES = 10000,   /* values of one condition */
};

static const enum filter_operator opposites[FILTER_OPERATORS] = {
	[FILTER_EQUAL] = FILTER_UNEQUAL,
	[FILTER_UNEQUAL] = FILTER_EQUAL,
	[FILTER_LESS] = FILTER_GREATER_EQUAL,
	[FILTER_LESS_EQUAL] = FILTER_GREATER,
	[FILTER_GREATER] = FILTER_LESS_EQUAL,
	[FILTER_GREATER_EQUAL] = FILTER_LESS,
	[FILTER_CONTAINS] = FILTER_LACKS,
	[FILTER_LACKS] = FILTER_CONTAINS,
	[FILTER_LIKE] = FILTER_UNLIKE,
	[FILTER_UNLIKE] = FILTER_LIKE,
};

/* The expression with a caret under the place of the error. */
static enum status refuse_filter(struct filter_parser *parser, const char *at,
				 const char *format, ...)
	__attribute__((format(printf, 3, 4)));

static enum status refuse_filter(struct filter_parser *parser, const char *at,
				 const char *format, ...)
{
	struct error *e = parser->e;
	const char *message, *suggestion = e->suggestion;
	const char *wrong = e->wrong, *right = e->right;
	va_list args;
	BUFFER(input);
	BUFFER(shown);
	size_t before;

	va_start(args, format);
	message = arena_vprintf(e->arena, format, args);
	va_end(args);
	call_refuse(parser->filter->call, "where", suggestion, e, "%s",
		    message);
	e->wrong = wrong;
	e->right = right;
	/* Of several, the one that is wrong. */
	text_json(&input, parser->text, strlen(parser->text));
	if (e->nproblems)
		e->problems->input = arena_copy(e->arena, input.data);
	text_visible(&shown, parser->text, (size_t)(at - parser->text));
	before = text_width(buffer_string(&shown), shown.length);
	text_show(&shown, at);
	if (shown.length < 1000)
		e->detail = arena_printf(e->arena, "    %s\n    %*s^",
					 buffer_string(&shown), (int)before,
					 "");
	return e->status;
}

static void skip_blanks(struct filter_parser *parser)
{
	parser->at += strspn(parser->at, " \t\r\n");
}

/* Whether a keyword comes next, as a word of its own. */
static bool sees_word(const struct filter_parser *parser, const char *word)
{
	size_t length = strlen(word);

	return strncasecmp(parser->at, word, length) == 0 &&
	       strchr(" \t\r\n()", parser->at[length]);
}

static bool takes_word(struct filter_parser *parser, const char *word)
{
	if (!sees_word(parser, word))
		return false;
	parser->at += strlen(word);
	skip_blanks(parser);
	return true;
}

static bool is_at_end(const struct filter_parser *parser)
{
	return !*parser->at || *parser->at == ')' || sees_word(parser, "and") ||
	       sees_word(parser, "or");
}

/* Text in single or double quotes, one within doubled or after a backslash; NULL
   if the second is missing. */
static const char *take_quoted(struct filter_parser *parser)
{
	const char quote = *parser->at;
	const char *at = parser->at + 1;
	BUFFER(text);

	for (; *at != quote || at[1] == quote; at++) {
		if (*at == quote ||
		    (*at == '\\' && (at[1] == quote || at[1] == '\\')))
			at++;
		if (!*at)
			return NULL;
		buffer_byte(&text, *at);
	}
	parser->at = at + 1;
	return arena_copy_n(parser->filter->call->arena, buffer_string(&text),
			    text.length);
}

static enum status refuse_unclosed(struct filter_parser *parser)
{
	return refuse_filter(parser, parser->at, "the quote is not closed");
}

static enum status take_word(struct filter_parser *parser,
			     struct filter_word *out)
{
	size_t length = strcspn(parser->at, " \t\r\n,()");

	out->quoted = *parser->at == '"' || *parser->at == '\'';
	if (out->quoted) {
		out->text = take_quoted(parser);
		return out->text ? OK : refuse_unclosed(parser);
	}
	if (!length)
		return refuse_filter(
			parser, parser->at,
			"a value is missing; write \"\" for an empty "
			"text");
	if (text_one_of(*parser->at, "=<>~"))
		return refuse_filter(parser, parser->at,
				     "a value that begins with %c needs quotes",
				     *parser->at);
	out->text = arena_copy_n(parser->filter->call->arena, parser->at,
				 length);
	parser->at += length;
	return OK;
}

static enum status refuse_null(struct filter_parser *parser, const char *at)
{
	refuse_filter(parser, at, "nothing compares with null");
	error_hint(parser->e, "write is null or is not null, or quotes for "
			      "this text: \"null\"");
	return parser->e->status;
}

static enum status take_value(struct filter_parser *parser,
			      struct filter_condition *condition)
{
	const char *at = parser->at;
	struct filter_word word = { .text = "" };

	if (take_word(parser, &word) != OK)
		return parser->e->status;
	if (!word.quoted && !filter_is_pattern(condition->op) &&
	    strcasecmp(word.text, "null") == 0)
		return refuse_null(parser, at);
	if (filter_value(parser->filter, condition, word, parser->e) == OK)
		return OK;
	if (parser->e->status != USAGE)
		return parser->e->status;
	refuse_filter(parser, at, "%s", parser->e->message);
	/* The value is wrong, as that of --age x, not the filter. */
	return parser->e->status = INVALID;
}

/* Each pattern is a condition of its own; SQLite adds up the depth of an
   expression and of the subqueries around it. */
static enum status check_count(struct filter_parser *parser,
			       const struct filter_condition *condition)
{
	if (condition->nvalues == VALUES)
		return refuse_filter(parser, parser->at, "more than %d values",
				     VALUES);
	if (filter_is_pattern(condition->op))
		parser->conditions += (condition->nvalues > 0) +
				      (int)condition->npath;
	return parser->conditions > CONDITIONS
		       ? refuse_filter(parser, parser->at,
				       "more than %d conditions", CONDITIONS)
		       : OK;
}

static enum status take_values(struct filter_parser *parser,
			       struct filter_condition *condition)
{
	bool list;

	skip_blanks(parser);
	if (is_at_end(parser))
		return OK;
	list = *parser->at == '(';
	parser->at += list;
	do {
		parser->at += *parser->at == ',';
		skip_blanks(parser);
		if (check_count(parser, condition) != OK ||
		    take_value(parser, condition) != OK)
			return parser->e->status;
		if (list)
			skip_blanks(parser);
	} while (*parser->at == ',');
	if (list && *parser->at != ')')
		return refuse_filter(parser, parser->at,
				     "expected \",\" or \")\"");
	parser->at += list;
	return OK;
}

static enum status check_end(struct filter_parser *parser)
{
	skip_blanks(parser);
	if (is_at_end(parser))
		return OK;
	return refuse_filter(
		parser, parser->at,
		"expected \"and\", \"or\" or the end; a value with "
		"blanks or parentheses needs quotes");
}

static enum status take_name(struct filter_parser *parser, const char **out)
{
	size_t length = strcspn(parser->at, " \t\r\n.,=!<>~()\"'");

	if (*parser->at == '"') {
		*out = take_quoted(parser);
		return *out ? OK : refuse_unclosed(parser);
	}
	if (!length)
		return refuse_filter(parser, parser->at,
				     "expected a column name");
	*out = arena_copy_n(parser->filter->call->arena, parser->at, length);
	parser->at += length;
	return OK;
}

static enum status unknown_name(struct filter_parser *parser, const char *at,
				const struct resource *resource,
				const char *name)
{
	struct close_names close;

	close_names_init(&close, name);
	for (size_t i = 0; i < resource->ncolumns; i++)
		close_names_offer(&close, resource->columns[i].name);
	for (size_t i = 0; i < resource->nreferences; i++)
		if (resource->references[i].alias)
			close_names_offer(&close,
					  resource->references[i].alias);
	close_names_suggest(&close, parser->e);
	refuse_filter(parser, at, "%s has no column %s", resource->name, name);
	path_hint(resource, name, parser->e);
	return parser->e->status;
}

/* The last name of a path: a column, or a reference by its own name. */
bool filter_find_column(struct filter_condition *condition, const char *name)
{
	const struct resource *resource = condition->resource;
	const struct reference *reference = resource_find_reference(resource,
								    name);

	condition->column = resource_find_column(resource, name);
	if (!condition->column && reference)
		condition->column =
			&resource->table->columns[reference->columns[0]];
	if (reference &&
	    (!reference->alias || operation_same_name(reference->alias, name)))
		condition->reference = reference;
	return condition->column ||
	       (rowid_of(resource) &&
		operation_same_name(rowid_of(resource), name));
}

static void follow_reference(struct filter_parser *parser,
			     struct filter_condition *condition,
			     const struct reference *reference)
{
	*LIST_ADD(parser->filter->call->arena, condition->path,
		  condition->npath) = reference;
	condition->resource = reference->to;
}

/*
 * Names up to the operator; the last may be an operator in words (age.gte=30)
 * where the one before it is not followed further.
 */
static enum status take_path(struct filter_parser *parser,
			     struct filter_condition *condition)
{
	const char *at = parser->at, *name = "", *next = "";
	enum filter_operator word;

	if (take_name(parser, &name) != OK)
		return parser->e->status;
	while (*parser->at == '.') {
		const struct reference *reference = resource_find_reference(
			condition->resource, name);
		const char *start = ++parser->at;

		if (take_name(parser, &next) != OK)
			return parser->e->status;
		word = filter_find_word(next);
		if (word < FILTER_OPERATORS && *parser->at == '=' &&
		    !(reference && resource_find_column(reference->to, next))) {
			parser->at++;
			condition->op = word;
			break;
		}
		if (!reference &&
		    resource_find_column(condition->resource, name))
			return refuse_filter(parser, start,
					     "%s references no other table",
					     name);
		if (!reference)
			return unknown_name(parser, at, condition->resource,
					    name);
		follow_reference(parser, condition, reference);
		at = start;
		name = next;
	}
	return filter_find_column(condition, name)
		       ? OK
		       : unknown_name(parser, at, condition->resource, name);
}

static enum status refuse_operator(struct filter_parser *parser,
				   const struct column *column)
{
	const int length = (int)strcspn(parser->at, " \t\r\n()");

	if (is_at_end(parser) || !length)
		refuse_filter(parser, parser->at, "an operator is missing");
	else
		refuse_filter(parser, parser->at,
			      "expected an operator, not %.*s", length,
			      parser->at);
	return error_hint(
		parser->e, "%s",
		filter_operator_hint(parser->at, column, parser->e->arena));
}

static enum status parse_condition(struct filter_parser *parser)
{
	const char *start = parser->at;
	struct filter_condition condition = {
		.resource = parser->filter->resource,
		.op = FILTER_OPERATORS,
	};
	bool null = false;

	if (++parser->conditions > CONDITIONS)
		return refuse_filter(parser, start, "more than %d conditions",
				     CONDITIONS);
	if (take_path(parser, &condition) != OK)
		return parser->e->status;
	if (condition.op == FILTER_OPERATORS) {
		skip_blanks(parser);
		condition.op = filter_take_operator(&parser->at, &null);
	}
	if (condition.op == FILTER_OPERATORS)
		return refuse_operator(parser, condition.column);
	if (parser->negated)
		condition.op = opposites[condition.op];
	if ((!null && take_values(parser, &condition) != OK) ||
	    check_end(parser) != OK)
		return parser->e->status;
	if (filter_add(parser->filter, &condition, parser->e) == OK)
		return OK;
	if (parser->e->status != USAGE)
		return parser->e->status;
	return refuse_filter(parser, start, "%s", parser->e->message);
}

static enum status parse_either(struct filter_parser *parser);

static enum status parse_one(struct filter_parser *parser)
{
	enum status status;

	if (takes_word(parser, "not")) {
		parser->negated = !parser->negated;
		status = ++parser->depth > DEPTH
				 ? refuse_filter(parser, parser->at,
						 "more than %d \"not\"", DEPTH)
				 : parse_one(parser);
		parser->depth--;
		parser->negated = !parser->negated;
		return status;
	}
	if (*parser->at != '(')
		return parse_condition(parser);
	if (++parser->depth > DEPTH)
		return refuse_filter(parser, parser->at,
				     "too many parentheses");
	parser->at++;
	if (parse_either(parser) != OK)
		return parser->e->status;
	if (*parser->at != ')')
		return refuse_filter(parser, parser->at, "expected \")\"");
	parser->depth--;
	parser->at++;
	skip_blanks(parser);
	return OK;
}

/* Not (a and b) is not a, or not b. */
static void add_join(struct filter_parser *parser, bool is_and)
{
	buffer_text(&parser->filter->sql,
		    is_and != parser->negated ? " AND " : " OR ");
}

static enum status parse_all(struct filter_parser *parser)
{
	buffer_byte(&parser->filter->sql, '(');
	if (parse_one(parser) != OK)
		return parser->e->status;
	while (takes_word(parser, "and")) {
		add_join(parser, true);
		if (parse_one(parser) != OK)
			return parser->e->status;
	}
	buffer_byte(&parser->filter->sql, ')');
	return OK;
}

static enum status parse_either(struct filter_parser *parser)
{
	buffer_byte(&parser->filter->sql, '(');
	skip_blanks(parser);
	if (parse_all(parser) != OK)
		return parser->e->status;
	while (takes_word(parser, "or")) {
		add_join(parser, false);
		if (parse_all(parser) != OK)
			return parser->e->status;
	}
	buffer_byte(&parser->filter->sql, ')');
	return OK;
}

enum status filter_parse(struct filter *filter, const char *text,
			 struct error *e)
{
	struct filter_parser parser = {
		.filter = filter, .text = text, .at = text, .e = e
	};

	if (parse_either(&parser) != OK)
		return e->status;
	return *parser.at ? refuse_filter(
				    &parser, parser.at,
				    *parser.at == ')'
					    ? "unmatched \")\""
					    : "expected \"and\", \"or\" or the "
					      "end")
			  : OK;
}
