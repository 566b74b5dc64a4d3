/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * cksum, sum - checksums and sizes of files
 *
 * usage: cksum [-o 1 | 2 | 3] [file ...]
 *        sum [file ...]
 */
#include <sys/types.h>

#include <err.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

/*
 * Tables of the two CRCs: that of POSIX, most significant bit first, and that
 * of ISO 3309 as in Ethernet and zip, least significant first.
 */
static uint32_t posix_table[256], iso_table[256];

static void
make_tables(void)
{
	uint32_t a, b;
	int i, bit;

	for (i = 0; i < 256; i++) {
		a = (uint32_t)i << 24;
		b = (uint32_t)i;
		for (bit = 0; bit < 8; bit++) {
			a = a << 1 ^ ((a >> 31) != 0 ? 0x04c11db7 : 0);
			b = b >> 1 ^ ((b & 1) != 0 ? 0xedb88320 : 0);
		}
		posix_table[i] = a;
		iso_table[i] = b;
	}
}

struct sum {
	uint32_t value;
	off_t	size;
};

static void
add_posix(struct sum *s, const u_char *p, size_t n)
{
	while (n-- > 0)
		s->value = s->value << 8 ^
		    posix_table[(s->value >> 24 ^ *p++) & 0xff];
}

static void
add_iso(struct sum *s, const u_char *p, size_t n)
{
	while (n-- > 0)
		s->value = s->value >> 8 ^ iso_table[(s->value ^ *p++) & 0xff];
}

/* Rotate to the right, add: the historic sum of BSD. */
static void
add_bsd(struct sum *s, const u_char *p, size_t n)
{
	while (n-- > 0) {
		s->value = (s->value >> 1) + ((s->value & 1) << 15);
		s->value = (s->value + *p++) & 0xffff;
	}
}

/* The sum of all bytes: that of System V. */
static void
add_sysv(struct sum *s, const u_char *p, size_t n)
{
	while (n-- > 0)
		s->value += *p++;
}

static void
finish(struct sum *s, int kind)
{
	off_t n;
	u_char c;

	switch (kind) {
	case 0:			/* POSIX: the length belongs to the data */
		for (n = s->size; n != 0; n >>= 8) {
			c = (u_char)n;
			add_posix(s, &c, 1);
		}
		s->value = ~s->value;
		break;
	case 1:
		s->size = (s->size + 1023) / 1024;
		break;
	case 2:
		s->value = (s->value & 0xffff) + (s->value >> 16);
		s->value = (s->value & 0xffff) + (s->value >> 16);
		s->size = (s->size + 511) / 512;
		break;
	case 3:
		s->value = ~s->value;
		break;
	}
}

static int
checksum(FILE *f, const char *name, int kind)
{
	static void (*const add[])(struct sum *, const u_char *, size_t) = {
		add_posix, add_bsd, add_sysv, add_iso,
	};
	struct sum s = { kind == 3 ? ~0U : 0, 0 };
	u_char buf[65536];
	size_t n;

	while ((n = fread(buf, 1, sizeof(buf), f)) > 0) {
		add[kind](&s, buf, n);
		s.size += (off_t)n;
	}
	if (ferror(f)) {
		warn("%s", name != NULL ? name : "stdin");
		return (1);
	}
	finish(&s, kind);
	printf("%u %jd%s%s\n", s.value, (intmax_t)s.size,
	    name != NULL ? " " : "", name != NULL ? name : "");
	return (0);
}

int
main(int argc, char **argv)
{
	int c, kind = 0, rc = 0, is_sum;
	FILE *f;

	is_sum = strcmp(getprogname(), "sum") == 0;
	if (is_sum)
		kind = 1;
	while ((c = getopt(argc, argv, is_sum ? "" : "o:")) != -1) {
		if (c != 'o' || strchr("123", *optarg) == NULL ||
		    *optarg == '\0' || optarg[1] != '\0') {
			if (c == 'o')
				warnx("illegal argument to -o option");
			fprintf(stderr, "usage: cksum [-o 1 | 2 | 3] "
			    "[file ...]\n       sum [file ...]\n");
			return (1);
		}
		kind = *optarg - '0';
	}
	make_tables();
	argv += optind;
	if (*argv == NULL)
		return (checksum(stdin, NULL, kind));
	for (; *argv != NULL; argv++) {
		f = fopen(*argv, "r");
		if (f == NULL) {
			warn("%s", *argv);
			rc = 1;
			continue;
		}
		rc |= checksum(f, *argv, kind);
		fclose(f);
	}
	return (rc);
}
