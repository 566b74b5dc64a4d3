/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * hammer(8): pseudo filesystems.
 */
#include <sys/ioctl.h>
#include <sys/stat.h>
#include <err.h>
#include <fcntl.h>
#include <unistd.h>
#include "online.h"

/* "@@<tid>:<id>" somewhere in a path's component: the id, or -1. */
static int
id_in(const char *name)
{
	hammer_tid_t tid;
	uint32_t lo;
	int ispfs;

	if (hammer_find_ext(name, strlen(name), &tid, &ispfs, &lo) < 0 ||
	    !ispfs)
		return (-1);
	return (hammer_lo_to_pfs(lo));
}

/* The directory of a path, in place. */
static void
cut_last(char *path)
{
	char *p = strrchr(path, '/');

	if (p == NULL)
		strcpy(path, ".");
	else if (p == path)
		p[1] = '\0';
	else
		*p = '\0';
}

static void
strip_slashes(char *path)
{
	size_t n = strlen(path);

	while (n > 1 && path[n - 1] == '/')
		path[--n] = '\0';
}

void
pfs_open(const char *path, struct pfs *p)
{
	char link[1024], dir[1024];
	const char *last;
	ssize_t n;

	memset(p, 0, sizeof(*p));
	p->id = -1;
	snprintf(dir, sizeof(dir), "%s", path);
	strip_slashes(dir);
	n = readlink(dir, link, sizeof(link) - 1);
	if (n > 0) {
		link[n] = '\0';
		if (strncmp(link, "@@PFS", 5) == 0)
			p->id = atoi(link + 5);
		else
			p->id = id_in(link);
	} else {
		last = strrchr(dir, '/');
		p->id = id_in(last != NULL ? last + 1 : dir);
	}
	if (p->id >= 0)
		cut_last(dir);
	p->fd = open(dir, O_RDONLY);
	if (p->fd < 0)
		err(1, "unable to access %s", path);
	p->exists = pfs_read(p) == 0;
}

/* What the ioctls on a PFS's record want to know. */
static void
pfs_request(struct pfs *p, struct hammer_ioc_pseudofs_rw *rw)
{
	memset(rw, 0, sizeof(*rw));
	rw->pfs_id = p->id;
	rw->bytes = sizeof(p->pfsd);
	rw->version = HAMMER_IOC_PSEUDOFS_VERSION;
	rw->ondisk = &p->pfsd;
}

int
pfs_read(struct pfs *p)
{
	struct hammer_ioc_pseudofs_rw rw;

	pfs_request(p, &rw);
	if (ioctl(p->fd, HAMMERIOC_GET_PSEUDOFS, &rw) < 0)
		return (errno);
	p->id = rw.pfs_id;
	return (0);
}

void
pfs_write(struct pfs *p)
{
	struct hammer_ioc_pseudofs_rw rw;

	pfs_request(p, &rw);
	fs_ioctl(p->fd, HAMMERIOC_SET_PSEUDOFS, &rw, "pfs record");
}

static const void *
field(const struct pfs *p, size_t off)
{
	return ((const char *)&p->pfsd + off);
}

static void
print_prune_min(int secs)
{
	int days = secs / 86400;

	secs %= 86400;
	printf("    prune-min=");
	if (days > 0 && secs == 0)
		printf("%dd\n", days);
	else if (days > 0)
		printf("%dd/%02d:%02d:%02d\n", days, secs / 3600,
		    secs / 60 % 60, secs % 60);
	else
		printf("%02d:%02d:%02d\n", secs / 3600, secs / 60 % 60,
		    secs % 60);
}

