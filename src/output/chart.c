/*
 * Bars: the last column is their length, those before it are their names.  As
 * in a table the first rows are held until they determine the scale; a later
 * bar that is too long is cut.  Rows of one column have no names: their values
 * are counted in a histogram, and the bars are its bins.
 */
#include "output/format.h"

#include <math.h>
#include <string.h>

#include "util/text.h"

enum {
	HELD_BARS = 1000,
	DEFAULT_WIDTH = 80, /* to a pipe */
	LEAST_BAR = 10,
	EIGHTHS = 8,
};

struct bar {
	const char *name, *number;
	double length; /* of the value, without its sign */
};

struct chart {
	struct bar *bars;
	size_t nbars;
	double longest;
	size_t name_width, number_width, bar_width;
	bool open; /* the scale is fixed */
	/* Of one column: */
	struct histogram histogram;
	size_t nnulls, ninfinite;
};

enum status chart_begin(struct writer *writer, struct error *e)
{
	(void)e;
	writer->state = arena_zero(writer->arena, sizeof(struct chart));
	return OK;
}

static double bar_length(struct value value)
{
	double length = value.kind == VALUE_INTEGER ? (double)value.integer
			: value.kind == VALUE_REAL  ? value.real
						    : 0;

	return isfinite(length) ? fabs(length) : 0;
}

/* A value as text, in the writer's arena. */
static const char *bar_text(struct writer *writer, size_t i, struct value value)
{
	BUFFER(text);

	if (value.kind == VALUE_NULL)
		return writer_null(writer, "NULL");
	cell_value(&text, writer->columns[i], value, cell_visible);
	return arena_copy(writer->arena, buffer_string(&text));
}

static enum status read_bar(struct writer *writer, const struct value *values,
			    struct bar *out, struct error *e)
{
	size_t last = writer->ncolumns - 1;
	BUFFER(name);

	if (values[last].kind == VALUE_TEXT ||
	    values[last].kind == VALUE_BLOB) {
		fail(e, USAGE, "a chart needs a number in its last column, %s",
		     writer->columns[last]->name);
		error_hint(e, "choose the columns with --columns");
		return USAGE;
	}
	for (size_t i = 0; i < last; i++)
		buffer_printf(&name, "%s%s", i ? " " : "",
			      bar_text(writer, i, values[i]));
	*out = (struct bar){
		.name = arena_copy(writer->arena, buffer_string(&name)),
		.number = bar_text(writer, last, values[last]),
		.length = bar_length(values[last]),
	};
	return OK;
}

static void add_repeated(struct buffer *out, const char *text, size_t count)
{
	for (size_t i = 0; i < count; i++)
		buffer_text(out, text);
}

/* A length in eighths of a column. */
static void draw_length(const struct writer *writer, size_t eighths)
{
	static const char *const parts[EIGHTHS] = { "",  "▏", "▎", "▍",
						    "▌", "▋", "▊", "▉" };
	struct buffer *out = writer_buffer(writer);

	if (!writer->options->unicode) {
		add_repeated(out, "#", (eighths + EIGHTHS / 2) / EIGHTHS);
		return;
	}
	add_repeated(out, "█", eighths / EIGHTHS);
	buffer_text(out, parts[eighths % EIGHTHS]);
}

static void draw_bar(const struct writer *writer, const struct bar *bar)
{
	const struct chart *chart = writer->state;
	struct buffer *out = writer_buffer(writer);
	size_t head = text_cut(bar->name, strlen(bar->name), chart->name_width);
	size_t name = text_width(bar->name, head);
	size_t number = strlen(bar->number);
	double part = chart->longest > 0 ? bar->length / chart->longest : 0;

	buffer_add(out, bar->name, head);
	add_repeated(out, " ", chart->name_width - name);
	if (chart->name_width)
		buffer_byte(out, ' ');
	if (number < chart->number_width)
		add_repeated(out, " ", chart->number_width - number);
	buffer_text(out, bar->number);
	if (bar->length > 0)
		buffer_byte(out, ' ');
	draw_length(writer, (size_t)((part < 1 ? part : 1) * EIGHTHS *
					     (double)chart->bar_width +
				     0.5));
	buffer_byte(out, '\n');
}

