/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Where a program begins.
 *
 * The kernel (static program) or the dynamic linker enters _start() with
 * the address of argc in the first argument and, from the linker, a function
 * to call at exit in the second.  The stack looks as if _start() had been
 * called, so it can be a C function.
 *
 * Constructors: in a dynamic program the linker runs those of all objects,
 * the program's own included, from _rtld_call_init(); the second note below
 * tells it that this is wanted.  In a static program they are run here.
 */
#include <sys/cdefs.h>
#include <sys/param.h>
#include <stdlib.h>

typedef void (*array_fn)(int, char **, char **);

struct tls_tcb;

void	_start(char **ap, void (*cleanup)(void)) __dead2;
int	main(int, char **, char **);

/* In libc; _rtld_call_init() in the linker if there is one. */
struct tls_tcb *_init_tls(void);
void	_rtld_call_init(void);

/* In crti.o and crtn.o. */
void	_init(void);
void	_fini(void);

/* Present in a dynamic program only. */
extern int _DYNAMIC __weak;

/* Bounds of the arrays, from the link editor. */
extern array_fn __preinit_array_start[] __hidden;
extern array_fn __preinit_array_end[] __hidden;
extern array_fn __init_array_start[] __hidden;
extern array_fn __init_array_end[] __hidden;
extern void (*__fini_array_start[])(void) __hidden;
extern void (*__fini_array_end[])(void) __hidden;

/* Every executable has its own; libraries refer to these. */
char **environ;
const char *__progname = "";

/*
 * The notes by which the system knows its programs: version of the headers
 * built with, and that constructors are left to the dynamic linker.
 */
struct brand_note {
	int	namesz;
	int	descsz;
	int	type;
	char	name[12];
	int	desc;
};

#define NOTE_ABI_TAG	1
#define NOTE_CRT_NOINIT	0x20

static const struct brand_note abi_tag
    __section(".note.tag") __used __aligned(4) = {
	10, sizeof(int), NOTE_ABI_TAG, "DragonFly", __DragonFly_version
};
static const struct brand_note crt_noinit
    __section(".note.tag") __used __aligned(4) = {
	10, sizeof(int), NOTE_CRT_NOINIT, "DragonFly", 0
};

static void
run_array(array_fn *from, array_fn *to, int argc, char **argv)
{
	for (; from < to; from++) {
		if ((uintptr_t)*from > 1)
			(*from)(argc, argv, environ);
	}
}

/* Destructors of a static program. */
static void
finalise(void)
{
	void (**fn)(void);

	for (fn = __fini_array_end; fn > __fini_array_start; ) {
		fn--;
		if ((uintptr_t)*fn > 1)
			(*fn)();
	}
	_fini();
}

static void
set_progname(const char *path)
{
	const char *p;

	__progname = path;
	for (p = path; *p != '\0'; p++) {
		if (*p == '/')
			__progname = p + 1;
	}
}

void
_start(char **ap, void (*cleanup)(void))
{
	int argc = *(long *)(void *)ap;
	char **argv = ap + 1;

	environ = argv + argc + 1;
	if (argc > 0 && argv[0] != NULL)
		set_progname(argv[0]);

	_init_tls();
	_rtld_call_init();
	if (&_DYNAMIC != NULL) {
		if (cleanup != NULL)
			atexit(cleanup);
	} else {
		atexit(finalise);
		run_array(__preinit_array_start, __preinit_array_end,
		    argc, argv);
		_init();
		run_array(__init_array_start, __init_array_end, argc, argv);
	}
	exit(main(argc, argv, environ));
}
