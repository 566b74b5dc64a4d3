/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Filesystems to mount: /etc/fstab.
 *
 * Fields are separated by blanks; in them, \040 and the like stand for the
 * character of that octal number.
 */
#include <errno.h>
#include <fstab.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static FILE *fp;
static char *line;
static size_t line_room;
static char *path_fstab;
static char type_buf[3];
static struct fstab fs;

static void
unescape(char *s)
{
	char *out = s;

	if (s == NULL)
		return;
	for (; *s != '\0'; s++) {
		if (s[0] == '\\' && s[1] >= '0' && s[1] <= '3' &&
		    s[2] >= '0' && s[2] <= '7' && s[3] >= '0' && s[3] <= '7') {
			*out++ = (char)((s[1] - '0') * 64 +
			    (s[2] - '0') * 8 + s[3] - '0');
			s += 3;
		} else {
			*out++ = *s;
		}
	}
	*out = '\0';
}

static char *
next_field(char **pp)
{
	char *field;

	do {
		field = strsep(pp, " \t\n");
	} while (field != NULL && *field == '\0');
	return (field);
}

/* rw, rq, ro, sw or xx among the options. */
static bool
find_type(const char *options)
{
	static const char types[][3] = {
		FSTAB_RW, FSTAB_RQ, FSTAB_RO, FSTAB_SW, FSTAB_XX
	};
	const char *p;
	size_t i, len;

	for (p = options; *p != '\0'; p += len + (p[len] == ',')) {
		len = strcspn(p, ",");
		for (i = 0; i < sizeof(types) / sizeof(types[0]); i++) {
			if (len == 2 && strncmp(p, types[i], 2) == 0) {
				strcpy(type_buf, types[i]);
				return (true);
			}
		}
	}
	return (false);
}

static bool
parse_line(void)
{
	char *p = line, *num;

	memset(&fs, 0, sizeof(fs));
	fs.fs_spec = next_field(&p);
	if (fs.fs_spec == NULL || *fs.fs_spec == '#')
		return (false);
	fs.fs_file = next_field(&p);
	fs.fs_vfstype = next_field(&p);
	fs.fs_mntops = next_field(&p);
	if (fs.fs_mntops == NULL)
		return (false);
	unescape(fs.fs_spec);
	unescape(fs.fs_file);
	if ((num = next_field(&p)) != NULL) {
		fs.fs_freq = atoi(num);
		if ((num = next_field(&p)) != NULL)
			fs.fs_passno = atoi(num);
	}
	if (!find_type(fs.fs_mntops))
		strcpy(type_buf, FSTAB_RW);
	fs.fs_type = type_buf;
	return (true);
}

void
setfstab(const char *path)
{
	free(path_fstab);
	path_fstab = path != NULL ? strdup(path) : NULL;
}

const char *
getfstab(void)
{
	const char *env;

	if (path_fstab != NULL)
		return (path_fstab);
	if (!issetugid() && (env = getenv("PATH_FSTAB")) != NULL)
		return (env);
	return (_PATH_FSTAB);
}

int
setfsent(void)
{
	if (fp != NULL) {
		rewind(fp);
		return (1);
	}
	fp = fopen(getfstab(), "re");
	return (fp != NULL);
}

void
endfsent(void)
{
	if (fp != NULL) {
		fclose(fp);
		fp = NULL;
	}
}

struct fstab *
getfsent(void)
{
	if (fp == NULL && !setfsent())
		return (NULL);
	while (getline(&line, &line_room, fp) >= 0) {
		if (parse_line())
			return (&fs);
	}
	return (NULL);
}

struct fstab *
getfsspec(const char *name)
{
	struct fstab *ent = NULL;

	if (setfsent()) {
		while ((ent = getfsent()) != NULL &&
		    strcmp(ent->fs_spec, name) != 0)
			continue;
	}
	return (ent);
}

struct fstab *
getfsfile(const char *name)
{
	struct fstab *ent = NULL;

	if (setfsent()) {
		while ((ent = getfsent()) != NULL &&
		    strcmp(ent->fs_file, name) != 0)
			continue;
	}
	return (ent);
}

/* The path of a device given as a name under /dev or as a path. */
char *
getdevpath(const char *name, int flags)
{
	char *path;

	if (name[0] == '/')
		return (strdup(name));
	return (asprintf(&path, "/dev/%s", name) < 0 ? NULL : path);
}
