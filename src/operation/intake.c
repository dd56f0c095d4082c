#include "operation/intake.h"

/* A request's query can give a field of its one record only. */
static const char *missing_place(const struct completion *completion,
				 const struct parameter *parameter,
				 long position)
{
	const bool query = completion->body && position < 0 &&
			   parameter->flags & PARAMETER_QUERY;

	return completion->sent && !query ? "body" : completion->place;
}

static void require_fields(const struct completion *completion,
			   const struct fields *record, long position,
			   struct error *e)
{
	const struct operation *operation = completion->operation;
	unsigned wanted = PARAMETER_REQUIRED |
			  (completion->whole ? PARAMETER_WHOLE : 0u);

	for (size_t i = 0; i < operation->nparameters; i++) {
		const struct parameter *p = &operation->parameters[i];

		if (p->role != PARAMETER_FIELD || !(p->flags & wanted) ||
		    record_has(operation, record, i))
			continue;
		problem_add(e, missing_place(completion, p, position),
			    "missing", arena_copy(e->arena, p->name),
			    "Field required")
			->record = position;
	}
}

/*
 * Options override the same field of every record.  A request's query does not:
 * it may only have an equal value.
 */
static void merge(const struct completion *completion, struct fields *record,
		  long position, struct error *e)
{
	const struct operation *operation = completion->operation;
	const struct fields *options = completion->options;
	const bool query = strcmp(completion->place, "query") == 0;

	for (size_t i = 0; i < operation->nparameters; i++) {
		if (!options->given[i])
			continue;
		if (query && record->given[i] &&
		    !value_equal(record->values[i], options->values[i]))
			problem_add(e, "body", "value_error",
				    arena_copy(e->arena,
					       operation->parameters[i].name),
				    "the query has another value")
				->record = position;
		record->values[i] = options->values[i];
		record->given[i] = true;
	}
}

void record_complete(const struct completion *completion, struct fields *record,
		     long position, struct error *e)
{
	merge(completion, record, position, e);
	require_fields(completion, record, position, e);
}

static void require_records(const struct record_reader *reader, struct error *e)
{
	if (reader->count || reader->many || e->nproblems > reader->faults)
		return;
	problem_add(e, "body", "missing", NULL, "Field required")->input =
		"null";
}

void records_decode(const struct input *input,
		    const struct completion *completion, struct arena *arena,
		    struct arguments *arguments, struct error *e)
{
	struct feed feed;
	struct record_reader reader = {
		.operation = completion->operation,
		.feed = &feed,
		.body = input->body,
		.kept = true,
		.arena = arena,
		.e = e,
		.faults = e->nproblems,
	};
	struct fields record;

	feed_open_text(&feed, input->data, input->data_length);
	feed.name = input->body ? "the body" : "the text";
	if (feed_skip_mark(&feed, e) != OK)
		return;
	if (input->body &&
	    !records_are_shallow(feed_rest(&feed), feed_left(&feed))) {
		records_refuse_depth(e);
		return;
	}
	for (;;) {
		record = (struct fields){ .said = false };
		fields_init(&record, completion->operation, arena);
		if ((input->lines
			     ? records_next_line(&reader, &record)
			     : records_next(&reader, &record)) != RECORD_READ)
			break;
		*LIST_ADD(arena, arguments->records,
			  arguments->nrecords) = record;
		if (record.said)
			record_complete(completion, &record, reader.position,
					e);
		if (error_is_full(e))
			break;
	}
	arguments->many = reader.many;
	/* JSON Lines without a line are an empty list. */
	if (!reader.count && !input->body)
		arguments->many = reader.many = true;
	require_records(&reader, e);
}

struct intake {
	struct completion completion;
	struct record_reader reader;
	struct fields record;
	bool ended;
};

static void clear_record(struct intake *intake)
{
	size_t n = intake->completion.operation->nparameters;

	memset(intake->record.given, 0, n * sizeof(*intake->record.given));
	intake->record.said = false;
	intake->record.nested = NULL;
	intake->record.nnested = 0;
}

/* Reads and completes the next record of the feed; false at the end. */
static bool read_next(struct intake *intake, struct arena *arena,
		      struct error *e)
{
	if (intake->ended)
		return false;
	intake->reader.arena = arena;
	intake->reader.e = e;
	intake->reader.faults = 0;
	clear_record(intake);
	if (records_next(&intake->reader, &intake->record) != RECORD_READ) {
		intake->ended = true;
		return false;
	}
	if (intake->record.said)
		record_complete(&intake->completion, &intake->record,
				intake->reader.position, e);
	return true;
}

void intake_start(struct feed *feed, const struct completion *completion,
		  struct arena *arena, struct arguments *arguments,
		  struct error *e)
{
	struct intake *intake = arena_zero(arena, sizeof(*intake));

	intake->completion = *completion;
	intake->reader = (struct record_reader){
		.operation = completion->operation,
		.feed = feed,
	};
	fields_init(&intake->record, completion->operation, arena);
	if (feed_skip_mark(feed, e) != OK)
		return;
	arguments->intake = intake;
	arguments->records = &intake->record;
	arguments->nrecords = read_next(intake, arena, e);
	/* JSON Lines without a line are an empty list. */
	arguments->many = intake->reader.many || !arguments->nrecords;
	/*
	 * With a bad first record nothing is begun, so that all problems can be
	 * listed.
	 */
	while (e->nproblems && !error_is_full(e) && read_next(intake, arena, e))
		continue;
}

bool arguments_next(const struct arguments *arguments, struct arena *arena,
		    struct fields **record, struct error *e)
{
	*record = &arguments->intake->record;
	return read_next(arguments->intake, arena, e);
}
