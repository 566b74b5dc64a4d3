/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Jails: jail(2), jail_attach(2), what a jail's root may do, sysctl jail.
 *
 * A jail is a struct prison that credentials refer to (cr_prison): all
 * processes that descend from the one that entered it, for there is no way
 * out.  It confines them to a directory (the jail root of their descriptor
 * tables), gives them a host name and addresses, hides other processes, and
 * takes most privileges from root.  It ends with its last credential.
 */
#include <sys/param.h>
#include <sys/systm.h>
#include <sys/kernel.h>
#include <sys/endian.h>
#include <sys/filedesc.h>
#include <sys/jail.h>
#include <sys/kern_syscall.h>
#include <sys/malloc.h>
#include <sys/namecache.h>
#include <sys/nlookup.h>
#include <sys/priv.h>
#include <sys/proc.h>
#include <sys/sbuf.h>
#include <sys/socket.h>
#include <sys/spinlock2.h>
#include <sys/sysctl.h>
#include <sys/sysmsg.h>
#include <sys/sysproto.h>
#include <sys/ucred.h>
#include <sys/vnode.h>
#include <sys/thread2.h>

static MALLOC_DEFINE(M_PRISON, "prison", "jails");

#define JAIL_MAXIPS	1024

static struct lwkt_token prison_token = LWKT_TOKEN_INITIALIZER(prison_token);
static LIST_HEAD(, prison) prisons = LIST_HEAD_INITIALIZER(prisons);
static int	prison_lastid;		/* prison_token */
static int	prison_count;		/* prison_token */
static prison_cap_t default_caps = 1UL << PRISON_CAP_SYS_SET_HOSTNAME |
    1UL << PRISON_CAP_NET_UNIXIPROUTE;

/* --- references ---------------------------------------------------------- */

void
prison_hold(struct prison *pr)
{
	atomic_add_int(&pr->pr_refs, 1);
}

void
prison_free(struct prison *pr)
{
	if (atomic_fetchadd_int(&pr->pr_refs, -1) != 1)
		return;
	lwkt_gettoken(&prison_token);
	LIST_REMOVE(pr, pr_link);
	--prison_count;
	lwkt_reltoken(&prison_token);
	if (pr->pr_root.ncp != NULL)
		cache_drop(&pr->pr_root);
	if (pr->pr_ips != NULL)
		kfree(pr->pr_ips, M_PRISON);
	kfree(pr, M_PRISON);
}

/* The jail with a number, referenced, or NULL. */
static struct prison *
prison_find(int id)
{
	struct prison *pr;
	u_int refs;

	lwkt_gettoken_shared(&prison_token);
	LIST_FOREACH(pr, &prisons, pr_link) {
		if (pr->pr_id != id)
			continue;
		/* The last reference may be on its way out. */
		do {
			refs = pr->pr_refs;
		} while (refs != 0 &&
		    !atomic_cmpset_int(&pr->pr_refs, refs, refs + 1));
		if (refs == 0)
			pr = NULL;
		break;
	}
	lwkt_reltoken(&prison_token);
	return (pr);
}

/* --- privileges ---------------------------------------------------------- */

bool
prison_may(struct ucred *cr, int cap)
{
	return ((cr->cr_prison->pr_caps & (1UL << cap)) != 0);
}

