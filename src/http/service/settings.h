/* The settings that the listener is started with. */
#ifndef HTTP_SERVICE_SETTINGS_H
#define HTTP_SERVICE_SETTINGS_H

#include <stdbool.h>
#include <stddef.h>

struct http_settings {
	const char *host;               /* an address, or localhost */
	int port;                       /* 0: any free port */
	const char *const *allow_hosts; /* further names that Host may have */
	size_t nallow_hosts;
	bool read_only; /* changes are refused */
};

#endif
