/* SPDX-License-Identifier: BSD-2-Clause */
/* Kernel modules: the system calls, and files that are not modules. */
#include <sys/types.h>
#include <sys/linker.h>
#include <sys/module.h>
#include <sys/wait.h>
#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <unistd.h>
#include "tap.h"

static const char path[] = "/tmp/lwkt_kld_test.ko";

static int
load_fails_with(const void *data, size_t size, int want)
{
	int fd, id;

	fd = open(path, O_CREAT | O_TRUNC | O_WRONLY, 0644);
	if (fd < 0 || write(fd, data, size) != (ssize_t)size)
		return (0);
	close(fd);
	id = kldload(path);
	return (id == -1 && errno == want);
}

/* An ELF header of a relocatable object, and nonsense behind it. */
static int
damaged_objects_are_refused(void)
{
	static unsigned char buf[4096];
	static const unsigned char head[24] = { 0x7f, 'E', 'L', 'F', 2, 1, 1,
	    0, 0, 0, 0, 0, 0, 0, 0, 0, 1, 0, 62, 0, 1, 0, 0, 0 };
	unsigned seed = 1;
	int i, n;

	for (n = 0; n < 200; ++n) {
		for (i = 0; i < (int)sizeof(buf); ++i) {
			seed = seed * 1103515245 + 12345;
			buf[i] = (seed >> 16) & (n & 1 ? 0xff : 0x3f);
		}
		memcpy(buf, head, sizeof(head));
		/* Section headers at 1024, 64 bytes each, a few of them. */
		memset(buf + 40, 0, 8);
		buf[41] = 4;
		buf[58] = 64;
		buf[59] = 0;
		buf[60] = 1 + n % 20;
		buf[61] = 0;
		buf[62] = n % 3;
		buf[63] = 0;
		if (!load_fails_with(buf, sizeof(buf), ENOEXEC))
			return (0);
	}
	return (1);
}

static int
others_may_not_load(void)
{
	pid_t pid = fork();
	int status;

	if (pid == 0) {
		if (setuid(65534) != 0)
			_exit(2);
		_exit(!(kldload("/boot/kernel/kernel") == -1 &&
		    errno == EPERM));
	}
	waitpid(pid, &status, 0);
	return (status == 0);
}

int
main(void)
{
	struct kld_file_stat ks;
	struct module_stat ms;
	int id, modid;

	id = kldnext(0);
	ok(id > 0, "the kernel is the first file");
	ks.version = sizeof(ks);
	ok(kldstat(id, &ks) == 0 && strcmp(ks.name, "kernel") == 0 &&
	    ks.size > 100000 && ks.address != NULL, "kldstat of the kernel");
	ok(kldfind("kernel") == id, "kldfind finds the kernel");
	ks.version = 3;
	ok(kldstat(id, &ks) == -1 && errno == EINVAL, "kldstat checks version");
	ok(kldstat(9999, &ks) == -1, "kldstat of nothing fails");
	ok(kldfind("nosuchfile") == -1 && errno == ENOENT,
	    "kldfind of nothing: ENOENT");
	ok(kldunload(id) == -1 && errno == EBUSY, "the kernel stays");
	ok(kldload("/nonexistent.ko") == -1 && errno == ENOENT,
	    "kldload of nothing: ENOENT");
	ok(kldload((void *)16) == -1 && errno == EFAULT,
	    "kldload of a bad pointer: EFAULT");
	ok(kldload("/boot") == -1, "kldload of a directory fails");
	ok(load_fails_with("hello", 5, ENOEXEC), "a text is not a module");
	ok(damaged_objects_are_refused(), "damaged objects are refused");
	ok(kldload("/boot/kernel/kernel") == -1, "the kernel is not a module");
	ok(others_may_not_load(), "only root may load");
	modid = modnext(0);
	ms.version = sizeof(ms);
	ok(modid > 0 && modstat(modid, &ms) == 0 && ms.name[0] != '\0' &&
	    modfind(ms.name) == modid, "modnext, modstat and modfind agree");
	ok(modfind("nosuchmodule") == -1 && errno == ENOENT,
	    "modfind of nothing: ENOENT");
	unlink(path);
	return (tap_done());
}
