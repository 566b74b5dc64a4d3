/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * procfs: what the files of a process say.
 */
#include <sys/param.h>
#include <sys/systm.h>
#include <sys/kernel.h>
#include <sys/conf.h>
#include <sys/jail.h>
#include <sys/malloc.h>
#include <sys/proc.h>
#include <sys/resource.h>
#include <sys/resourcevar.h>
#include <sys/sbuf.h>
#include <sys/stdbool.h>
#include <sys/tty.h>
#include <sys/ucred.h>
#include <sys/uio.h>
#include <sys/vfscache.h>
#include <sys/vfsops.h>
#include <sys/vnode.h>
#include <sys/thread2.h>
#include <vm/vm.h>
#include <vm/vm_map.h>
#include <vm/vm_object.h>
#include <machine/md_var.h>
#include <machine/reg.h>
#include <vfs/procfs/procfs.h>

#define PFS_STATUSMAX	256	/* bytes of the status line */

/* --- status -------------------------------------------------------------- */

static void
status_tty(struct proc *p, struct sbuf *sb)
{
	struct session *sess = p->p_session;
	const char *sep = "";
	cdev_t dev = NULL;

	if ((p->p_flags & P_CONTROLT) && sess->s_ttyp != NULL)
		dev = sess->s_ttyp->t_dev;
	if (dev != NULL)
		sbuf_printf(sb, "%d,%d ", dev->si_umajor, dev->si_uminor);
	else
		sbuf_printf(sb, "-1,-1 ");
	if (sess->s_ttyvp != NULL) {
		sbuf_cat(sb, "ctty");
		sep = ",";
	}
	if (sess->s_leader == p) {
		sbuf_printf(sb, "%ssldr", sep);
		sep = ",";
	}
	sbuf_cat(sb, sep[0] == '\0' ? "noflags " : " ");
}

static void
status_times(struct proc *p, struct sbuf *sb)
{
	struct rusage ru;

	calcru_proc(p, &ru);
	sbuf_printf(sb, "%ld,%ld %ld,%ld %ld,%ld ",
	    (long)p->p_start.tv_sec, (long)p->p_start.tv_usec,
	    (long)ru.ru_utime.tv_sec, (long)ru.ru_utime.tv_usec,
	    (long)ru.ru_stime.tv_sec, (long)ru.ru_stime.tv_usec);
}

int
procfs_status(struct proc *p, struct sbuf *sb)
{
	const char *wmesg = NULL;
	struct ucred *cr;
	struct lwp *lp;
	int i;

	lwkt_gettoken_shared(&p->p_token);
	cr = crhold(p->p_ucred);
	sbuf_printf(sb, "%s %d %d %d %d ", p->p_comm, p->p_pid,
	    p->p_pptr != NULL ? p->p_pptr->p_pid : 0, p->p_pgid,
	    p->p_session->s_sid);
	status_tty(p, sb);
	status_times(p, sb);
	lp = FIRST_LWP_IN_PROC(p);
	if (lp != NULL)
		wmesg = lp->lwp_thread->td_wmesg;
	sbuf_printf(sb, "%s %u %u ", wmesg != NULL ? wmesg : "nochan",
	    cr->cr_uid, cr->cr_ruid);
	lwkt_reltoken(&p->p_token);
	sbuf_printf(sb, "%u", cr->cr_rgid);
	for (i = 0; i < cr->cr_ngroups; i++)
		sbuf_printf(sb, ",%u", cr->cr_groups[i]);
	sbuf_printf(sb, " %s\n", cr->cr_prison != NULL ?
	    cr->cr_prison->pr_host : "-");
	crfree(cr);
	return (sbuf_len(sb) > PFS_STATUSMAX ? ENOMEM : 0);
}

static const char *const limit_names[RLIM_NLIMITS] = {
	"cpu", "fsize", "data", "stack", "core", "rss", "memlock", "nproc",
	"nofile", "sbsize", "vmem", "posixlock"
};

int
procfs_rlimit(struct proc *p, struct sbuf *sb)
{
	struct plimit *limit;
	rlim_t cur, max;
	int i;

	lwkt_gettoken_shared(&p->p_token);
	limit = p->p_limit;
	for (i = 0; i < RLIM_NLIMITS; i++) {
		cur = limit->pl_rlimit[i].rlim_cur;
		max = limit->pl_rlimit[i].rlim_max;
		sbuf_printf(sb, "%s %ld %ld\n", limit_names[i],
		    cur == RLIM_INFINITY ? -1 : (long)cur,
		    max == RLIM_INFINITY ? -1 : (long)max);
	}
	lwkt_reltoken(&p->p_token);
	return (0);
}

int
procfs_cmdline(struct proc *p, struct sbuf *sb)
{
	struct pargs *pa;

	lwkt_gettoken_shared(&p->p_token);
	pa = p->p_args;
	if (pa != NULL)
		atomic_add_int(&pa->ar_ref, 1);
	lwkt_reltoken(&p->p_token);
	if (pa == NULL)
		return (sbuf_bcat(sb, p->p_comm, strlen(p->p_comm) + 1));
	sbuf_bcat(sb, pa->ar_args, pa->ar_length);
	if (atomic_fetchadd_int(&pa->ar_ref, -1) == 1)
		kfree(pa, M_PARGS);
	return (0);
}

/* --- map ----------------------------------------------------------------- */

/* One mapping, as found while the map was locked. */
struct mapping {
	vm_offset_t	start;
	vm_offset_t	end;
	vm_prot_t	prot;
	vm_maptype_t	maptype;
	bool		cow;
	bool		needs_copy;
	int		type;		/* of the last object, or -1 */
	vm_object_t	object;		/* an address, no reference */
	int		refs;
	int		flags;
	struct vnode	*vp;		/* referenced, or NULL */
};

