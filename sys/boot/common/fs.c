/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Files by path.  A path is "device:/name", "/name" on the current device
 * (variable currdev) or relative to the current directory.
 */
#include "boot.h"

static char cwd[PATH_MAX] = "/";

const char *
path_cwd(void)
{
	return (cwd);
}

static int
mount_device(struct device *dev)
{
	int error;

	if (dev->fs_probed)
		return (dev->fs != NULL ? 0 : BE_NOFS);
	error = iso_mount(dev);
	/* A read error may be a medium not in yet: ask again next time. */
	if (error == 0 || error == BE_NOFS)
		dev->fs_probed = true;
	return (error);
}

/* Splits path into its device and the path on it, made absolute. */
static int
resolve(const char *path, struct device **devp, char *buf, size_t len)
{
	const char *colon, *slash, *curr;

	colon = strchr(path, ':');
	slash = strchr(path, '/');
	if (colon != NULL && (slash == NULL || colon < slash)) {
		*devp = device_find(path, colon - path);
		path = colon + 1;
		buf[0] = '/';
		buf[1] = '\0';
	} else {
		curr = env_get(&kenv, "currdev");
		if (curr == NULL)
			return (BE_NODEV);
		colon = strchr(curr, ':');
		*devp = device_find(curr, colon != NULL ?
		    (size_t)(colon - curr) : strlen(curr));
		strlcpy(buf, path[0] == '/' ? "/" : cwd, len);
	}
	if (*devp == NULL)
		return (BE_NODEV);
	if (buf[strlen(buf) - 1] != '/')
		strlcat(buf, "/", len);
	if (strlcat(buf, path[0] == '/' ? path + 1 : path, len) >= len)
		return (BE_NAMETOOLONG);
	return (0);
}

int
file_open(const char *path, struct file *file)
{
	struct device *dev;
	char *buf;
	int error;

	file->memory = 0;
	buf = xmalloc(PATH_MAX);
	error = resolve(path, &dev, buf, PATH_MAX);
	if (error == 0)
		error = mount_device(dev);
	if (error == 0)
		error = iso_lookup(dev, buf, file);
	free(buf);
	return (error);
}

bool
file_exists(const char *path)
{
	struct file f;

	return (file_open(path, &f) == 0);
}

int
file_read(const struct file *file, uint64_t offset, void *buf, size_t len)
{
	if (offset > file->size || len > file->size - offset)
		return (BE_TRUNCATED);
	if (file->memory != 0) {
		memcpy(buf, (void *)(file->memory + offset), len);
		return (0);
	}
	return (device_read(file->dev, file->offset + offset, buf, len));
}

int
file_slurp(const char *path, char **text, size_t limit)
{
	struct file f;
	char *buf;
	int error;

	error = file_open(path, &f);
	if (error != 0)
		return (error);
	if (is_dir(&f))
		return (BE_ISDIR);
	if (f.size > limit)
		return (BE_INVAL);
	buf = malloc(f.size + 1);
	if (buf == NULL)
		return (BE_NOMEM);
	error = file_read(&f, 0, buf, f.size);
	if (error != 0) {
		free(buf);
		return (error);
	}
	buf[f.size] = '\0';
	*text = buf;
	return (0);
}

int
file_readdir(const struct file *dir, readdir_fn *fn, void *arg)
{
	if (!is_dir(dir))
		return (BE_NOTDIR);
	return (iso_readdir(dir, fn, arg));
}

int
path_absolute(const char *path, char *buf, size_t len)
{
	struct device *dev;
	char *tmp;
	int error;

	tmp = xmalloc(PATH_MAX);
	error = resolve(path, &dev, tmp, PATH_MAX);
	if (error == 0 && (size_t)snprintf(buf, len, "%s:%s", dev->name,
	    tmp) >= len)
		error = BE_NAMETOOLONG;
	free(tmp);
	return (error);
}

/* Drops "." and "x/.." from an absolute path, textually. */
static void
normalize(char *path)
{
	char *in = path, *out = path, *end;
	size_t len;

	while (*in != '\0') {
		while (*in == '/')
			in++;
		end = in;
		while (*end != '\0' && *end != '/')
			end++;
		len = end - in;
		if (len == 2 && in[0] == '.' && in[1] == '.') {
			while (out > path && *--out != '/')
				continue;
		} else if (len > 0 && !(len == 1 && in[0] == '.')) {
			*out++ = '/';
			memmove(out, in, len);
			out += len;
		}
		in = end;
	}
	if (out == path)
		*out++ = '/';
	*out = '\0';
}

int
path_chdir(const char *path)
{
	struct device *dev;
	struct file f;
	char *buf;
	char name[24];
	int error;

	error = file_open(path, &f);
	if (error != 0)
		return (error);
	if (!is_dir(&f))
		return (BE_NOTDIR);
	buf = xmalloc(PATH_MAX);
	error = resolve(path, &dev, buf, PATH_MAX);
	if (error == 0) {
		normalize(buf);
		strlcpy(cwd, buf, sizeof(cwd));
		snprintf(name, sizeof(name), "%s:", dev->name);
		env_set(&kenv, "currdev", name);
	}
	free(buf);
	return (error);
}
