#include "http/answer/tag.h"

#include "resource/model/resource.h"
#include "util/text.h"

/* FNV-1a in 64 bits (RFC 9923): makes an accidental match unlikely enough. */
static uint64_t hash(const char *data, size_t length)
{
	uint64_t sum = UINT64_C(0xcbf29ce484222325);

	for (size_t i = 0; i < length; i++)
		sum = (sum ^ (unsigned char)data[i]) * UINT64_C(0x100000001b3);
	return sum;
}

const char *tag_make(const char *data, size_t length, struct arena *arena)
{
	const uint64_t sum = hash(data, length);
	char tag[2 * sizeof(sum) + 2] = { '"' };

	*text_hex(tag + 1, &sum, sizeof(sum)) = '"';
	return arena_copy_n(arena, tag, sizeof(tag));
}

/* Whether a list of tags has tag; with weak, "W/" before one is ignored. */
static bool list_has(struct slice list, const char *tag, bool weak)
{
	while (list.data) {
		struct slice item = slice_trim(slice_cut(&list, ','));

		if (weak && item.length > 2 && !memcmp(item.data, "W/", 2)) {
			item.data += 2;
			item.length -= 2;
		}
		if (slice_is(item, tag) || slice_is(item, "*"))
			return true;
	}
	return false;
}

/* The tag of the same bytes when they are compressed (8.8.3.3). */
static const char *tag_of_gzip(const char *tag, struct arena *arena)
{
	return arena_printf(arena, "%.*s-gzip\"", (int)strlen(tag) - 1, tag);
}

/* Looks in all lines of the field: together they are one list. */
static bool field_has(const struct request *request, const char *name,
		      const char *tag, bool weak)
{
	for (size_t i = 0; i < request->nfields; i++) {
		const struct request_field *field = &request->fields[i];

		if (slice_is_fold(request_slice(request, field->name), name) &&
		    list_has(request_slice(request, field->value), tag, weak))
			return true;
	}
	return false;
}

void tag_response(const struct request *request, struct arena *arena,
		  struct response *response)
{
	bool reads = request->method == HTTP_GET ||
		     request->method == HTTP_HEAD;
	const char *tag;

	tag = tag_make(response->body.data, response->body.length, arena);
	if (response->gzip)
		tag = tag_of_gzip(tag, arena);
	response_field(response, "ETag", tag);
	if (!reads || !field_has(request, "if-none-match", tag, true))
		return;
	response->status = 304;
	response->media_type = NULL;
	response->body.length = 0;
}

/* The arguments that show the row which call changes. */
static bool show_arguments(const struct call *call,
			   const struct operation *show, const char *key,
			   struct arguments *out)
{
	int from = operation_find_parameter(call->operation, key);
	int to = operation_find_parameter(show, key);
	size_t n = show->nparameters;
	const struct values *list;

	if (from < 0 || to < 0)
		return false;
	*out = (struct arguments){
		.values = arena_array(call->arena, n, sizeof(*out->values)),
		.given = arena_array(call->arena, n, sizeof(*out->given)),
		.lists = arena_array(call->arena, n, sizeof(*out->lists)),
	};
	list = &call->arguments->lists[from];
	out->given[to] = true;
	out->lists[to] = (struct values){
		.items = list->count ? list->items
				     : &call->arguments->values[from],
		.count = list->count ? list->count : 1,
	};
	return true;
}

/* The stored row, as show prints it. */
static enum status read_row(const struct reply *reply, struct sink *sink,
			    struct error *e)
{
	const struct output_options options = { .format = "json" };
	const struct operation *show = reply->entry->row;
	struct arguments arguments;
	struct call call;

	if (!show_arguments(&reply->call, show,
			    reply->entry->resource->key_name, &arguments))
		return fail(e, CHANGED, "No row has this tag");
	call = (struct call){
		.context = reply->call.context,
		.arena = reply->arena,
		.operation = show,
		.arguments = &arguments,
	};
	if (writer_new(&options, show->columns, show->ncolumns, sink,
		       reply->arena, &call.writer, e) != OK ||
	    show->run(&call, e) != OK)
		return e->status;
	return writer_end(call.writer, e);
}

static enum status judge_row(const struct reply *reply, const struct sink *sink,
			     struct error *e)
{
	const struct request *request = reply->request;
	const char *plain = tag_make(sink->buffer.data, sink->buffer.length,
				     reply->arena);
	const char *packed = tag_of_gzip(plain, reply->arena);

	if ((request_field(request, "if-match").data &&
	     !field_has(request, "if-match", plain, false) &&
	     !field_has(request, "if-match", packed, false)) ||
	    field_has(request, "if-none-match", plain, true) ||
	    field_has(request, "if-none-match", packed, true))
		return fail(e, CHANGED, "The row has another tag");
	return OK;
}

enum status tag_check(const struct reply *reply, struct error *e)
{
	struct sink sink;

	if (!reply->entry->row ||
	    (!request_field(reply->request, "if-match").data &&
	     !request_field(reply->request, "if-none-match").data))
		return OK;
	sink_init_memory(&sink);
	if (read_row(reply, &sink, e) == OK)
		e->status = judge_row(reply, &sink, e);
	sink_clear(&sink);
	return e->status;
}
