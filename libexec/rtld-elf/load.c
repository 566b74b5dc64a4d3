/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Finding and loading objects: search paths, token substitution, the hints
 * file, dependencies, preloads, and dependency graphs.
 * Callers hold the bind lock for writing.
 */
#include <sys/param.h>
#include <sys/mount.h>
#include <sys/stat.h>
#include <fcntl.h>
#include "rtld.h"

#define	HINTS_MAGIC	0x746e6845
#define	HINTS_VERSION	1
#define	HINTS_MAX	(64UL * 1024)

struct hints_header {
	uint32_t	magic;
	uint32_t	version;
	uint32_t	strtab;
	uint32_t	strsize;
	uint32_t	dirlist;
	uint32_t	dirlistlen;
	uint32_t	spare[26];
};

/* Directories of the hints file, joined by colons; "" without one. */
const char *
hints_path(void)
{
	static char *path;
	struct hints_header h;
	const char *file;
	long fd, n;

	if (path != NULL)
		return (path);
	path = xstrdup("");
	file = trust ? env_get("LD_ELF_HINTS_PATH") : NULL;
	fd = rtld_open(file != NULL ? file : HINTS_PATH,
	    O_RDONLY | O_CLOEXEC, 0);
	if (fd < 0)
		return (path);
	n = rtld_pread(fd, &h, sizeof(h), 0, 0);
	if (n == (long)sizeof(h) && h.magic == HINTS_MAGIC &&
	    h.version == HINTS_VERSION && h.dirlistlen < HINTS_MAX) {
		path = xcalloc(h.dirlistlen + 1);
		n = rtld_pread(fd, path, h.dirlistlen, 0,
		    (off_t)h.strtab + h.dirlist);
		if (n != (long)h.dirlistlen)
			path[0] = '\0';
	}
	rtld_close(fd);
	return (path);
}

static const char *
kern_string(int id)
{
	static char buf[3][64];
	int mib[2] = { 1, id };
	char *p = buf[id == 1 ? 0 : id == 2 ? 1 : 2];
	size_t len = sizeof(buf[0]) - 1;

	if (id == 0)
		return ("x86_64");
	if (rtld_sysctl(mib, 2, p, &len, NULL, 0) < 0)
		p[0] = '\0';
	return (p);
}

/* Replaces $ORIGIN, $OSNAME, $OSREL and $PLATFORM; result is malloc'ed. */
char *
subst_tokens(struct obj *obj, const char *s)
{
	static const char *const names[] = {
		"$ORIGIN", "$OSNAME", "$OSREL", "$PLATFORM"
	};
	char out[MAXPATHLEN * 2];
	const char *value;
	size_t n = 0, i, len;

	if (!obj->originflag || !trust)
		return (xstrdup(s));
	while (*s != '\0' && n < sizeof(out) - 1) {
		value = NULL;
		for (i = 0; *s == '$' && i < nitems(names); i++) {
			len = strlen(names[i]);
			if (strncmp(s, names[i], len) != 0)
				continue;
			value = i == 0 ? obj_origin(obj) : i == 1 ?
			    kern_string(1) : i == 2 ? kern_string(2) :
			    kern_string(0);
			if (value == NULL)
				return (NULL);
			s += len;
			break;
		}
		if (value == NULL) {
			out[n++] = *s++;
			continue;
		}
		for (; *value != '\0' && n < sizeof(out) - 1; value++)
			out[n++] = *value;
	}
	out[n] = '\0';
	return (xstrdup(out));
}

static bool
exists(const char *path)
{
	struct stat st;

	return (rtld_stat(path, &st) == 0);
}

/* Is `dir' (length n) one of the directories searched by default? */
static bool
is_standard(const char *dir, size_t n)
{
	return ((n == 4 && memcmp(dir, "/lib", 4) == 0) ||
	    (n == 8 && memcmp(dir, "/usr/lib", 8) == 0));
}

/* Tries a name in each directory of a list; returns the path found. */
static char *
search_path(const char *name, const char *list, const char *ref,
    bool skip_standard)
{
	char path[MAXPATHLEN];
	const char *dir, *mapped;
	char *one;
	size_t n;

	if (list == NULL)
		return (NULL);
	for (dir = list; *dir != '\0'; dir += n + (dir[n] != '\0')) {
		for (n = 0; dir[n] != '\0' && dir[n] != ':' && dir[n] != ';';)
			n++;
		if (n == 0 || (dir[0] != '/' && !trust))
			continue;
		if (skip_standard && is_standard(dir, n))
			continue;
		one = xstrndup(dir, n);
		mapped = libmap_lookup(one, ref);
		rtld_snprintf(path, sizeof(path), "%s/%s",
		    mapped != NULL ? mapped : one, name);
		xfree(one);
		if (exists(path))
			return (xstrdup(path));
	}
	return (NULL);
}

