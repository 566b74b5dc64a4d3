/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * sysctl - get or set kernel state
 *
 * usage: sysctl [-bdeNnox] name[=value] ...
 *        sysctl [-bdeNnox] -a
 *
 *	-b raw bytes	-d description	-e "=" between name and value
 *	-N names only	-n values only	-o opaque values too
 *	-x opaque in hexadecimal whole
 */
#include <sys/types.h>
#include <sys/resource.h>
#include <sys/sysctl.h>
#include <sys/time.h>

#include <ctype.h>
#include <err.h>
#include <errno.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sysexits.h>
#include <time.h>
#include <unistd.h>

#define META_NAME	1	/* doc/reference/abi/process-abi.md 15.2 */
#define META_NEXT	2
#define META_NAME2OID	3
#define META_FORMAT	4
#define META_DESCRIPTION 5

static int all, raw, describe, equals, names_only, values_only, opaque, hex;
static int status;

/* Asks the meta node `what' about an identifier. */
static int
meta(int what, const int *oid, size_t len, void *buf, size_t *size)
{
	int q[CTL_MAXNAME + 2];

	q[0] = 0;
	q[1] = what;
	memcpy(q + 2, oid, len * sizeof(int));
	return (sysctl(q, (u_int)len + 2, buf, size, NULL, 0));
}

static int
name_to_oid(const char *name, int *oid, size_t *len)
{
	int q[2] = { 0, META_NAME2OID };
	size_t size = CTL_MAXNAME * sizeof(int);

	if (sysctl(q, 2, oid, &size, __DECONST(void *, name), strlen(name)) < 0)
		return (-1);
	*len = size / sizeof(int);
	return (0);
}

static void
print_integers(const char *buf, size_t len, size_t width, int is_signed,
    const char *fmt)
{
	const char *sep = "";
	int64_t v;

	for (; len >= width; len -= width, buf += width) {
		switch (width) {
		case 1:
			v = is_signed ? *(const int8_t *)buf :
			    *(const uint8_t *)buf;
			break;
		case 2:
			v = is_signed ? *(const int16_t *)buf :
			    *(const uint16_t *)buf;
			break;
		case 4:
			v = is_signed ? *(const int32_t *)buf :
			    (int64_t)*(const uint32_t *)buf;
			break;
		default:
			v = *(const int64_t *)buf;
		}
		if (strchr(fmt, 'X') != NULL)
			printf("%s0x%" PRIx64, sep, (uint64_t)v);
		else if (is_signed)
			printf("%s%" PRId64, sep, v);
		else
			printf("%s%" PRIu64, sep, (uint64_t)v);
		sep = " ";
	}
}

static int
print_struct(const char *fmt, const void *buf, size_t len)
{
	if (strcmp(fmt, "S,clockinfo") == 0 && len == sizeof(struct clockinfo)) {
		const struct clockinfo *ci = buf;

		printf("{ hz = %d, tick = %d, tickadj = %d, profhz = %d, "
		    "stathz = %d }", ci->hz, ci->tick, ci->tickadj, ci->profhz,
		    ci->stathz);
		return (1);
	}
	if (strcmp(fmt, "S,loadavg") == 0 && len == sizeof(struct loadavg)) {
		const struct loadavg *la = buf;

		printf("{ %.2f %.2f %.2f }",
		    (double)la->ldavg[0] / (double)la->fscale,
		    (double)la->ldavg[1] / (double)la->fscale,
		    (double)la->ldavg[2] / (double)la->fscale);
		return (1);
	}
	if (strcmp(fmt, "S,timeval") == 0 && len == sizeof(struct timeval)) {
		const struct timeval *tv = buf;
		time_t t = tv->tv_sec;

		printf("{ sec = %ld, usec = %ld } %.24s", (long)tv->tv_sec,
		    (long)tv->tv_usec, ctime(&t));
		return (1);
	}
	return (0);
}

