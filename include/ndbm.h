/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Hash table databases, 4.3BSD.
 */
#ifndef _NDBM_H_
#define _NDBM_H_

#include <sys/cdefs.h>
#include <sys/types.h>
#include <db.h>

#define DBM_INSERT	0
#define DBM_REPLACE	1
#define DBM_SUFFIX	".db"

typedef struct {
	void	*dptr;
	size_t	dsize;
} datum;

typedef DB	DBM;
#define dbm_pagfno(a)	DBM_PAGFNO_NOT_AVAILABLE

__BEGIN_DECLS
int	dbm_clearerr(DBM *);
void	dbm_close(DBM *);
int	dbm_delete(DBM *, datum);
int	dbm_dirfno(DBM *);
int	dbm_error(DBM *);
datum	dbm_fetch(DBM *, datum);
datum	dbm_firstkey(DBM *);
datum	dbm_nextkey(DBM *);
DBM	*dbm_open(const char *, int, mode_t);
int	dbm_store(DBM *, datum, datum, int);
__END_DECLS

#endif /* !_NDBM_H_ */
