/* SPDX-License-Identifier: BSD-2-Clause */
/* The test program: dynamic linking seen from a program. */
#include "t.h"

extern int order[8], norder;
extern int a_copied;
extern __thread int a_tls;
extern const char *__progname;
int	c_events;
__thread int own_tls = 3;
__thread char own_aligned[64] __attribute__((__aligned__(64)));

int	a_call_b(void);
int	*a_copied_addr(void);
int	*a_tls_addr(void);
int	a_local_get(void);
double	a_mix(int, double, int, double, float, long, long, long, long, long);
int	a_ifunc(void);
int	a_weak(void);
int	interposed(void);
int	a_interposed(void);
int	vers(void);
int	main(int, char **);

int
interposed(void)
{
	return (2);
}

static int
same(const char *a, const char *b)
{
	while (*a == *b && *a != '\0') {
		a++;
		b++;
	}
	return (*a == *b);
}

static int
count(void *info, unsigned long size, void *arg)
{
	++*(int *)arg;
	return (0);
}

static void
test_open(void)
{
	int (*f)(void), (*g)(void), *p, n = 0, m = 0;
	void *h;

	dl_iterate_phdr(count, &n);
	h = dlopen("libc1.so", RTLD_LAZY);
	t_ok(h != 0 && c_events == 1, "dlopen_runs_constructors");
	if (h == 0) {
		t_puts(dlerror());
		return;
	}
	dl_iterate_phdr(count, &m);
	t_ok(n == 4 && m == 5, "dl_iterate_phdr_sees_all_objects");
	f = (int (*)(void))dlsym(h, "c_value");
	t_ok(f != 0 && f() == 1239 && f() == 1240, "dlopened_tls_dynamic");
	g = (int (*)(void))dlsym(h, "c_ie_get");
	t_ok(g != 0 && g() == 11 && g() == 12, "dlopened_tls_initial_exec");
	p = dlsym(h, "c_tls");
	t_ok(p != 0 && *p == 7, "dlsym_of_tls_symbol");
	g = (int (*)(void))dlsym(h, "c_next");
	t_ok(g() == 2, "rtld_default_finds_program_first");
	t_ok(dlsym(h, "no_such") == 0 && same(dlerror(),
	    "Undefined symbol \"no_such\"") && dlerror() == 0,
	    "dlsym_error_text");
	t_ok(dlopen("libc1.so", RTLD_NOW) == h, "dlopen_twice_same_handle");
	dlclose(h);
	t_ok(c_events == 1, "first_dlclose_keeps_object");
	dlclose(h);
	t_ok(c_events == 101, "last_dlclose_runs_destructors");
	t_ok(dlopen("libnone.so", RTLD_NOW) == 0 && same(dlerror(),
	    "Shared object \"libnone.so\" not found, required by \"x86_64\""),
	    "dlopen_error_text");
	h = dlopen("libc1.so", RTLD_NOW);
	f = (int (*)(void))dlsym(h, "c_value");
	t_ok(h != 0 && f() == 1239, "reopened_object_is_fresh");
}

int
main(int argc, char **argv)
{
	struct dl_info info;
	int (*v)(void);

	t_ok(argc == 2 && same(__progname, "prog"), "progname_is_set");
	t_ok(norder == 2 && order[0] == 'b' && order[1] == 'a',
	    "dependencies_initialise_first");
	t_ok(a_call_b() == 1234, "call_through_two_libraries");
	t_ok(a_copied == 42 && a_copied_addr() == &a_copied,
	    "copy_relocation_is_shared");
	t_ok(own_tls == 3 && (unsigned long)own_aligned % 64 == 0,
	    "program_tls_and_alignment");
	t_ok(a_tls == 7 && a_tls_addr() == &a_tls, "library_tls_is_shared");
	t_ok(a_local_get() == 9 && a_local_get() == 10, "tls_local_dynamic");
	t_ok(a_mix(1, 2.5, 3, 4.5, 5.0F, 6, 7, 8, 9, 10) == 56.0 &&
	    a_mix(1, 2.5, 3, 4.5, 5.0F, 6, 7, 8, 9, 10) == 56.0,
	    "lazy_binding_keeps_arguments");
	t_ok(a_ifunc() == 77, "ifunc_resolved");
	t_ok(a_weak() == 0, "undefined_weak_is_null");
	t_ok(a_interposed() == 2, "program_interposes_library");
	t_ok(vers() == 2, "default_version_bound");
	v = (int (*)(void))dlvsym(RTLD_DEFAULT, "vers", "V1");
	t_ok(v != 0 && v() == 1, "dlvsym_finds_old_version");
	t_ok(dladdr((void *)a_call_b, &info) != 0 &&
	    info.fbase != 0, "dladdr_finds_object");
	test_open();
	return (0);
}