static int
width_of(u_int kind, int *is_signed)
{
	static const struct {
		u_int	type;
		int	width, is_signed;
	} widths[] = {
		{ CTLTYPE_INT, 4, 1 }, { CTLTYPE_UINT, 4, 0 },
		{ CTLTYPE_LONG, 8, 1 }, { CTLTYPE_ULONG, 8, 0 },
		{ CTLTYPE_S8, 1, 1 }, { CTLTYPE_U8, 1, 0 },
		{ CTLTYPE_S16, 2, 1 }, { CTLTYPE_U16, 2, 0 },
		{ CTLTYPE_S32, 4, 1 }, { CTLTYPE_U32, 4, 0 },
		{ CTLTYPE_S64, 8, 1 }, { CTLTYPE_U64, 8, 0 },
	};
	size_t i;

	for (i = 0; i < sizeof(widths) / sizeof(widths[0]); i++) {
		if (widths[i].type == (kind & CTLTYPE)) {
			*is_signed = widths[i].is_signed;
			return (widths[i].width);
		}
	}
	return (0);
}

static void
print_label(const char *name)
{
	if (!values_only)
		printf("%s%s", name, equals ? "=" : ": ");
}

static int
print_value(const char *name, const char *fmt, u_int kind, const char *buf,
    size_t len)
{
	int is_signed, width = width_of(kind, &is_signed);
	size_t i;

	if (raw) {
		fwrite(buf, 1, len, stdout);
		return (0);
	}
	if (width != 0) {
		print_label(name);
		print_integers(buf, len, (size_t)width, is_signed, fmt);
	} else if ((kind & CTLTYPE) == CTLTYPE_STRING) {
		print_label(name);
		printf("%.*s", (int)strnlen(buf, len), buf);
	} else {
		if (fmt[0] == 'S' && fmt[1] == ',') {
			print_label(name);
			if (print_struct(fmt, buf, len)) {
				putchar('\n');
				return (0);
			}
			if (!opaque && !hex && all)
				return (1);
		} else if (!opaque && !hex) {
			return (1);
		} else {
			print_label(name);
		}
		printf("Format:%s Length:%zu Dump:0x", fmt, len);
		for (i = 0; i < len && (hex || i < 16); i++)
			printf("%02x", (unsigned char)buf[i]);
		if (i < len)
			printf("...");
	}
	putchar('\n');
	return (0);
}

static void
show(const int *oid, size_t len)
{
	char name[512], fmt[256], *buf;
	size_t size = sizeof(name);
	u_int kind;

	if (meta(META_NAME, oid, len, name, &size) < 0)
		return;
	if (names_only) {
		printf("%s\n", name);
		return;
	}
	if (describe) {
		size = sizeof(fmt);
		if (meta(META_DESCRIPTION, oid, len, fmt, &size) < 0)
			fmt[0] = '\0';
		print_label(name);
		printf("%s\n", fmt);
		return;
	}
	size = sizeof(fmt) - 1;
	if (meta(META_FORMAT, oid, len, fmt, &size) < 0)
		return;
	fmt[size] = '\0';
	memcpy(&kind, fmt, sizeof(kind));
	size = 0;
	if (sysctl(oid, (u_int)len, NULL, &size, NULL, 0) < 0)
		return;
	size += size / 4 + 64;
	buf = calloc(1, size + 1);
	if (buf == NULL)
		err(EX_OSERR, NULL);
	if (sysctl(oid, (u_int)len, buf, &size, NULL, 0) == 0) {
		print_value(name, fmt + sizeof(kind), kind, buf, size);
	} else if (!all) {
		warn("%s", name);
		status = 1;
	}
	free(buf);
}

