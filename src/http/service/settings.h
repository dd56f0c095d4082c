/* The settings that the listener is started with. */
#ifndef HTTP_SERVICE_SETTINGS_H
#define HTTP_SERVICE_SETTINGS_H

#include "http/wire/slice.h"
#include "util/error.h"

struct http_settings {
	const char *host;        /* an address, or localhost */
	int port;                /* 0: any free port */
	const char *unix_socket; /* a path, used instead; NULL: none */
	int threads;             /* that read, at most */
	const char *allow_hosts; /* a list of further names for Host; or NULL */
	const char *cors;        /* a list of origins, or "*"; NULL: none */
	const char *root_path;   /* "/x" below which a proxy serves it, or "" */
	const char *token_file;  /* bearer tokens; NULL: none are needed */
	const char *access_log;  /* a file, or "-"; NULL: none */
	bool insecure;           /* serves other machines without tokens */
	bool reload;             /* follows the files of its settings */
	bool no_docs;            /* neither /docs nor /openapi.json */
	bool read_only;          /* changes are refused */
};

/* USAGE for a setting whose text is not of the required form. */
CHECKED enum status http_settings_check(const struct http_settings *settings,
					struct error *e);

/* Whether a comma-separated list contains that name, in any case. */
bool http_list_has(const char *list, struct slice name);

#endif
