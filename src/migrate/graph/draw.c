/*
 * Lanes are at even positions of a row.  Below a node, each stroke moves one
 * position to the left per row, or several along a line of underscores, until
 * it is in its lane.
 */
#include "migrate/graph/draw.h"

#include <string.h>

struct draw draw_of(const struct graph *graph, const bool *shown,
		    struct arena *arena)
{
	/* Each node opens at most one lane per parent. */
	size_t lanes = 1;

	for (size_t i = 0; i < graph->count; i++)
		lanes += 1 + graph->nodes[i].down.count;
	return (struct draw){
		.graph = graph,
		.shown = shown,
		.arena = arena,
		.lanes.nodes = arena_array(arena, lanes, sizeof(size_t)),
		.below.nodes = arena_array(arena, lanes, sizeof(size_t)),
		.edges = arena_array(arena, 2 * lanes, sizeof(int)),
		.drawn = arena_array(arena, 2 * lanes, sizeof(int)),
	};
}

struct nodes draw_order(const struct graph *graph, const bool *shown,
			struct arena *arena)
{
	size_t *children = arena_array(arena, graph->count + 1,
				       sizeof(*children));
	struct nodes order = { 0 }, ready = { 0 };

	for (size_t i = 0; i < graph->count; i++)
		for (size_t j = 0; shown[i] && j < graph->nodes[i].down.count;
		     j++)
			children[graph->nodes[i].down.items[j]]++;
	for (size_t i = 0; i < graph->count; i++)
		if (shown[i] && !children[i])
			nodes_add(&ready, i, arena);
	while (ready.count) {
		size_t node = ready.items[--ready.count];
		const struct nodes *down = &graph->nodes[node].down;

		nodes_add(&order, node, arena);
		for (size_t i = 0; i < down->count; i++)
			if (shown[down->items[i]] &&
			    !--children[down->items[i]])
				nodes_add(&ready, down->items[i], arena);
	}
	return order;
}

static int find_lane(const struct lanes *lanes, size_t node)
{
	int i = 0;

	while (i < lanes->count && lanes->nodes[i] != node)
		i++;
	return i;
}

static void lead_to(struct draw *draw, int position, int lane)
{
	while (draw->nedges <= position)
		draw->edges[draw->nedges++] = -1;
	draw->edges[position] = lane;
}

/* Adds a stroke below the row, to a continuing lane or to a parent. */
static void add_edge(struct draw *draw, size_t node, bool first_of_merge)
{
	int lane = find_lane(&draw->below, node);
	int left = draw->at - lane;

	if (lane == draw->below.count)
		draw->below.nodes[draw->below.count++] = node;
	if (first_of_merge && left > 0) {
		draw->leans = true;
		draw->added = (int)draw->parents.count - 2;
		lead_to(draw, draw->width - (left > 1 ? 2 * left - 3 : 1),
			lane);
	} else if (!first_of_merge && draw->added > 0 && draw->width > 1 &&
		   draw->edges[draw->width - 2] == lane) {
		draw->added = -1;
	} else {
		if (first_of_merge)
			draw->added = (int)draw->parents.count - 1;
		lead_to(draw, draw->width, lane);
		draw->width += 2;
	}
}

static void add_parents(struct draw *draw)
{
	for (size_t i = 0; i < draw->parents.count; i++)
		add_edge(draw, draw->parents.items[i],
			 i == 0 && draw->parents.count > 1);
	if (!draw->parents.count)
		draw->width += 2;
}

static void begin_node(struct draw *draw, size_t node)
{
	const struct nodes *down = &draw->graph->nodes[node].down;

	draw->last_at = draw->at;
	draw->last_added = draw->added;
	draw->at = find_lane(&draw->lanes, node);
	if (draw->at == draw->lanes.count)
		draw->lanes.nodes[draw->lanes.count++] = node;
	draw->parents.count = 0;
	for (size_t i = 0; i < down->count; i++)
		if (draw->shown[down->items[i]])
			nodes_add(&draw->parents, down->items[i], draw->arena);
	draw->below.count = draw->nedges = draw->width = draw->added = 0;
	draw->leans = false;
	for (int i = 0; i < draw->lanes.count; i++)
		if (i == draw->at)
			add_parents(draw);
		else
			add_edge(draw, draw->lanes.nodes[i], false);
}

