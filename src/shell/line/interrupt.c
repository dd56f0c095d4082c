#include "shell/line/interrupt.h"

#include <stddef.h>
#include <time.h>

static const int terminal_signals[] = { SIGINT, SIGTSTP, SIGWINCH };
enum { SIGNALS = sizeof(terminal_signals) / sizeof(terminal_signals[0]) };

static const struct context *_Atomic target;
static atomic_bool stopping, held;
static atomic_int noted, ended;

static bool is_kill(int number)
{
	return number == SIGTERM || number == SIGHUP;
}

static void on_signal(int number)
{
	const struct context *context = atomic_load(&target);

	/* A second one ends the program at once. */
	if ((number == SIGINT || is_kill(number)) && context &&
	    context->engine && !atomic_exchange(&stopping, true)) {
		if (is_kill(number))
			atomic_store(&ended, number);
		engine_interrupt(context->engine);
		return;
	}
	if (atomic_load(&held) && !is_kill(number)) {
		atomic_store(&noted, number);
		return;
	}
	signal(number, SIG_DFL);
	raise(number);
}

static void catch (int number)
{
	struct sigaction action = { .sa_handler = on_signal };

	sigemptyset(&action.sa_mask);
	sigaction(number, &action, NULL);
}

static void fill_signals(sigset_t *signals)
{
	sigemptyset(signals);
	for (size_t i = 0; i < SIGNALS; i++)
		sigaddset(signals, terminal_signals[i]);
}

void interrupt_catch(void)
{
	struct sigaction before;

	catch (SIGINT);
	catch (SIGTERM);
	/* nohup ignores it. */
	if (sigaction(SIGHUP, NULL, &before) == 0 &&
	    before.sa_handler != SIG_IGN)
		catch (SIGHUP);
}

bool interrupt_ended(void)
{
	return atomic_load(&ended) != 0;
}

void interrupt_end(void)
{
	int number = atomic_load(&ended);

	if (!number)
		return;
	signal(number, SIG_DFL);
	raise(number);
}

void interrupt_target(const struct context *context)
{
	const struct context *before = atomic_exchange(&target, context);

	/* An interrupt that no statement consumed must not hit the next one. */
	if (before && before->engine)
		engine_clear_interrupt(before->engine);
	atomic_store(&stopping, false);
	/* One that came after the line was read, but before this. */
	if (context && context->engine &&
	    atomic_compare_exchange_strong(&noted, &(int){ SIGINT }, 0)) {
		atomic_store(&stopping, true);
		engine_interrupt(context->engine);
	}
}

const atomic_bool *interrupt_flag(void)
{
	return &stopping;
}

void interrupt_hold(sigset_t *waiting)
{
	sigset_t signals;

	atomic_store(&held, true);
	fill_signals(&signals);
	for (size_t i = 0; i < SIGNALS; i++)
		catch (terminal_signals[i]);
	sigprocmask(SIG_BLOCK, &signals, waiting);
	for (size_t i = 0; i < SIGNALS; i++)
		sigdelset(waiting, terminal_signals[i]);
}

void interrupt_release(void)
{
	sigset_t signals;

	fill_signals(&signals);
	signal(SIGTSTP, SIG_DFL);
	signal(SIGWINCH, SIG_DFL);
	sigprocmask(SIG_UNBLOCK, &signals, NULL);
}

void interrupt_forget(void)
{
	atomic_store(&noted, 0);
}

int interrupt_noted(void)
{
	const struct timespec now = { .tv_sec = 0 };
	int number = atomic_exchange(&noted, 0);
	sigset_t signals;

	if (number)
		return number;
	/* A signal that arrived together with a key is still blocked. */
	fill_signals(&signals);
	number = sigtimedwait(&signals, NULL, &now);
	return number > 0 ? number : 0;
}
