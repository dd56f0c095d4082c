#include "util/text.h"

#include <string.h>

enum width_kind { WIDTH_NARROW, WIDTH_ZERO, WIDTH_SPACING, WIDTH_WIDE };

struct width_range {
	uint32_t first, last : 24, kind : 8;
};

#include "width_table.h"

enum {
	ZWJ = 0x200d,
	EMOJI_STYLE = 0xfe0f, /* VS16 */
};

static enum width_kind width_kind(uint32_t code)
{
	size_t low = 0, high = sizeof(width_table) / sizeof(*width_table);

	while (low < high) {
		size_t middle = (low + high) / 2;
		const struct width_range *range = &width_table[middle];

		if (code < range->first)
			high = middle;
		else if (code > range->last)
			low = middle + 1;
		else
			return (enum width_kind)range->kind;
	}
	return WIDTH_NARROW;
}

static bool is_between(uint32_t code, uint32_t first, uint32_t last)
{
	return code >= first && code <= last;
}

/*
 * The characters that VS16, ZWJ and skin tones turn into a picture: the blocks
 * that contain emoji.  Others in them never occur with those three.
 */
static bool is_emoji(uint32_t code)
{
	return is_between(code, 0x1f000, 0x1faff) ||
	       is_between(code, 0x2190, 0x2bff) || code == 0xa9 ||
	       code == 0xae || code == 0x203c || code == 0x2049 ||
	       code == 0x2122 || code == 0x2139 || code == 0x3030 ||
	       code == 0x303d || code == 0x3297 || code == 0x3299;
}

static bool is_keycap(uint32_t code)
{
	return is_between(code, '0', '9') || code == '#' || code == '*';
}

static bool is_flag_letter(uint32_t code)
{
	return is_between(code, 0x1f1e6, 0x1f1ff);
}

static bool is_skin_tone(uint32_t code)
{
	return is_between(code, 0x1f3fb, 0x1f3ff);
}

struct cluster {
	size_t size, width;
	uint32_t base; /* what the cluster begins with */
	uint32_t last; /* its latest code point */
	bool flag;     /* two regional indicators */
};

/* Adds code to the cluster if it belongs to it. */
static bool cluster_extend(struct cluster *cluster, uint32_t code)
{
	enum width_kind kind = width_kind(code);
	bool emoji = is_emoji(cluster->base);
	bool picture = false;

	if (is_flag_letter(code)) {
		if (cluster->flag || !is_flag_letter(cluster->last))
			return false;
		cluster->flag = picture = true;
	} else if (is_skin_tone(code) || cluster->last == ZWJ) {
		if (!emoji)
			return false;
		picture = true;
	} else if (code == EMOJI_STYLE) {
		picture = emoji || is_keycap(cluster->base);
	} else if (kind == WIDTH_SPACING) {
		cluster->width++;
	} else if (kind != WIDTH_ZERO) {
		return false;
	}
	if (picture)
		cluster->width = 2;
	cluster->last = code;
	return true;
}

static size_t code_width(uint32_t code)
{
	switch (width_kind(code)) {
	case WIDTH_ZERO:
		return 0;
	case WIDTH_WIDE:
		return 2;
	case WIDTH_NARROW:
	case WIDTH_SPACING:
		break;
	}
	return 1;
}

/* The first cluster of text, which is not empty. */
static struct cluster cluster_next(const char *text, size_t length)
{
	struct cluster cluster = { 0 };
	char escape[TEXT_ESCAPE];
	uint32_t code = utf8_decode(text, length, &cluster.size);
	size_t size;

	cluster.base = cluster.last = code;
	cluster.width = text_escape(code, (unsigned char)text[0], escape);
	if (cluster.width)
		return cluster;
	cluster.width = code_width(code);
	while (cluster.size < length) {
		const char *next = text + cluster.size;

		if (!((unsigned char)*next & 0x80))
			break;
		code = utf8_decode(next, length - cluster.size, &size);
		if (text_escape(code, (unsigned char)*next, escape) ||
		    !cluster_extend(&cluster, code))
			break;
		cluster.size += size;
	}
	return cluster;
}

/* The number of printable ASCII bytes at the start of text. */
static size_t ascii_run(const char *text, size_t length)
{
	const uint64_t ones = UINT64_MAX / 255, highs = ones * 128;
	size_t i = 0;

	for (; length - i >= 8; i += 8) {
		uint64_t word;

		memcpy(&word, text + i, sizeof(word));
		if ((word | (word - ones * 0x20) | (word + ones)) & highs)
			break;
	}
	while (i < length && text[i] >= 0x20 && text[i] < 0x7f)
		i++;
	return i;
}

/*
 * The same, without the last byte if the next character could join it in a
 * cluster.
 */
static size_t ascii_clusters(const char *text, size_t length)
{
	size_t run = ascii_run(text, length);

	return run && run < length ? run - 1 : run;
}

size_t text_width(const char *text, size_t length)
{
	size_t i = 0, width = 0;

	while (i < length) {
		size_t run = ascii_clusters(text + i, length - i);
		struct cluster cluster;

		i += run;
		width += run;
		if (i == length)
			break;
		cluster = cluster_next(text + i, length - i);
		i += cluster.size;
		width += cluster.width;
	}
	return width;
}

size_t text_cut(const char *text, size_t length, size_t width)
{
	size_t i = 0;

	while (i < length) {
		size_t run = ascii_clusters(text + i, length - i);
		struct cluster cluster;

		if (run > width)
			return i + width;
		i += run;
		width -= run;
		if (i == length)
			break;
		cluster = cluster_next(text + i, length - i);
		if (cluster.width > width)
			break;
		i += cluster.size;
		width -= cluster.width;
	}
	return i;
}