static void
mapping_fill(struct mapping *m, vm_map_entry_t e)
{
	struct vm_map_backing *ba, *last = NULL;

	m->start = e->ba.start;
	m->end = e->ba.end;
	m->prot = e->protection;
	m->maptype = e->maptype;
	m->cow = (e->eflags & MAP_ENTRY_COW) != 0;
	m->needs_copy = (e->eflags & MAP_ENTRY_NEEDS_COPY) != 0;
	m->type = -1;
	for (ba = &e->ba; ba != NULL; ba = ba->backing_ba)
		if (ba->object != NULL)
			last = ba;
	if (last == NULL)
		return;
	m->object = last->object;
	m->type = last->object->type;
	m->refs = last->object->ref_count;
	m->flags = last->object->flags;
	if (m->type == OBJT_VNODE) {
		m->vp = last->object->handle;
		vref(m->vp);
	}
}

static const char *
mapping_type(const struct mapping *m)
{
	if (m->maptype == VM_MAPTYPE_UKSMAP)
		return ("uksmap");
	if (m->maptype == VM_MAPTYPE_SUBMAP)
		return ("submap");
	if (m->maptype == VM_MAPTYPE_VPAGETABLE)
		return ("vpgtbl");
	switch (m->type) {
	case -1:
		return ("none");
	case OBJT_DEFAULT:
		return ("default");
	case OBJT_SWAP:
		return ("swap");
	case OBJT_VNODE:
		return ("vnode");
	case OBJT_DEVICE:
		return ("device");
	case OBJT_MGTDEVICE:
		return ("mgtdevice");
	default:
		return ("unknown");
	}
}

static void
mapping_print(struct mapping *m, struct sbuf *sb)
{
	char *path = NULL, *freepath = NULL;

	if (m->vp != NULL &&
	    vn_fullpath(curproc, m->vp, &path, &freepath, 1) != 0)
		path = NULL;
	sbuf_printf(sb, "0x%016lx 0x%016lx -1 -1 %p %c%c%c %d 0 0x%04x %s %s "
	    "%s %s\n", m->start, m->end, m->object,
	    (m->prot & VM_PROT_READ) ? 'r' : '-',
	    (m->prot & VM_PROT_WRITE) ? 'w' : '-',
	    (m->prot & VM_PROT_EXECUTE) ? 'x' : '-', m->refs, m->flags,
	    m->cow ? "COW" : "NCOW", m->needs_copy ? "NC" : "NNC",
	    mapping_type(m), path != NULL ? path : "-");
	if (freepath != NULL)
		kfree(freepath, M_TEMP);
}

/* All mappings of a map, in *mp to be freed; how many. */
static int
mappings_collect(vm_map_t map, struct mapping **mp)
{
	struct mapping *m;
	vm_map_entry_t e;
	int n, size = map->nentries + 16;

	for (;;) {
		m = kmalloc(size * sizeof(*m), M_TEMP, M_WAITOK | M_ZERO);
		vm_map_lock_read(map);
		if (map->nentries <= size)
			break;
		size = map->nentries + 16;
		vm_map_unlock_read(map);
		kfree(m, M_TEMP);
	}
	n = 0;
	TAILQ_FOREACH(e, &map->entries, link)
		mapping_fill(&m[n++], e);
	vm_map_unlock_read(map);
	*mp = m;
	return (n);
}

int
procfs_map(struct proc *p, struct sbuf *sb)
{
	struct vmspace *vm;
	struct mapping *m;
	int i, n;

	lwkt_gettoken(&p->p_token);
	vm = p->p_vmspace;
	if (vm == NULL || (p->p_flags & P_WEXIT)) {
		lwkt_reltoken(&p->p_token);
		return (ESRCH);
	}
	vmspace_ref(vm);
	lwkt_reltoken(&p->p_token);
	n = mappings_collect(&vm->vm_map, &m);
	for (i = 0; i < n; i++) {
		mapping_print(&m[i], sb);
		if (m[i].vp != NULL)
			vrele(m[i].vp);
	}
	kfree(m, M_TEMP);
	vmspace_rel(vm);
	return (0);
}

/* --- registers ----------------------------------------------------------- */

int
procfs_regs(struct proc *p, enum pfstype type, struct uio *uio)
{
	union {
		struct reg	reg;
		struct fpreg	fpreg;
		struct dbreg	dbreg;
	} u;
	struct lwp *lp;
	size_t size;
	int error;

	size = type == PFS_REGS ? sizeof(u.reg) : type == PFS_FPREGS ?
	    sizeof(u.fpreg) : sizeof(u.dbreg);
	lwkt_gettoken(&p->p_token);
	lp = FIRST_LWP_IN_PROC(p);
	if (lp == NULL)
		error = ESRCH;
	else if (type == PFS_REGS)
		error = fill_regs(lp, &u.reg);
	else if (type == PFS_FPREGS)
		error = fill_fpregs(lp, &u.fpreg);
	else
		error = fill_dbregs(lp, &u.dbreg);
	if (error == 0)
		error = uiomove_frombuf(&u, size, uio);
	if (error == 0 && uio->uio_rw == UIO_WRITE) {
		lp = FIRST_LWP_IN_PROC(p);
		if (lp == NULL || p->p_stat != SSTOP)
			error = EBUSY;
		else if (type == PFS_REGS)
			error = set_regs(lp, &u.reg);
		else if (type == PFS_FPREGS)
			error = set_fpregs(lp, &u.fpreg);
		else
			error = set_dbregs(lp, &u.dbreg);
	}
	lwkt_reltoken(&p->p_token);
	return (error);
}