/* What the root of a jail may do of what root may. */
int
prison_priv_check(struct ucred *cr, int priv)
{
	int cap = PRISON_CAP_ROOT;

	switch (priv) {
	case PRIV_CRED_SETUID: case PRIV_CRED_SETEUID:
	case PRIV_CRED_SETGID: case PRIV_CRED_SETEGID:
	case PRIV_CRED_SETGROUPS: case PRIV_CRED_SETREUID:
	case PRIV_CRED_SETREGID: case PRIV_CRED_SETRESUID:
	case PRIV_CRED_SETRESGID:
	case PRIV_DEBUG_DIFFCRED: case PRIV_DEBUG_SUGID:
	case PRIV_PROC_SETLOGIN: case PRIV_PROC_SETRLIMIT:
	case PRIV_SIGNAL_DIFFCRED: case PRIV_SIGNAL_SUGID:
	case PRIV_TTY_DRAINWAIT: case PRIV_TTY_EXCLUSIVE:
	case PRIV_TTY_STI: case PRIV_TTY_SETA:
	case PRIV_VFS_READ: case PRIV_VFS_WRITE: case PRIV_VFS_ADMIN:
	case PRIV_VFS_EXEC: case PRIV_VFS_LOOKUP: case PRIV_VFS_CHOWN:
	case PRIV_VFS_CHMOD: case PRIV_VFS_CHROOT:
	case PRIV_VFS_RETAINSUGID: case PRIV_VFS_EXCEEDQUOTA:
	case PRIV_VFS_LINK: case PRIV_VFS_SETATTR: case PRIV_VFS_SETGID:
	case PRIV_VFS_STICKYFILE: case PRIV_VFS_REVOKE:
	case PRIV_NETINET_RESERVEDPORT: case PRIV_HAMMER_IOCTL:
		return (0);
	case PRIV_SYSCTL_WRITEJAIL:
		return (0);
	case PRIV_VFS_SYSFLAGS: case PRIV_VFS_CHFLAGS_DEV:
		cap = PRISON_CAP_VFS_CHFLAGS;
		break;
	default:
		return (EPERM);
	}
	return (prison_may(cr, cap) ? 0 : EPERM);
}

/* --- entering ------------------------------------------------------------ */

/* A place of the descriptor table's now names the jail's root. */
static void
prison_set_dir(struct prison *pr, struct filedesc *fdp, struct nchandle *dir,
    struct vnode **vpp)
{
	struct nchandle nch, onch;
	struct vnode *ovp;

	cache_copy(&pr->pr_root, &nch);
	spin_lock(&fdp->fd_spin);
	onch = *dir;
	ovp = *vpp;
	*dir = nch;
	*vpp = fdp->fd_rdir;
	vref(*vpp);
	spin_unlock(&fdp->fd_spin);
	if (onch.ncp != NULL)
		cache_drop(&onch);
	if (ovp != NULL)
		vrele(ovp);
}

/* Everything of the current process from now on is in the jail. */
static int
prison_enter(struct prison *pr)
{
	struct proc *p = curproc;
	struct filedesc *fdp = p->p_fd;
	struct nchandle nch;
	struct ucred *cr;
	int error;

	/* Other threads, other users of the table would stay outside. */
	if (p->p_nthreads > 1 || fdp->fd_refcnt > 1)
		return (EBUSY);
	cache_copy(&pr->pr_root, &nch);
	cache_lock(&nch);
	error = kern_chroot(&nch);
	cache_put(&nch);
	if (error != 0)
		return (error);
	prison_set_dir(pr, fdp, &fdp->fd_ncdir, &fdp->fd_cdir);
	/* Whatever chroots follow, this is the top. */
	prison_set_dir(pr, fdp, &fdp->fd_njdir, &fdp->fd_jdir);

	lwkt_gettoken(&p->p_token);
	cr = cratom_proc(p);
	prison_hold(pr);
	cr->cr_prison = pr;
	p->p_flags |= P_JAILED;
	proc_sync_ucred(p);
	lwkt_reltoken(&p->p_token);
	return (0);
}

static int
prison_copyin(struct prison *pr, const struct jail *j, const uint32_t *v4,
    char *path)
{
	size_t bytes;
	int error;

	error = copyinstr(j->path, path, MAXPATHLEN, NULL);
	if (error == 0)
		error = copyinstr(j->hostname, pr->pr_host,
		    sizeof(pr->pr_host), NULL);
	if (error != 0)
		return (error);
	if (j->n_ips > JAIL_MAXIPS)
		return (EINVAL);
	if (j->n_ips == 0)
		return (0);
	bytes = j->n_ips * sizeof(struct sockaddr_storage);
	pr->pr_ips = kmalloc(bytes, M_PRISON, M_WAITOK | M_ZERO);
	pr->pr_nips = j->n_ips;
	if (v4 != NULL) {
		pr->pr_ips->ss_family = AF_INET;
		pr->pr_ips->ss_len = 16;	/* a sockaddr_in */
		be32enc((char *)pr->pr_ips + 4, *v4);
		return (0);
	}
	return (copyin(j->ips, pr->pr_ips, bytes));
}

