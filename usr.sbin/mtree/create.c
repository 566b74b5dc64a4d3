/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Writing specifications; see mtree.h.
 */
#include <sys/param.h>
#include <sys/stat.h>

#include <err.h>
#include <errno.h>
#include <fts.h>
#include <grp.h>
#include <pwd.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>
#include <vis.h>

#include "digest.h"
#include "mtree.h"

#define COLUMNS		72
#define INDENT		4

static int column, indented;

char *
encode(const char *name)
{
	char *p = malloc(strlen(name) * 4 + 1);

	if (p == NULL)
		err(1, NULL);
	strvis(p, name, VIS_WHITE | VIS_OCTAL | VIS_GLOB);
	return (p);
}

char *
file_digest(const char *path, const char *algorithm)
{
	const struct digest *d = digest_find(algorithm);
	uint8_t sum[DIGEST_MAX];
	struct digest_state st;
	static char buf[65536];
	char *text;
	size_t n, i;
	FILE *f = fopen(path, "r");

	if (f == NULL)
		return (NULL);
	digest_begin(d, &st);
	while ((n = fread(buf, 1, sizeof(buf), f)) > 0)
		digest_add(d, &st, buf, n);
	fclose(f);
	digest_end(d, &st, sum);
	text = malloc(d->size * 2 + 1);
	if (text == NULL)
		err(1, NULL);
	for (i = 0; i < d->size; i++)
		sprintf(text + i * 2, "%02x", sum[i]);
	return (text);
}

/* Prints " key=value"; a line that would be too long is continued. */
static void __printflike(1, 2)
put(const char *fmt, ...)
{
	char text[MAXPATHLEN + 64];
	va_list ap;
	int n;

	va_start(ap, fmt);
	n = vsnprintf(text, sizeof(text), fmt, ap);
	va_end(ap);
	if (column + 1 + n > COLUMNS) {
		printf(" \\\n%*s", indented + INDENT * 4, "");
		column = indented + INDENT * 4;
	}
	printf(" %s", text);
	column += 1 + n;
}

/* Most of a tree belongs to one owner: /set says so once. */
static struct {
	uid_t	uid;
	gid_t	gid;
	mode_t	file_mode, dir_mode;
} common;

static void
set_common(const struct stat *st)
{
	common.uid = st->st_uid;
	common.gid = st->st_gid;
	printf("/set");
	column = 4;
	if ((keys & K_TYPE) != 0)
		put("type=file");
	if ((keys & K_UID) != 0)
		put("uid=%u", (u_int)st->st_uid);
	if ((keys & K_GID) != 0)
		put("gid=%u", (u_int)st->st_gid);
	putchar('\n');
}

static void
put_owner(const struct stat *st)
{
	struct passwd *pw;
	struct group *gr;

	if ((keys & K_UID) != 0 && st->st_uid != common.uid)
		put("uid=%u", (u_int)st->st_uid);
	if ((keys & K_GID) != 0 && st->st_gid != common.gid)
		put("gid=%u", (u_int)st->st_gid);
	if ((keys & K_UNAME) != 0 && (pw = getpwuid(st->st_uid)) != NULL)
		put("uname=%s", pw->pw_name);
	if ((keys & K_GNAME) != 0 && (gr = getgrgid(st->st_gid)) != NULL)
		put("gname=%s", gr->gr_name);
}

static void
put_digests(const char *path)
{
	char *text;

	if ((keys & K_MD5) != 0 && (text = file_digest(path, "md5")) != NULL) {
		put("md5digest=%s", text);
		free(text);
	}
	if ((keys & K_SHA256) != 0 &&
	    (text = file_digest(path, "sha256")) != NULL) {
		put("sha256digest=%s", text);
		free(text);
	}
}

static void
put_attributes(const FTSENT *p)
{
	const struct stat *st = p->fts_statp;
	char link[MAXPATHLEN], *text;
	ssize_t n;

	if ((keys & K_TYPE) != 0 && !S_ISREG(st->st_mode))
		put("type=%s", type_name(st->st_mode));
	put_owner(st);
	if ((keys & K_MODE) != 0)
		put("mode=%04o", st->st_mode & ALLPERMS);
	if ((keys & K_NLINK) != 0 && st->st_nlink != 1)
		put("nlink=%ju", (uintmax_t)st->st_nlink);
	if ((keys & K_SIZE) != 0 && S_ISREG(st->st_mode))
		put("size=%jd", (intmax_t)st->st_size);
	if ((keys & K_TIME) != 0)
		put("time=%jd.%09ld", (intmax_t)st->st_mtim.tv_sec,
		    st->st_mtim.tv_nsec);
	if ((keys & K_FLAGS) != 0 && st->st_flags != 0)
		put("flags=%s", fflagstostr(st->st_flags));
	if (S_ISREG(st->st_mode))
		put_digests(p->fts_accpath);
	if ((keys & K_LINK) != 0 && S_ISLNK(st->st_mode)) {
		n = readlink(p->fts_accpath, link, sizeof(link) - 1);
		if (n < 0)
			err(1, "%s", p->fts_path);
		link[n] = '\0';
		text = encode(link);
		put("link=%s", text);
		free(text);
	}
	putchar('\n');
}

/* Files before directories, so that few lines stand before a "..". */
static int
compare(const FTSENT **a, const FTSENT **b)
{
	int da = (*a)->fts_info == FTS_D, db = (*b)->fts_info == FTS_D;

	return (da != db ? da - db : strcmp((*a)->fts_name, (*b)->fts_name));
}

static void
put_name(const FTSENT *p, int indent)
{
	char *text = encode(p->fts_level == 0 ? "." : p->fts_name);

	int lead = indent ? INDENT * (int)p->fts_level : 0;

	indented = lead + INDENT;
	if (p->fts_info == FTS_D) {
		printf("\n%*s# %s\n%*s%s", lead, "", p->fts_path, lead, "",
		    text);
		column = lead;
	} else {
		printf("%*s%s", indented, "", text);
		column = indented;
	}
	column += (int)strlen(text);
	free(text);
}

void
create(const char *root, int follow, int dirs_only, int one_device,
    int indent)
{
	char dot[] = ".", host[MAXHOSTNAMELEN], *argv[] = { dot, NULL };
	time_t now = time(NULL);
	FTSENT *p;
	FTS *fts;
	int lead;

	gethostname(host, sizeof(host));
	printf("#\t   user: %s\n#\tmachine: %s\n#\t   tree: %s\n"
	    "#\t   date: %s\n", getlogin() != NULL ? getlogin() : "unknown",
	    host, root, ctime(&now));
	fts = fts_open(argv, (follow ? FTS_LOGICAL : FTS_PHYSICAL) |
	    (one_device ? FTS_XDEV : 0), compare);
	if (fts == NULL)
		err(1, NULL);
	while ((p = fts_read(fts)) != NULL) {
		switch (p->fts_info) {
		case FTS_D:
			if (p->fts_level == 0)
				set_common(p->fts_statp);
			put_name(p, indent);
			put_attributes(p);
			break;
		case FTS_DP:
			lead = indent ? INDENT * (int)p->fts_level : 0;
			printf("%*s# %s\n%*s..\n\n", lead, "", p->fts_path,
			    lead, "");
			break;
		case FTS_DNR:
		case FTS_ERR:
		case FTS_NS:
			warnx("%s: %s", p->fts_path, strerror(p->fts_errno));
			break;
		default:
			if (!dirs_only) {
				put_name(p, indent);
				put_attributes(p);
			}
		}
	}
	if (errno != 0)
		err(1, "fts_read");
	fts_close(fts);
}
