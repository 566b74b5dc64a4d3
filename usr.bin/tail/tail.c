/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * tail, tac - the last part of files, or all of them backwards
 *
 * usage: tail [-F | -f | -r] [-q] [-b # | -c # | -n #] [file ...]
 *
 * A count that begins with "+" counts from the start.  -f waits for more to
 * be appended (kqueue tells), -F also notices that the name has got another
 * file.
 */
#include <sys/types.h>
#include <sys/event.h>
#include <sys/stat.h>

#include <ctype.h>
#include <err.h>
#include <errno.h>
#include <fcntl.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static enum { LINES, BYTES } unit = LINES;
static intmax_t count = 10;
static int from_start, follow, by_name, reverse, rc;

static void
set_count(char *text, int scale)
{
	char *end;

	from_start = *text == '+';
	count = strtoimax(text, &end, 10);
	if (end == text || *end != '\0')
		errx(1, "illegal offset -- %s", text);
	if (count < 0)
		count = -count;
	count *= scale;
}

static void
copy_rest(FILE *f)
{
	char buf[65536];
	size_t n;

	while ((n = fread(buf, 1, sizeof(buf), f)) > 0)
		fwrite(buf, 1, n, stdout);
}

static void
skip_from_start(FILE *f)
{
	intmax_t n = count > 0 ? count - 1 : 0;
	int c;

	while (n > 0 && (c = getc(f)) != EOF) {
		if (unit == BYTES || c == '\n')
			n--;
	}
	copy_rest(f);
}

/* A file that can be read backwards: find where the wanted part begins. */
static void
seekable_end(FILE *f, off_t size)
{
	char buf[65536];
	off_t pos = size, start;
	intmax_t left = count;
	size_t n, i;

	if (unit == BYTES) {
		fseeko(f, count < size ? size - count : 0, SEEK_SET);
		copy_rest(f);
		return;
	}
	while (pos > 0) {
		start = pos > (off_t)sizeof(buf) ? pos - (off_t)sizeof(buf) : 0;
		fseeko(f, start, SEEK_SET);
		n = fread(buf, 1, (size_t)(pos - start), f);
		for (i = n; i > 0; i--) {
			/* the newline that ends the file ends no line before */
			if (buf[i - 1] != '\n' || start + (off_t)i == size)
				continue;
			if (--left == 0) {
				fseeko(f, start + (off_t)i, SEEK_SET);
				copy_rest(f);
				return;
			}
		}
		pos = start;
	}
	fseeko(f, 0, SEEK_SET);
	if (count > 0)
		copy_rest(f);
}

/*
 * A pipe: what was seen last is kept in a ring.  Rings grow with what comes,
 * up to the count, so that a huge count costs nothing by itself.
 */
static size_t
grown(size_t room, size_t slots)
{
	room = room < 64 ? 64 : room * 2;
	return (room < slots ? room : slots);
}

static void
stream_bytes(FILE *f, size_t slots)
{
	size_t room = 0, seen = 0, i, n;
	char *ring = NULL;
	int c;

	for (; (c = getc(f)) != EOF; seen++) {
		if (seen == room && room < slots) {
			room = grown(room, slots);
			ring = realloc(ring, room);
			if (ring == NULL)
				err(1, NULL);
		}
		ring[seen % slots] = (char)c;
	}
	n = seen < slots ? seen : slots;
	for (i = seen - n; i < seen; i++)
		putchar(ring[i % slots]);
	free(ring);
}

static void
stream_lines(FILE *f, size_t slots)
{
	struct {
		char	*text;
		size_t	len;
	} *ring = NULL;
	size_t room = 0, cap = 0, i, seen = 0, n;
	char *line = NULL;
	ssize_t len;

	while ((len = getline(&line, &cap, f)) > 0) {
		if (seen == room && room < slots) {
			room = grown(room, slots);
			ring = reallocarray(ring, room, sizeof(*ring));
			if (ring == NULL)
				err(1, NULL);
		}
		if (seen >= slots)
			free(ring[seen % slots].text);
		ring[seen % slots].text = line;
		ring[seen++ % slots].len = (size_t)len;
		line = NULL;
		cap = 0;
	}
	n = seen < slots ? seen : slots;
	for (i = seen - n; i < seen; i++) {
		fwrite(ring[i % slots].text, 1, ring[i % slots].len, stdout);
		free(ring[i % slots].text);
	}
	free(line);
	free(ring);
}

static void
stream_end(FILE *f)
{
	if (count > 0)
		(unit == BYTES ? stream_bytes : stream_lines)(f,
		    (size_t)count);
}

static void
print_reversed(FILE *f)
{
	char **lines = NULL, *line = NULL;
	size_t *lens = NULL, n = 0, cap = 0, room = 0;
	ssize_t len;

	while ((len = getline(&line, &cap, f)) > 0) {
		if (n == room) {
			room = room * 2 + 64;
			lines = reallocarray(lines, room, sizeof(*lines));
			lens = reallocarray(lens, room, sizeof(*lens));
			if (lines == NULL || lens == NULL)
				err(1, NULL);
		}
		lines[n] = line;
		lens[n++] = (size_t)len;
		line = NULL;
		cap = 0;
	}
	while (n-- > 0)
		fwrite(lines[n], 1, lens[n], stdout);
}

static void
show(FILE *f)
{
	struct stat st;

	if (reverse)
		print_reversed(f);
	else if (from_start)
		skip_from_start(f);
	else if (fstat(fileno(f), &st) == 0 && S_ISREG(st.st_mode))
		seekable_end(f, st.st_size);
	else
		stream_end(f);
	fflush(stdout);
}

static void
follow_files(FILE **files, char **names, int n)
{
	struct timespec second = { 1, 0 };
	struct stat st, there;
	struct kevent ev;
	int kq = kqueue(), i, last = n - 1;

	if (kq < 0)
		err(1, "kqueue");
	for (i = 0; i < n; i++) {
		if (files[i] == NULL)
			continue;
		EV_SET(&ev, fileno(files[i]), EVFILT_VNODE, EV_ADD | EV_CLEAR,
		    NOTE_WRITE | NOTE_EXTEND | NOTE_DELETE | NOTE_RENAME |
		    NOTE_ATTRIB, 0, NULL);
		if (kevent(kq, &ev, 1, NULL, 0, NULL) < 0) {
			EV_SET(&ev, fileno(files[i]), EVFILT_READ, EV_ADD |
			    EV_CLEAR, 0, 0, NULL);
			kevent(kq, &ev, 1, NULL, 0, NULL);
		}
	}
	for (;;) {
		if (kevent(kq, NULL, 0, &ev, 1, by_name ? &second : NULL) < 0 &&
		    errno != EINTR)
			err(1, "kevent");
		for (i = 0; i < n; i++) {
			if (files[i] == NULL)
				continue;
			if (fstat(fileno(files[i]), &st) == 0 &&
			    S_ISREG(st.st_mode) && st.st_size < ftello(files[i])) {
				warnx("%s has been truncated", names[i]);
				rewind(files[i]);
			}
			clearerr(files[i]);
			if (n > 1 && i != last && st.st_size > ftello(files[i])) {
				printf("\n==> %s <==\n", names[i]);
				last = i;
			}
			copy_rest(files[i]);
			if (by_name && stat(names[i], &there) == 0 &&
			    (there.st_ino != st.st_ino ||
			    there.st_dev != st.st_dev)) {
				FILE *f = freopen(names[i], "r", files[i]);

				files[i] = f;
				if (f == NULL)
					continue;
				EV_SET(&ev, fileno(f), EVFILT_VNODE, EV_ADD |
				    EV_CLEAR, NOTE_WRITE | NOTE_EXTEND |
				    NOTE_DELETE | NOTE_RENAME, 0, NULL);
				kevent(kq, &ev, 1, NULL, 0, NULL);
				copy_rest(f);
			}
		}
		fflush(stdout);
	}
}

int
main(int argc, char **argv)
{
	int c, i, quiet = 0, first = 1;
	FILE **files;

	reverse = strcmp(getprogname(), "tac") == 0;
	if (argc > 1 && (argv[1][0] == '-' || argv[1][0] == '+') &&
	    isdigit((unsigned char)argv[1][1])) {
		set_count(argv[1][0] == '+' ? argv[1] : argv[1] + 1, 1);
		argv++;
		argc--;
	}
	while ((c = getopt(argc, argv, "b:c:Ffn:qr")) != -1) {
		switch (c) {
		case 'b':
			unit = BYTES;
			set_count(optarg, 512);
			break;
		case 'c':
			unit = BYTES;
			set_count(optarg, 1);
			break;
		case 'F':
			by_name = follow = 1;
			break;
		case 'f':
			follow = 1;
			break;
		case 'n':
			set_count(optarg, 1);
			break;
		case 'q':
			quiet = 1;
			break;
		case 'r':
			reverse = 1;
			break;
		default:
			fprintf(stderr, "usage: tail [-F | -f | -r] [-q] "
			    "[-b # | -c # | -n #] [file ...]\n");
			return (1);
		}
	}
	argv += optind;
	argc -= optind;
	if (argc == 0) {
		show(stdin);
		if (follow)
			follow_files((FILE *[]){ stdin },
			    (char *[]){ __DECONST(char *, "stdin") }, 1);
		return (rc);
	}
	files = calloc((size_t)argc, sizeof(*files));
	if (files == NULL)
		err(1, NULL);
	for (i = 0; i < argc; i++) {
		files[i] = fopen(argv[i], "r");
		if (files[i] == NULL) {
			warn("%s", argv[i]);
			rc = 1;
			continue;
		}
		if (argc > 1 && !quiet)
			printf("%s==> %s <==\n", first ? "" : "\n", argv[i]);
		first = 0;
		show(files[i]);
	}
	if (follow)
		follow_files(files, argv, argc);
	return (rc);
}