static int
prison_lookup_root(struct prison *pr, const char *path)
{
	struct nlookupdata nd;
	int error;

	error = nlookup_init(&nd, path, UIO_SYSSPACE, NLC_FOLLOW);
	if (error == 0)
		error = nlookup(&nd);
	if (error == 0)
		cache_copy(&nd.nl_nch, &pr->pr_root);
	nlookup_done(&nd);
	return (error);
}

static int
kern_jail(const struct jail *j, const uint32_t *v4, int *idp)
{
	struct prison *pr;
	char *path;
	int error;

	pr = kmalloc(sizeof(*pr), M_PRISON, M_WAITOK | M_ZERO);
	pr->pr_refs = 1;
	pr->pr_caps = default_caps;
	path = kmalloc(MAXPATHLEN, M_TEMP, M_WAITOK);
	error = prison_copyin(pr, j, v4, path);
	if (error == 0)
		error = prison_lookup_root(pr, path);
	strlcpy(pr->pr_path, path, sizeof(pr->pr_path));
	kfree(path, M_TEMP);
	lwkt_gettoken(&prison_token);
	pr->pr_id = ++prison_lastid;
	LIST_INSERT_HEAD(&prisons, pr, pr_link);
	++prison_count;
	lwkt_reltoken(&prison_token);
	if (error == 0)
		error = prison_enter(pr);
	*idp = pr->pr_id;
	prison_free(pr);
	return (error);
}

int
sys_jail(struct sysmsg *sysmsg, const struct jail_args *uap)
{
	struct jail j;
	struct jail_v0 v0 = { .ip_number = 0 };
	uint32_t version;
	int error, id;

	error = priv_check(curthread, PRIV_ROOT);
	if (error == 0)
		error = copyin(uap->jail, &version, sizeof(version));
	if (error != 0)
		return (error);
	switch (version) {
	case 0:
		/* The same beginning; its one address becomes the list. */
		error = copyin(uap->jail, &v0, sizeof(v0));
		bzero(&j, sizeof(j));
		j.path = v0.path;
		j.hostname = v0.hostname;
		j.n_ips = 1;
		break;
	case 1:
		error = copyin(uap->jail, &j, sizeof(j));
		break;
	default:
		return (EINVAL);
	}
	if (error == 0)
		error = kern_jail(&j, version == 0 ? &v0.ip_number : NULL,
		    &id);
	if (error == 0)
		sysmsg->sysmsg_result = id;
	return (error);
}

int
sys_jail_attach(struct sysmsg *sysmsg, const struct jail_attach_args *uap)
{
	struct prison *pr;
	int error;

	error = priv_check(curthread, PRIV_ROOT);
	if (error != 0)
		return (error);
	pr = prison_find(uap->jid);
	if (pr == NULL)
		return (EINVAL);
	error = prison_enter(pr);
	prison_free(pr);
	sysmsg->sysmsg_result = 0;
	return (error);
}

/* --- sysctl -------------------------------------------------------------- */

SYSCTL_NODE(, OID_AUTO, jail, CTLFLAG_RW, 0, "Jails");
SYSCTL_NODE(_jail, OID_AUTO, defaults, CTLFLAG_RW, 0,
    "What new jails may do");

/* One bit of a set of capabilities, as an integer. */
static int
sysctl_jail_cap(SYSCTL_HANDLER_ARGS)
{
	prison_cap_t bit = 1UL << arg2;
	int error, value = (default_caps & bit) != 0;

	error = sysctl_handle_int(oidp, &value, 0, req);
	if (error != 0 || req->newptr == NULL)
		return (error);
	if (value)
		atomic_set_long(&default_caps, bit);
	else
		atomic_clear_long(&default_caps, bit);
	return (0);
}

#define JAIL_CAP(name, cap, descr)					\
SYSCTL_PROC(_jail_defaults, OID_AUTO, name, CTLTYPE_INT | CTLFLAG_RW,	\
    NULL, cap, sysctl_jail_cap, "I", descr)

JAIL_CAP(sys_set_hostname, PRISON_CAP_SYS_SET_HOSTNAME, "Set the host name");
JAIL_CAP(sys_sysvipc, PRISON_CAP_SYS_SYSVIPC, "Use System V IPC");
JAIL_CAP(net_unixiproute, PRISON_CAP_NET_UNIXIPROUTE,
    "Only local, IP and routing sockets");
