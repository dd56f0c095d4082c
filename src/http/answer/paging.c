#include "http/answer/paging.h"

#include "http/answer/problem.h"
#include "http/wire/uri.h"
#include "util/number.h"

/* The first pair of that name with a value; input->npairs if there is none. */
static size_t find_pair(const struct input *input, const char *name)
{
	size_t i = 0;

	while (i < input->npairs && !(input->pairs[i].text &&
				      strcmp(input->pairs[i].name, name) == 0))
		i++;
	return i;
}

const char *paging_take_pair(const struct reply *reply, struct input *input,
			     const char *name)
{
	const size_t at = find_pair(input, name);
	const struct pair *all = input->pairs;
	struct pair *rest;

	if (at == input->npairs ||
	    operation_find_parameter(reply->entry->operation, name) >= 0)
		return NULL;
	input->npairs--;
	rest = arena_array(reply->arena, input->npairs, sizeof(*rest));
	for (size_t i = 0; i < input->npairs; i++)
		rest[i] = all[i + (i >= at)];
	input->pairs = rest;
	return all[at].text;
}

enum status paging_count(struct reply *reply, struct error *e)
{
	const struct output_options options = { .format = "csv",
						.no_header = true };
	const struct operation *operation = reply->entry->count;
	struct call count = {
		.context = reply->call.context,
		.arena = reply->arena,
		.operation = operation,
		.arguments = &reply->counted,
	};
	struct sink sink;

	if (!reply->counts)
		return OK;
	sink_init_memory(&sink);
	if (writer_new(&options, operation->columns, operation->ncolumns, &sink,
		       reply->arena, &count.writer, e) == OK &&
	    operation->run(&count, e) == OK &&
	    writer_end(count.writer, e) == OK)
		reply->total = arena_copy_n(
			reply->arena, buffer_string(&sink.buffer),
			strcspn(buffer_string(&sink.buffer), "\r\n"));
	sink_clear(&sink);
	return e->status;
}

static bool is_of_page(const struct reply *reply, const char *name)
{
	const struct operation *list = reply->entry->operation;
	const int i = operation_find_parameter(list, name);

	return i >= 0 && list->parameters[i].flags & PARAMETER_PAGE;
}

static bool is_true(struct reply *reply, const char *text)
{
	bool value = false;

	if (parse_boolean(text, strlen(text), &value) == PARSED)
		return value;
	problem_add(&reply->error, "query", "bool_parsing", "count",
		    "Input should be a valid boolean, unable to interpret "
		    "input");
	return error_from_problems(&reply->error) == OK;
}

/*
 * A column that is a filter of the list may have the name of an option of count,
 * as max: then it is a condition there.
 */
static struct pair counted_pair(const struct reply *reply, struct pair pair)
{
	const struct operation *list = reply->entry->operation;
	const struct operation *count = reply->entry->count;
	int in_list = operation_find_parameter(list, pair.name);
	int in_count = operation_find_parameter(count, pair.name);
	BUFFER(text);

	if (in_list < 0 || in_count < 0 || !pair.text ||
	    list->parameters[in_list].role != PARAMETER_FIELD ||
	    count->parameters[in_count].role == PARAMETER_FIELD)
		return pair;
	buffer_printf(&text, "\"%s\"=\"", list->parameters[in_list].name);
	for (const char *at = pair.text; *at; at++)
		buffer_printf(&text, "%s%c",
			      *at == '"' || *at == '\\' ? "\\" : "", *at);
	buffer_byte(&text, '"');
	return (struct pair){
		.name = "where",
		.text = arena_copy(reply->arena, text.data),
		.length = text.length,
	};
}

bool paging_take(struct reply *reply, struct input *input)
{
	struct input rest = *input;
	struct pair *pairs;
	const char *text;

	if (!reply->entry->count)
		return true;
	text = paging_take_pair(reply, input, "count");
	if (!text || !is_true(reply, text))
		return reply->error.status == OK;
	pairs = arena_array(reply->arena, input->npairs, sizeof(*pairs));
	rest.npairs = 0;
	for (size_t i = 0; i < input->npairs; i++)
		if (!is_of_page(reply, input->pairs[i].name))
			pairs[rest.npairs++] = counted_pair(reply,
							    input->pairs[i]);
	rest.pairs = pairs;
	reply->counts = true;
	return operation_decode(reply->entry->count, &rest, reply->arena,
				&reply->counted, &reply->error) == OK;
}

/* The URL of the same request, with the cursor of the next page. */
static bool is_start(const struct operation *list, struct slice name)
{
	for (size_t i = 0; i < list->nparameters; i++)
		if (list->parameters[i].flags & PARAMETER_START &&
		    slice_is(name, list->parameters[i].name))
			return true;
	return false;
}

static void add_link(struct reply *reply)
{
	const struct request *request = reply->request;
	struct slice query = request_slice(request, request->query);
	BUFFER(out);

	buffer_byte(&out, '<');
	buffer_text(&out, reply->root_path);
	uri_encode_path(&out, reply->entry->route->path);
	buffer_byte(&out, '?');
	while (request->query.length && query.data) {
		struct slice pair = slice_cut(&query, '&');
		struct slice value = pair;
		struct slice name = slice_cut(&value, '=');

		if (is_start(reply->entry->operation, name))
			continue;
		buffer_add(&out, pair.data, pair.length);
		buffer_byte(&out, '&');
	}
	buffer_text(&out, "after=");
	uri_encode(&out, reply->call.next, strlen(reply->call.next));
	buffer_text(&out, ">; rel=\"next\"");
	response_field(reply->response, "Link",
		       arena_copy(reply->arena, out.data));
}

void paging_add_fields(struct reply *reply)
{
	if (reply->total)
		response_field(reply->response, "X-Total-Count", reply->total);
	if (reply->call.next)
		add_link(reply);
}