/* The dashes to the parents drawn beside an octopus merge. */
static int count_dashes(const struct draw *draw)
{
	int count = (int)draw->parents.count - (draw->leans ? 3 : 2);

	return count > 0 ? count : 0;
}

static void add_chars(struct buffer *row, char c, int count)
{
	while (count-- > 0)
		buffer_byte(row, c);
}

/* Moves lanes aside for an octopus merge. */
static void spread_row(const struct draw *draw, int step, struct buffer *row)
{
	bool fork = draw->last == ROW_FORK;

	for (int i = 0; i < draw->lanes.count; i++) {
		bool right = i > draw->at;
		bool moves = step || (fork && draw->last_at < i);

		buffer_byte(row, right && moves ? '\\' : '|');
		add_chars(row, ' ', i == draw->at ? step + 1 : 1);
	}
}

/* The character of a lane beside the node, to match the adjacent rows. */
static char lane_char(const struct draw *draw, int i)
{
	bool right = i > draw->at;
	bool fork = draw->last == ROW_FORK && draw->last_added > 0 &&
		    draw->last_at < i;
	int at = 2 * i;

	if (right && (draw->added > 1 || (draw->added == 1 && fork)))
		return '\\';
	if (!(right && draw->added == 1) && draw->last == ROW_SLIDE &&
	    at + 1 < draw->ndrawn && draw->drawn[at + 1] == i &&
	    (at >= draw->nedges || draw->edges[at] < i))
		return '/';
	return '|';
}

static void node_row(const struct draw *draw, struct buffer *row)
{
	for (int i = 0; i < draw->lanes.count; i++) {
		buffer_byte(row, i == draw->at ? '*' : lane_char(draw, i));
		if (i == draw->at && count_dashes(draw)) {
			add_chars(row, '-', 2 * count_dashes(draw) - 1);
			buffer_byte(row, '.');
		}
		buffer_byte(row, ' ');
	}
}

/* "|\", or "|/|" if the first parent is to the left. */
static void fork_strokes(const struct draw *draw, struct buffer *row)
{
	int last = (int)draw->parents.count - 1;

	for (int i = 0; i <= last; i++) {
		int stroke = i + !draw->leans;

		buffer_byte(row, stroke == 0 ? '/' : stroke == 1 ? '|' : '\\');
		if (stroke > 1 && (draw->added > 0 || i < last))
			buffer_byte(row, ' ');
	}
	if (!draw->added)
		buffer_byte(row, ' ');
}

static void fork_row(const struct draw *draw, struct buffer *row)
{
	int first = find_lane(&draw->lanes, draw->parents.items[0]);

	for (int i = 0; i < draw->lanes.count; i++)
		if (i == draw->at) {
			fork_strokes(draw, row);
		} else if (i > draw->at) {
			buffer_byte(row, draw->added > 0 ? '\\' : '|');
			buffer_byte(row, ' ');
		} else {
			buffer_byte(row, '|');
			if (!draw->leans || i < draw->at - 1)
				buffer_byte(row, i > first ? '_' : ' ');
		}
}

static bool is_settled(const struct draw *draw)
{
	for (int i = 0; i < draw->nedges; i++)
		if (draw->edges[i] >= 0 && draw->edges[i] != i / 2)
			return false;
	return true;
}

/* A line of underscores along which a stroke moves; from is -1 if none. */
struct draw_line {
	int lane, from;
};

static void start_line(struct draw *draw, struct draw_line *line, int lane,
		       int from, int position)
{
	if (line->from >= 0)
		return;
	*line = (struct draw_line){ lane, from };
	for (int i = 2 * lane + 3; i < position - 2; i += 2)
		draw->edges[i] = lane;
}

/* Moves each stroke to the left, across others, until it joins one with the
   same lane. */
static struct draw_line slide_strokes(struct draw *draw)
{
	struct draw_line line = { .from = -1 };
	int *before = draw->edges;