/* Shows everything below prefix (all of it for a length of zero). */
static void
show_tree(const int *prefix, size_t prefix_len)
{
	int oid[CTL_MAXNAME], next[CTL_MAXNAME];
	size_t len, size;

	memcpy(oid, prefix, prefix_len * sizeof(int));
	len = prefix_len;
	if (len == 0) {
		oid[0] = CTL_KERN;
		len = 1;
	}
	for (;;) {
		size = sizeof(next);
		if (meta(META_NEXT, oid, len, next, &size) < 0)
			return;
		len = size / sizeof(int);
		if (len < prefix_len ||
		    memcmp(next, prefix, prefix_len * sizeof(int)) != 0)
			return;
		memcpy(oid, next, size);
		show(oid, len);
	}
}

static void
set_value(const char *name, const int *oid, size_t len, u_int kind,
    const char *text)
{
	int is_signed, width = width_of(kind, &is_signed);
	intmax_t v;
	char *end;
	int rc;

	if ((kind & CTLFLAG_WR) == 0) {
		warnx("oid '%s' is read only", name);
		status = 1;
		return;
	}
	if (width != 0) {
		errno = 0;
		v = is_signed ? strtoimax(text, &end, 0) :
		    (intmax_t)strtoumax(text, &end, 0);
		if (*text == '\0' || *end != '\0' || errno != 0) {
			warnx("invalid integer '%s'", text);
			status = 1;
			return;
		}
		rc = sysctl(oid, (u_int)len, NULL, NULL, &v, (size_t)width);
	} else {
		rc = sysctl(oid, (u_int)len, NULL, NULL,
		    __DECONST(void *, text), strlen(text));
	}
	if (rc < 0) {
		warn("%s", name);
		status = 1;
	}
}

static void
argument(char *arg)
{
	int oid[CTL_MAXNAME];
	char fmt[256], *value = strchr(arg, '=');
	size_t len, size;
	u_int kind;

	if (value != NULL)
		*value++ = '\0';
	if (name_to_oid(arg, oid, &len) < 0) {
		warnx("unknown oid '%s'", arg);
		status = 1;
		return;
	}
	size = sizeof(fmt);
	if (meta(META_FORMAT, oid, len, fmt, &size) < 0)
		err(EX_OSERR, "%s", arg);
	memcpy(&kind, fmt, sizeof(kind));
	if (value == NULL) {
		if ((kind & CTLTYPE) == CTLTYPE_NODE)
			show_tree(oid, len);
		else
			show(oid, len);
		return;
	}
	if ((kind & CTLTYPE) == CTLTYPE_NODE)
		errx(EX_USAGE, "oid '%s' isn't a leaf node", arg);
	if (!values_only && !raw) {
		size = sizeof(fmt);
		printf("%s: ", arg);
		values_only = 1;
		show(oid, len);
		printf("    -> ");
		set_value(arg, oid, len, kind, value);
		show(oid, len);
		values_only = 0;
		return;
	}
	set_value(arg, oid, len, kind, value);
	show(oid, len);
}

int
main(int argc, char **argv)
{
	int c;

	while ((c = getopt(argc, argv, "AabdeNnowXx")) != -1) {
		switch (c) {
		case 'A':
			all = opaque = 1;
			break;
		case 'X':
			all = hex = 1;
			break;
		case 'a':
			all = 1;
			break;
		case 'b':
			raw = values_only = 1;
			break;
		case 'd':
			describe = 1;
			break;
		case 'e':
			equals = 1;
			break;
		case 'N':
			names_only = 1;
			break;
		case 'n':
			values_only = 1;
			break;
		case 'o':
			opaque = 1;
			break;
		case 'w':
			break;
		case 'x':
			hex = 1;
			break;
		default:
			goto usage;
		}
	}
	if (all) {
		show_tree(NULL, 0);
		return (0);
	}
	if (optind == argc)
		goto usage;
	for (; optind < argc; optind++)
		argument(argv[optind]);
	return (status);
usage:
	fprintf(stderr, "usage: sysctl [-bdeNnox] name[=value] ...\n"
	    "       sysctl [-bdeNnox] -a\n");
	return (EX_USAGE);
}
