/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The part of a Berkeley DB 3 interface that nvi uses, over db(3) of libc.
 *
 * nvi keeps every file, every undo log and the message catalogue in a DB of
 * the numbered kind.  Functions return 0, an errno value, or DB_NOTFOUND.
 * Names of structures begin with nvi_ here because db(3) has others of the
 * usual names; include/db.h gives nvi the usual ones.
 */
#ifndef _NVIDB_H_
#define _NVIDB_H_

#include <sys/types.h>
#include <stdint.h>

#define DB_VERSION_MAJOR	3
#define DB_VERSION_MINOR	1

typedef uint32_t	db_recno_t;

#define DB_NOTFOUND	(-30990)
#define DB_MAX_RECORDS	0xffffffff

/* open */
#define DB_CREATE	0x0001
#define DB_TRUNCATE	0x0002
#define DB_PRIVATE	0x0004
#define DB_INIT_MPOOL	0x0008
#define DB_THREAD	0x0010
#define DB_NOMMAP	0x0020
/* set_flags */
#define DB_RENUMBER	0x0001
#define DB_SNAPSHOT	0x0002
/* close */
#define DB_NOSYNC	0x0001
/* get, put, c_get, c_put */
#define DB_AFTER	1
#define DB_APPEND	2
#define DB_BEFORE	3
#define DB_FIRST	4
#define DB_LAST		5
#define DB_SET		6
/* nvi_dbt.flags */
#define DB_DBT_USERMEM	0x0001	/* data is of size ulen and the caller's */

struct nvi_dbt {
	void		*data;
	uint32_t	 size;
	uint32_t	 ulen;
	uint32_t	 flags;
};

/* Only in declarations of logging that is not compiled in. */
struct nvi_lsn {
	uint32_t	file, offset;
};

struct nvi_txn;
struct nvi_dbc;

struct nvi_dbenv {
	int	(*open)(struct nvi_dbenv *, const char *, uint32_t, int);
	int	(*close)(struct nvi_dbenv *, uint32_t);
	int	(*remove)(struct nvi_dbenv *, const char *, uint32_t);
};

struct nvi_db {
	void	*actual;	/* DB of db(3) */
	char	*source;	/* text file read when opened */
	char	*path;		/* its copy for recovery */
	int	 delim;
	uint32_t flags;

	int	(*open)(struct nvi_db *, const char *, const char *, int,
		    uint32_t, int);
	int	(*close)(struct nvi_db *, uint32_t);
	int	(*sync)(struct nvi_db *, uint32_t);
	int	(*get)(struct nvi_db *, struct nvi_txn *, struct nvi_dbt *,
		    struct nvi_dbt *, uint32_t);
	int	(*put)(struct nvi_db *, struct nvi_txn *, struct nvi_dbt *,
		    struct nvi_dbt *, uint32_t);
	int	(*del)(struct nvi_db *, struct nvi_txn *, struct nvi_dbt *,
		    uint32_t);
	int	(*cursor)(struct nvi_db *, struct nvi_txn *,
		    struct nvi_dbc **, uint32_t);
	int	(*set_flags)(struct nvi_db *, uint32_t);
	int	(*set_pagesize)(struct nvi_db *, uint32_t);
	int	(*set_re_delim)(struct nvi_db *, int);
	int	(*set_re_source)(struct nvi_db *, const char *);
};

struct nvi_dbc {
	struct nvi_db	*db;
	db_recno_t	 recno;		/* where it stands */
	int	(*c_close)(struct nvi_dbc *);
	int	(*c_get)(struct nvi_dbc *, struct nvi_dbt *, struct nvi_dbt *,
		    uint32_t);
	int	(*c_put)(struct nvi_dbc *, struct nvi_dbt *, struct nvi_dbt *,
		    uint32_t);
};

int	 db_create(struct nvi_db **, struct nvi_dbenv *, uint32_t);
int	 db_env_create(struct nvi_dbenv **, uint32_t);
char	*db_strerror(int);

#endif
