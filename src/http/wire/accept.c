#include "http/wire/accept.h"

/* How much the client likes a media type; the most specific range decides. */
struct liking {
	int quality;     /* thousandths; 0: not at all */
	int specificity; /* 0: not named, 1: any, 2: type, 3: type and subtype */
};

/* qvalue = 0 to 1 with up to three decimals (RFC 9110, 12.4.2). */
static int read_quality(struct slice text)
{
	int quality = 0, unit = 1000;

	for (size_t i = 0; i < text.length && unit; i++) {
		if (text.data[i] == '.' && i == 1)
			continue;
		if (text.data[i] < '0' || text.data[i] > '9')
			return 0;
		quality += (text.data[i] - '0') * unit;
		unit /= 10;
	}
	return quality > 1000 ? 1000 : quality;
}

static int quality_of(struct slice parameters)
{
	while (parameters.data) {
		struct slice value = slice_trim(slice_cut(&parameters, ';'));
		struct slice name = slice_cut(&value, '=');

		if (slice_is_fold(name, "q"))
			return read_quality(value);
	}
	return 1000;
}

static int match(struct slice range, const char *media_type)
{
	size_t length = strcspn(media_type, ";");
	size_t type = strcspn(media_type, "/");

	if (slice_is(range, "*/*"))
		return 1;
	if (range.length == type + 2 && range.data[type + 1] == '*' &&
	    !strncasecmp(range.data, media_type, type + 1))
		return 2;
	return range.length == length &&
			       !strncasecmp(range.data, media_type, length)
		       ? 3
		       : 0;
}

static void like_line(struct slice line, const char *media_type,
		      struct liking *liking)
{
	while (line.data) {
		struct slice range = slice_trim(slice_cut(&line, ','));
		struct slice name = slice_trim(slice_cut(&range, ';'));
		int specificity = match(name, media_type);

		if (specificity <= liking->specificity)
			continue;
		liking->specificity = specificity;
		liking->quality = quality_of(range);
	}
}

static struct liking like(const struct request *request, const char *media_type)
{
	struct liking liking = { .quality = 0 };

	for (size_t i = 0; i < request->nfields; i++) {
		const struct request_field *field = &request->fields[i];

		if (slice_is_fold(request_slice(request, field->name),
				  "accept"))
			like_line(request_slice(request, field->value),
				  media_type, &liking);
	}
	return liking;
}

static bool is_better(struct liking a, struct liking b)
{
	if (a.quality != b.quality)
		return a.quality > b.quality;
	return a.specificity > b.specificity;
}

const struct output_format *accept_format(const struct request *request)
{
	const struct output_format *best = output_format_find("json");
	struct liking most;

	if (!request_field(request, "accept").data)
		return best;
	most = like(request, best->media_type);
	for (const struct output_format *f = output_formats; f->name; f++) {
		struct liking liking = like(request, f->media_type);

		if (!is_better(liking, most))
			continue;
		best = f;
		most = liking;
	}
	return most.quality ? best : NULL;
}

struct codings {
	int gzip, identity, any; /* their qualities; -1: not named */
};

static void read_codings(struct slice line, struct codings *codings)
{
	while (line.data) {
		struct slice item = slice_trim(slice_cut(&line, ','));
		struct slice name = slice_trim(slice_cut(&item, ';'));

		if (slice_is_fold(name, "gzip") ||
		    slice_is_fold(name, "x-gzip"))
			codings->gzip = quality_of(item);
		else if (slice_is_fold(name, "identity"))
			codings->identity = quality_of(item);
		else if (slice_is(name, "*"))
			codings->any = quality_of(item);
	}
}

bool accept_gzip(const struct request *request)
{
	struct codings codings = { -1, -1, -1 };
	int gzip, identity;

	for (size_t i = 0; i < request->nfields; i++) {
		const struct request_field *field = &request->fields[i];

		if (slice_is_fold(request_slice(request, field->name),
				  "accept-encoding"))
			read_codings(request_slice(request, field->value),
				     &codings);
	}
	gzip = codings.gzip >= 0 ? codings.gzip : codings.any;
	identity = codings.identity >= 0 ? codings.identity : codings.any;
	return gzip > 0 && gzip >= identity;
}

bool accept_problem(const struct request *request)
{
	struct liking liking = like(request, MEDIA_PROBLEM);

	return liking.specificity == 3 && liking.quality;
}
