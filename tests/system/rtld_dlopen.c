/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The run-time linker in a running system: opening libraries, looking names
 * up, what the environment makes it do, and its messages.
 */
#include <sys/types.h>
#include <sys/wait.h>
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <link.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "tap.h"

extern char **environ;
static const char *self;

/* Runs ourselves with one more variable; returns output and status. */
static int
run_self(const char *var, const char *value, char *out, size_t size)
{
	ssize_t n;
	size_t len = 0;
	int p[2], status;
	pid_t pid;

	if (pipe(p) != 0)
		return (-1);
	pid = fork();
	if (pid == 0) {
		dup2(p[1], 1);
		dup2(p[1], 2);
		close(p[0]);
		close(p[1]);
		setenv(var, value, 1);
		execl(self, self, "child", (char *)NULL);
		_exit(99);
	}
	close(p[1]);
	while (len < size - 1 && (n = read(p[0], out + len, size - 1 - len)) >
	    0)
		len += n;
	out[len] = '\0';
	close(p[0]);
	waitpid(pid, &status, 0);
	return (status);
}

static void
test_open(void)
{
	const char *(*fn)(int);
	struct link_map *map = NULL;
	char origin[1024] = "";
	Dl_info info;
	void *h;

	h = dlopen("libutil.so.4", RTLD_LAZY);
	ok(h != NULL, "dlopen_libutil");
	if (h == NULL)
		return;
	*(void **)&fn = dlsym(h, "uu_lockerr");
	ok(fn != NULL && *fn(0) == '\0', "call_through_dlsym");
	ok(dladdr((void *)fn, &info) != 0 && info.dli_sname != NULL &&
	    strcmp(info.dli_sname, "uu_lockerr") == 0 &&
	    strstr(info.dli_fname, "libutil.so.4") != NULL, "dladdr");
	ok(dlinfo(h, RTLD_DI_LINKMAP, &map) == 0 && map != NULL &&
	    strstr(map->l_name, "libutil.so.4") != NULL, "dlinfo_linkmap");
	ok(dlinfo(h, RTLD_DI_ORIGIN, origin) == 0 &&
	    strcmp(origin, "/lib") == 0, "dlinfo_origin");
	ok(dlopen("libutil.so.4", RTLD_NOW) == h, "second_open_same_handle");
	dlclose(h);
	ok(*fn(0) == '\0', "one_close_keeps_it");
	dlclose(h);
	ok(dladdr((void *)fn, &info) == 0, "last_close_unmaps");
	ok(dlopen("libutil.so.4", RTLD_LAZY | RTLD_NOLOAD) == NULL &&
	    dlerror() == NULL, "noload_is_silent");
}

static void
test_versions(void)
{
	void *h = dlopen("libm.so.4", RTLD_NOW);

	ok(h != NULL && dlvsym(h, "cos", "DF306.0") != NULL &&
	    dlvsym(h, "cos", "DF999.0") == NULL, "dlvsym_wants_its_version");
	ok(h != NULL && dlsym(h, "cos") != NULL, "dlsym_takes_the_default");
}

static void
test_errors(void)
{
	const char *msg;

	ok(dlopen("libnone.so.1", RTLD_NOW) == NULL, "missing_library");
	msg = dlerror();
	ok(msg != NULL && strstr(msg, "Shared object \"libnone.so.1\" not "
	    "found") == msg, "missing_library_message");
	ok(dlerror() == NULL, "dlerror_clears");
	ok(dlsym(RTLD_DEFAULT, "no_such_symbol") == NULL, "missing_symbol");
	msg = dlerror();
	ok(msg != NULL && strcmp(msg, "Undefined symbol \"no_such_symbol\"") ==
	    0, "missing_symbol_message");
	ok(dlopen("/etc/passwd", RTLD_NOW) == NULL &&
	    (msg = dlerror()) != NULL &&
	    strcmp(msg, "/etc/passwd: invalid file format") == 0,
	    "not_an_object_message");
	ok(dlclose((void *)&msg) == -1 && (msg = dlerror()) != NULL &&
	    strstr(msg, "Invalid shared object handle") == msg,
	    "bad_handle_message");
}

static void
test_crypt(void)
{
	char *(*fn)(const char *, const char *) = NULL;
	const char *r;
	void *h;

	h = dlopen("libcrypt.so.4", RTLD_NOW);
	if (h != NULL)
		*(void **)&fn = dlsym(h, "crypt");
	ok(fn != NULL, "dlopen_libcrypt");
	if (fn == NULL)
		return;
	r = fn("password", "$5$saltsalt$");
	ok(r != NULL && strcmp(r, "$5$saltsalt$gOjOtoMpVhru2uyjeJSEc/"
	    "JaLQWOXMNmlOnj6T4AtC.") == 0, "crypt_sha256");
	r = fn("password", "$6$saltsalt$");
	ok(r != NULL && strcmp(r, "$6$saltsalt$qFmFH.bQmmtXzyBY0s9v7Oicd2z4XS"
	    "IecDzlB5KiA2/jctKu9YterLp8wwnSq.qc.eoxqOmSuNp2xS0ktL3nh/") == 0,
	    "crypt_sha512");
	r = fn("password", "ab");
	ok(r != NULL && strcmp(r, "abJnggxhB/yWI") == 0, "crypt_des");
	dlclose(h);
}

static int
count(struct dl_phdr_info *info, size_t size, void *arg)
{
	++*(int *)arg;
	return (size != 64);
}

static void
test_environment(void)
{
	char out[2048];
	int status;

	status = run_self("LD_TRACE_LOADED_OBJECTS", "yes", out, sizeof(out));
	ok(status == 0 && strstr(out, "libc.so.8 => /lib/libc.so.8 (0x") !=
	    NULL, "trace_lists_libraries");
	status = run_self("LD_PRELOAD", "libnone.so.2", out, sizeof(out));
	ok(status == 1 << 8 && strcmp(out, "Shared object \"libnone.so.2\" "
	    "not found\n") == 0, "missing_preload_is_fatal");
	status = run_self("LD_PRELOAD", "libm.so.4", out, sizeof(out));
	ok(status == 0 && strstr(out, "child") != NULL, "preload_library");
	status = run_self("LD_BIND_NOW", "1", out, sizeof(out));
	ok(status == 0 && strcmp(out, "child\n") == 0, "bind_now");
	snprintf(out, sizeof(out), "LD_UTRACE=1 ktrace -t u -f /tmp/utrace.out "
	    "%s child > /dev/null && kdump -f /tmp/utrace.out | "
	    "grep -q 'RTLD: load /lib/libc.so.8 at' && "
	    "kdump -f /tmp/utrace.out | grep -q 'RTLD: init /lib/libc.so.8' "
	    "&& kdump -f /tmp/utrace.out | grep -q 'RTLD: fini'", self);
	ok(system(out) == 0, "utrace_tells_of_objects");
	unlink("/tmp/utrace.out");
}

int
main(int argc, char **argv)
{
	int n = 0;

	if (argc > 1) {
		printf("child\n");
		return (0);
	}
	self = argv[0];
	ok(dlopen(NULL, RTLD_LAZY) != NULL, "dlopen_program");
	ok(dlsym(RTLD_DEFAULT, "printf") != NULL, "default_scope");
	ok(dl_iterate_phdr(count, &n) == 0 && n >= 3, "iterate_phdr");
	test_open();
	test_versions();
	test_errors();
	test_crypt();
	test_environment();
	return (tap_done());
}
