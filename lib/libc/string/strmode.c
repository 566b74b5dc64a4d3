/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * strmode(3): a file's mode as ls -l shows it, 11 characters with a blank at
 * the end.
 */
#include <sys/types.h>
#include <sys/stat.h>
#include <string.h>

static char
type_letter(mode_t mode)
{
	switch (mode & S_IFMT) {
	case S_IFDIR:	return ('d');
	case S_IFCHR:	return ('c');
	case S_IFBLK:	return ('b');
	case S_IFREG:	return ('-');
	case S_IFLNK:	return ('l');
	case S_IFSOCK:	return ('s');
	case S_IFIFO:	return ('p');
	case S_IFWHT:	return ('w');
	default:	return ('?');
	}
}

void
strmode(int mode, char *p)
{
	static const char rwx[] = "rwxrwxrwx";
	int i;

	p[0] = type_letter(mode);
	for (i = 0; i < 9; i++)
		p[i + 1] = mode & (0400 >> i) ? rwx[i] : '-';
	if (mode & S_ISUID)
		p[3] = mode & S_IXUSR ? 's' : 'S';
	if (mode & S_ISGID)
		p[6] = mode & S_IXGRP ? 's' : 'S';
	if (mode & S_ISVTX)
		p[9] = mode & S_IXOTH ? 't' : 'T';
	p[10] = ' ';
	p[11] = '\0';
}
