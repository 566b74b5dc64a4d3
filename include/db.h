/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Databases in files: hash tables, B-trees, numbered records.
 */
#ifndef _DB_H_
#define _DB_H_

#include <sys/cdefs.h>
#include <sys/types.h>
#include <limits.h>

#define RET_ERROR	(-1)
#define RET_SUCCESS	0
#define RET_SPECIAL	1	/* not there, or there already */

#define MAX_PAGE_NUMBER	0xffffffff
typedef uint32_t	pgno_t;
#define MAX_PAGE_OFFSET	65535
typedef uint16_t	indx_t;
#define MAX_REC_NUMBER	0xffffffff
typedef uint32_t	recno_t;

/* A key or a datum. */
typedef struct {
	void	*data;
	size_t	size;
} DBT;

/* Flags of the operations. */
#define R_CURSOR	1
#define __R_UNUSED	2
#define R_FIRST		3
#define R_IAFTER	4
#define R_IBEFORE	5
#define R_LAST		6
#define R_NEXT		7
#define R_NOOVERWRITE	8
#define R_PREV		9
#define R_SETCURSOR	10
#define R_RECNOSYNC	11

typedef enum {
	DB_BTREE, DB_HASH, DB_RECNO
} DBTYPE;

/* dbopen(): in the file mode, beside O_*. */
#define DB_LOCK		0x20000000
#define DB_SHMEM	0x40000000
#define DB_TXN		0x80000000

typedef struct __db {
	DBTYPE	type;
	int	(*close)(struct __db *);
	int	(*del)(const struct __db *, const DBT *, unsigned int);
	int	(*get)(const struct __db *, const DBT *, DBT *, unsigned int);
	int	(*put)(const struct __db *, DBT *, const DBT *, unsigned int);
	int	(*seq)(const struct __db *, DBT *, DBT *, unsigned int);
	int	(*sync)(const struct __db *, unsigned int);
	void	*internal;
	int	(*fd)(const struct __db *);
} DB;

#define BTREEMAGIC	0x053162
#define BTREEVERSION	3

typedef struct {
#define R_DUP		0x01	/* allow duplicate keys */
	unsigned long	flags;
	unsigned int	cachesize;	/* bytes */
	int		maxkeypage;
	int		minkeypage;
	unsigned int	psize;		/* page size */
	int	(*compare)(const DBT *, const DBT *);
	size_t	(*prefix)(const DBT *, const DBT *);
	int		lorder;		/* byte order */
} BTREEINFO;

#define HASHMAGIC	0x061561
#define HASHVERSION	2

typedef struct {
	unsigned int	bsize;		/* bucket size */
	unsigned int	ffactor;	/* keys a bucket */
	unsigned int	nelem;		/* keys expected */
	unsigned int	cachesize;	/* bytes */
	uint32_t	(*hash)(const void *, size_t);
	int		lorder;		/* byte order */
} HASHINFO;

typedef struct {
#define R_FIXEDLEN	0x01	/* records of fixed length */
#define R_NOKEY		0x02	/* key is not needed */
#define R_SNAPSHOT	0x04	/* read the input when opening */
	unsigned long	flags;
	unsigned int	cachesize;	/* bytes */
	unsigned int	psize;		/* page size */
	int		lorder;		/* byte order */
	size_t		reclen;
	unsigned char	bval;		/* delimiter or padding */
	char		*bfname;	/* B-tree file */
} RECNOINFO;

#ifdef __DBINTERFACE_PRIVATE
#define M_32_SWAP(a)	((a) = __builtin_bswap32(a))
#define M_16_SWAP(a)	((a) = __builtin_bswap16(a))
#endif

__BEGIN_DECLS
DB	*dbopen(const char *, int, int, DBTYPE, const void *);
__END_DECLS

#endif /* !_DB_H_ */
