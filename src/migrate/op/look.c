#include "migrate/op/look.h"

#include <string.h>

#include "migrate/revision/folder.h"
#include "util/buffer.h"

static const char *path_of(const struct site *site,
			   const struct revision *revision)
{
	return revision->recorded
		       ? NULL
		       : folder_path(site->folder, revision->name, site->arena);
}

static const char *head_word(const struct site *site, size_t node)
{
	if (node_is_real_head(&site->graph, node))
		return " (head)";
	return node_is_head(&site->graph, node) ? " (effective head)" : "";
}

static void add_tree(struct buffer *buffer, const struct node *node)
{
	if (node->children.count > 1)
		buffer_text(buffer, " (branchpoint)");
	if (node->down.count > 1)
		buffer_text(buffer, " (mergepoint)");
}

static void add_current(struct buffer *buffer, const struct site *site,
			size_t node, unsigned flags)
{
	if (flags & LOOK_CURRENT && nodes_have(&site->current, node))
		buffer_text(buffer, " (current)");
	if (site->graph.nodes[node].revision->recorded)
		buffer_text(buffer, " (missing)");
}

static const char *line_text(const struct site *site, size_t at, unsigned flags)
{
	BUFFER(buffer);
	const struct node *node = &site->graph.nodes[at];
	const struct revision *revision = node->revision;

	if (flags & LOOK_PARENTS) {
		buffer_text(&buffer,
			    names_text(&revision->down, "<base>", site->arena));
		if (revision->depends.count)
			buffer_printf(&buffer, " (%s)",
				      names_text(&revision->depends, "",
						 site->arena));
		buffer_text(&buffer, " -> ");
	}
	buffer_text(&buffer, revision->id);
	if (flags & LOOK_LABELS && node->labels.count)
		buffer_printf(&buffer, " (%s)",
			      names_text(&node->labels, "", site->arena));
	buffer_text(&buffer, head_word(site, at));
	add_current(&buffer, site, at, flags);
	if (flags & LOOK_TREE)
		add_tree(&buffer, node);
	if (flags & LOOK_MESSAGE && *revision->message)
		buffer_printf(&buffer, ", %s", revision->message);
	return arena_copy(site->arena, buffer_string(&buffer));
}

static void add_paragraph(struct buffer *buffer, const struct site *site,
			  const struct revision *revision)
{
	buffer_printf(buffer,
		      "\n    %s\n\n    Revision ID: %s\n"
		      "    Revises: %s\n    Create Date: %s\n\n",
		      revision->message, revision->id,
		      names_text(&revision->down, "", site->arena),
		      revision->create_date);
}

static const char *long_text(const struct site *site, size_t at, unsigned flags)
{
	BUFFER(buffer);
	const struct node *node = &site->graph.nodes[at];
	const struct revision *revision = node->revision;
	struct arena *arena = site->arena;
	const struct names children = nodes_ids(&site->graph, &node->children,
						arena);
	const char *path;

	buffer_printf(&buffer, "Rev: %s%s", revision->id, head_word(site, at));
	add_tree(&buffer, node);
	add_current(&buffer, site, at, flags);
	buffer_printf(&buffer, "\n%s: %s\n",
		      revision->down.count > 1 ? "Merges" : "Parent",
		      names_text(&revision->down, "<base>", arena));
	if (revision->depends.count)
		buffer_printf(&buffer, "Also depends on: %s\n",
			      names_text(&revision->depends, "", arena));
	if (node->children.count > 1)
		buffer_printf(&buffer, "Branches into: %s\n",
			      names_text(&children, "", arena));
	if (node->labels.count)
		buffer_printf(&buffer, "Branch names: %s\n",
			      names_text(&node->labels, "", arena));
	path = path_of(site, revision);
	buffer_printf(&buffer, "Path: %s\n", path ? path : revision->name);
	add_paragraph(&buffer, site, revision);
	return arena_copy(arena, buffer_string(&buffer));
}

const char *look_text(const struct site *site, size_t node, unsigned flags)
{
	return flags & LOOK_LONG ? long_text(site, node, flags)
				 : line_text(site, node, flags);
}

enum status look_row_text(struct call *call, const struct site *site, size_t at,
			  const char *text, unsigned flags, struct error *e)
{
	const struct node *node = &site->graph.nodes[at];
	const struct revision *revision = node->revision;
	struct arena *arena = site->arena;
	struct value current = value_null();

	if (flags & LOOK_CURRENT || site->engine)
		current = value_integer(nodes_have(&site->current, at));
	struct value values[LOOK_NCOLUMNS] = {
		flags & LOOK_SQL ? value_exact(text) : value_text(text),
		value_text(revision->id),
		value_text(names_text(&revision->down, NULL, arena)),
		value_text(names_text(&revision->depends, NULL, arena)),
		value_text(names_text(&node->labels, NULL, arena)),
		value_text(revision->message),
		value_text(*revision->create_date ? revision->create_date
						  : NULL),
		value_integer(node_is_head(&site->graph, at)),
		current,
		value_text(path_of(site, revision)),
		value_text(flags & LOOK_SQL ? text : NULL),
	};
	return call_row(call, values, e);
}

enum status look_row(struct call *call, const struct site *site, size_t node,
		     unsigned flags, struct error *e)
{
	return look_row_text(call, site, node, look_text(site, node, flags),
			     flags, e);
}

enum status look_row_unknown(struct call *call, const char *version,
			     struct error *e)
{
	struct value values[LOOK_NCOLUMNS] = {
		value_text(arena_printf(call->arena, "%s (missing)", version)),
		value_text(version),
		[8] = value_integer(1),
	};

	return call_row(call, values, e);
}
