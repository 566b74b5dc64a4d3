/* SPDX-License-Identifier: BSD-2-Clause */
/* Rules of mmap, munmap, mprotect, mincore, madvise, msync, break. */
#include <sys/mman.h>
#include <sys/param.h>
#include <sys/wait.h>
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdint.h>
#include <string.h>
#include <unistd.h>

#include "tap.h"

#define PG	4096UL
#define BAD	((char *)MAP_FAILED)

static char *
anon(size_t len)
{
	return (mmap(NULL, len, PROT_READ | PROT_WRITE,
	    MAP_ANON | MAP_PRIVATE, -1, 0));
}

/* The signal that fn(p) dies of, 0 if it survives. */
static int
dies_of(void (*fn)(char *), char *p)
{
	pid_t pid = fork();
	int status;

	if (pid == 0) {
		fn(p);
		_exit(0);
	}
	waitpid(pid, &status, 0);
	return (WIFSIGNALED(status) ? WTERMSIG(status) : 0);
}

static void
read_it(char *p)
{
	*(volatile char *)p;
}

static void
write_it(char *p)
{
	*(volatile char *)p = 1;
}

static int
temp_file(size_t len)
{
	char name[] = "/tmp/vmtestXXXXXX";
	int fd = mkstemp(name);

	unlink(name);
	ftruncate(fd, len);
	return (fd);
}

static void
test_anonymous(void)
{
	char *p = anon(16 * PG), *q;
	int i, zero = 1;

	for (i = 0; i < 16 * (int)PG; ++i)
		zero &= p[i] == 0;
	ok(p != BAD && zero, "anonymous_memory_is_zero");
	memset(p, 7, 16 * PG);
	ok(munmap(p + 4 * PG, 4 * PG) == 0 &&
	    dies_of(read_it, p + 4 * PG) == SIGSEGV && p[3 * PG] == 7 &&
	    p[8 * PG] == 7, "munmap_cuts_a_hole");
	errno = 0;
	ok(munmap(p, 16 * PG) == -1 && errno == EINVAL,
	    "munmap_of_range_with_hole_fails");
	q = mmap(p + 4 * PG, 4 * PG, PROT_READ | PROT_WRITE,
	    MAP_ANON | MAP_PRIVATE | MAP_FIXED, -1, 0);
	ok(q == p + 4 * PG && q[0] == 0, "fixed_mapping_fills_the_hole");
	q = mmap(p, PG, PROT_READ, MAP_ANON | MAP_PRIVATE | MAP_TRYFIXED,
	    -1, 0);
	ok(q == BAD && errno == ENOMEM && p[0] == 7,
	    "tryfixed_does_not_replace");
	munmap(p, 16 * PG);
}

static void
test_arguments(void)
{
	char *p;

	errno = 0;
	p = mmap(NULL, 0, PROT_READ, MAP_ANON | MAP_PRIVATE, -1, 0);
	ok(p == BAD && errno == EINVAL, "zero_length_is_refused");
	p = mmap(NULL, PG, PROT_READ, MAP_ANON | MAP_PRIVATE, 0, 0);
	ok(p == BAD && errno == EINVAL, "anon_with_descriptor_is_refused");
	p = mmap(NULL, PG, PROT_READ, MAP_PRIVATE, 999, 0);
	ok(p == BAD && errno == EBADF, "bad_descriptor");
	p = mmap((void *)(PG + 1), PG, PROT_READ, MAP_ANON | MAP_PRIVATE |
	    MAP_FIXED, -1, 0);
	ok(p == BAD && errno == EINVAL, "misaligned_fixed_is_refused");
	p = mmap((void *)0x00007fffffe00000UL, PG, PROT_READ, MAP_ANON |
	    MAP_PRIVATE | MAP_FIXED, -1, 0);
	ok(p == BAD && errno == EINVAL, "kernel_address_is_refused");
	p = mmap((void *)0xc000000000UL, 1 << 20, PROT_NONE, MAP_ANON |
	    MAP_PRIVATE, -1, 0);
	ok(p == (char *)0xc000000000UL, "free_hint_is_honoured");
	munmap(p, 1 << 20);
	p = mmap(NULL, 2 << 20, PROT_READ, MAP_ANON | MAP_PRIVATE, -1, 0);
	ok(((uintptr_t)p & ((2 << 20) - 1)) == 0, "large_mapping_is_aligned");
	munmap(p, 2 << 20);
	p = mmap(NULL, 1 << 18, PROT_READ, MAP_ANON | MAP_PRIVATE |
	    MAP_SIZEALIGN, -1, 0);
	ok(((uintptr_t)p & ((1 << 18) - 1)) == 0, "sizealign_aligns");
	munmap(p, 1 << 18);
}

