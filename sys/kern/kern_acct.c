/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Process accounting: acct(2).  While it is on, each process that ends
 * appends a struct acct to a file.  On a file system that becomes full it is
 * suspended, and resumed when there is room again.
 */
#include <sys/param.h>
#include <sys/systm.h>
#include <sys/kernel.h>
#include <sys/acct.h>
#include <sys/conf.h>
#include <sys/fcntl.h>
#include <sys/ktrace.h>
#include <sys/mount.h>
#include <sys/priv.h>
#include <sys/proc.h>
#include <sys/resourcevar.h>
#include <sys/stdbool.h>
#include <sys/sysctl.h>
#include <sys/syslog.h>
#include <sys/sysmsg.h>
#include <sys/sysproto.h>
#include <sys/time.h>
#include <sys/tty.h>
#include <sys/ucred.h>
#include <sys/vnode.h>
#include <sys/wait.h>
#include <sys/thread2.h>

static struct lwkt_token acct_token = LWKT_TOKEN_INITIALIZER(acct_token);
static struct vnode *acct_vp;	/* acct_token; NULL: off */
static bool	acct_suspended;	/* acct_token */
static int	acct_users;	/* acct_token: writing right now */

static int	acct_suspend = 2;
static int	acct_resume = 4;
SYSCTL_INT(_kern, OID_AUTO, acct_suspend, CTLFLAG_RW, &acct_suspend, 0,
    "Per cent of free space below which accounting is suspended");
SYSCTL_INT(_kern, OID_AUTO, acct_resume, CTLFLAG_RW, &acct_resume, 0,
    "Per cent of free space above which it is resumed");

int
sys_acct(struct sysmsg *sysmsg, const struct acct_args *uap)
{
	struct vnode *vp = NULL, *old;
	int error;

	error = priv_check(curthread, PRIV_ACCT);
	if (error == 0 && uap->path != NULL)
		error = ktr_open(uap->path, &vp);
	if (error != 0)
		return (error);
	lwkt_gettoken(&acct_token);
	old = acct_vp;
	acct_vp = vp;
	acct_suspended = false;
	while (acct_users != 0)
		tsleep(&acct_users, 0, "acct", 0);
	lwkt_reltoken(&acct_token);
	if (old != NULL)
		vn_close(old, FREAD | FWRITE, NULL);
	sysmsg->sysmsg_result = 0;
	return (0);
}

/*
 * A number in floating point to the base 8: an exponent of 3 bits and a
 * fraction of 13.
 */
static comp_t
encode_comp(uint64_t value)
{
	u_int exp = 0, round = 0;

	while (value >= 1 << 13) {
		round = (value >> 2) & 1;
		value >>= 3;
		exp++;
	}
	if (round != 0 && ++value == 1 << 13) {
		value >>= 3;
		exp++;
	}
	return (exp > 7 ? 0xffff : exp << 13 | value);
}

/* Times are in 1/AHZ seconds. */
static comp_t
encode_time(const struct timeval *tv)
{
	return (encode_comp((uint64_t)tv->tv_sec * AHZ +
	    (uint64_t)tv->tv_usec * AHZ / 1000000));
}

static void
acct_fill(struct proc *p, struct acct *ac)
{
	struct timeval now, elapsed;
	struct rusage ru;
	uint64_t ticks;

	bzero(ac, sizeof(*ac));
	strlcpy(ac->ac_comm, p->p_comm, sizeof(ac->ac_comm));
	calcru_proc(p, &ru);
	ac->ac_utime = encode_time(&ru.ru_utime);
	ac->ac_stime = encode_time(&ru.ru_stime);
	microtime(&now);
	elapsed = now;
	timevalsub(&elapsed, &p->p_start);
	ac->ac_etime = encode_time(&elapsed);
	ac->ac_btime = p->p_start.tv_sec;
	ac->ac_uid = p->p_ucred->cr_ruid;
	ac->ac_gid = p->p_ucred->cr_rgid;
	ticks = (uint64_t)(ru.ru_utime.tv_sec + ru.ru_stime.tv_sec) * hz +
	    (uint64_t)(ru.ru_utime.tv_usec + ru.ru_stime.tv_usec) * hz /
	    1000000;
	ac->ac_mem = ticks != 0 ? (ru.ru_ixrss + ru.ru_idrss + ru.ru_isrss) /
	    ticks : 0;
	ac->ac_io = encode_comp(ru.ru_inblock + ru.ru_oublock);
	ac->ac_tty = (dev_t)-1;
	if ((p->p_flags & P_CONTROLT) && p->p_session->s_ttyp != NULL)
		ac->ac_tty = devid_from_dev(p->p_session->s_ttyp->t_dev);
	ac->ac_flag = p->p_acflag;
	if (WIFSIGNALED(p->p_xstat))
		ac->ac_flag |= AXSIG;
	if (WCOREDUMP(p->p_xstat))
		ac->ac_flag |= ACORE;
}

/*
 * Is there room on vp's file system?  No if that was unmounted by force; as
 * long as the vnode is locked it is not.
 */
static bool
acct_room(struct vnode *vp)
{
	struct statfs sb;
	int64_t percent;
	int error;

	vn_lock(vp, LK_SHARED | LK_RETRY);
	if (vp->v_mount == NULL) {
		vn_unlock(vp);
		return (false);
	}
	error = VFS_STATFS(vp->v_mount, &sb, proc0.p_ucred);
	vn_unlock(vp);
	if (error != 0 || sb.f_blocks <= 0)
		return (true);
	percent = sb.f_bavail * 100 / sb.f_blocks;
	if (!acct_suspended && percent <= acct_suspend) {
		acct_suspended = true;
		log(LOG_NOTICE, "accounting suspended\n");
	} else if (acct_suspended && percent > acct_resume) {
		acct_suspended = false;
		log(LOG_NOTICE, "accounting resumed\n");
	}
	return (!acct_suspended);
}

void
acct_process(struct proc *p)
{
	struct acct ac;
	struct vnode *vp;

	if (acct_vp == NULL)
		return;
	acct_fill(p, &ac);
	lwkt_gettoken(&acct_token);
	vp = acct_vp;
	if (vp != NULL) {
		++acct_users;
		if (acct_room(vp))
			vn_rdwr(UIO_WRITE, vp, (caddr_t)&ac, sizeof(ac), 0,
			    UIO_SYSSPACE, IO_UNIT | IO_APPEND,
			    proc0.p_ucred, NULL);
		if (--acct_users == 0)
			wakeup(&acct_users);
	}
	lwkt_reltoken(&acct_token);
}
