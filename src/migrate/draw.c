#include "migrate/draw.h"

#include <string.h>

struct draw draw_of(const struct graph *graph, struct arena *arena)
{
	/* Each node opens at most as many lanes as it has parents. */
	size_t lanes = 1;
	for (size_t i = 0; i < graph->count; i++)
		lanes += 1 + graph->nodes[i].down.count;
	return (struct draw){
		.graph = graph,
		.lanes = arena_array(arena, lanes, sizeof(size_t)),
	};
}

static void insert_lane(struct draw *draw, size_t at, size_t node)
{
	memmove(draw->lanes + at + 1, draw->lanes + at,
		(draw->nlanes - at) * sizeof(*draw->lanes));
	draw->lanes[at] = node;
	draw->nlanes++;
}

static void remove_lane(struct draw *draw, size_t at)
{
	draw->nlanes--;
	memmove(draw->lanes + at, draw->lanes + at + 1,
		(draw->nlanes - at) * sizeof(*draw->lanes));
}

static size_t find_lane(const struct draw *draw, size_t from, size_t node)
{
	while (from < draw->nlanes && draw->lanes[from] != node)
		from++;
	return from;
}

static void add_bars(struct buffer *out, size_t count, const char *bar)
{
	for (size_t i = 0; i < count; i++)
		buffer_text(out, bar);
}

static void end_line(struct buffer *out)
{
	while (out->length && out->data[out->length - 1] == ' ')
		out->length--;
	buffer_byte(out, '\n');
}

/* Two lanes wait for the same node: "|/", or "|_|/" over others. */
static void join_lanes(struct draw *draw, size_t left, size_t right,
		       struct buffer *out)
{
	add_bars(out, left, "| ");
	add_bars(out, right - left - 1, "|_");
	buffer_text(out, "|/");
	for (size_t i = right + 1; i < draw->nlanes; i++)
		buffer_text(out, " /");
	end_line(out);
	remove_lane(draw, right);
}

/* A parent more: "|\". */
static void open_lane(struct draw *draw, size_t left, size_t parent,
		      struct buffer *out)
{
	add_bars(out, left, "| ");
	buffer_text(out, "|\\");
	for (size_t i = left + 1; i < draw->nlanes; i++)
		buffer_text(out, " \\");
	end_line(out);
	insert_lane(draw, left + 1, parent);
}

/* A base ends its lane, and those beside it move up. */
static void close_lane(struct draw *draw, size_t lane, struct buffer *out)
{
	remove_lane(draw, lane);
	draw->ended = lane == draw->nlanes;
	if (draw->ended)
		return;
	add_bars(out, lane, "| ");
	for (size_t i = lane; i < draw->nlanes; i++)
		buffer_text(out, " /");
	end_line(out);
}

static void add_text(const struct draw *draw, size_t lane, const char *text,
		     struct buffer *out)
{
	for (const char *line = text; *line;) {
		size_t length = strcspn(line, "\n");
		add_bars(out, lane, "| ");
		buffer_text(out, line == text ? "* " : "| ");
		add_bars(out, draw->nlanes - lane - 1, "| ");
		buffer_add(out, line, length);
		end_line(out);
		line += length + (line[length] == '\n');
	}
}

const char *draw_node(struct draw *draw, size_t node, const char *text,
		      struct arena *arena)
{
	const struct nodes *down = &draw->graph->nodes[node].down;
	BUFFER(out);
	size_t lane = find_lane(draw, 0, node);
	/* What stands below a base would look like its child. */
	if (lane == draw->nlanes && draw->ended) {
		add_bars(&out, lane, "| ");
		end_line(&out);
	}
	if (lane == draw->nlanes)
		insert_lane(draw, lane, node);
	draw->ended = false;
	for (size_t other;
	     (other = find_lane(draw, lane + 1, node)) < draw->nlanes;)
		join_lanes(draw, lane, other, &out);
	add_text(draw, lane, text, &out);
	if (down->count)
		draw->lanes[lane] = down->items[0];
	else
		close_lane(draw, lane, &out);
	for (size_t i = down->count; i-- > 1;)
		open_lane(draw, lane, down->items[i], &out);
	return arena_copy_n(arena, out.data, out.length - 1);
}