static char *
search_tokens(const char *name, struct obj *obj, const char *list)
{
	char *dirs, *found;

	if (list == NULL || (dirs = subst_tokens(obj, list)) == NULL)
		return (NULL);
	found = search_path(name, dirs, obj->path, false);
	xfree(dirs);
	return (found);
}

/* LD_LIBRARY_PATH_FDS: open directories, relative names only. */
static char *
search_fds(const char *name, int *fdp)
{
	const char *p = ld_library_path_fds;
	char path[MAXPATHLEN];
	long fd;
	int dirfd;

	while (p != NULL && *p != '\0' && name[0] != '/') {
		for (dirfd = 0; *p >= '0' && *p <= '9'; p++)
			dirfd = dirfd * 10 + *p - '0';
		fd = rtld_openat(dirfd, name, O_RDONLY | O_CLOEXEC, 0);
		if (fd >= 0) {
			*fdp = fd;
			rtld_snprintf(path, sizeof(path), "#%d/%s", dirfd,
			    name);
			return (xstrdup(path));
		}
		while (*p != '\0' && *p++ != ':')
			;
	}
	return (NULL);
}

/*
 * Finds the file for a name `ref' asks for (NULL: the command line).  Returns
 * its path, malloc'ed, and a descriptor in *fdp if it is already open.
 */
char *
find_library(const char *name, struct obj *ref, int *fdp)
{
	const char *mapped;
	char *path = NULL;
	bool nodef = ref != NULL && ref->nodeflib;
	const char *refpath = ref != NULL ? ref->path : NULL;

	if (strchr(name, '/') != NULL) {
		if (name[0] != '/' && !trust) {
			_rtld_error("Absolute pathname required for shared "
			    "object \"%s\"", name);
			return (NULL);
		}
		return (ref != NULL ? subst_tokens(ref, name) : xstrdup(name));
	}
	mapped = libmap_lookup(name, refpath);
	if (mapped != NULL) {
		if (strchr(mapped, '/') != NULL)
			return (xstrdup(mapped));
		name = mapped;
	}
	if (ref != NULL && ref->runpath == NULL) {
		path = search_tokens(name, ref, ref->rpath);
		if (path == NULL && ref != obj_main)
			path = search_tokens(name, obj_main, obj_main->rpath);
	}
	if (path == NULL)
		path = search_path(name, ld_library_path, refpath, false);
	if (path == NULL && ref != NULL)
		path = search_tokens(name, ref, ref->runpath);
	if (path == NULL)
		path = search_fds(name, fdp);
	if (path == NULL)
		path = search_path(name, hints_path(), refpath, nodef);
	if (path == NULL && !nodef)
		path = search_path(name, STANDARD_PATH, refpath, false);
	if (path != NULL)
		return (path);
	if (ref != NULL && ref->path != NULL) {
		mapped = strrchr(ref->path, '/');
		_rtld_error("Shared object \"%s\" not found, required by "
		    "\"%s\"", name, mapped != NULL ? mapped + 1 : ref->path);
	} else
		_rtld_error("Shared object \"%s\" not found", name);
	return (NULL);
}

/* Objects on noexec mounts are refused if the environment chose them. */
static int
check_mount(int fd)
{
	struct statfs fs;

	if (!dangerous_env)
		return (0);
	if (rtld_fstatfs(fd, &fs) < 0) {
		_rtld_error("Cannot fstatfs");
		return (-1);
	}
	if (fs.f_flags & MNT_NOEXEC) {
		_rtld_error("Cannot execute objects on %s", fs.f_mntonname);
		return (-1);
	}
	return (0);
}

static struct obj *
obj_of_file(dev_t dev, ino_t ino)
{
	struct obj *obj;

	for (obj = obj_list; obj != NULL; obj = obj->next) {
		if (obj->ino == ino && obj->dev == dev)
			return (obj);
	}
	return (NULL);
}

/* Maps an open file that is not yet loaded and appends it to the list. */
static struct obj *
map_new(int fd, const char *path, const struct stat *st, int flags)
{
	struct obj *obj;

	if (check_mount(fd) != 0)
		return (NULL);
	obj = obj_map(fd, path, st->st_dev, st->st_ino);
	if (obj == NULL)
		return (NULL);
	if (obj->noopen && (flags & LO_DLOPEN) != 0 && !ld_tracing) {
		_rtld_error("Cannot dlopen non-loadable %s", path);
		obj_unmap(obj);
		obj_free(obj);
		return (NULL);
	}
	*obj_tail = obj;
	obj_tail = &obj->next;
	obj_loads++;
	tls_assign_index(obj);
	linkmap_add(obj);
	utrace_log(UTRACE_LOAD_OBJECT, obj, 0, NULL);
	return (obj);
}

