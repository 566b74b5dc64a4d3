/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Characters made visible, and back.
 */
#ifndef _VIS_H_
#define _VIS_H_

#include <sys/cdefs.h>
#include <sys/types.h>

#define VIS_OCTAL	0x00000001
#define VIS_CSTYLE	0x00000002
#define VIS_SP		0x00000004
#define VIS_TAB		0x00000008
#define VIS_NL		0x00000010
#define VIS_WHITE	0x0000001c
#define VIS_SAFE	0x00000020
#define VIS_DQ		0x00008000
#define VIS_ALL		0x00010000
#define VIS_NOSLASH	0x00000040
#define VIS_HTTP1808	0x00000080
#define VIS_HTTPSTYLE	0x00000080
#define VIS_MIMESTYLE	0x00000100
#define VIS_HTTP1866	0x00000200
#define VIS_NOESCAPE	0x00000400
#define _VIS_END	0x00000800
#define VIS_GLOB	0x00001000
#define VIS_SHELL	0x00002000
#define VIS_META	0x0000301c
#define VIS_NOLOCALE	0x00004000

/* unvis(): what it returns, and its last call. */
#define UNVIS_VALID	1
#define UNVIS_VALIDPUSH	2
#define UNVIS_NOCHAR	3
#define UNVIS_SYNBAD	(-1)
#define UNVIS_ERROR	(-2)
#define UNVIS_END	2048

__BEGIN_DECLS
char	*vis(char *, int, int, int);
char	*nvis(char *, size_t, int, int, int);
char	*svis(char *, int, int, int, const char *);
char	*snvis(char *, size_t, int, int, int, const char *);
int	strvis(char *, const char *, int);
int	stravis(char **, const char *, int);
int	strnvis(char *, size_t, const char *, int);
int	strsvis(char *, const char *, int, const char *);
int	strsnvis(char *, size_t, const char *, int, const char *);
int	strvisx(char *, const char *, size_t, int);
int	strnvisx(char *, size_t, const char *, size_t, int);
int	strenvisx(char *, size_t, const char *, size_t, int, int *);
int	strsvisx(char *, const char *, size_t, int, const char *);
int	strsnvisx(char *, size_t, const char *, size_t, int, const char *);
int	strsenvisx(char *, size_t, const char *, size_t, int, const char *,
	    int *);
int	strunvis(char *, const char *);
int	strnunvis(char *, size_t, const char *);
int	strunvisx(char *, const char *, int);
int	strnunvisx(char *, size_t, const char *, int);
int	unvis(char *, int, int *, int);
__END_DECLS

#endif /* !_VIS_H_ */
