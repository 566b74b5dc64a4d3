/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The interface of the system to programs.
 */
#ifndef _UNISTD_H_
#define _UNISTD_H_

#include <sys/cdefs.h>
#include <sys/_null.h>
#include <sys/types.h>
#include <sys/unistd.h>

#ifndef _INTPTR_T_DECLARED
#define _INTPTR_T_DECLARED
typedef __intptr_t	intptr_t;
#endif

/* The system has these calls. */
#define _HAVE_EXTEXIT	1
#define _HAVE_EXTPREAD	1
#define _HAVE_EXTPREADV	1
#define _HAVE_EXTPWRITE	1
#define _HAVE_EXTPWRITEV 1

#define STDIN_FILENO	0
#define STDOUT_FILENO	1
#define STDERR_FILENO	2

#if __XSI_VISIBLE || __POSIX_VISIBLE >= 200112
#define F_ULOCK		0	/* lockf() */
#define F_LOCK		1
#define F_TLOCK		2
#define F_TEST		3
#endif

/* Options that do not depend on the kernel; see <sys/unistd.h>. */
#define _POSIX_READER_WRITER_LOCKS		200112
#define _POSIX_REGEXP				1
#define _POSIX_SHELL				1
#define _POSIX_SPAWN				200112
#define _POSIX_THREAD_ATTR_STACKADDR		200112
#define _POSIX_THREAD_ATTR_STACKSIZE		200112
#define _POSIX_THREAD_PRIO_INHERIT		200112
#define _POSIX_THREAD_PRIO_PROTECT		200112
#define _POSIX_THREAD_PRIORITY_SCHEDULING	200112
#define _POSIX_THREAD_PROCESS_SHARED		(-1)
#define _POSIX_THREAD_ROBUST_PRIO_INHERIT	(-1)
#define _POSIX_THREAD_ROBUST_PRIO_PROTECT	(-1)
#define _POSIX_THREAD_SAFE_FUNCTIONS		200112
#define _POSIX_THREAD_SPORADIC_SERVER		(-1)
#define _POSIX_THREADS				200112
#define _POSIX_TRACE				(-1)
#define _POSIX_TRACE_EVENT_FILTER		(-1)
#define _POSIX_TRACE_INHERIT			(-1)
#define _POSIX_TRACE_LOG			(-1)
#define _POSIX2_C_BIND				200809
#define _POSIX2_C_DEV				200809
#define _POSIX2_CHAR_TERM			1
#define _POSIX2_FORT_DEV			(-1)
#define _POSIX2_FORT_RUN			200809
#define _POSIX2_LOCALEDEF			200809
#define _POSIX2_PBS				(-1)
#define _POSIX2_PBS_ACCOUNTING			(-1)
#define _POSIX2_PBS_CHECKPOINT			(-1)
#define _POSIX2_PBS_LOCATE			(-1)
#define _POSIX2_PBS_MESSAGE			(-1)
#define _POSIX2_PBS_TRACK			(-1)
#define _POSIX2_SW_DEV				200809
#define _POSIX2_UPE				200809
#define _POSIX2_VERSION				199212
#define _XOPEN_CRYPT		(-1)
#define _XOPEN_ENH_I18N		1
#define _XOPEN_LEGACY		(-1)
#define _XOPEN_REALTIME		(-1)
#define _XOPEN_REALTIME_THREADS	(-1)
#define _XOPEN_UNIX		(-1)
#define _V6_ILP32_OFF32		(-1)
#define _V6_ILP32_OFFBIG	0
#define _V6_LP64_OFF64		0
#define _V6_LPBIG_OFFBIG	(-1)
#define _V7_ILP32_OFF32		(-1)
#define _V7_ILP32_OFFBIG	0
#define _V7_LP64_OFF64		0
#define _V7_LPBIG_OFFBIG	(-1)

