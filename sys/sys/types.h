/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The types of system interfaces.
 */
#ifndef _SYS_TYPES_H_
#define _SYS_TYPES_H_

#include <sys/cdefs.h>
#include <sys/_null.h>
#include <machine/stdint.h>
#include <machine/endian.h>
#include <machine/types.h>
#include <sys/stdint.h>
#include <sys/_pthreadtypes.h>

#if __BSD_VISIBLE || defined(_KERNEL)
typedef unsigned char	u_char;
typedef unsigned short	u_short;
typedef unsigned int	u_int;
typedef unsigned long	u_long;
typedef unsigned char	unchar;
typedef unsigned short	ushort;
typedef unsigned int	uint;
typedef unsigned long	ulong;
#endif

typedef __uint8_t	u_int8_t;
typedef __uint16_t	u_int16_t;
typedef __uint32_t	u_int32_t;
typedef __uint64_t	u_int64_t;
typedef __uint64_t	u_quad_t;
typedef __int64_t	quad_t;
typedef quad_t		*qaddr_t;

#ifndef _IN_ADDR_T_DECLARED
#define _IN_ADDR_T_DECLARED
typedef __uint32_t	in_addr_t;
#endif
#ifndef _IN_PORT_T_DECLARED
#define _IN_PORT_T_DECLARED
typedef __uint16_t	in_port_t;
#endif

typedef char		*caddr_t;	/* an address, as bytes */
typedef const char	*c_caddr_t;
typedef volatile char	*v_caddr_t;
typedef __int64_t	blkcnt_t;	/* 512-byte blocks */
typedef __int64_t	blksize_t;	/* bytes */
typedef __int32_t	daddr_t;	/* disk address, blocks */
typedef __uint32_t	u_daddr_t;
typedef __uint32_t	fixpt_t;	/* fixed point, FSHIFT bits */
typedef __uint64_t	fsblkcnt_t;
typedef __uint64_t	fsfilcnt_t;
typedef __int64_t	id_t;		/* holds a pid, pgid, uid or gid */
#ifndef _INO_T_DECLARED
#define _INO_T_DECLARED
typedef __uint64_t	ino_t;
#endif
typedef long		key_t;		/* IPC key */
typedef __uint32_t	nlink_t;
#ifndef _OFF_T_DECLARED
#define _OFF_T_DECLARED
typedef __off_t		off_t;
#endif
#ifndef _PID_T_DECLARED
#define _PID_T_DECLARED
typedef __pid_t		pid_t;
#endif
typedef __lwpid_t	lwpid_t;	/* thread id, unique in a process */
#ifndef _UID_T_DECLARED
#define _UID_T_DECLARED
typedef __uid_t		uid_t;
#endif
#ifndef _GID_T_DECLARED
#define _GID_T_DECLARED
typedef __gid_t		gid_t;
#endif
#ifndef _MODE_T_DECLARED
#define _MODE_T_DECLARED
typedef __mode_t	mode_t;
#endif
typedef __int64_t	rlim_t;
typedef __segsz_t	segsz_t;	/* segment size, pages */
typedef __register_t	register_t;
#ifndef _SIZE_T_DECLARED
#define _SIZE_T_DECLARED
typedef __size_t	size_t;
#endif
#ifndef _SSIZE_T_DECLARED
#define _SSIZE_T_DECLARED
typedef __ssize_t	ssize_t;
#endif
#ifndef _TIME_T_DECLARED
#define _TIME_T_DECLARED
typedef __time_t	time_t;
#endif
#ifndef _SUSECONDS_T_DECLARED
#define _SUSECONDS_T_DECLARED
typedef __suseconds_t	suseconds_t;
#endif
#ifndef _USECONDS_T_DECLARED
#define _USECONDS_T_DECLARED
typedef unsigned int	useconds_t;
#endif
#ifndef _CLOCK_T_DECLARED
#define _CLOCK_T_DECLARED
typedef __clock_t	clock_t;
#endif
#ifndef _CLOCKID_T_DECLARED
#define _CLOCKID_T_DECLARED
typedef __clockid_t	clockid_t;
#endif
#ifndef _TIMER_T_DECLARED
#define _TIMER_T_DECLARED
typedef __timer_t	timer_t;
#endif

/*
 * A device number packs an 8-bit major number and a 24-bit minor number
 * around it.  In the kernel a device is a cdev_t; dev_t is its number.
 */
#ifndef _DEV_T_DECLARED
#define _DEV_T_DECLARED
typedef __uint32_t	dev_t;
#endif
typedef __uint32_t	udev_t;

#if __BSD_VISIBLE || defined(_KERNEL)
#define major(x)	((int)(((dev_t)(x) >> 8) & 0xff))
#define minor(x)	((int)((dev_t)(x) & 0xffff00ff))
#define makedev(x, y)	((dev_t)(((x) << 8) | (y)))
#define umajor(x)	major(x)
#define uminor(x)	minor(x)
#define makeudev(x, y)	makedev(x, y)
#endif

#ifdef _KERNEL
typedef int		boolean_t;
typedef struct cdev	*cdev_t;
typedef struct device	*device_t;
typedef struct vm_page	*vm_page_t;
typedef __int64_t	sysclock_nsec_t;
typedef __uint64_t	uoff_t;
#ifndef offsetof
#define offsetof(type, field)	__offsetof(type, field)
#endif
#else
#if __BSD_VISIBLE
#include <sys/_fd_set.h>
#include <sys/_timeval.h>

__BEGIN_DECLS
int	ftruncate(int, off_t);
off_t	lseek(int, off_t, int);
int	truncate(const char *, off_t);
struct timeval;
struct timespec;
__END_DECLS
#endif
#endif

#endif /* !_SYS_TYPES_H_ */
