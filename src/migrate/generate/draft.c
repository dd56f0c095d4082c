#include "migrate/generate/draft.h"

#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "migrate/revision/folder.h"
#include "util/buffer.h"
#include "util/clock.h"

struct placeholder {
	const char *name;
	const char *value;
};

/* A message is one line of the header. */
static const char *one_line(const char *text, struct arena *arena)
{
	char *copy = arena_copy(arena, text);

	for (char *c = copy; *c; c++)
		if ((unsigned char)*c < ' ' || *c == 0x7f)
			*c = ' ';
	return copy;
}

static void add_option(struct buffer *buffer, const char *key,
		       const struct names *names, struct arena *arena)
{
	if (names->count)
		buffer_printf(buffer, "-- %s: %s\n", key,
			      names_text(names, "", arena));
}

/* The optional header lines. */
static const char *option_lines(const struct draft *draft, struct arena *arena)
{
	BUFFER(lines);

	add_option(&lines, "branch_labels", &draft->labels, arena);
	add_option(&lines, "depends_on", &draft->depends, arena);
	if (draft->foreign_keys_off)
		buffer_text(&lines, "-- foreign_keys: off\n");
	if (draft->sql_unknown)
		buffer_text(&lines, "-- sql: unknown\n");
	return arena_copy(arena, buffer_string(&lines));
}

static const struct placeholder *
find_placeholder(const struct placeholder *placeholders, const char *name,
		 size_t length)
{
	for (; placeholders->name; placeholders++)
		if (strlen(placeholders->name) == length &&
		    memcmp(placeholders->name, name, length) == 0)
			return placeholders;
	return NULL;
}

/* Removes trailing blanks from a line with an empty value. */
static void trim_line(struct buffer *out, const char *rest)
{
	if (*rest != '\n')
		return;
	while (out->length && out->data[out->length - 1] == ' ')
		out->data[--out->length] = '\0';
}

/*
 * Replaces placeholders.  A value that is empty or ends with a newline replaces
 * the whole line of its placeholder.
 */
static enum status replace_placeholders(const char *template,
					const struct placeholder *placeholders,
					struct buffer *out, struct error *e)
{
	for (const char *at; (at = strstr(template, "${"));) {
		size_t length = strcspn(at + 2, "}");
		const struct placeholder *found = find_placeholder(
			placeholders, at + 2, length);
		bool alone;
		size_t size;

		if (!found)
			return fail(
				e, FAILED,
				"revision.sql.in: unknown placeholder ${%.*s}",
				(int)length, at + 2);
		alone = at == template || at[-1] == '\n';
		buffer_add(out, template, (size_t)(at - template));
		buffer_text(out, found->value);
		template = at + 2 + length;
		template += *template == '}';
		size = strlen(found->value);
		if (alone && (!size || found->value[size - 1] == '\n'))
			template += *template == '\n';
		else if (!size)
			trim_line(out, template);
	}
	buffer_text(out, template);
	return OK;
}

static bool names_equal(const struct names *a, const struct names *b)
{
	if (a->count != b->count)
		return false;
	for (size_t i = 0; i < a->count; i++)
		if (!names_have(b, a->items[i]))
			return false;
	return true;
}

static const char *find_unwritten(const struct draft *draft,
				  const struct revision *revision)
{
	if (strcmp(revision->id, draft->id) != 0)
		return "revision";
	if (!names_equal(&revision->down, &draft->down))
		return "down_revision";
	if (!names_equal(&revision->labels, &draft->labels) ||
	    !names_equal(&revision->depends, &draft->depends) ||
	    revision->foreign_keys_off != draft->foreign_keys_off ||
	    revision->sql_unknown != draft->sql_unknown)
		return "options";
	return NULL;
}

/* Parses the new file and adds it to the graph. */
static enum status check_draft(const struct site *site,
			       const struct draft *draft, const char *text,
			       const char *name, struct error *e)
{
	struct arena *arena = site->arena;
	struct revision *all = arena_array(arena, site->nrevisions + 1,
					   sizeof(*all));
	struct revision *new = &all[site->nrevisions];
	struct sections sections;
	struct graph graph;
	const char *what;

	if (revision_parse(text, name, arena, new, e) != OK ||
	    revision_sections(text, name, arena, &sections, e) != OK)
		return error_prefix(e, "the new revision from revision.sql.in");
	what = find_unwritten(draft, new);
	if (what)
		return fail(e, FAILED, "revision.sql.in does not write ${%s}",
			    what);
	if (site->nrevisions)
		memcpy(all, site->revisions, site->nrevisions * sizeof(*all));
	return graph_build(all, site->nrevisions + 1, arena, &graph, e);
}

enum status draft_require_folder(const struct site *site, struct error *e)
{
	if (site->folder)
		return OK;
	fail(e, FAILED, "no migrations folder");
	return error_hint(e, "run: taskmgr db init");
}

/* Reads the folder's template, or the built-in one if it has none. */
static enum status read_template(const struct site *site, const char **text,
				 struct error *e)
{
	const char *name = "revision.sql.in";
	const char *path = folder_path(site->folder, name, site->arena);

	return folder_read(access(path, F_OK) ? NULL : site->folder, name,
			   site->arena, text, e);
}

/* Removes the down section. */
static void cut_down(struct buffer *text)
{
	static const char mark[] = "\n-- migrate:down";
	const char *found = NULL;

	for (const char *at = buffer_string(text); (at = strstr(at, mark));
	     at++)
		found = at;
	if (found)
		text->length = (size_t)(found - text->data);
	while (text->length && text->data[text->length - 1] == '\n')
		text->length--;
	buffer_byte(text, '\n');
}

static enum status compose_text(const struct site *site,
				const struct draft *draft, struct buffer *text,
				struct error *e)
{
	struct arena *arena = site->arena;
	const char *message = draft->message ? draft->message : "empty message";
	const struct placeholder placeholders[] = {
		{ "message", one_line(message, arena) },
		{ "revision", draft->id },
		{ "down_revision", names_text(&draft->down, "", arena) },
		{ "create_date", draft->create_date
					 ? draft->create_date
					 : clock_text(arena, clock_now()) },
		{ "options", option_lines(draft, arena) },
		{ "up", draft->up ? draft->up : "" },
		{ "down", draft->down_sql ? draft->down_sql : "" },
		{ NULL, NULL },
	};
	const char *template;
	enum status status = read_template(site, &template, e);

	if (status == OK)
		status = replace_placeholders(template, placeholders, text, e);
	if (status == OK && draft->final)
		cut_down(text);
	return status;
}

enum status draft_write(const struct site *site, const struct draft *draft,
			struct error *e)
{
	struct arena *arena = site->arena;
	struct draft whole = *draft;
	bool dry = site->context->flags & CONTEXT_DRY_RUN;
	const char *name, *path;
	BUFFER(text);

	if (!whole.id)
		whole.id = revision_new_id(arena);
	name = arena_printf(
		arena, "versions/%s",
		revision_file_name(whole.id, whole.message ? whole.message : "",
				   arena));
	path = folder_path(site->folder, name, arena);
	if (compose_text(site, &whole, &text, e) != OK ||
	    check_draft(site, &whole, text.data, name, e) != OK)
		return e->status;
	/* If this fails, writing the file reports why. */
	if (!dry)
		mkdir(folder_path(site->folder, "versions", arena), 0777);
	if (!dry && folder_write(path, text.data, e) != OK)
		return e->status;
	context_note(site->context, "Generating %s ...  %s", path,
		     dry ? "not done (dry run)" : "done");
	return OK;
}
