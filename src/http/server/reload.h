/* --reload: follows the files that a listener is made from. */
#ifndef HTTP_SERVER_RELOAD_H
#define HTTP_SERVER_RELOAD_H

#include "http/service/service.h"

enum { RELOAD_PAUSE = 200 }; /* milliseconds between looks */

/* What a look compares; all zero: there is no such file. */
struct reload_stamp {
	dev_t device;
	ino_t inode;
	off_t size;
	struct timespec time;
};

struct reload {
	const struct service *service; /* NULL: nothing is followed */
	struct arena arena;
	const char *settings[2]; /* taskmgr.ini, the tokens; NULL: none */
	const char *schema[2];   /* schema.sql, the folder of revisions */
	struct reload_stamp settings_stamps[2], schema_stamps[2];
	bool settings_changed, schema_changed; /* and may change further */
	int64_t looked;                        /* ticks */
};

/* Begins to follow the files of a service, if its settings ask for it. */
void reload_open(struct reload *reload, const struct service *service);
void reload_close(struct reload *reload);

/*
 * Looks at the files, if the pause is over.  After a change to schema.sql or
 * the revisions, notes what the database lacks and the command to run.  True
 * if the settings changed and are valid: the listener is to be started again.
 */
bool reload_look(struct reload *reload, int64_t now);

#endif
