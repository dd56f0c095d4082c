/* File names, for parameters whose value is one. */
#ifndef DESCRIBE_COMPLETE_FILE_H
#define DESCRIBE_COMPLETE_FILE_H

#include "operation/operation.h"

/*
 * Offers what begins with word, in order: paths as a person types them, a
 * folder with its slash.  With folders, nothing else.  A folder that cannot be
 * read has nothing.
 */
void complete_files(const char *word, bool folders, struct arena *arena,
		    offer_candidate *offer, void *data);

#endif
