/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Scripts: "#!" and the command line of an interpreter.
 *
 * The line must end within the first page of the file.  All its words become
 * arguments, followed by the path of the script and the arguments after the
 * first.  The interpreter may not be a script itself.
 */
#include <sys/param.h>
#include <sys/systm.h>
#include <sys/imgact.h>
#include <sys/kernel.h>
#include <sys/malloc.h>

static bool
is_blank(char c)
{
	return (c == ' ' || c == '\t');
}

static bool
is_end(char c)
{
	return (c == '\n' || c == '\0' || c == '#');
}

/*
 * Turn the line at src, of at most len bytes, into words, each with its NUL,
 * at dst (no longer than the line).  Returns the number of words, -1 if the
 * line does not end.
 */
static int
shell_words(const char *src, size_t len, char *dst, size_t *usedp)
{
	const char *end = src + len;
	char *out = dst;
	int count = 0;

	for (;;) {
		while (src < end && is_blank(*src))
			++src;
		if (src == end)
			return (-1);
		if (is_end(*src))
			break;
		while (src < end && !is_blank(*src) && !is_end(*src))
			*out++ = *src++;
		if (src == end)
			return (-1);
		*out++ = '\0';
		++count;
	}
	*usedp = out - dst;
	return (count);
}

static int
exec_shell_imgact(struct image_params *imgp)
{
	const char *header = imgp->image_header, *path;
	size_t len = imgp->header_size, used;
	char *words;
	int count, error;

	if (len < 2 || header[0] != '#' || header[1] != '!')
		return (-1);
	if (imgp->interpreted)
		return (ENOEXEC);
	if (len < MAXSHELLCMDLEN)
		++len;		/* the end of the file ends the line: a NUL */
	words = kmalloc(MAXSHELLCMDLEN + 1, M_TEMP, M_WAITOK);
	count = shell_words(header + 2, len - 2, words, &used);
	path = imgp->args->fname ? imgp->args->fname : imgp->execpath;
	if (count < 0)
		error = ENAMETOOLONG;
	else if (count == 0)
		error = ENOEXEC;
	else if (strlen(words) > MAXINTERPNAME)
		error = ENAMETOOLONG;
	else if (path == NULL)
		error = ENOENT;
	else
		error = exec_args_replace0(imgp->args, path);
	if (error == 0)
		error = exec_args_prepend(imgp->args, words, used, count);
	if (error == 0) {
		strlcpy(imgp->interpreter_name, words,
		    sizeof(imgp->interpreter_name));
		imgp->interpreted = true;
	}
	kfree(words, M_TEMP);
	return (error);
}

static struct execsw shell_execsw = { exec_shell_imgact, "#!" };
EXEC_SET(shell, shell_execsw);