/* sysconf() */
#define _SC_ARG_MAX				1
#define _SC_CHILD_MAX				2
#define _SC_CLK_TCK				3
#define _SC_NGROUPS_MAX				4
#define _SC_OPEN_MAX				5
#define _SC_JOB_CONTROL				6
#define _SC_SAVED_IDS				7
#define _SC_VERSION				8
#define _SC_BC_BASE_MAX				9
#define _SC_BC_DIM_MAX				10
#define _SC_BC_SCALE_MAX			11
#define _SC_BC_STRING_MAX			12
#define _SC_COLL_WEIGHTS_MAX			13
#define _SC_EXPR_NEST_MAX			14
#define _SC_LINE_MAX				15
#define _SC_RE_DUP_MAX				16
#define _SC_2_VERSION				17
#define _SC_2_C_BIND				18
#define _SC_2_C_DEV				19
#define _SC_2_CHAR_TERM				20
#define _SC_2_FORT_DEV				21
#define _SC_2_FORT_RUN				22
#define _SC_2_LOCALEDEF				23
#define _SC_2_SW_DEV				24
#define _SC_2_UPE				25
#define _SC_STREAM_MAX				26
#define _SC_TZNAME_MAX				27
#define _SC_ASYNCHRONOUS_IO			28
#define _SC_MAPPED_FILES			29
#define _SC_MEMLOCK				30
#define _SC_MEMLOCK_RANGE			31
#define _SC_MEMORY_PROTECTION			32
#define _SC_MESSAGE_PASSING			33
#define _SC_PRIORITIZED_IO			34
#define _SC_PRIORITY_SCHEDULING			35
#define _SC_REALTIME_SIGNALS			36
#define _SC_SEMAPHORES				37
#define _SC_FSYNC				38
#define _SC_SHARED_MEMORY_OBJECTS		39
#define _SC_SYNCHRONIZED_IO			40
#define _SC_TIMERS				41
#define _SC_AIO_LISTIO_MAX			42
#define _SC_AIO_MAX				43
#define _SC_AIO_PRIO_DELTA_MAX			44
#define _SC_DELAYTIMER_MAX			45
#define _SC_MQ_OPEN_MAX				46
#define _SC_PAGESIZE				47
#define _SC_RTSIG_MAX				48
#define _SC_SEM_NSEMS_MAX			49
#define _SC_SEM_VALUE_MAX			50
#define _SC_SIGQUEUE_MAX			51
#define _SC_TIMER_MAX				52
#define _SC_2_PBS				59
#define _SC_2_PBS_ACCOUNTING			60
#define _SC_2_PBS_CHECKPOINT			61
#define _SC_2_PBS_LOCATE			62
#define _SC_2_PBS_MESSAGE			63
#define _SC_2_PBS_TRACK				64
#define _SC_ADVISORY_INFO			65
#define _SC_BARRIERS				66
#define _SC_CLOCK_SELECTION			67
#define _SC_CPUTIME				68
#define _SC_FILE_LOCKING			69
#define _SC_GETGR_R_SIZE_MAX			70
#define _SC_GETPW_R_SIZE_MAX			71
#define _SC_HOST_NAME_MAX			72
#define _SC_LOGIN_NAME_MAX			73
#define _SC_MONOTONIC_CLOCK			74
#define _SC_MQ_PRIO_MAX				75
#define _SC_READER_WRITER_LOCKS			76
#define _SC_REGEXP				77
#define _SC_SHELL				78
#define _SC_SPAWN				79
#define _SC_SPIN_LOCKS				80
#define _SC_SPORADIC_SERVER			81
#define _SC_THREAD_ATTR_STACKADDR		82
#define _SC_THREAD_ATTR_STACKSIZE		83
#define _SC_THREAD_CPUTIME			84
#define _SC_THREAD_DESTRUCTOR_ITERATIONS	85
#define _SC_THREAD_KEYS_MAX			86
#define _SC_THREAD_PRIO_INHERIT			87
#define _SC_THREAD_PRIO_PROTECT			88
#define _SC_THREAD_PRIORITY_SCHEDULING		89
#define _SC_THREAD_PROCESS_SHARED		90
#define _SC_THREAD_SAFE_FUNCTIONS		91
#define _SC_THREAD_SPORADIC_SERVER		92
#define _SC_THREAD_STACK_MIN			93
#define _SC_THREAD_THREADS_MAX			94
#define _SC_TIMEOUTS				95
#define _SC_THREADS				96
#define _SC_TRACE				97
#define _SC_TRACE_EVENT_FILTER			98
#define _SC_TRACE_INHERIT			99
#define _SC_TRACE_LOG				100
#define _SC_TTY_NAME_MAX			101
#define _SC_TYPED_MEMORY_OBJECTS		102
#define _SC_V6_ILP32_OFF32			103
#define _SC_V6_ILP32_OFFBIG			104
#define _SC_V6_LP64_OFF64			105
#define _SC_V6_LPBIG_OFFBIG			106
#define _SC_IPV6				118
#define _SC_RAW_SOCKETS				119
#define _SC_SYMLOOP_MAX				120
#define _SC_ATEXIT_MAX				107
#define _SC_IOV_MAX				56
#define _SC_PAGE_SIZE				47
#define _SC_XOPEN_CRYPT				108
#define _SC_XOPEN_ENH_I18N			109
#define _SC_XOPEN_LEGACY			110
#define _SC_XOPEN_REALTIME			111
#define _SC_XOPEN_REALTIME_THREADS		112
#define _SC_XOPEN_SHM				113
#define _SC_XOPEN_STREAMS			114
#define _SC_XOPEN_UNIX				115
#define _SC_XOPEN_VERSION			116
#define _SC_XOPEN_XCU_VERSION			117
#define _SC_NPROCESSORS_CONF			57
#define _SC_NPROCESSORS_ONLN			58
#define _SC_LEVEL1_DCACHE_LINESIZE		128
#define _SC_PHYS_PAGES				121
#define _SC_V7_ILP32_OFF32			122
#define _SC_V7_ILP32_OFFBIG			123
#define _SC_V7_LP64_OFF64			124
#define _SC_V7_LPBIG_OFFBIG			125
#define _SC_THREAD_ROBUST_PRIO_INHERIT		126
#define _SC_THREAD_ROBUST_PRIO_PROTECT		127

