/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * dd - copy and convert a file by blocks
 *
 * usage: dd [operand ...]
 *
 * Operands: if= of= bs= ibs= obs= cbs= (conv=block) count= skip= iseek= seek=
 * oseek= files= conv=(notrunc noerror sync swab lcase ucase fsync sparse
 * excl), status=(none noxfer progress).  SIGINFO prints the counts so far.
 */
#include <sys/types.h>
#include <sys/stat.h>

#include <ctype.h>
#include <err.h>
#include <errno.h>
#include <fcntl.h>
#include <libutil.h>
#include <signal.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#define C_NOTRUNC	0x001
#define C_NOERROR	0x002
#define C_SYNC		0x004
#define C_SWAB		0x008
#define C_LCASE		0x010
#define C_UCASE		0x020
#define C_FSYNC		0x040
#define C_SPARSE	0x080
#define C_EXCL		0x100

static size_t ibs = 512, obs = 512;
static int64_t count = -1, skip, seek_blocks;
static const char *in_name = "stdin", *out_name = "stdout";
static int in_fd = STDIN_FILENO, out_fd = STDOUT_FILENO, conv;
static enum { SUMMARY, NOXFER, NONE, PROGRESS } report = SUMMARY;
static uint64_t in_full, in_part, out_full, out_part, bytes_out;
static struct timespec started;
static volatile sig_atomic_t asked;
static int64_t pending_hole;

static void
summary(void)
{
	struct timespec now;
	double seconds;

	if (report == NONE)
		return;
	fprintf(stderr, "%ju+%ju records in\n%ju+%ju records out\n",
	    (uintmax_t)in_full, (uintmax_t)in_part, (uintmax_t)out_full,
	    (uintmax_t)out_part);
	if (report == NOXFER)
		return;
	clock_gettime(CLOCK_MONOTONIC, &now);
	seconds = (double)(now.tv_sec - started.tv_sec) +
	    (double)(now.tv_nsec - started.tv_nsec) / 1e9;
	if (seconds <= 0)
		seconds = 1e-6;
	fprintf(stderr, "%ju bytes transferred in %.6f secs (%.0f bytes/sec)\n",
	    (uintmax_t)bytes_out, seconds, (double)bytes_out / seconds);
}

static void
on_signal(int sig)
{
	if (sig == SIGINT) {
		summary();
		_exit(130);
	}
	asked = 1;
}

static int64_t
number(const char *name, const char *text)
{
	char *copy = strdup(text), *rest = copy, *factor;
	int64_t product = 1, n;

	if (copy == NULL)
		err(1, NULL);
	while ((factor = strsep(&rest, "x*")) != NULL) {
		size_t len = strlen(factor);

		if (len > 1 && factor[len - 1] == 'w') {
			factor[len - 1] = '\0';
			product *= (int64_t)sizeof(int);
		} else if (len > 1 && factor[len - 1] == 'b') {
			factor[len - 1] = '\0';
			product *= 512;
		}
		if (expand_number(factor, &n) < 0 || n < 0 ||
		    __builtin_mul_overflow(product, n, &product))
			errx(1, "%s: illegal numeric value", name);
	}
	free(copy);
	return (product);
}

static void
set_conv(char *list)
{
	static const struct {
		const char	*name;
		int		 bit;
	} names[] = {
		{ "notrunc", C_NOTRUNC }, { "noerror", C_NOERROR },
		{ "sync", C_SYNC }, { "swab", C_SWAB }, { "lcase", C_LCASE },
		{ "ucase", C_UCASE }, { "fsync", C_FSYNC },
		{ "sparse", C_SPARSE }, { "excl", C_EXCL }, { "osync", 0 },
	};
	char *word;
	size_t i;

	while ((word = strsep(&list, ",")) != NULL) {
		for (i = 0; i < sizeof(names) / sizeof(names[0]); i++) {
			if (strcmp(word, names[i].name) == 0)
				break;
		}
		if (i == sizeof(names) / sizeof(names[0]))
			errx(1, "unknown conversion %s", word);
		conv |= names[i].bit;
	}
}

static void
operand(char *arg)
{
	char *value = strchr(arg, '=');

	if (value == NULL)
		errx(1, "unknown operand %s", arg);
	*value++ = '\0';
	if (strcmp(arg, "if") == 0)
		in_name = value;
	else if (strcmp(arg, "of") == 0)
		out_name = value;
	else if (strcmp(arg, "bs") == 0)
		ibs = obs = (size_t)number(arg, value);
	else if (strcmp(arg, "ibs") == 0)
		ibs = (size_t)number(arg, value);
	else if (strcmp(arg, "obs") == 0)
		obs = (size_t)number(arg, value);
	else if (strcmp(arg, "count") == 0)
		count = number(arg, value);
	else if (strcmp(arg, "skip") == 0 || strcmp(arg, "iseek") == 0)
		skip = number(arg, value);
	else if (strcmp(arg, "seek") == 0 || strcmp(arg, "oseek") == 0)
		seek_blocks = number(arg, value);
	else if (strcmp(arg, "conv") == 0)
		set_conv(value);
	else if (strcmp(arg, "status") == 0)
		report = strcmp(value, "none") == 0 ? NONE :
		    strcmp(value, "noxfer") == 0 ? NOXFER :
		    strcmp(value, "progress") == 0 ? PROGRESS : SUMMARY;
	else
		errx(1, "unknown operand %s", arg);
	if (ibs == 0 || obs == 0 || ibs > (1UL << 31) || obs > (1UL << 31))
		errx(1, "%s: illegal block size", arg);
}

