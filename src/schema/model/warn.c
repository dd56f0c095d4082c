#include "schema/model/inside.h"

#include "schema/model/type.h"
#include "schema/text/annotation.h"
#include "schema/text/ddl.h"
#include "util/text.h"

/*
 * SQLite keeps a CREATE from the name up to the last parenthesis, or up to the
 * semicolon if options follow.  remarks are the comments of the current
 * statement, each with the number of tokens before it.
 */
struct warn_scan {
	struct arena *arena;
	struct schema *schema;
	const char *text, *name;
	struct seen_comment {
		struct span text;
		size_t before;
	} * remarks;
	size_t nremarks;
	size_t ntokens;      /* of the statement so far */
	size_t kept_from;    /* tokens up to the name; 0: not a CREATE TABLE */
	size_t kept_to;      /* tokens up to the last one kept */
	bool trigger, ended; /* in a trigger; the last token was END */
	bool create, view;
	struct token last; /* of the text so far */
	struct slip {
		const char *word, *why;
	} * slips; /* words that SQLite took for types */
	size_t nslips;
};

static int line_of(const struct warn_scan *scan, const char *at)
{
	int line = 1;

	for (const char *p = scan->text; p < at; p++)
		line += *p == '\n';
	return line;
}

static void add_warning(struct warn_scan *scan, const char *at,
			const char *what, const char *why)
{
	*LIST_ADD(scan->arena, scan->schema->warnings,
		  scan->schema->nwarnings) =
		arena_printf(scan->arena, "%s%s%d: %s %s",
			     scan->name ? scan->name : "",
			     scan->name ? ":" : "line ", line_of(scan, at),
			     what, why);
}

static void check_comment(struct warn_scan *scan,
			  const struct seen_comment *remark)
{
	const char *word = annotation_instruction(remark->text, scan->arena);
	const char *meant, *typo;

	if (word && (remark->before < scan->kept_from ||
		     remark->before >= scan->kept_to))
		add_warning(
			scan, remark->text.text, word,
			"has no effect here: the database only keeps comments "
			"inside the parentheses of a CREATE TABLE");
	typo = annotation_typo(remark->text, scan->arena, &meant);
	if (typo && scan->kept_from)
		add_warning(
			scan, remark->text.text, typo,
			arena_printf(scan->arena,
				     "is not an instruction; did you mean %s?",
				     meant));
}

static bool begins_row_statement(const struct token *token)
{
	return token_is(token, "INSERT") || token_is(token, "REPLACE") ||
	       token_is(token, "UPDATE") || token_is(token, "DELETE") ||
	       token_is(token, "WITH") || token_is(token, "SELECT");
}

/* Warns about a statement that creates nothing. */
static void check_first_token(struct warn_scan *scan, const struct token *token)
{
	const char *word = arena_printf(scan->arena, "%.*s", (int)token->length,
					token->text);

	if (begins_row_statement(token))
		add_warning(scan, token->text, word,
			    "has no effect here: a schema holds no rows");
	if (token_is(token, "PRAGMA"))
		add_warning(scan, token->text, word,
			    "has no effect here: a schema holds no settings");
}

/* Notes a word of a column's type that is not a type's. */
static void add_slip(struct warn_scan *scan, const struct column *column,
		     const struct token *token, bool next_line)
{
	const char *word = token_name(token, scan->arena);
	const char *meant = type_meant(word);

	if (!next_line && !meant)
		return;
	*LIST_ADD(scan->arena, scan->slips, scan->nslips) = (struct slip){
		.word = word,
		.why = next_line
			       ? arena_printf(scan->arena,
					      "belongs to the type of %s; does "
					      "the line before lack a comma?",
					      column->name)
			       : arena_printf(scan->arena,
					      "is not a type; did you mean %s?",
					      meant),
	};
}

/*
 * SQLite takes every word between a column's name and its first constraint for
 * the type: a misspelt type, UNIQUE or PRIMARY, and after a missing comma the
 * next column.
 */
static void find_slips(struct warn_scan *scan, const struct column *column)
{
	struct lexer lexer = lexer_of(span_of(column->declared));
	struct token token;

	/* Most types are one word that is known. */
	if (column->type != TYPE_ANY && !strpbrk(column->declared, " \t\r\n"))
		return;
	for (int n = 0; lexer_next(&lexer, &token); n++)
		if (token.kind == TOKEN_WORD)
			add_slip(scan, column, &token, n && token.first);
}