void
pfs_print(const struct pfs *p)
{
	const struct hammer_pseudofs_data *d = &p->pfsd;
	int slave = d->mirror_flags & HAMMER_PFSD_SLAVE;
	char text[37];

	printf("    sync-beg-tid=0x%016jx\n", (uintmax_t)d->sync_beg_tid);
	printf("    sync-end-tid=0x%016jx\n", (uintmax_t)d->sync_end_tid);
	uuid_text(field(p, offsetof(struct hammer_pseudofs_data,
	    shared_uuid)), text);
	printf("    shared-uuid=%s\n", text);
	uuid_text(field(p, offsetof(struct hammer_pseudofs_data,
	    unique_uuid)), text);
	printf("    unique-uuid=%s\n", text);
	printf("    label=\"%.64s\"\n", d->label);
	if (d->snapshots[0] != '\0')
		printf("    snapshots=\"%.64s\"\n", d->snapshots);
	print_prune_min(d->prune_min);
	printf("    operating as a %s\n", slave ? "SLAVE" : "MASTER");
	if (d->snapshots[0] != '\0')
		return;
	if (p->fd < 0 || fs_version(p->fd) >= 3)
		printf("    snapshots directory defaults to "
		    "/var/hammer/<pfs>\n");
	else if (slave)
		printf("    snapshots directory not set for slave\n");
	else
		printf("    snapshots directory for master defaults to "
		    "<pfs>/snapshots\n");
}

int
cmd_pfs_status(int argc, char **argv)
{
	static char *dot[] = { (char *)(uintptr_t)"." };
	struct pfs p;
	int i;

	if (argc == 0) {
		argc = 1;
		argv = dot;
	}
	for (i = 0; i < argc; i++) {
		pfs_open(argv[i], &p);
		if (!p.exists) {
			printf("%s\tnot a PFS\n", argv[i]);
			close(p.fd);
			continue;
		}
		printf("%s\tPFS#%d {\n", argv[i], p.id);
		pfs_print(&p);
		printf("}\n");
		close(p.fd);
	}
	return (0);
}

/*
 * Options of the form name=value.
 */
static hammer_tid_t
tid_value(const char *text)
{
	char *end;
	hammer_tid_t tid = strtoull(text, &end, 16);

	if (*text == '\0' || *end != '\0')
		errx(1, "bad transaction id: %s", text);
	return (tid);
}

static void
text_value(char *dst, const char *value, const char *what)
{
	size_t n = strlen(value);

	if (n >= 2 && value[0] == '"' && value[n - 1] == '"') {
		value++;
		n -= 2;
	}
	if (n >= 64)
		errx(1, "%s is longer than 63 characters", what);
	memset(dst, 0, 64);
	memcpy(dst, value, n);
}

static void
uuid_value(struct pfs *p, size_t off, const char *value)
{
	struct uuid uu;

	if (uuid_parse_text(value, &uu) != 0)
		errx(1, "bad uuid: %s", value);
	memcpy((char *)&p->pfsd + off, &uu, sizeof(uu));
}

/* Nd, or [Nd/]hh[:mm[:ss]]. */
static int
prune_value(const char *value)
{
	int days = 0, h = 0, m = 0, s = 0;
	const char *slash = strchr(value, '/'), *t = value;

	if (strchr(value, 'd') != NULL)
		days = atoi(value);
	if (slash != NULL)
		t = slash + 1;
	if (slash != NULL || strchr(value, 'd') == NULL) {
		if (sscanf(t, "%d:%d:%d", &h, &m, &s) < 1)
			errx(1, "bad prune-min: %s", value);
	}
	return (days * 86400 + h * 3600 + m * 60 + s);
}

