/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The dynamic linker's interface as a static program has it: nothing can be
 * loaded, and the program is the only object.  In a dynamic program the
 * linker's own functions take the place of all of these.
 */
#include <sys/types.h>
#include <machine/tls.h>
#include <dlfcn.h>
#include <link.h>
#include <stddef.h>

#include "libc_private.h"
#include "auxv.h"

void	_rtld_error(const char *, ...);
void	_rtld_thread_init(void *);
void	_rtld_setthreaded(int);
void	_rtld_thread_prefork(void);
void	_rtld_thread_postfork(void);
void	_rtld_thread_childfork(void);
int	_rtld_addr_phdr(const void *, struct dl_phdr_info *);
int	_rtld_get_stack_prot(void);

static const char no_linker[] = "no dynamic linker in a static program";
static const char *dl_message;

__weak void *
dlopen(const char *path, int mode)
{
	dl_message = no_linker;
	return (NULL);
}

__weak void *
fdlopen(int fd, int mode)
{
	dl_message = no_linker;
	return (NULL);
}

__weak int
dlclose(void *handle)
{
	dl_message = no_linker;
	return (-1);
}

__weak char *
dlerror(void)
{
	const char *message = dl_message;

	dl_message = NULL;
	return (__DECONST(char *, message));
}

__weak void *
dlsym(void *restrict handle, const char *restrict name)
{
	dl_message = no_linker;
	return (NULL);
}

__weak void *
dlvsym(void *restrict handle, const char *restrict name,
    const char *restrict version)
{
	dl_message = no_linker;
	return (NULL);
}

__weak dlfunc_t
dlfunc(void *restrict handle, const char *restrict name)
{
	dl_message = no_linker;
	return (NULL);
}

__weak int
dladdr(const void *addr, Dl_info *info)
{
	dl_message = no_linker;
	return (0);
}

__weak int
dlinfo(void *restrict handle, int request, void *restrict result)
{
	dl_message = no_linker;
	return (-1);
}

/* The program itself; unwinders need it in static programs too. */
__weak int
dl_iterate_phdr(__dl_iterate_hdr_callback callback, void *data)
{
	struct dl_phdr_info info;
	const Elf_Phdr *ph;
	int i, n;

	ph = __program_headers(&n);
	if (ph == NULL)
		return (0);
	info.dlpi_addr = __program_bias();
	info.dlpi_name = __progname;
	info.dlpi_phdr = ph;
	info.dlpi_phnum = (Elf_Half)n;
	info.dlpi_adds = 1;
	info.dlpi_subs = 0;
	info.dlpi_tls_modid = 0;
	info.dlpi_tls_data = NULL;
	for (i = 0; i < n; i++) {
		if (ph[i].p_type == PT_TLS) {
			info.dlpi_tls_modid = 1;
			info.dlpi_tls_data = ((struct tls_dtv *)
			    tls_get_tcb()->tcb_dtv)->dtv_offset[0];
		}
	}
	return (callback(&info, sizeof(info), data));
}

__weak int
_rtld_addr_phdr(const void *addr, struct dl_phdr_info *info)
{
	return (0);
}

__weak int
_rtld_get_stack_prot(void)
{
	return (3);	/* PROT_READ | PROT_WRITE */
}

__weak void
_rtld_error(const char *fmt, ...)
{
	dl_message = fmt;
}

/* Constructors run from the start-up code, and there are no locks. */
__weak void
_rtld_call_init(void)
{
}

__weak void
_rtld_thread_init(void *unused)
{
}

__weak void
_rtld_setthreaded(int threaded)
{
}

__weak void
_rtld_thread_prefork(void)
{
}

__weak void
_rtld_thread_postfork(void)
{
}

__weak void
_rtld_thread_childfork(void)
{
}
