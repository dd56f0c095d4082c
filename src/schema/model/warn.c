#include "schema/model/warn.h"

#include "schema/text/annotation.h"
#include "schema/text/ddl.h"

/*
 * SQLite keeps a CREATE from the name up to the last parenthesis, or up to the
 * semicolon if there are options behind that.  remarks are the comments of
 * the current statement, each with the number of tokens before it.
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
	size_t kept_from;    /* tokens up to the name; 0: nothing is kept */
	size_t kept_to;      /* tokens up to the last that is kept */
	bool trigger, ended; /* in a trigger; its last word was END */
	bool create, view;
};

static int line_of(const struct warn_scan *watch, const char *at)
{
	int line = 1;

	for (const char *p = watch->text; p < at; p++)
		line += *p == '\n';
	return line;
}

static void add_warning(struct warn_scan *watch, const char *at,
			const char *what, const char *why)
{
	*LIST_ADD(watch->arena, watch->schema->warnings,
		  watch->schema->nwarnings) =
		arena_printf(watch->arena, "%s%s%d: %s %s",
			     watch->name ? watch->name : "",
			     watch->name ? ":" : "line ", line_of(watch, at),
			     what, why);
}

static void check_comment(struct warn_scan *watch,
			  const struct seen_comment *remark)
{
	const char *word = annotation_instruction(remark->text, watch->arena);
	const char *meant, *typo;

	if (word && (remark->before < watch->kept_from ||
		     remark->before >= watch->kept_to))
		add_warning(
			watch, remark->text.text, word,
			"has no effect here: the database only keeps comments "
			"inside the parentheses of a CREATE TABLE");
	typo = annotation_typo(remark->text, watch->arena, &meant);
	if (typo && watch->kept_from)
		add_warning(watch, remark->text.text, typo,
			    arena_printf(watch->arena,
					 "is not an instruction; did "
					 "you mean %s?",
					 meant));
}

static void check_comments(struct warn_scan *watch)
{
	for (size_t i = 0; i < watch->nremarks; i++)
		check_comment(watch, &watch->remarks[i]);
	watch->nremarks = 0;
	watch->ntokens = 0;
	watch->kept_from = watch->kept_to = 0;
	watch->create = watch->view = watch->trigger = watch->ended = false;
}

static bool begins_row_statement(const struct token *token)
{
	return token_is(token, "INSERT") || token_is(token, "REPLACE") ||
	       token_is(token, "UPDATE") || token_is(token, "DELETE") ||
	       token_is(token, "WITH") || token_is(token, "SELECT");
}

/* A statement begins that makes nothing. */
static void check_first_token(struct warn_scan *watch,
			      const struct token *token)
{
	const char *word = arena_printf(watch->arena, "%.*s",
					(int)token->length, token->text);

	if (begins_row_statement(token))
		add_warning(watch, token->text, word,
			    "has no effect here: a schema holds no rows");
	if (token_is(token, "PRAGMA"))
		add_warning(watch, token->text, word,
			    "has no effect here: a schema holds no settings");
}

static void scan_token(struct warn_scan *watch, const struct token *token)
{
	if (!watch->ntokens++)
		check_first_token(watch, token);
	watch->ended = token_is(token, "END");
	if (watch->ntokens == 1)
		watch->create = token_is(token, "CREATE");
	if (!watch->create || watch->ntokens > 3) {
		bool select = token_is(token, "SELECT") ||
			      token_is(token, "WITH");

		/* A view's own are those before its SELECT. */
		if (watch->view ? select && !watch->kept_to
				: watch->kept_from && token_is(token, ")"))
			watch->kept_to = watch->ntokens;
		return;
	}
	watch->trigger |= token_is(token, "TRIGGER");
	watch->view |= token_is(token, "VIEW");
	if (watch->view || token_is(token, "TABLE"))
		watch->kept_from = watch->ntokens + 1;
}

/* STRICT or WITHOUT ROWID behind the last parenthesis keeps all before ;. */
static void end_statement(struct warn_scan *watch, const struct token *last)
{
	if (watch->kept_from && !watch->view &&
	    (token_is(last, "STRICT") || token_is(last, "ROWID")))
		watch->kept_to = watch->ntokens + 1;
	check_comments(watch);
}

void schema_warn(struct schema *schema, const char *text, const char *name,
		 struct arena *arena)
{
	struct warn_scan watch = {
		.arena = arena,
		.schema = schema,
		.text = text,
		.name = name,
	};
	struct token token, last = { .kind = TOKEN_END, .text = "" };
	struct lexer lexer;

	lexer_init(&lexer, span_of(text), true);
	while (lexer_next(&lexer, &token)) {
		if (token.kind == TOKEN_COMMENT) {
			struct seen_comment *remark = LIST_ADD(
				arena, watch.remarks, watch.nremarks);

			remark->text = (struct span){ token.text,
						      token.length };
			remark->before = watch.ntokens;
		} else if (token_is(&token, ";") &&
			   (!watch.trigger || watch.ended)) {
			end_statement(&watch, &last);
		} else {
			scan_token(&watch, &token);
			last = token;
		}
	}
	end_statement(&watch, &last);
}
