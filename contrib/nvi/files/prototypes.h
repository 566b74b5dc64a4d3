/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Declarations nvi's own headers miss; included before every source file.
 */
#include <stddef.h>

struct _scr;
int	conv_enc(struct _scr *, int, char *);
void	conv_init(struct _scr *, struct _scr *);

int	setupterm(const char *, int, int *);
char	*tgoto(const char *, int, int);
int	tputs(const char *, int, int (*)(int));