JAIL_CAP(net_raw_sockets, PRISON_CAP_NET_RAW_SOCKETS, "Use raw sockets");
JAIL_CAP(net_listen_override, PRISON_CAP_NET_LISTEN_OVERRIDE,
    "Listen where the host does on any address");
JAIL_CAP(vfs_chflags, PRISON_CAP_VFS_CHFLAGS, "Change system file flags");
JAIL_CAP(vfs_mount_nullfs, PRISON_CAP_VFS_MOUNT_NULLFS, "Mount nullfs");
JAIL_CAP(vfs_mount_devfs, PRISON_CAP_VFS_MOUNT_DEVFS, "Mount devfs");
JAIL_CAP(vfs_mount_tmpfs, PRISON_CAP_VFS_MOUNT_TMPFS, "Mount tmpfs");

static int
sysctl_jailed(SYSCTL_HANDLER_ARGS)
{
	int jailed = curthread->td_ucred != NULL &&
	    curthread->td_ucred->cr_prison != NULL;

	return (sysctl_handle_int(oidp, &jailed, 0, req));
}
SYSCTL_PROC(_jail, OID_AUTO, jailed, CTLTYPE_INT | CTLFLAG_RD, NULL, 0,
    sysctl_jailed, "I", "Is this process in a jail?");

/*
 * An address in text, preceded by a blank; other families are left out.  It
 * is at offset 4 of a sockaddr_in, and 8 of a sockaddr_in6.
 */
static void
print_ip(struct sbuf *sb, const struct sockaddr_storage *ss)
{
	const u_char *b = (const u_char *)ss;
	int i;

	if (ss->ss_family == AF_INET) {
		sbuf_printf(sb, " %d.%d.%d.%d", b[4], b[5], b[6], b[7]);
	} else if (ss->ss_family == AF_INET6) {
		for (i = 0; i < 8; i++)
			sbuf_printf(sb, "%s%x", i == 0 ? " " : ":",
			    b[8 + 2 * i] << 8 | b[9 + 2 * i]);
	}
}

/* A line for each jail: number, host name, path, addresses. */
static int
sysctl_jail_list(SYSCTL_HANDLER_ARGS)
{
	struct prison *pr;
	struct sbuf *sb;
	int error, i;

	if (curthread->td_ucred->cr_prison != NULL)
		return (0);
	sb = sbuf_new_auto();
	lwkt_gettoken_shared(&prison_token);
	LIST_FOREACH(pr, &prisons, pr_link) {
		sbuf_printf(sb, "%d %s %s", pr->pr_id, pr->pr_host,
		    pr->pr_path);
		for (i = 0; i < pr->pr_nips; i++)
			print_ip(sb, &pr->pr_ips[i]);
		sbuf_printf(sb, "\n");
	}
	lwkt_reltoken(&prison_token);
	sbuf_finish(sb);
	error = SYSCTL_OUT(req, sbuf_data(sb), sbuf_len(sb) + 1);
	sbuf_delete(sb);
	return (error);
}
SYSCTL_PROC(_jail, OID_AUTO, list, CTLTYPE_STRING | CTLFLAG_RD, NULL, 0,
    sysctl_jail_list, "A", "Jails in being");

/* kern.hostname: each jail has its own. */
static int
sysctl_kern_hostname(SYSCTL_HANDLER_ARGS)
{
	struct ucred *cr = curthread->td_ucred;
	char *name = hostname;

	if (cr != NULL && cr->cr_prison != NULL) {
		if (req->newptr != NULL &&
		    !prison_may(cr, PRISON_CAP_SYS_SET_HOSTNAME))
			return (EPERM);
		name = cr->cr_prison->pr_host;
	}
	return (sysctl_handle_string(oidp, name, MAXHOSTNAMELEN, req));
}
SYSCTL_PROC(_kern, KERN_HOSTNAME, hostname, CTLTYPE_STRING | CTLFLAG_RW |
    CTLFLAG_PRISON, NULL, 0, sysctl_kern_hostname, "A", "Host name");
