#include "engine/sql.h"
#include "engine/sqlite.h"
#include "util/buffer.h"

static const char *quote_text(struct arena *arena, const char *text, char quote)
{
	BUFFER(buffer);

	buffer_byte(&buffer, quote);
	for (const char *p = text; *p; p++) {
		if (*p == quote)
			buffer_byte(&buffer, quote);
		buffer_byte(&buffer, *p);
	}
	buffer_byte(&buffer, quote);
	return arena_copy_n(arena, buffer.data, buffer.length);
}

const char *sql_name(struct arena *arena, const char *name)
{
	return quote_text(arena, name, '"');
}

const char *sql_literal(struct arena *arena, const char *text)
{
	return quote_text(arena, text, '\'');
}

bool engine_is_keyword(const char *name)
{
	return sqlite3_keyword_check(name, (int)strlen(name));
}

bool engine_has_collation(const char *name)
{
	return sqlite3_stricmp(name, "BINARY") == 0 ||
	       sqlite3_stricmp(name, "NOCASE") == 0 ||
	       sqlite3_stricmp(name, "RTRIM") == 0;
}