/* confstr() */
#define _CS_PATH	1	/* PATH that finds the standard programs */
#define _CS_POSIX_V6_ILP32_OFF32_CFLAGS		2
#define _CS_POSIX_V6_ILP32_OFF32_LDFLAGS	3
#define _CS_POSIX_V6_ILP32_OFF32_LIBS		4
#define _CS_POSIX_V6_ILP32_OFFBIG_CFLAGS	5
#define _CS_POSIX_V6_ILP32_OFFBIG_LDFLAGS	6
#define _CS_POSIX_V6_ILP32_OFFBIG_LIBS		7
#define _CS_POSIX_V6_LP64_OFF64_CFLAGS		8
#define _CS_POSIX_V6_LP64_OFF64_LDFLAGS		9
#define _CS_POSIX_V6_LP64_OFF64_LIBS		10
#define _CS_POSIX_V6_LPBIG_OFFBIG_CFLAGS	11
#define _CS_POSIX_V6_LPBIG_OFFBIG_LDFLAGS	12
#define _CS_POSIX_V6_LPBIG_OFFBIG_LIBS		13
#define _CS_POSIX_V6_WIDTH_RESTRICTED_ENVS	14
#define _CS_POSIX_V7_ILP32_OFF32_CFLAGS		15
#define _CS_POSIX_V7_ILP32_OFF32_LDFLAGS	16
#define _CS_POSIX_V7_ILP32_OFF32_LIBS		17
#define _CS_POSIX_V7_ILP32_OFFBIG_CFLAGS	18
#define _CS_POSIX_V7_ILP32_OFFBIG_LDFLAGS	19
#define _CS_POSIX_V7_ILP32_OFFBIG_LIBS		20
#define _CS_POSIX_V7_LP64_OFF64_CFLAGS		21
#define _CS_POSIX_V7_LP64_OFF64_LDFLAGS		22
#define _CS_POSIX_V7_LP64_OFF64_LIBS		23
#define _CS_POSIX_V7_LPBIG_OFFBIG_CFLAGS	24
#define _CS_POSIX_V7_LPBIG_OFFBIG_LDFLAGS	25
#define _CS_POSIX_V7_LPBIG_OFFBIG_LIBS		26
#define _CS_POSIX_V7_WIDTH_RESTRICTED_ENVS	27

