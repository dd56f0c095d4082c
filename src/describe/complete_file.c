#include "describe/complete_file.h"

#include <dirent.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static bool is_folder(const struct dirent *entry, const char *folder,
		      struct arena *arena)
{
	struct stat status;

	if (entry->d_type != DT_UNKNOWN && entry->d_type != DT_LNK)
		return entry->d_type == DT_DIR;
	return stat(arena_printf(arena, "%s/%s", folder, entry->d_name),
		    &status) == 0 &&
	       S_ISDIR(status.st_mode);
}

/* Names that begin with a dot only if the dot was typed. */
static bool is_wanted(const char *name, const char *beginning)
{
	if (!strcmp(name, ".") || !strcmp(name, ".."))
		return false;
	return strncmp(name, beginning, strlen(beginning)) == 0 &&
	       (*name != '.' || *beginning == '.');
}

static int compare_file_names(const void *a, const void *b)
{
	return strcmp(*(const char *const *)a, *(const char *const *)b);
}

/* Whether SQLite made the file next to an open database: completion itself may
   have opened it. */
static bool is_beside(const char *name, const char *folder, struct arena *arena)
{
	static const char *const suffixes[] = { "-wal", "-shm", "-journal" };
	size_t length = strlen(name);

	for (size_t i = 0; i < sizeof(suffixes) / sizeof(*suffixes); i++) {
		size_t end = strlen(suffixes[i]);

		if (length > end && !strcmp(name + length - end, suffixes[i]))
			return !access(arena_printf(arena, "%s/%.*s", folder,
						    (int)(length - end), name),
				       F_OK);
	}
	return false;
}

void complete_files(const char *word, bool folders, struct arena *arena,
		    offer_candidate *offer, void *data)
{
	const char *slash = strrchr(word, '/');
	size_t length = slash ? (size_t)(slash - word) + 1 : 0;
	const char *lead = arena_copy_n(arena, word, length);
	const char *folder = length ? lead : ".";
	const char **names = NULL;
	size_t count = 0;
	DIR *open = opendir(folder);

	for (struct dirent *entry; open && (entry = readdir(open));) {
		bool is = is_wanted(entry->d_name, word + length) &&
			  is_folder(entry, folder, arena);

		if (is ||
		    (!folders && is_wanted(entry->d_name, word + length) &&
		     !is_beside(entry->d_name, folder, arena)))
			*LIST_ADD(arena, names, count) = arena_printf(
				arena, "%s%s%s", lead, entry->d_name,
				is ? "/" : "");
	}
	if (open)
		closedir(open);
	if (count)
		qsort(names, count, sizeof(*names), compare_file_names);
	for (size_t i = 0; i < count; i++)
		offer(data, names[i], NULL);
}
