#include "shell/interrupt.h"

#include <signal.h>
#include <stdatomic.h>
#include <stddef.h>

static const struct context *_Atomic target;
static sigjmp_buf *_Atomic jump;
static atomic_bool stays, stopping;

static void on_interrupt(int number)
{
	const struct context *context = atomic_load(&target);
	sigjmp_buf *where = atomic_load(&jump);

	if (where)
		siglongjmp(*where, 1);
	/* The second time it is in earnest. */
	if (context && context->engine && !atomic_exchange(&stopping, true)) {
		engine_interrupt(context->engine);
		return;
	}
	if (atomic_load(&stays))
		return;
	signal(number, SIG_DFL);
	raise(number);
}

void interrupt_catch(bool stay)
{
	struct sigaction action = { .sa_handler = on_interrupt };

	atomic_store(&stays, stay);
	sigemptyset(&action.sa_mask);
	sigaction(SIGINT, &action, NULL);
}

void interrupt_target(const struct context *context)
{
	atomic_store(&stopping, false);
	atomic_store(&target, context);
}

const atomic_bool *interrupt_flag(void)
{
	return &stopping;
}

void interrupt_jump(sigjmp_buf *where)
{
	atomic_store(&jump, where);
}
