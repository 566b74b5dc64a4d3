/* SPDX-License-Identifier: BSD-2-Clause */
/* Opened at run time. */
#include "t.h"

extern int c_events;
__thread int c_tls = 5;
__thread int c_ie __attribute__((__tls_model__("initial-exec"))) = 11;
int	c_value(void);
int	c_ie_get(void);
int	c_next(void);
int	interposed(void);
int	b_value(void);

static void __attribute__((__constructor__))
init(void)
{
	c_events += 1;
}

static void __attribute__((__destructor__))
fini(void)
{
	c_events += 100;
}

int
c_value(void)
{
	return (c_tls++ + b_value());
}

int
c_ie_get(void)
{
	return (c_ie++);
}

int
c_next(void)
{
	int (*f)(void) = (int (*)(void))dlsym(RTLD_DEFAULT, "interposed");

	return (f());
}
