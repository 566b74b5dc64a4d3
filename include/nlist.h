/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Symbols of a file.
 */
#ifndef _NLIST_H_
#define _NLIST_H_

#include <sys/cdefs.h>

struct nlist {
	union {
		const char	*n_name;
		long		n_strx;
	} n_un;
	unsigned char	n_type;		/* N_* */
	char		n_other;
	short		n_desc;
	unsigned long	n_value;
};
#define n_hash	n_desc

#define N_UNDF		0
#define N_ABS		2
#define N_TEXT		4
#define N_DATA		6
#define N_BSS		8
#define N_INDR		10
#define N_SIZE		12
#define N_COMM		18
#define N_SETA		20
#define N_SETT		22
#define N_SETD		24
#define N_SETB		26
#define N_SETV		28
#define N_FN		30
#define N_WARN		30
#define N_EXT		1
#define N_TYPE		30
#define N_STAB		224
#define AUX_OBJECT	1
#define AUX_FUNC	2
#define BIND_WEAK	2
#define N_FORMAT	"%08x"

__BEGIN_DECLS
int	nlist(const char *, struct nlist *);
__END_DECLS

#endif /* !_NLIST_H_ */