static void
apply(struct pfs *p, const char *option)
{
	const char *value = strchr(option, '=');
	size_t n;

	if (value == NULL)
		errx(1, "%s: options have the form name=value", option);
	n = value++ - option;
#define IS(name) (n == strlen(name) && strncmp(option, name, n) == 0)
	if (IS("sync-beg-tid"))
		p->pfsd.sync_beg_tid = tid_value(value);
	else if (IS("sync-end-tid"))
		p->pfsd.sync_end_tid = tid_value(value);
	else if (IS("shared-uuid"))
		uuid_value(p, offsetof(struct hammer_pseudofs_data,
		    shared_uuid), value);
	else if (IS("unique-uuid"))
		uuid_value(p, offsetof(struct hammer_pseudofs_data,
		    unique_uuid), value);
	else if (IS("label"))
		text_value(p->pfsd.label, value, "the label");
	else if (IS("snapshots")) {
		text_value(p->pfsd.snapshots, value, "the directory");
		if (p->pfsd.snapshots[0] != '/')
			errx(1, "snapshots must be an absolute path");
	} else if (IS("snapshots-clear"))
		memset(p->pfsd.snapshots, 0, sizeof(p->pfsd.snapshots));
	else if (IS("prune-min"))
		p->pfsd.prune_min = prune_value(value);
	else
		errx(1, "unknown option %s", option);
#undef IS
}

static void
new_uuid(struct uuid *uu)
{
#ifdef __DragonFly__
	if (uuidgen(uu, 1) == 0)
		return;
#endif
	errx(1, "cannot make a uuid");
}

/* The lowest id without a PFS. */
static int
free_id(struct pfs *p)
{
	for (p->id = 1; p->id < HAMMER_MAX_PFS; p->id++) {
		int id = p->id, e = pfs_read(p);

		if (e == ENOENT)
			return (id);
		if (e != 0)
			errx(1, "PFS#%d: %s", id, strerror(e));
	}
	errx(1, "all %d PFSs exist", HAMMER_MAX_PFS);
}

static int
create_pfs(int argc, char **argv, int slave)
{
	char dir[1024], link[32];
	const char *path;
	struct hammer_ioc_pseudofs_rw rw;
	struct stat st;
	struct uuid uu;
	struct pfs p;
	int i;

	need_args(argc, 1, -1);
	path = argv[0];
	if (path[strlen(path) - 1] == '/')
		errx(1, "%s: the name must not end with a slash", path);
	if (lstat(path, &st) == 0)
		errx(1, "%s exists already", path);
	snprintf(dir, sizeof(dir), "%s", path);
	cut_last(dir);
	memset(&p, 0, sizeof(p));
	p.fd = open_fs(dir);
	p.id = -1;
	pfs_request(&p, &rw);
	fs_ioctl(p.fd, HAMMERIOC_GET_PSEUDOFS, &rw, dir);
	if (rw.pfs_id != 0)
		errx(1, "%s lies in PFS#%d: a PFS can be created only in the "
		    "root PFS of its filesystem, where the symbolic link to "
		    "it is interpreted", dir, rw.pfs_id);
	p.id = free_id(&p);
	memset(&p.pfsd, 0, sizeof(p.pfsd));
	p.pfsd.sync_beg_tid = 1;
	p.pfsd.sync_end_tid = 1;
	new_uuid(&uu);
	memcpy((char *)&p.pfsd + offsetof(struct hammer_pseudofs_data,
	    shared_uuid), &uu, sizeof(uu));
	new_uuid(&uu);
	memcpy((char *)&p.pfsd + offsetof(struct hammer_pseudofs_data,
	    unique_uuid), &uu, sizeof(uu));
	if (slave)
		p.pfsd.mirror_flags |= HAMMER_PFSD_SLAVE;
	printf("Creating PFS#%d\t", p.id);
	pfs_request(&p, &rw);
	snprintf(link, sizeof(link), "@@PFS%05d", p.id);
	if (ioctl(p.fd, HAMMERIOC_SET_PSEUDOFS, &rw) < 0 ||
	    symlink(link, path) < 0) {
		printf("failed: %s\n", strerror(errno));
		return (1);
	}
	printf("succeeded!\n");
	for (i = 1; i < argc; i++)
		apply(&p, argv[i]);
	pfs_write(&p);
	pfs_read(&p);
	printf("%s\n", path);
	pfs_print(&p);
	return (0);
}

int
cmd_pfs_master(int argc, char **argv)
{
	return (create_pfs(argc, argv, 0));
}