static void
test_protection(void)
{
	char *p = anon(4 * PG);

	memset(p, 5, 4 * PG);
	ok(mprotect(p + PG, PG, PROT_READ) == 0 &&
	    dies_of(write_it, p + PG) == SIGSEGV &&
	    dies_of(write_it, p + 2 * PG) == 0 && p[PG] == 5,
	    "mprotect_takes_write_from_one_page");
	ok(mprotect(p + PG, PG, PROT_NONE) == 0 &&
	    dies_of(read_it, p + PG) == SIGSEGV, "prot_none_denies_reading");
	ok(mprotect(p + PG, PG, PROT_READ | PROT_WRITE) == 0 && p[PG] == 5 &&
	    dies_of(write_it, p + PG) == 0, "contents_survive_prot_none");
	munmap(p, 4 * PG);
}

static void
test_files(void)
{
	int fd = temp_file(2 * PG + 100);
	char *p, *q, c;

	p = mmap(NULL, 3 * PG, PROT_READ | PROT_WRITE, MAP_SHARED, fd, 0);
	q = mmap(NULL, 3 * PG, PROT_READ | PROT_WRITE, MAP_PRIVATE, fd, 0);
	ok(p != BAD && q != BAD, "file_maps_shared_and_private");
	p[10] = 'x';
	ok(pread(fd, &c, 1, 10) == 1 && c == 'x' && q[10] == 'x',
	    "write_through_shared_mapping_is_seen_by_read");
	pwrite(fd, "y", 1, PG + 1);
	ok(p[PG + 1] == 'y' && q[PG + 1] == 'y', "write_is_seen_by_mappings");
	q[10] = 'z';
	ok(p[10] == 'x' && pread(fd, &c, 1, 10) == 1 && c == 'x',
	    "private_write_stays_private");
	pwrite(fd, "w", 1, 10);
	ok(q[10] == 'z', "private_copy_does_not_follow_the_file");
	ok(p[2 * PG + 100] == 0, "tail_of_last_page_is_zero");
	ftruncate(fd, PG);
	ok(dies_of(read_it, p + PG) == SIGSEGV, "truncated_page_is_gone");
	ok(msync(p, PG, MS_SYNC) == 0, "msync_works");
	munmap(p, 3 * PG);
	munmap(q, 3 * PG);
	close(fd);
	fd = open("/bin/sh", O_RDONLY);
	p = mmap(NULL, PG, PROT_READ | PROT_WRITE, MAP_SHARED, fd, 0);
	ok(p == BAD && errno == EACCES, "readonly_file_not_mapped_writable");
	p = mmap(NULL, PG, PROT_READ, MAP_PRIVATE, fd, 0);
	ok(p != BAD && memcmp(p, "\177ELF", 4) == 0, "file_on_root_is_mapped");
	close(fd);
	munmap(p, PG);
}

static void
test_residence(void)
{
	char *p = anon(4 * PG), vec[4];

	p[PG] = 1;
	ok(mincore(p, 4 * PG, vec) == 0 && (vec[1] & MINCORE_INCORE) &&
	    !(vec[3] & MINCORE_INCORE), "mincore_tells_resident_pages");
	ok(madvise(p, 4 * PG, MADV_FREE) == 0 && p[PG] == 0,
	    "madv_free_gives_zero_pages");
	ok(madvise(p, 4 * PG, 77) == -1 && errno == EINVAL,
	    "unknown_advice_is_refused");
	ok(mlock(p, 4 * PG) == 0 && munlock(p, 4 * PG) == 0, "mlock_munlock");
	munmap(p, 4 * PG);
}

static void
test_break(void)
{
	char *old = sbrk(0), *p = sbrk(100000);

	ok(p != (char *)-1 && p >= old, "sbrk_grows");
	memset(p, 1, 100000);
	ok((char *)sbrk(0) >= p + 100000, "break_moved");
}

static void
test_large(void)
{
	size_t len = 16UL << 20, i;
	char *p = anon(len);
	int good = 1;
	pid_t pid;
	int status;

	for (i = 0; i < len; i += PG)
		p[i] = i >> 12;
	for (i = 0; i < len; i += PG)
		good &= p[i] == (char)(i >> 12);
	ok(good, "large_anonymous_memory_keeps_contents");
	pid = fork();
	if (pid == 0) {
		for (i = 0; i < len; i += 64 * PG)
			p[i] = 99;
		_exit(p[PG] == 1 ? 0 : 1);
	}
	waitpid(pid, &status, 0);
	for (i = 0; i < len; i += PG)
		good &= p[i] == (char)(i >> 12);
	ok(good && status == 0, "child_writes_do_not_reach_large_pages");
	munmap(p + (3UL << 20), PG);
	ok(p[(3UL << 20) + PG] == (char)((3UL << 8) + 1),
	    "hole_in_large_page_leaves_the_rest");
	munmap(p, 3UL << 20);
}

int
main(void)
{
	test_anonymous();
	test_arguments();
	test_protection();
	test_files();
	test_residence();
	test_break();
	test_large();
	return (tap_done());
}