__BEGIN_DECLS
void	_exit(int) __dead2;
int	access(const char *, int);
unsigned int alarm(unsigned int);
int	chdir(const char *);
int	chown(const char *, uid_t, gid_t);
int	close(int);
void	closefrom(int);
int	dup(int);
int	dup2(int, int);
int	eaccess(const char *, int);
int	execl(const char *, const char *, ...) __null_sentinel;
int	execle(const char *, const char *, ...);
int	execlp(const char *, const char *, ...) __null_sentinel;
int	execv(const char *, char *const *);
int	execve(const char *, char *const *, char *const *);
int	execvp(const char *, char *const *);
pid_t	fork(void);
long	fpathconf(int, int);
char	*getcwd(char *, size_t);
gid_t	getegid(void);
uid_t	geteuid(void);
gid_t	getgid(void);
int	getgroups(int, gid_t []);
char	*getlogin(void);
pid_t	getpgrp(void);
pid_t	getpid(void);
pid_t	getppid(void);
uid_t	getuid(void);
int	isatty(int);
int	link(const char *, const char *);
#ifndef _LSEEK_DECLARED
#define _LSEEK_DECLARED
off_t	lseek(int, off_t, int);
#endif
long	pathconf(const char *, int);
int	pause(void);
int	pipe(int *);
ssize_t	read(int, void *, size_t);
int	rmdir(const char *);
int	setgid(gid_t);
int	setpgid(pid_t, pid_t);
pid_t	setsid(void);
int	setuid(uid_t);
unsigned int sleep(unsigned int);
long	sysconf(int);
pid_t	tcgetpgrp(int);
int	tcsetpgrp(int, pid_t);
char	*ttyname(int);
int	ttyname_r(int, char *, size_t);
int	unlink(const char *);
ssize_t	write(int, const void *, size_t);

#if __POSIX_VISIBLE >= 199209 || __XSI_VISIBLE
extern char	*optarg;
extern int	optind;
extern int	opterr;
extern int	optopt;
size_t	confstr(int, char *, size_t);
int	getopt(int, char *const [], const char *);
#endif

#if __POSIX_VISIBLE >= 199506 || __XSI_VISIBLE
int	fdatasync(int);
int	fsync(int);
int	ftruncate(int, off_t);
int	getlogin_r(char *, size_t);
#endif

#if __POSIX_VISIBLE >= 200112 || __XSI_VISIBLE
int	fchown(int, uid_t, gid_t);
int	gethostname(char *, size_t);
ssize_t	readlink(const char *__restrict, char *__restrict, size_t);
int	setegid(gid_t);
int	seteuid(uid_t);
int	symlink(const char *, const char *);
#endif

#if __POSIX_VISIBLE >= 200809 || __XSI_VISIBLE
int	faccessat(int, const char *, int, int);
int	fchdir(int);
int	fchownat(int, const char *, uid_t, gid_t, int);
pid_t	getpgid(pid_t);
pid_t	getsid(pid_t);
int	lchown(const char *, uid_t, gid_t);
int	linkat(int, const char *, int, const char *, int);
int	lockf(int, int, off_t);
ssize_t	pread(int, void *, size_t, off_t);
ssize_t	pwrite(int, const void *, size_t, off_t);
ssize_t	readlinkat(int, const char *__restrict, char *__restrict, size_t);
int	symlinkat(const char *, int, const char *);
int	truncate(const char *, off_t);
int	unlinkat(int, const char *, int);
#endif