static void find_all_slips(struct warn_scan *scan)
{
	for (size_t i = 0; i < scan->schema->ntables; i++) {
		const struct table *table = &scan->schema->tables[i];

		for (size_t k = 0; k < table->ncolumns; k++)
			find_slips(scan, &table->columns[k]);
	}
}

/* A foreign key to a table that does not exist. */
static void check_parent(struct warn_scan *scan, const struct token *token)
{
	const char *name = token_name(token, scan->arena), *near;
	struct close_names close;

	if (schema_find_table(scan->schema, name))
		return;
	close_names_init(&close, name);
	for (size_t i = 0; i < scan->schema->ntables; i++)
		close_names_offer(&close, scan->schema->tables[i].name);
	near = close_names_list(&close, scan->arena);
	add_warning(scan, token->text, name,
		    near ? arena_printf(scan->arena,
					"is not a table; did you mean %s?",
					near)
			 : "is not a table");
}

/* Warns about a word of a CREATE TABLE that SQLite accepts as it is. */
static void check_word(struct warn_scan *scan, const struct token *token)
{
	bool name = token_is(&scan->last, "(") || token_is(&scan->last, ",");

	for (size_t i = 0; i < scan->nslips && !name; i++) {
		if (token_is(token, scan->slips[i].word)) {
			add_warning(scan, token->text, scan->slips[i].word,
				    scan->slips[i].why);
			break;
		}
	}
	if (token_is(&scan->last, "REFERENCES"))
		check_parent(scan, token);
}

static void scan_token(struct warn_scan *scan, const struct token *token)
{
	if (!scan->ntokens++)
		check_first_token(scan, token);
	if (scan->kept_from && !scan->view)
		check_word(scan, token);
	scan->ended = token_is(token, "END");
	if (scan->ntokens == 1)
		scan->create = token_is(token, "CREATE");
	if (!scan->create || scan->ntokens > 3) {
		bool select = token_is(token, "SELECT") ||
			      token_is(token, "WITH");

		/* A view's own comments are those before its SELECT. */
		if (scan->view ? select && !scan->kept_to
			       : scan->kept_from && token_is(token, ")"))
			scan->kept_to = scan->ntokens;
		return;
	}
	scan->trigger |= token_is(token, "TRIGGER");
	scan->view |= token_is(token, "VIEW");
	if (scan->view || token_is(token, "TABLE"))
		scan->kept_from = scan->ntokens + 1;
}

/* With STRICT or WITHOUT ROWID at the end, all before the semicolon is kept. */
static void end_statement(struct warn_scan *scan)
{
	if (scan->kept_from && !scan->view &&
	    (token_is(&scan->last, "STRICT") || token_is(&scan->last, "ROWID")))
		scan->kept_to = scan->ntokens + 1;
	for (size_t i = 0; i < scan->nremarks; i++)
		check_comment(scan, &scan->remarks[i]);
	scan->nremarks = 0;
	scan->ntokens = 0;
	scan->kept_from = scan->kept_to = 0;
	scan->create = scan->view = scan->trigger = scan->ended = false;
}

void schema_warn(struct schema *schema, const char *text, const char *name,
		 struct arena *arena)
{
	struct warn_scan scan = {
		.arena = arena,
		.schema = schema,
		.text = text,
		.name = name,
		.last = { .kind = TOKEN_END, .text = "" },
	};
	struct token token;
	struct lexer lexer = lexer_of_all(span_of(text));

	find_all_slips(&scan);
	while (lexer_next(&lexer, &token)) {
		if (token.kind == TOKEN_COMMENT) {
			struct seen_comment *remark = LIST_ADD(
				arena, scan.remarks, scan.nremarks);

			remark->text = (struct span){ token.text,
						      token.length };
			remark->before = scan.ntokens;
		} else if (token_is(&token, ";") &&
			   (!scan.trigger || scan.ended)) {
			end_statement(&scan);
		} else {
			scan_token(&scan, &token);
			scan.last = token;
		}
	}
	end_statement(&scan);
}
