/* The revision that stands for all that was done before taskmgr came. */
#ifndef MIGRATE_BASELINE_H
#define MIGRATE_BASELINE_H

#define BASELINE_MESSAGE "baseline: the tables as they were found"

#endif
