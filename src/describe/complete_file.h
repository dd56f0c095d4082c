/* Completes file names. */
#ifndef DESCRIBE_COMPLETE_FILE_H
#define DESCRIBE_COMPLETE_FILE_H

#include "operation/operation.h"

/*
 * Offers the paths that begin with word, sorted; folders end in a slash.  With
 * folders, offers nothing else.  An unreadable folder offers nothing.
 */
void complete_files(const char *word, bool folders, struct arena *arena,
		    offer_candidate *offer, void *data);

#endif
