/* Counts how numbers are distributed, in constant memory. */
#include "output/format.h"

#include <float.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#define MOST_BIN 1e17 /* fits an int64_t, with room for a width */

enum { LEAST_EXPONENT = -280 };

static int64_t divide_down(int64_t a, int64_t b)
{
	return a / b - (a % b < 0);
}

static void set_exponent(struct histogram *histogram, int exponent)
{
	histogram->exponent = exponent;
	histogram->scale = pow(10, abs(exponent));
}

/* In fine bins. */
static double scaled(const struct histogram *histogram, double value)
{
	return histogram->exponent < 0 ? value * histogram->scale
				       : value / histogram->scale;
}

/* A value that only rounding keeps off an edge is counted as on it. */
static int64_t fine_bin(const struct histogram *histogram, double value)
{
	const double exact = scaled(histogram, value);
	const double near = round(exact);

	return (int64_t)(fabs(exact - near) <= fabs(exact) * 1e-12
				 ? near
				 : floor(exact));
}

static double edge(const struct histogram *histogram, int64_t bin)
{
	return histogram->exponent < 0 ? (double)bin / histogram->scale
				       : (double)bin * histogram->scale;
}

/* Makes each bin ten times as wide. */
static void coarsen(struct histogram *histogram)
{
	const int64_t first = divide_down(histogram->first, 10);

	for (int64_t i = histogram->first; i <= histogram->last; i++) {
		size_t from = (size_t)(i - histogram->first);
		size_t to = (size_t)(divide_down(i, 10) - first);
		size_t count = histogram->counts[from];

		histogram->counts[from] = 0;
		histogram->counts[to] += count;
	}
	histogram->first = first;
	histogram->last = divide_down(histogram->last, 10);
	set_exponent(histogram, histogram->exponent + 1);
}

/* Moves the counts so that the first one is of the bin. */
static void extend_down(struct histogram *histogram, int64_t bin)
{
	const size_t by = (size_t)(histogram->first - bin);
	const size_t used = (size_t)(histogram->last - histogram->first) + 1;

	memmove(histogram->counts + by, histogram->counts,
		used * sizeof(*histogram->counts));
	memset(histogram->counts, 0, by * sizeof(*histogram->counts));
	histogram->first = bin;
}

/* As fine as a double is near the first value. */
static void begin(struct histogram *histogram, double value)
{
	const int exponent = value == 0 ? 0 : (int)floor(log10(fabs(value)));

	set_exponent(histogram, exponent < LEAST_EXPONENT
					? LEAST_EXPONENT - DBL_DIG
					: exponent - DBL_DIG);
	histogram->first = histogram->last = fine_bin(histogram, value);
}

void histogram_add(struct histogram *histogram, double value)
{
	int64_t bin;

	if (!histogram->ncounted++)
		begin(histogram, value);
	histogram->parts |= value != floor(value);
	while (fabs(scaled(histogram, value)) > MOST_BIN)
		coarsen(histogram);
	while ((bin = fine_bin(histogram, value)) - histogram->first >=
		       HISTOGRAM_FINE ||
	       histogram->last - bin >= HISTOGRAM_FINE)
		coarsen(histogram);
	if (bin < histogram->first)
		extend_down(histogram, bin);
	if (bin > histogram->last)
		histogram->last = bin;
	histogram->counts[bin - histogram->first]++;
}

static int64_t count_bins(const struct histogram *histogram, int64_t width)
{
	return divide_down(histogram->last, width) -
	       divide_down(histogram->first, width) + 1;
}

/* How many fine bins make one. */
static int64_t choose_width(const struct histogram *histogram)
{
	int64_t ten = 1;

	for (int i = histogram->exponent; !histogram->parts && i < 0; i++)
		ten *= 10;
	for (;; ten *= 10)
		for (int64_t times = 1; times <= 5; times += times == 2 ? 3 : 1)
			if (count_bins(histogram, times * ten) <=
			    HISTOGRAM_BINS)
				return times * ten;
}

size_t histogram_bins(const struct histogram *histogram,
		      struct histogram_bin *bins)
{
	const int64_t width = choose_width(histogram);
	const int64_t first = divide_down(histogram->first, width);
	const size_t nbins = (size_t)count_bins(histogram, width);

	for (size_t i = 0; i < nbins; i++)
		bins[i] = (struct histogram_bin){
			.least = edge(histogram, (first + (int64_t)i) * width),
			.most = edge(histogram,
				     (first + (int64_t)i + 1) * width) -
				!histogram->parts,
		};
	for (int64_t i = histogram->first; i <= histogram->last; i++)
		bins[divide_down(i, width) - first].count +=
			histogram->counts[i - histogram->first];
	return nbins;
}