int
cmd_pfs_slave(int argc, char **argv)
{
	return (create_pfs(argc, argv, 1));
}

int
cmd_pfs_update(int argc, char **argv)
{
	struct pfs p;
	int i;

	need_args(argc, 1, -1);
	pfs_open(argv[0], &p);
	if (!p.exists)
		errx(1, "%s is no PFS", argv[0]);
	for (i = 1; i < argc; i++)
		apply(&p, argv[i]);
	pfs_write(&p);
	pfs_read(&p);
	printf("%s\n", argv[0]);
	pfs_print(&p);
	return (0);
}

static int
change_role(int argc, char **argv, unsigned long cmd, int slave,
    const char *name)
{
	struct hammer_ioc_pseudofs_rw rw;
	struct pfs p;

	need_args(argc, 1, 1);
	pfs_open(argv[0], &p);
	if (!p.exists)
		errx(1, "%s is no PFS", argv[0]);
	if (p.id == 0)
		errx(1, "PFS#0 is always a master");
	if (((p.pfsd.mirror_flags & HAMMER_PFSD_SLAVE) != 0) == slave)
		errx(1, "PFS#%d is a %s already", p.id,
		    slave ? "slave" : "master");
	memset(&rw, 0, sizeof(rw));
	rw.pfs_id = p.id;
	if (ioctl(p.fd, cmd, &rw) < 0)
		err(1, "%s of PFS#%d (%.64s) failed", name, p.id,
		    p.pfsd.label);
	printf("%s of PFS#%d (%.64s) succeeded\n", name, p.id,
	    p.pfsd.label);
	return (0);
}

int
cmd_pfs_upgrade(int argc, char **argv)
{
	return (change_role(argc, argv, HAMMERIOC_UPG_PSEUDOFS, 0,
	    "pfs-upgrade"));
}

int
cmd_pfs_downgrade(int argc, char **argv)
{
	return (change_role(argc, argv, HAMMERIOC_DGD_PSEUDOFS, 1,
	    "pfs-downgrade"));
}

int
cmd_pfs_destroy(int argc, char **argv)
{
	struct hammer_ioc_pseudofs_rw rw;
	struct stat st;
	struct pfs p;
	int i, sure;

	need_args(argc, 1, 1);
	pfs_open(argv[0], &p);
	if (!p.exists)
		errx(1, "%s is no PFS", argv[0]);
	if (p.id == 0)
		errx(1, "PFS#0 cannot be destroyed");
	printf("You have requested that PFS#%d (%.64s) be destroyed\n", p.id,
	    p.pfsd.label);
	printf("This will irrevocably destroy all data on this PFS!!!!!\n");
	sure = answer_yes("Do you really want to do this?");
	if (sure && (p.pfsd.mirror_flags & HAMMER_PFSD_SLAVE) == 0) {
		printf("This PFS is currently setup as a MASTER!\n");
		sure = answer_yes("Are you absolutely sure you want to "
		    "destroy it?");
	}
	if (!sure) {
		fprintf(stderr, "No action taken on PFS#%d\n", p.id);
		return (1);
	}
	printf("Destroying PFS#%d (%.64s)", p.id, p.pfsd.label);
	if (!debug_opt) {
		printf(" in");
		for (i = 5; i > 0; i--) {
			printf(" %d", i);
			fflush(stdout);
			sleep(1);
		}
	}
	printf(".. starting destruction pass\n");
	memset(&rw, 0, sizeof(rw));
	rw.pfs_id = p.id;
	if (ioctl(p.fd, HAMMERIOC_RMR_PSEUDOFS, &rw) < 0)
		err(1, "pfs-destroy of PFS#%d failed", p.id);
	printf("pfs-destroy of PFS#%d succeeded!\n", p.id);
	if (lstat(argv[0], &st) == 0 && S_ISLNK(st.st_mode) &&
	    unlink(argv[0]) < 0)
		warn("%s", argv[0]);
	return (0);
}