	draw->edges = draw->drawn;
	for (int i = 0; i < draw->nedges; i++)
		draw->edges[i] = -1;
	for (int i = 0; i < draw->nedges; i++) {
		int lane = before[i];

		if (lane < 0)
			continue;
		if (2 * lane == i) {
			draw->edges[i] = lane;
		} else if (draw->edges[i - 1] < 0) {
			draw->edges[i - 1] = lane;
			start_line(draw, &line, lane, i, i);
		} else if (draw->edges[i - 1] != lane) {
			draw->edges[i - 2] = lane;
			start_line(draw, &line, lane, i - 1, i);
		}
	}
	draw->drawn = before;
	memcpy(draw->drawn, draw->edges,
	       (size_t)draw->nedges * sizeof(*draw->drawn));
	draw->ndrawn = draw->nedges;
	if (draw->edges[draw->nedges - 1] < 0)
		draw->nedges--;
	return line;
}

static void slide_row(struct draw *draw, struct buffer *row)
{
	struct draw_line line = slide_strokes(draw);
	bool on_line = false;

	for (int i = 0; i < draw->nedges; i++) {
		int lane = draw->edges[i];

		if (lane < 0) {
			buffer_byte(row, ' ');
		} else if (2 * lane == i) {
			buffer_byte(row, '|');
		} else if (line.from >= 0 && lane == line.lane &&
			   i != line.from - 1) {
			/* The line is drawn whole, in this row only. */
			if (i != 2 * lane + 3)
				draw->edges[i] = -1;
			on_line = true;
			buffer_byte(row, '_');
		} else {
			if (on_line && i < line.from)
				draw->edges[i] = -1;
			buffer_byte(row, '/');
		}
	}
}

static void rest_row(const struct lanes *lanes, struct buffer *row)
{
	for (int i = 0; i < lanes->count; i++)
		buffer_text(row, "| ");
}

static enum draw_row next_row(const struct draw *draw)
{
	if (draw->last == ROW_NODE && draw->parents.count > 1)
		return ROW_FORK;
	return is_settled(draw) ? ROW_REST : ROW_SLIDE;
}

/* Ends the row with the next line of the text, if any. */
static void end_row(const struct draw *draw, const char **text,
		    struct buffer *row, struct buffer *out)
{
	size_t length = strcspn(*text, "\n");

	if (length)
		add_chars(row, ' ', draw->width - (int)row->length);
	buffer_add(row, *text, length);
	*text += length + ((*text)[length] == '\n');
	while (row->length && row->data[row->length - 1] == ' ')
		row->length--;
	buffer_add(out, row->data, row->length);
	buffer_byte(out, '\n');
	row->length = 0;
}

static void draw_rows(struct draw *draw, const char *text, struct buffer *out)
{
	bool spread = draw->parents.count > 2 &&
		      draw->at < draw->lanes.count - 1;
	const char *none = "";
	BUFFER(row);

	for (int i = 0; spread && i < 2 * count_dashes(draw); i++) {
		spread_row(draw, i, &row);
		end_row(draw, &none, &row, out);
		draw->last = ROW_SPREAD;
	}
	node_row(draw, &row);
	end_row(draw, &text, &row, out);
	draw->last = ROW_NODE;
	while (*text || next_row(draw) != ROW_REST) {
		enum draw_row next = next_row(draw);

		if (next == ROW_FORK)
			fork_row(draw, &row);
		else if (next == ROW_SLIDE)
			slide_row(draw, &row);
		else
			rest_row(&draw->below, &row);
		if (next != ROW_REST)
			draw->last = next;
		end_row(draw, &text, &row, out);
	}
}

/* Without an empty row, a node below a base would look like its child. */
static bool is_below_base(const struct draw *draw, size_t node)
{
	return draw->width && !draw->parents.count &&
	       draw->at == draw->lanes.count &&
	       find_lane(&draw->lanes, node) == draw->lanes.count;
}

const char *draw_node(struct draw *draw, size_t node, const char *text)
{
	const char *none = "";
	struct lanes above;
	BUFFER(row);
	BUFFER(out);

	if (is_below_base(draw, node)) {
		rest_row(&draw->lanes, &row);
		end_row(draw, &none, &row, &out);
	}
	begin_node(draw, node);
	draw_rows(draw, text, &out);
	above = draw->lanes;
	draw->lanes = draw->below;
	draw->below = above;
	return arena_copy_n(draw->arena, out.data, out.length - 1);
}
