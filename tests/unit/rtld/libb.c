/* SPDX-License-Identifier: BSD-2-Clause */
/* Needed by liba, initialised before it. */
extern int order[8], norder;
int	b_value(void);

static void __attribute__((__constructor__))
init(void)
{
	order[norder++] = 'b';
}

int
b_value(void)
{
	return (1234);
}
