/* How the listener is started. */
#ifndef HTTP_SERVICE_SETTINGS_H
#define HTTP_SERVICE_SETTINGS_H

#include <stdbool.h>
#include <stddef.h>

struct http_settings {
	const char *host;               /* an address, or localhost */
	int port;                       /* 0: any that is free */
	const char *const *allow_hosts; /* further names it is asked as */
	size_t nallow_hosts;
	bool read_only; /* nothing may be changed */
};

#endif
