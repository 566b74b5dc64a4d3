/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * usage: corrupt_elf rounds seed program...
 *
 * Copies of the programs with damaged headers are executed, and loaded as
 * kernel modules: an error or a process that ends, never more.
 */
#include <sys/types.h>
#include <sys/linker.h>
#include <sys/mman.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <elf.h>
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdint.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "../tap.h"

static unsigned long state;

static unsigned long
rnd(void)
{
	state ^= state << 13;
	state ^= state >> 7;
	state ^= state << 17;
	return (state >> 5);
}

static uint64_t
value(uint64_t old)
{
	static const uint64_t wild[] = { 0, 1, 0xffff, 0x7fffffff, 0xffffffff,
	    0x7ffffffff000, 0x8000000000000000, ~0UL, ~0UL - 4095, 4095 };

	switch (rnd() % 4) {
	case 0:
		return (wild[rnd() % 10]);
	case 1:
		return (old + rnd() % 8192 - 4096);
	case 2:
		return (old ^ (1UL << rnd() % 64));
	default:
		return (rnd());
	}
}

static void
damage(unsigned char *data, size_t len)
{
	Elf64_Ehdr *eh = (Elf64_Ehdr *)data;
	Elf64_Phdr *ph = (Elf64_Phdr *)(data + eh->e_phoff);
	int n = rnd() % 4 + 1, phnum = eh->e_phnum;
	uint64_t *words;

	while (n-- > 0) {
		if (phnum == 0 || rnd() % 5 == 0) {
			words = (uint64_t *)data;
			n -= rnd() % 2;
			data[rnd() % 64] = value(words[rnd() % 8]);
		} else if (rnd() % 8 == 0) {
			/* Whatever lies further on: dynamic section, notes. */
			data[rnd() % len] = rnd();
		} else {
			words = (uint64_t *)&ph[rnd() % phnum];
			n -= rnd() % 2;
			words = &words[rnd() % (sizeof(*ph) / 8)];
			*words = value(*words);
		}
	}
	if (rnd() % 20 == 0)
		memset(data + rnd() % len, 0, 1);
}

static int
try_exec(const char *path)
{
	struct rlimit rl = { 256 << 20, 256 << 20 };
	struct timespec start, now;
	int fd, status;
	pid_t pid = fork();

	if (pid == 0) {
		setrlimit(RLIMIT_AS, &rl);
		rl.rlim_cur = rl.rlim_max = 0;
		setrlimit(RLIMIT_CORE, &rl);
		fd = open("/dev/null", O_RDWR);
		dup2(fd, 0);
		dup2(fd, 1);
		dup2(fd, 2);
		execl(path, path, (char *)NULL);
		_exit(99);
	}
	clock_gettime(CLOCK_MONOTONIC, &start);
	while (waitpid(pid, &status, WNOHANG) == 0) {
		clock_gettime(CLOCK_MONOTONIC, &now);
		if (now.tv_sec - start.tv_sec > 1)
			kill(pid, SIGKILL);
		if (now.tv_sec - start.tv_sec > 60)
			return (-1);
		usleep(300);
	}
	return (WIFEXITED(status) && WEXITSTATUS(status) == 99 ? 0 : 1);
}

int
main(int argc, char **argv)
{
	int rounds = argc > 1 ? atoi(argv[1]) : 100, i, fd, r;
	int refused = 0, ran = 0, hung = 0, loaded = 0;
	unsigned char *data, *copy;
	struct stat st;

	state = (argc > 2 ? strtoul(argv[2], NULL, 0) : 1) *
	    2654435761UL + 88172645463325252UL;
	for (i = 0; i < rounds && !hung; i++) {
		const char *name = argv[3 + rnd() % (argc - 3)];
		size_t len;

		fd = open(name, O_RDONLY);
		if (fd < 0 || fstat(fd, &st) != 0) {
			perror(name);
			return (1);
		}
		len = st.st_size;
		data = mmap(NULL, len, PROT_READ, MAP_PRIVATE, fd, 0);
		close(fd);
		copy = malloc(len);
		memcpy(copy, data, len);
		munmap(data, len);
		damage(copy, len);
		unlink("/tmp/damaged");
		fd = open("/tmp/damaged", O_CREAT | O_WRONLY, 0755);
		/* Some end early. */
		write(fd, copy, rnd() % 8 ? len : rnd() % len);
		close(fd);
		free(copy);
		r = try_exec("/tmp/damaged");
		refused += r == 0;
		ran += r > 0;
		hung += r < 0;
		if (i % 4 == 0 && kldload("/tmp/damaged") >= 0)
			loaded++;
	}
	unlink("/tmp/damaged");
	printf("# %d refused, %d began to run\n", refused, ran);
	ok(hung == 0 && refused > rounds / 10,
	    "damaged_programs_are_refused_or_end");
	ok(loaded == 0, "damaged_programs_are_no_modules");
	return (tap_done());
}