static void
open_files(void)
{
	static char *sink;
	int flags = O_RDWR | O_CREAT;
	int64_t i;

	if (strcmp(in_name, "stdin") != 0) {
		in_fd = open(in_name, O_RDONLY);
		if (in_fd < 0)
			err(1, "%s", in_name);
	}
	if (strcmp(out_name, "stdout") != 0) {
		if (seek_blocks == 0 && (conv & C_NOTRUNC) == 0)
			flags |= O_TRUNC;
		if ((conv & C_EXCL) != 0)
			flags |= O_EXCL;
		out_fd = open(out_name, flags, 0666);
		if (out_fd < 0)
			out_fd = open(out_name, (flags & ~O_RDWR) | O_WRONLY, 0666);
		if (out_fd < 0)
			err(1, "%s", out_name);
		if (seek_blocks > 0 && (conv & C_NOTRUNC) == 0 &&
		    ftruncate(out_fd, seek_blocks * (off_t)obs) < 0 &&
		    errno != EINVAL)
			err(1, "%s", out_name);
	}
	if (skip > 0 && lseek(in_fd, skip * (off_t)ibs, SEEK_CUR) < 0) {
		sink = malloc(ibs);
		for (i = 0; i < skip; i++) {
			if (read(in_fd, sink, ibs) <= 0)
				break;
		}
		free(sink);
	}
	if (seek_blocks > 0 &&
	    lseek(out_fd, seek_blocks * (off_t)obs, SEEK_CUR) < 0)
		err(1, "%s", out_name);
}

static void
convert(unsigned char *buf, size_t n)
{
	unsigned char t;
	size_t i;

	if ((conv & C_SWAB) != 0) {
		for (i = 0; i + 1 < n; i += 2) {
			t = buf[i];
			buf[i] = buf[i + 1];
			buf[i + 1] = t;
		}
	}
	if ((conv & (C_LCASE | C_UCASE)) != 0) {
		for (i = 0; i < n; i++)
			buf[i] = (unsigned char)((conv & C_LCASE) != 0 ?
			    tolower(buf[i]) : toupper(buf[i]));
	}
}

static int
all_zero(const unsigned char *buf, size_t n)
{
	return (n > 0 && buf[0] == 0 && memcmp(buf, buf + 1, n - 1) == 0);
}

static void
put_block(const unsigned char *buf, size_t n)
{
	size_t done = 0;
	ssize_t w;

	if ((conv & C_SPARSE) != 0 && all_zero(buf, n)) {
		pending_hole += (int64_t)n;
		done = n;
	} else if (pending_hole > 0) {
		if (lseek(out_fd, pending_hole, SEEK_CUR) < 0)
			err(1, "%s", out_name);
		pending_hole = 0;
	}
	while (done < n) {
		w = write(out_fd, buf + done, n - done);
		if (w < 0 && errno == EINTR)
			continue;
		if (w == 0)	/* a device's end */
			errno = ENOSPC;
		if (w <= 0) {
			bytes_out += done;
			out_part += done > 0;
			warn("%s", out_name);
			summary();
			exit(1);
		}
		done += (size_t)w;
	}
	bytes_out += n;
	if (n == obs)
		out_full++;
	else
		out_part++;
}

static void
transfer(void)
{
	unsigned char *buf = malloc(ibs + obs);
	time_t last = time(NULL);
	size_t have = 0, off;
	ssize_t n;

	if (buf == NULL)
		err(1, NULL);
	while (count < 0 || (int64_t)(in_full + in_part) < count) {
		if (asked || (report == PROGRESS && time(NULL) != last)) {
			asked = 0;
			last = time(NULL);
			summary();
		}
		n = read(in_fd, buf + have, ibs);
		if (n < 0) {
			if (errno == EINTR)
				continue;
			warn("%s", in_name);
			if ((conv & C_NOERROR) == 0) {
				summary();
				exit(1);
			}
			lseek(in_fd, (off_t)ibs, SEEK_CUR);
			n = 0;
			if ((conv & C_SYNC) == 0)
				continue;
		} else if (n == 0) {
			break;
		}
		if ((size_t)n == ibs) {
			in_full++;
		} else {
			in_part++;
			if ((conv & C_SYNC) != 0) {
				memset(buf + have + n, 0, ibs - (size_t)n);
				n = (ssize_t)ibs;
			}
		}
		convert(buf + have, (size_t)n);
		have += (size_t)n;
		if (ibs == obs) {	/* bs=: each read is one write */
			put_block(buf, have);
			have = 0;
			continue;
		}
		for (off = 0; have - off >= obs; off += obs)
			put_block(buf + off, obs);
		memmove(buf, buf + off, have - off);
		have -= off;
	}
	if (have > 0)
		put_block(buf, have);
	if (pending_hole > 0 && ftruncate(out_fd,
	    lseek(out_fd, 0, SEEK_CUR) + pending_hole) < 0)
		err(1, "%s", out_name);
	free(buf);
}

int
main(int argc, char **argv)
{
	while (*++argv != NULL)
		operand(*argv);
	clock_gettime(CLOCK_MONOTONIC, &started);
	open_files();
	signal(SIGINFO, on_signal);
	signal(SIGINT, on_signal);
	transfer();
	if ((conv & C_FSYNC) != 0 && fsync(out_fd) < 0)
		err(1, "%s", out_name);
	if (close(out_fd) < 0)
		err(1, "%s", out_name);
	summary();
	return (0);
}
