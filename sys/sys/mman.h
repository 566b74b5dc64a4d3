/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Mapping memory.
 */
#ifndef _SYS_MMAN_H_
#define _SYS_MMAN_H_

#include <sys/cdefs.h>
#include <sys/types.h>

#define PROT_NONE	0x0
#define PROT_READ	0x1
#define PROT_WRITE	0x2
#define PROT_EXEC	0x4

/* What happens to a page range across fork: minherit(). */
#define INHERIT_SHARE	0
#define INHERIT_COPY	1
#define INHERIT_NONE	2

/* mmap() */
#define MAP_SHARED		0x00000001
#define MAP_PRIVATE		0x00000002
#define MAP_COPY		0x00000002
#define MAP_FIXED		0x00000010
#define MAP_RENAME		0x00000020
#define MAP_NORESERVE		0x00000040
#define MAP_INHERIT		0x00000080
#define MAP_NOEXTEND		0x00000100
#define MAP_HASSEMAPHORE	0x00000200
#define MAP_STACK		0x00000400
#define MAP_NOSYNC		0x00000800
#define MAP_FILE		0x00000000
#define MAP_ANON		0x00001000
#define MAP_ANONYMOUS		0x00001000
#define MAP_VPAGETABLE		0x00002000
#define MAP_TRYFIXED		0x00010000
#define MAP_NOCORE		0x00020000
#define MAP_SIZEALIGN		0x00040000
#define MAP_FAILED	((void *)-1)

#define MS_SYNC		0x0
#define MS_ASYNC	0x1
#define MS_INVALIDATE	0x2
#define MADV_NORMAL		0
#define MADV_RANDOM		1
#define MADV_SEQUENTIAL		2
#define MADV_WILLNEED		3
#define MADV_DONTNEED		4
#define MADV_FREE		5
#define MADV_NOSYNC		6
#define MADV_AUTOSYNC		7
#define MADV_NOCORE		8
#define MADV_CORE		9
#define MADV_INVAL		10
#define MADV_SETMAP		11
#define MADV_CONTROL_START	10
#define MADV_CONTROL_END	11
#define POSIX_MADV_NORMAL	0
#define POSIX_MADV_RANDOM	1
#define POSIX_MADV_SEQUENTIAL	2
#define POSIX_MADV_WILLNEED	3
#define POSIX_MADV_DONTNEED	4
#define MCL_CURRENT	1
#define MCL_FUTURE	2
#define MINCORE_INCORE			0x01
#define MINCORE_REFERENCED		0x02
#define MINCORE_MODIFIED		0x04
#define MINCORE_REFERENCED_OTHER	0x08
#define MINCORE_MODIFIED_OTHER		0x10
#define MINCORE_SUPER			0x20
#define _MADV_NORMAL		0
#define _MADV_RANDOM		1
#define _MADV_SEQUENTIAL	2
#define _MADV_WILLNEED		3
#define _MADV_DONTNEED		4

#ifndef _KERNEL
__BEGIN_DECLS
int	mlock(const void *, size_t);
int	mlockall(int);
void	*mmap(void *, size_t, int, int, int, off_t);
int	mprotect(void *, size_t, int);
int	msync(void *, size_t, int);
int	munlock(const void *, size_t);
int	munlockall(void);
int	munmap(void *, size_t);
int	posix_madvise(void *, size_t, int);
int	shm_open(const char *, int, mode_t);
int	shm_unlink(const char *);
#if __BSD_VISIBLE
int	madvise(void *, size_t, int);
int	mcontrol(void *, size_t, int, off_t);
int	mincore(const void *, size_t, char *);
int	minherit(void *, size_t, int);
#endif
__END_DECLS
#endif

#endif /* !_SYS_MMAN_H_ */