#if __XSI_VISIBLE
char	*crypt(const char *, const char *);
int	encrypt(char *, int);
long	gethostid(void);
int	nice(int);
int	setpgrp(pid_t, pid_t);
int	setregid(gid_t, gid_t);
int	setreuid(uid_t, uid_t);
#ifndef _SWAB_DECLARED
#define _SWAB_DECLARED
void	swab(const void *__restrict, void *__restrict, ssize_t);
#endif
void	sync(void);
#endif

#if (__XSI_VISIBLE && __XSI_VISIBLE <= 600) || __BSD_VISIBLE
int	brk(const void *);
int	chroot(const char *);
int	getdtablesize(void);
int	getpagesize(void) __pure2;
char	*getpass(const char *);
char	*getwd(char *);
void	*sbrk(intptr_t);
useconds_t ualarm(useconds_t, useconds_t);
int	usleep(useconds_t);
pid_t	vfork(void) __returns_twice;
#endif

#if __BSD_VISIBLE
struct iovec;
struct timeval;

int	acct(const char *);
int	chroot_kernel(const char *);
const char *crypt_get_format(void);
int	crypt_set_format(const char *);
int	dup3(int, int, int);
void	endusershell(void);
int	exect(const char *, char *const *, char *const *);
int	execvP(const char *, const char *, char *const *);
int	extexit(int, int, void *);
ssize_t	extpread(int, void *, size_t, int, off_t);
ssize_t	extpreadv(int, const struct iovec *, int, int, off_t);
ssize_t	extpwrite(int, const void *, size_t, int, off_t);
ssize_t	extpwritev(int, const struct iovec *, int, int, off_t);
char	*fflagstostr(unsigned long);
int	getdomainname(char *, int);
int	getgrouplist(const char *, gid_t, gid_t *, int *);
mode_t	getmode(const void *, mode_t);
int	getosreldate(void);
int	getpeereid(int, uid_t *, gid_t *);
int	getresgid(gid_t *, gid_t *, gid_t *);
int	getresuid(uid_t *, uid_t *, uid_t *);
char	*getusershell(void);
int	initgroups(const char *, gid_t);
int	issetugid(void);
long	lpathconf(const char *, int);
int	lwp_getname(lwpid_t, char *, size_t);
lwpid_t	lwp_gettid(void);
int	lwp_setname(lwpid_t, const char *);
#ifndef _MKNOD_DECLARED
#define _MKNOD_DECLARED
int	mknod(const char *, mode_t, dev_t);
#endif
#ifndef _MKSTEMPS_DECLARED
#define _MKSTEMPS_DECLARED
int	mkstemps(char *, int);
#endif
int	nfssvc(int, void *);
int	pipe2(int *, int);
int	profil(char *, size_t, unsigned long, unsigned);
int	reboot(int);
int	revoke(const char *);
pid_t	rfork(int);
pid_t	rfork_thread(int, void *, int (*)(void *), void *);
#ifndef _SELECT_DECLARED
#define _SELECT_DECLARED
int	select(int, fd_set *, fd_set *, fd_set *, struct timeval *);
#endif
int	setdomainname(const char *, int);
int	setgroups(int, const gid_t *);
void	sethostid(long);
int	sethostname(const char *, int);
int	setlogin(const char *);
void	*setmode(const char *);
void	setproctitle(const char *, ...) __printflike(1, 2);
int	setresgid(gid_t, gid_t, gid_t);
int	setresuid(uid_t, uid_t, uid_t);
int	setrgid(gid_t);
int	setruid(uid_t);
void	setusershell(void);
int	strtofflags(char **, unsigned long *, unsigned long *);
int	swapoff(const char *);
int	swapon(const char *);
int	syscall(int, ...);
off_t	__syscall(quad_t, ...);
int	umtx_sleep(volatile const int *, int, int);
int	umtx_wakeup(volatile const int *, int);
int	undelete(const char *);
int	varsym_get(int, const char *, char *, int);
int	varsym_list(int, char *, int, int *);
int	varsym_set(int, const char *, const char *);
void	*valloc(size_t);
extern char	*suboptarg;
int	getsubopt(char **, char *const *, char **);
extern int	optreset;
#endif
__END_DECLS

#endif /* !_UNISTD_H_ */
