#include "http/server/handle.h"

#include "http/answer/problem.h"
#include "http/answer/reply.h"
#include "http/answer/tag.h"
#include "http/jobs/job.h"
#include "http/jobs/jobs.h"
#include "http/service/cors.h"
#include "http/service/guard.h"
#include "http/wire/coding.h"
#include "http/wire/uri.h"

enum {
	SINK_KEEP = 1024 * 1024, /* bytes that the sink keeps at most */
	DECODE_MOST = 64 * 1024, /* of the largest body decoded on the loop */
};

static void answer_options(const char *allow, struct response *response)
{
	response->status = 204;
	response_field(response, "Allow", allow);
}

static void show_page(struct service *service, const struct request *request,
		      const struct page *page, struct arena *arena,
		      struct response *response)
{
	const struct page_view view = { service, page, arena, response };
	struct metrics *metrics = &service->metrics;
	struct error e;

	error_init(&e, arena);
	jobs_count(service->jobs, &metrics->reads, &metrics->writes);
	if (page->show(&view, &e) == OK) {
		response_field(response, "Vary", "Accept-Encoding");
		coding_choose(request, response);
		tag_response(request, arena, response);
		coding_apply(arena, response);
	} else {
		problem_report(&e, request, service->operator, arena, response);
	}
}

/* The path's route for the method; NULL: response is the answer. */
static const struct router_entry *pick_route(const struct service *service,
					     const struct request *request,
					     struct router_group group,
					     struct arena *arena,
					     struct response *response)
{
	const struct router_entry *entry = router_pick(group, request->method);

	if (request->method == HTTP_OPTIONS) {
		answer_options(router_allow(group, arena), response);
		return NULL;
	}
	if (!entry) {
		problem_of_status(405, NULL, arena, response);
		response_field(response, "Allow", router_allow(group, arena));
		return NULL;
	}
	return guard_admits_route(service, request, entry, arena, response)
		       ? entry
		       : NULL;
}

/* "/users/count" is "/user/count": a table's name can be used as the noun. */
static struct router_group find_by_table(const struct service *service,
					 const char *path, struct arena *arena)
{
	size_t length = strcspn(path + 1, "/");
	const char *word = arena_copy_n(arena, path + 1, length);
	const char *noun = catalog_find_noun(&service->edition->catalog, word);

	return router_find(
		&service->edition->router,
		noun ? arena_printf(arena, "/%s%s", noun, path + 1 + length)
		     : path);
}

static struct router_group find_group(const struct service *service,
				      const char *path, struct arena *arena)
{
	struct router_group group;

	/* "http://localhost" means "http://localhost/". */
	group = router_find(&service->edition->router, *path ? path : "/");
	if (!group.count && strlen(path) > 1)
		group = find_by_table(service, path, arena);
	if (group.count && group.entries->page && group.entries->page->docs &&
	    service->settings->no_docs)
		group.count = 0;
	return group;
}

/* The path as a proxy that takes --root-path away would have sent it. */
static const char *below_root(const struct service *service, const char *path)
{
	const char *root = service->settings->root_path;
	size_t length = strlen(root);

	if (strncmp(path, root, length) == 0 &&
	    (!path[length] || path[length] == '/'))
		path += length;
	return path;
}

static const struct router_entry *find_route(const struct service *service,
					     const struct request *request,
					     struct arena *arena,
					     struct response *response)
{
	struct slice path = uri_decode(request_slice(request, request->path),
				       arena);
	struct router_group group;

	if (strlen(path.data) != path.length) {
		problem_of_status(400, "The path has a NUL", arena, response);
		return NULL;
	}
	group = find_group(service, path.data, arena);
	if (!group.count)
		group = find_group(service, below_root(service, path.data),
				   arena);
	if (!(group.count && group.entries->page &&
	      group.entries->page->open) &&
	    !tokens_admit(&service->tokens, request, arena, response))
		return NULL;
	if (group.count)
		return pick_route(service, request, group, arena, response);
	problem_of_status(404, NULL, arena, response);
	return NULL;
}

const struct router_entry *handle_head(struct service *service,
				       const struct request *request,
				       struct arena *arena,
				       struct response *response)
{
	struct error e;

	*response = (struct response){ .status = 200 };
	error_init(&e, arena);
	if (!guard_admits(service->settings, request, arena, response) ||
	    cors_answer_preflight(service->settings, request, response))
		return NULL;
	if (request->asterisk) {
		answer_options("GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS",
			       response);
		return NULL;
	}
	if (service_refresh(service, &e) != OK) {
		problem_report(&e, request, service->operator, arena, response);
		return NULL;
	}
	return find_route(service, request, arena, response);
}

/* Finding a row by its key takes less time than waking a thread; finding all
   rows related to it, which a second parameter can ask for, may not. */
static bool is_quick(const struct service *service,
		     const struct router_entry *entry,
		     const struct request *request)
{
	struct slice query = request_slice(request, request->query);

	return entry->operation->flags & OPERATION_QUICK && !service->blocked &&
	       !(query.length && memchr(query.data, '&', query.length));
}

static void run_quick(struct service *service, const struct router_entry *entry,
		      const struct request *request, struct arena *arena,
		      struct response *response)
{
	struct reply reply = {
		.operator= service->operator,
		.root_path = service->settings->root_path,
		.entry = entry,
		.request = request,
		.arena = arena,
		.sink = &service->sink,
		.response = response,
	};

	if (service->sink.buffer.capacity > SINK_KEEP)
		sink_clear(&service->sink);
	reply_init(&reply);
	if (!reply_decode(&reply))
		return;
	reply_prepare(&reply, &service->context);
	reply_read(&reply);
	reply_finish(&reply);
}

static struct job *begin_job(struct service *service,
			     const struct router_entry *entry,
			     const struct request *request)
{
	struct job *job = job_new(service, entry, request);

	job->large = request->body.length > DECODE_MOST;
	if (!job->large && !reply_decode(&job->reply)) {
		job->ready = true;
	} else if (!jobs_add(service->jobs, job)) {
		job_refuse(job);
		job->ready = true;
	}
	return job;
}

struct job *handle_request(struct service *service,
			   const struct request *request, struct arena *arena,
			   struct response *response)
{
	const struct router_entry *entry = handle_head(service, request, arena,
						       response);

	if (!entry)
		return NULL;
	if (!entry->page && !is_quick(service, entry, request))
		return begin_job(service, entry, request);
	if (entry->page)
		show_page(service, request, entry->page, arena, response);
	else
		run_quick(service, entry, request, arena, response);
	return NULL;
}
