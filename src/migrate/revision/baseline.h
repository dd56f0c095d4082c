/* The message of the revision that creates the tables found by db init. */
#ifndef MIGRATE_BASELINE_H
#define MIGRATE_BASELINE_H

#define BASELINE_MESSAGE "baseline: the tables as they were found"

#endif
