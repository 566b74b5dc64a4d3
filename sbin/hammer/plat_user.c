/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * HAMMER's core in a user program: memory, locks, time, messages and the
 * files or devices its volumes are in (see sys/vfs/hammer/hammer_plat.h).
 *
 * One thread runs the core, so a lock that is not free is a bug.  Writes
 * are done when the call returns.
 */
#include <err.h>
#include <stdarg.h>
#include <sys/time.h>
#include <unistd.h>
#include "hammer_maint.h"
#include "plat_user.h"

int hammer_quiet;		/* no messages of the core */

void *
hammer_malloc(size_t n)
{
	void *p = malloc(n);

	if (p == NULL)
		err(1, "malloc");
	return (p);
}

void *
hammer_zalloc(size_t n)
{
	void *p = calloc(1, n);

	if (p == NULL)
		err(1, "calloc");
	return (p);
}

void *
hammer_ioalloc(int len)
{
	return (hammer_malloc(len));
}

void
hammer_iofree(void *p, int len)
{
	free(p);
}

void
hammer_lock_init(hammer_lock_t *l, const char *name)
{
	l->hl_shared = l->hl_excl = 0;
}

void
hammer_lock_uninit(hammer_lock_t *l)
{
	assert(l->hl_shared == 0 && l->hl_excl == 0);
}

void
hammer_lock_ex(hammer_lock_t *l)
{
	assert(l->hl_shared == 0);
	l->hl_excl++;
}

void
hammer_lock_sh(hammer_lock_t *l)
{
	assert(l->hl_excl == 0);
	l->hl_shared++;
}

void
hammer_unlock(hammer_lock_t *l)
{
	assert(l->hl_shared + l->hl_excl > 0);
	if (l->hl_excl > 0)
		l->hl_excl--;
	else
		l->hl_shared--;
}

void
hammer_printf(const char *fmt, ...)
{
	va_list ap;

	if (hammer_quiet)
		return;
	va_start(ap, fmt);
	vfprintf(stderr, fmt, ap);
	va_end(ap);
}

uint64_t
hammer_time_us(void)
{
	struct timeval tv;

	gettimeofday(&tv, NULL);
	return ((uint64_t)tv.tv_sec * 1000000 + tv.tv_usec);
}

/*
 * Devices.
 */
int
hammer_dev_read(struct hammer_volume *vol, off_t off, void *buf, int len)
{
	struct hammer_userdev *ud = vol->v_dev;
	ssize_t n;

	if (ud->ud_read != NULL)
		return (ud->ud_read(ud, off, buf, len));
	while (len > 0) {
		n = pread(ud->ud_fd, buf, len, off);
		if (n < 0)
			return (errno);
		if (n == 0)
			return (EIO);
		buf = (char *)buf + n;
		off += n;
		len -= n;
	}
	return (0);
}

int
hammer_dev_write(struct hammer_volume *vol, off_t off, const void *buf,
    int len)
{
	struct hammer_userdev *ud = vol->v_dev;
	ssize_t n;

	if (ud->ud_write != NULL)
		return (ud->ud_write(ud, off, buf, len));
	while (len > 0) {
		n = pwrite(ud->ud_fd, buf, len, off);
		if (n < 0)
			return (errno);
		buf = (const char *)buf + n;
		off += n;
		len -= n;
	}
	return (0);
}

void
hammer_dev_write_async(struct hammer_volume *vol, off_t off, void *buf,
    int len, void (*done)(void *arg, int error), void *arg)
{
	int error = hammer_dev_write(vol, off, buf, len);

	hammer_iofree(buf, len);
	done(arg, error);
}

int
hammer_dev_flush(struct hammer_volume *vol)
{
	struct hammer_userdev *ud = vol->v_dev;

	if (ud->ud_flush != NULL)
		return (ud->ud_flush(ud));
	return (ud->ud_writable && fsync(ud->ud_fd) != 0 && errno != EINVAL ?
	    errno : 0);
}

void
hammer_dev_close(struct hammer_volume *vol)
{
	struct hammer_userdev *ud = vol->v_dev;

	if (ud == NULL)
		return;
	if (ud->ud_fd >= 0)
		close(ud->ud_fd);
	free(ud);
	vol->v_dev = NULL;
}

/* There is no background. */
void
hammer_flusher_kick(struct hammer_mount *hmp)
{
}

void
hammer_io_enter(struct hammer_mount *hmp)
{
	hmp->io_running++;
}

void
hammer_io_leave(struct hammer_mount *hmp, int error)
{
	if (error && hmp->io_error == 0)
		hmp->io_error = error;
	hmp->io_running--;
}

int
hammer_io_drain(struct hammer_mount *hmp)
{
	int error = hmp->io_error;

	assert(hmp->io_running == 0);
	hmp->io_error = 0;
	return (error);
}

void
hammer_io_settle(struct hammer_mount *hmp)
{
}

int
hammer_interrupted(void)
{
	return (0);
}