/* The names get at most half of the width, the bars what is left. */
static void fix_scale(struct writer *writer)
{
	struct chart *chart = writer->state;
	size_t width = writer->options->width ? writer->options->width
					      : DEFAULT_WIDTH;
	size_t taken;

	chart->open = true;
	for (size_t i = 0; i < chart->nbars; i++) {
		const struct bar *bar = &chart->bars[i];
		size_t name = text_width(bar->name, strlen(bar->name));
		size_t number = strlen(bar->number);

		if (name > chart->name_width)
			chart->name_width = name;
		if (number > chart->number_width)
			chart->number_width = number;
		if (bar->length > chart->longest)
			chart->longest = bar->length;
	}
	if (chart->name_width > width / 2)
		chart->name_width = width / 2;
	taken = chart->name_width + chart->number_width + 2;
	chart->bar_width = taken + LEAST_BAR < width ? width - taken
						     : LEAST_BAR;
}

static enum status open_chart(struct writer *writer, struct error *e)
{
	const struct chart *chart = writer->state;

	fix_scale(writer);
	for (size_t i = 0; i < chart->nbars; i++) {
		draw_bar(writer, &chart->bars[i]);
		if (sink_flush_if_full(writer->sink, e) != OK)
			return e->status;
	}
	return OK;
}

static void count_value(struct chart *chart, struct value value)
{
	const double number = value.kind == VALUE_REAL ? value.real
						       : (double)value.integer;

	if (value.kind == VALUE_NULL)
		chart->nnulls++;
	else if (isfinite(number))
		histogram_add(&chart->histogram, number);
	else
		chart->ninfinite++;
}

static void add_bin(struct writer *writer, const char *name, size_t count)
{
	struct chart *chart = writer->state;

	*LIST_ADD(writer->arena, chart->bars, chart->nbars) = (struct bar){
		.name = name,
		.number = arena_printf(writer->arena, "%zu", count),
		.length = (double)count,
	};
}

/* A time in microseconds and the like has all its digits. */
static const char *edge_name(double edge, bool parts, struct arena *arena)
{
	return arena_printf(
		arena, parts || fabs(edge) >= 1e18 ? "%.15g" : "%.0f", edge);
}

static const char *bin_name(const struct writer *writer,
			    const struct histogram_bin *bin, bool parts)
{
	const char *least = edge_name(bin->least, parts, writer->arena);
	const char *most = edge_name(bin->most, parts, writer->arena);

	if (strcmp(least, most) == 0)
		return least;
	return arena_printf(writer->arena, "%s to %s%s", least,
			    parts ? "<" : "", most);
}

/* The bins become the bars. */
static void take_bins(struct writer *writer)
{
	struct chart *chart = writer->state;
	struct histogram_bin bins[HISTOGRAM_BINS];
	size_t nbins = chart->histogram.ncounted
			       ? histogram_bins(&chart->histogram, bins)
			       : 0;

	chart->nbars = 0;
	if (chart->nnulls)
		add_bin(writer, writer_null(writer, "NULL"), chart->nnulls);
	for (size_t i = 0; i < nbins; i++)
		add_bin(writer,
			bin_name(writer, &bins[i], chart->histogram.parts),
			bins[i].count);
	if (chart->ninfinite)
		add_bin(writer, "infinite", chart->ninfinite);
}

enum status chart_row(struct writer *writer, const struct value *values,
		      struct error *e)
{
	struct chart *chart = writer->state;
	struct arena *arena = writer->arena;
	struct bar bar;
	ARENA(passing);
	enum status status;

	if (writer->ncolumns == 1 && values->kind != VALUE_TEXT &&
	    values->kind != VALUE_BLOB) {
		count_value(chart, *values);
		if (writer->nrows)
			return OK;
	}
	if (!chart->open && chart->nbars < HELD_BARS) {
		if (read_bar(writer, values, &bar, e) == OK)
			*LIST_ADD(arena, chart->bars, chart->nbars) = bar;
		return e->status;
	}
	if (!chart->open && open_chart(writer, e) != OK)
		return e->status;
	/* Later bars need no memory of their own. */
	writer->arena = &passing;
	status = read_bar(writer, values, &bar, e);
	if (status == OK)
		draw_bar(writer, &bar);
	writer->arena = arena;
	return status;
}

enum status chart_end(struct writer *writer, struct error *e)
{
	const struct chart *chart = writer->state;

	if (writer->ncolumns == 1 && writer->nrows > 1)
		take_bins(writer);
	return chart->open ? OK : open_chart(writer, e);
}
