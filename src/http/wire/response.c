#include "http/wire/response.h"

#include <assert.h>
#include <stdio.h>
#include <time.h>

#include "output/writer.h"

static const struct {
	int status;
	const char *reason;
} reasons[] = {
	{ 200, "OK" },
	{ 201, "Created" },
	{ 204, "No Content" },
	{ 304, "Not Modified" },
	{ 400, "Bad Request" },
	{ 401, "Unauthorized" },
	{ 403, "Forbidden" },
	{ 404, "Not Found" },
	{ 405, "Method Not Allowed" },
	{ 406, "Not Acceptable" },
	{ 408, "Request Timeout" },
	{ 409, "Conflict" },
	{ 412, "Precondition Failed" },
	{ 413, "Content Too Large" },
	{ 414, "URI Too Long" },
	{ 415, "Unsupported Media Type" },
	{ 417, "Expectation Failed" },
	{ 421, "Misdirected Request" },
	{ 422, "Unprocessable Content" },
	{ 428, "Precondition Required" },
	{ 431, "Request Header Fields Too Large" },
	{ 500, "Internal Server Error" },
	{ 501, "Not Implemented" },
	{ 503, "Service Unavailable" },
	{ 505, "HTTP Version Not Supported" },
	{ 507, "Insufficient Storage" },
};

const char *http_reason(int status)
{
	for (size_t i = 0; i < sizeof(reasons) / sizeof(*reasons); i++) {
		if (reasons[i].status == status)
			return reasons[i].reason;
	}
	/* The phrase is for people only, and may be empty. */
	return "";
}

/* strftime would use the locale's language. */
const char http_months[12][4] = { "Jan", "Feb", "Mar", "Apr", "May", "Jun",
				  "Jul", "Aug", "Sep", "Oct", "Nov", "Dec" };

void http_date(int64_t microseconds, char date[HTTP_DATE_SIZE])
{
	static const char days[][4] = { "Sun", "Mon", "Tue", "Wed",
					"Thu", "Fri", "Sat" };
	time_t seconds = (time_t)(microseconds / 1000000);
	struct tm tm;

	gmtime_r(&seconds, &tm);
	snprintf(date, HTTP_DATE_SIZE, "%s, %02u %s %04u %02u:%02u:%02u GMT",
		 days[tm.tm_wday], (unsigned)tm.tm_mday % 100,
		 http_months[tm.tm_mon], (unsigned)(tm.tm_year + 1900) % 10000,
		 (unsigned)tm.tm_hour % 100, (unsigned)tm.tm_min % 100,
		 (unsigned)tm.tm_sec % 100);
}

void response_field(struct response *response, const char *name,
		    const char *value)
{
	size_t i = response->nfields++;

	assert(i < RESPONSE_MAX_FIELDS);
	response->fields[i].name = name;
	response->fields[i].value = value;
}

void response_json(struct response *response, int status, struct slice text)
{
	response_data(response, status, MEDIA_JSON, text);
}

void response_data(struct response *response, int status,
		   const char *media_type, struct slice text)
{
	response->status = status;
	response->media_type = media_type;
	response->body = text;
	response_field(response, "Cache-Control", "no-store");
	response_field(response, "Content-Security-Policy",
		       "default-src 'none'; frame-ancestors 'none'");
}

static void write_field(struct buffer *out, const char *name, const char *value)
{
	buffer_text(out, name);
	buffer_add(out, ": ", 2);
	buffer_text(out, value);
	buffer_add(out, "\r\n", 2);
}

static void write_status(struct buffer *out, int status)
{
	buffer_text(out, "HTTP/1.1 ");
	buffer_number(out, (size_t)status);
	buffer_byte(out, ' ');
	buffer_text(out, http_reason(status));
	buffer_add(out, "\r\n", 2);
}

void response_write(const struct response *response,
		    const struct response_frame *frame, struct buffer *out)
{
	write_status(out, response->status);
	write_field(out, "Date", frame->date);
	if (response->media_type)
		write_field(out, "Content-Type", response->media_type);
	/* 204 and 304 have no body to give the length of (RFC 9110, 8.6). */
	if (response->streamed) {
		if (frame->chunked)
			write_field(out, "Transfer-Encoding", "chunked");
	} else if (response->status != 204 && response->status != 304) {
		buffer_text(out, "Content-Length: ");
		buffer_number(out, response->body.length);
		buffer_add(out, "\r\n", 2);
	}
	for (size_t i = 0; i < response->nfields; i++)
		write_field(out, response->fields[i].name,
			    response->fields[i].value);
	write_field(out, "X-Content-Type-Options", "nosniff");
	write_field(out, "Referrer-Policy", "no-referrer");
	if (frame->close)
		write_field(out, "Connection", "close");
	buffer_add(out, "\r\n", 2);
	if (!frame->head_only && response->body.length)
		buffer_add(out, response->body.data, response->body.length);
}
