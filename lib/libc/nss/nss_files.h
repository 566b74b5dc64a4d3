/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Account files: lines of colon separated fields, and the frame of the
 * look-ups over them.
 *
 * A kind of entry (struct nss_kind) says how a line becomes an entry.  From
 * that come the methods of the "files" source for nsdispatch(3) and the
 * functions programs call, reentrant and not.
 */
#ifndef _NSS_FILES_H_
#define	_NSS_FILES_H_

#include <db.h>
#include <nsswitch.h>
#include <pthread.h>
#include <stdbool.h>
#include <stdio.h>

struct nss_key {
	int		how;		/* nss_lt_* */
	const char	*name;
	unsigned int	id;
};

struct nss_answer {
	void		*entry;
	char		*buf;
	size_t		size;
	int		*errnop;
};

struct nss_kind;

/* The data of a method: which kind, and how it is looked up. */
struct nss_method_arg {
	struct nss_kind	*kind;
	int		how;
};

struct nss_kind {
	const char	*database;	/* NSDB_* */
	const char	*method[4];	/* name by nss_lt_*; 0: rewind */
	/* Opens the file; *full says that it has all fields. */
	FILE		*(*open)(bool *full);
	/*
	 * Makes an entry of a line if it is the one asked for, else returns
	 * NS_NOTFOUND; NS_RETURN with ERANGE if the buffer is too small.
	 */
	int		(*fill)(const char *line, size_t n, bool full,
			    const struct nss_key *, const struct nss_answer *);
	/* A database made from the file, if there is one. */
	DB		*(*open_db)(void);
	int		(*from_db)(DB *, const struct nss_key *,
			    const struct nss_answer *);

	struct nss_method_arg arg[4];
	ns_dtab		table[4][2];

	pthread_mutex_t	lock;		/* of the next five */
	FILE		*stream;	/* where an enumeration is */
	DB		*db;
	bool		full;
	bool		started;
	unsigned int	number;		/* of the next entry, from 1 */

	void		*entry;		/* static result */
	char		*buf;		/* its strings */
	size_t		size;
};

/* The parts of an initialiser that are the same for all kinds. */
#define	NSS_KIND_METHODS(k)						\
	.arg = { { &(k), 0 }, { &(k), nss_lt_name }, { &(k), nss_lt_id }, \
	    { &(k), nss_lt_all } },					\
	.table = {							\
		{ { NSSRC_FILES, __nss_files_rewind, &(k) } },		\
		{ { NSSRC_FILES, __nss_files_lookup,			\
		    &(k).arg[nss_lt_name] } },				\
		{ { NSSRC_FILES, __nss_files_lookup,			\
		    &(k).arg[nss_lt_id] } },				\
		{ { NSSRC_FILES, __nss_files_next, &(k) } },		\
	},								\
	.lock = PTHREAD_MUTEX_INITIALIZER

/* Methods for nsdispatch(). */
int	__nss_files_lookup(void *, void *, va_list);
int	__nss_files_next(void *, void *, va_list);
int	__nss_files_rewind(void *, void *, va_list);

/* The next entry of an open file that the key asks for. */
int	__nss_files_scan(struct nss_kind *, FILE *, bool full,
	    const struct nss_key *, const struct nss_answer *);

/* What programs call; errors are returned as by getpwnam_r(3). */
int	__nss_get(struct nss_kind *, const struct nss_key *, void *entry,
	    char *buf, size_t, void **result);
void	*__nss_get_static(struct nss_kind *, const struct nss_key *);
void	__nss_rewind(struct nss_kind *, int stayopen);

/* Splits at colons in place; returns the number of fields (max at most). */
int	__nss_split(char *line, char **field, int max);
/* A number in a field; false if it is not one. */
bool	__nss_number(const char *, unsigned long max, unsigned long *);
/* Whether a line whose third field is an id is the one asked for. */
bool	__nss_line_matches(const char *, const struct nss_key *);

/* Buffers of the functions that return static data. */
#define	NSS_BUF_FIRST	1024
#define	NSS_BUF_LAST	(1024 * 1024)

extern const ns_src __nss_compat_sources[];

#endif