/*
 * Loads the object called `name' (or the one behind `fd_in', unless -1) or
 * finds it loaded.  `ref' is the object asking.
 */
struct obj *
load_object(const char *name, int fd_in, struct obj *ref, int flags)
{
	struct obj *obj;
	struct stat st;
	char *path = NULL;
	int fd = -1;
	long r;

	if (name != NULL) {
		for (obj = obj_list; obj != NULL; obj = obj->next) {
			if (obj_matches(obj, name))
				return (obj);
		}
	}
	if (fd_in >= 0) {
		r = rtld_fcntl(fd_in, F_DUPFD_CLOEXEC, 0);
		if (r < 0) {
			_rtld_error("Cannot dup fd");
			return (NULL);
		}
		fd = r;
		path = xstrdup(name != NULL ? name : "");
	} else if ((path = find_library(name, ref, &fd)) == NULL)
		return (NULL);
	obj = NULL;
	if (fd < 0) {
		r = rtld_open(path, O_RDONLY | O_CLOEXEC, 0);
		if (r < 0) {
			_rtld_error("Cannot open \"%s\"", path);
			goto out;
		}
		fd = r;
	}
	if (rtld_fstat(fd, &st) < 0) {
		_rtld_error("Cannot fstat \"%s\"", path);
		goto out;
	}
	obj = obj_of_file(st.st_dev, st.st_ino);
	if (obj == NULL && (flags & LO_NOLOAD) == 0)
		obj = map_new(fd, path, &st, flags);
	if (obj != NULL && name != NULL)
		obj_add_alias(obj, name);
out:
	if (fd >= 0)
		rtld_close(fd);
	xfree(path);
	return (obj);
}

/* Loads what `first' and the objects after it need, breadth first. */
int
load_needed(struct obj *first, int flags)
{
	struct obj *obj;
	struct needed *n;

	for (obj = first; obj != NULL; obj = obj->next) {
		for (n = obj->needed; n != NULL; n = n->next) {
			n->obj = load_object(n->name, -1, obj,
			    flags & ~LO_NOLOAD);
			if (n->obj == NULL && !ld_tracing)
				return (-1);
		}
		if (load_filtees(obj, flags) != 0)
			return (-1);
	}
	return (0);
}

/* The objects a filter stands for; an auxiliary one may be missing. */
int
load_filtees(struct obj *obj, int flags)
{
	struct needed *n;

	for (n = obj->filtees; n != NULL; n = n->next) {
		n->obj = load_object(n->name, -1, obj, flags & ~LO_NOLOAD);
		if (n->obj == NULL && !ld_tracing)
			return (-1);
	}
	for (n = obj->auxiliaries; n != NULL; n = n->next)
		n->obj = load_object(n->name, -1, obj, flags & ~LO_NOLOAD);
	return (0);
}

/* LD_PRELOAD: names separated by blanks, tabs, colons or semicolons. */
int
load_preload(const char *list)
{
	const char *p;
	struct obj *obj;
	char *name;

	while (list != NULL && *list != '\0') {
		for (p = list; *p != '\0' && strchr(" \t:;", *p) == NULL;)
			p++;
		if (p > list) {
			name = xstrndup(list, p - list);
			obj = load_object(name, -1, NULL, 0);
			xfree(name);
			if (obj == NULL)
				return (-1);
			obj->interpose = true;
		}
		list = *p != '\0' ? p + 1 : p;
	}
	utrace_log(UTRACE_PRELOAD_FINISHED, NULL, 0, NULL);
	return (0);
}

static void
dag_extend(struct objvec *dag, const struct needed *n)
{
	for (; n != NULL; n = n->next) {
		if (n->obj != NULL && !objvec_has(dag, n->obj))
			objvec_add(dag, n->obj);
	}
}

/* Computes the dependency graph of `root', itself first, breadth first. */
int
dag_build(struct obj *root)
{
	int i;

	if (root->dag_done)
		return (0);
	root->dag_done = true;
	objvec_add(&root->dag, root);
	for (i = 0; i < root->dag.n; i++) {
		dag_extend(&root->dag, root->dag.v[i]->needed);
		dag_extend(&root->dag, root->dag.v[i]->filtees);
		dag_extend(&root->dag, root->dag.v[i]->auxiliaries);
	}
	return (0);
}
