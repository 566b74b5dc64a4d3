/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * kvm(3): the kernel's memory and symbols.
 *
 * Memory is read and written through /dev/kmem, opened when first needed.
 * Symbols of the running kernel and its modules come from the kernel itself.
 * Crash dumps are not read by this library.
 */
#include <sys/param.h>
#include <sys/linker.h>
#include <errno.h>
#include <fcntl.h>
#include <paths.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "kvm_private.h"

#define PATH_KMEM	"/dev/kmem"

void
kvm_set_error(kvm_t *kd, int number, const char *fmt, ...)
{
	size_t n;
	va_list ap;

	va_start(ap, fmt);
	vsnprintf(kd->error, sizeof(kd->error), fmt, ap);
	va_end(ap);
	n = strlen(kd->error);
	if (number != 0)
		snprintf(kd->error + n, sizeof(kd->error) - n, ": %s",
		    strerror(number));
	if (kd->program != NULL)
		fprintf(stderr, "%s: %s\n", kd->program, kd->error);
}

static kvm_t *
open_kvm(const char *kernel, const char *core, int flags, const char *program,
    char *error)
{
	kvm_t *kd;

	/* Only the running system: no dump, and nowhere to write but it. */
	if (core != NULL && strcmp(core, _PATH_DEVNULL) != 0 &&
	    strcmp(core, PATH_KMEM) != 0 && strcmp(core, "/dev/mem") != 0) {
		if (program != NULL)
			fprintf(stderr, "%s: %s: not a kernel's memory\n",
			    program, core);
		if (error != NULL)
			snprintf(error, _POSIX2_LINE_MAX,
			    "%s: not a kernel's memory", core);
		errno = EFTYPE;
		return (NULL);
	}
	kd = calloc(1, sizeof(*kd));
	if (kd == NULL) {
		if (error != NULL)
			strlcpy(error, strerror(errno), _POSIX2_LINE_MAX);
		return (NULL);
	}
	kd->program = program;
	kd->memory = -1;
	if (kernel != NULL)
		kd->kernel = strdup(kernel);
	return (kd);
}

kvm_t *
kvm_open(const char *kernel, const char *core, const char *swap, int flags,
    const char *program)
{
	return (open_kvm(kernel, core, flags, program, NULL));
}

kvm_t *
kvm_openfiles(const char *kernel, const char *core, const char *swap,
    int flags, char *error)
{
	return (open_kvm(kernel, core, flags, NULL, error));
}

int
kvm_close(kvm_t *kd)
{
	if (kd->memory >= 0)
		close(kd->memory);
	free(kd->kernel);
	free(kd->procs);
	free(kd->args);
	free(kd->argv);
	free(kd);
	return (0);
}

char *
kvm_geterr(kvm_t *kd)
{
	return (kd->error);
}

static int
open_memory(kvm_t *kd)
{
	if (kd->memory < 0)
		kd->memory = open(PATH_KMEM, O_RDWR | O_CLOEXEC);
	if (kd->memory < 0)
		kd->memory = open(PATH_KMEM, O_RDONLY | O_CLOEXEC);
	if (kd->memory < 0)
		kvm_set_error(kd, errno, "%s", PATH_KMEM);
	return (kd->memory);
}

ssize_t
kvm_read(kvm_t *kd, unsigned long addr, void *buf, size_t n)
{
	ssize_t done;

	if (open_memory(kd) < 0)
		return (-1);
	done = pread(kd->memory, buf, n, (off_t)addr);
	if (done < 0)
		kvm_set_error(kd, errno, "kvm_read");
	else if ((size_t)done != n)
		kvm_set_error(kd, 0, "kvm_read: short read");
	return (done);
}

ssize_t
kvm_write(kvm_t *kd, unsigned long addr, const void *buf, size_t n)
{
	ssize_t done;

	if (open_memory(kd) < 0)
		return (-1);
	done = pwrite(kd->memory, buf, n, (off_t)addr);
	if (done < 0)
		kvm_set_error(kd, errno, "kvm_write");
	return (done);
}

/*
 * A string of the kernel's, in `buf' of *size bytes or, if that is NULL, in
 * memory that the caller frees.  *size becomes its length.
 */
char *
kvm_readstr(kvm_t *kd, u_long addr, char *buf, size_t *size)
{
	size_t room = buf != NULL ? *size : 0, n = 0;
	char *own = buf, *p, c;

	do {
		if (kvm_read(kd, addr + n, &c, 1) != 1)
			goto fail;
		if (n + 1 >= room) {
			if (buf != NULL) {
				kvm_set_error(kd, ENAMETOOLONG, "kvm_readstr");
				return (NULL);
			}
			room = room * 2 + 64;
			p = realloc(own, room);
			if (p == NULL) {
				kvm_set_error(kd, errno, "kvm_readstr");
				goto fail;
			}
			own = p;
		}
		own[n++] = c;
	} while (c != '\0');
	if (size != NULL)
		*size = n - 1;
	return (own);
fail:
	if (own != buf)
		free(own);
	return (NULL);
}

/* The number of names that were not found, or -1. */
int
kvm_nlist(kvm_t *kd, struct nlist *list)
{
	struct kld_sym_lookup lookup;
	struct nlist *n;
	int missing = 0;

	if (kd->kernel != NULL && strcmp(kd->kernel, getbootfile()) != 0)
		return (nlist(kd->kernel, list));
	for (n = list; n->n_un.n_name != NULL && n->n_un.n_name[0] != '\0';
	    n++) {
		memset(&lookup, 0, sizeof(lookup));
		lookup.version = sizeof(lookup);
		lookup.symname = __DECONST(char *, n->n_un.n_name);
		n->n_type = 0;
		n->n_value = 0;
		if (kldsym(0, KLDSYM_LOOKUP, &lookup) != 0) {
			missing++;
			continue;
		}
		n->n_type = N_TEXT | N_EXT;
		n->n_other = 0;
		n->n_desc = 0;
		n->n_value = lookup.symvalue;
	}
	return (missing);
}
