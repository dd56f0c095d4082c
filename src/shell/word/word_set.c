/* set, timing, use: the settings of a session. */
#include <string.h>
#include <unistd.h>

#include "catalog/settings.h"
#include "shell/command/result.h"
#include "shell/word/word.h"
#include "util/buffer.h"
#include "util/text.h"

static void print_setting(const struct settings *settings,
			  const struct setting *setting, struct buffer *out)
{
	const char *field = (const char *)settings + setting->offset;
	const char *value = NULL;
	bool on = false;

	if (setting->parameter.type == TYPE_BOOLEAN) {
		memcpy(&on, field, sizeof(on));
		value = on ? "on" : "off";
	} else {
		memcpy(&value, field, sizeof(value));
	}
	buffer_printf(out, "%-11s %-9s %s\n", setting->parameter.name,
		      value ? value : "default", setting->parameter.summary);
}

static enum status get_setting(const char *name, const struct setting **out,
			       struct error *e)
{
	const struct setting *setting = setting_find(name);
	struct close_names close;

	*out = setting;
	if (setting && setting_can_change(setting))
		return OK;
	close_names_init(&close, name);
	for (setting = settings_table; setting->parameter.name; setting++)
		if (setting_can_change(setting))
			close_names_offer(&close, setting->parameter.name);
	fail(e, USAGE, "no setting \"%s\"", name);
	error_hint(e, *out && (*out)->offset == offsetof(struct settings, db)
			      ? "use FILE changes the database"
			      : "set lists them");
	close_names_suggest(&close, e);
	return USAGE;
}

static enum status print_settings(const struct word_call *call,
				  const char *name, struct error *e)
{
	struct session *session = call->session;
	const struct setting *only = NULL, *setting;
	BUFFER(out);

	if ((name && get_setting(name, &only, e) != OK) ||
	    session_point(session, NULL, call->arena, e) != OK)
		return e->status;
	for (setting = settings_table; setting->parameter.name; setting++)
		if (only ? setting == only : setting_can_change(setting))
			print_setting(&session->current, setting, &out);
	return result_print(session, &out, e);
}

/* "default" takes back what was set, also when the program was started. */
static enum status change_setting(struct session *session, const char *name,
				  const char *value, struct error *e)
{
	static const struct settings none;
	const struct setting *setting;
	struct settings changed = session->settings;
	size_t size;

	if (get_setting(name, &setting, e) != OK)
		return e->status;
	size = setting->parameter.type == TYPE_BOOLEAN ? sizeof(bool)
						       : sizeof(value);
	if (strcmp(value, "default") == 0)
		memcpy((char *)&changed + setting->offset,
		       (const char *)&none + setting->offset, size);
	else if (setting_set(&changed, setting,
			     arena_copy(&session->kept, value), e) != OK)
		return e->status;
	session->settings = changed;
	return OK;
}

enum status word_set(const struct word_call *call, struct error *e)
{
	if (call->nwords > 3)
		return fail(e, USAGE, "unexpected argument \"%s\"",
			    call->words[3]);
	if (call->nwords < 3)
		return print_settings(
			call, call->nwords > 1 ? call->words[1] : NULL, e);
	return change_setting(call->session, call->words[1], call->words[2], e);
}

enum status word_timing(const struct word_call *call, struct error *e)
{
	bool on = call->session->settings.timing;
	const char *value;

	if (word_argument(call, &value, e) != OK)
		return e->status;
	return change_setting(call->session, "timing",
			      value ? value
			      : on  ? "off"
				    : "on",
			      e);
}

static enum status print_database(const struct word_call *call, struct error *e)
{
	BUFFER(out);

	if (session_point(call->session, NULL, call->arena, e) != OK)
		return e->status;
	buffer_printf(&out, "%s\n", call->session->context.url);
	return result_print(call->session, &out, e);
}

enum status word_use(const struct word_call *call, struct error *e)
{
	struct session *session = call->session;
	struct settings before = session->settings;
	const char *url;

	if (word_argument(call, &url, e) != OK)
		return e->status;
	if (!url)
		return print_database(call, e);
	if (setting_set(&session->settings, setting_find("db"),
			arena_copy(&session->kept, url), e) != OK)
		return e->status;
	/* What can't be opened is reported now, and the old one stays. */
	if (session_point(session, NULL, call->arena, e) != OK ||
	    session_catalog(session, false, e) != OK) {
		session->settings = before;
		return e->status;
	}
	if (session->catalog.missing)
		context_note(&session->context,
			     "%s does not exist yet: db upgrade creates it",
			     url);
	return OK;
}
