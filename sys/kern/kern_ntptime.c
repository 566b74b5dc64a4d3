/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * ntp_adjtime(2), ntp_gettime(3): what a time daemon tells the kernel of its
 * clock, and asks.  The rate of the clock is corrected by a frequency, and
 * its offset slewed, in kern_clock.c; the estimates of errors are only kept.
 */
#include <sys/param.h>
#include <sys/systm.h>
#include <sys/kernel.h>
#include <sys/priv.h>
#include <sys/proc.h>
#include <sys/sysctl.h>
#include <sys/sysmsg.h>
#include <sys/sysproto.h>
#include <sys/time.h>
#include <sys/timex.h>
#include <sys/thread2.h>

static struct lwkt_token ntp_token = LWKT_TOKEN_INITIALIZER(ntp_token);

/* All under ntp_token. */
static int	ntp_status = STA_UNSYNC;
static long	ntp_maxerror = MAXPHASE / 1000;
static long	ntp_esterror = MAXPHASE / 1000;
static long	ntp_constant;
static long	ntp_freq;		/* parts per million << 16 */
static long	ntp_tai;		/* TAI - UTC, seconds */

static int
ntp_state(void)
{
	if (ntp_status & (STA_UNSYNC | STA_CLOCKERR))
		return (TIME_ERROR);
	return (TIME_OK);
}

static long
clamp(long value, long limit)
{
	return (value > limit ? limit : value < -limit ? -limit : value);
}

/* Offsets are in microseconds, or nanoseconds with STA_NANO. */
static void
ntp_modify(const struct timex *tx)
{
	int64_t left;
	long ns;

	if (tx->modes & MOD_NANO)
		ntp_status |= STA_NANO;
	if (tx->modes & MOD_MICRO)
		ntp_status &= ~STA_NANO;
	if (tx->modes & MOD_STATUS)
		ntp_status = (ntp_status & STA_RONLY) |
		    (tx->status & ~STA_RONLY);
	if (tx->modes & MOD_MAXERROR)
		ntp_maxerror = tx->maxerror;
	if (tx->modes & MOD_ESTERROR)
		ntp_esterror = tx->esterror;
	if (tx->modes & MOD_TIMECONST)
		ntp_constant = tx->constant < 0 ? 0 : clamp(tx->constant, MAXTC);
	if ((tx->modes & MOD_TAI) && tx->constant > 0)
		ntp_tai = tx->constant;
	if (tx->modes & MOD_FREQUENCY) {
		ntp_freq = clamp(tx->freq, (MAXFREQ / 1000L) << 16);
		clock_set_rate((ntp_freq * 1000) >> 16);
	}
	if (tx->modes & MOD_OFFSET) {
		ns = (ntp_status & STA_NANO) ? clamp(tx->offset, MAXPHASE) :
		    clamp(tx->offset, MAXPHASE / 1000) * 1000;
		kern_adjtime(ns, &left);
	}
}

static void
ntp_report(struct timex *tx)
{
	int64_t left = kern_adjtime_left();

	tx->offset = (ntp_status & STA_NANO) ? left : left / 1000;
	tx->freq = ntp_freq;
	tx->maxerror = ntp_maxerror;
	tx->esterror = ntp_esterror;
	tx->status = ntp_status;
	tx->constant = ntp_constant;
	tx->precision = (ntp_status & STA_NANO) ? 1000 : 1;
	tx->tolerance = MAXFREQ / 1000L << 16;
	tx->ppsfreq = tx->jitter = tx->stabil = 0;
	tx->shift = 0;
	tx->jitcnt = tx->calcnt = tx->errcnt = tx->stbcnt = 0;
}

int
sys_ntp_adjtime(struct sysmsg *sysmsg, const struct ntp_adjtime_args *uap)
{
	struct timex tx;
	int error, state;

	error = copyin(uap->tp, &tx, sizeof(tx));
	if (error == 0 && tx.modes != 0)
		error = priv_check(curthread, PRIV_NTP_ADJTIME);
	if (error != 0)
		return (error);
	lwkt_gettoken(&ntp_token);
	ntp_modify(&tx);
	ntp_report(&tx);
	state = ntp_state();
	lwkt_reltoken(&ntp_token);
	sysmsg->sysmsg_result = state;
	return (copyout(&tx, uap->tp, sizeof(tx)));
}

/* --- sysctl -------------------------------------------------------------- */

SYSCTL_NODE(_kern, OID_AUTO, ntp, CTLFLAG_RW, 0, "Correction of the clock");
SYSCTL_NODE(_kern, OID_AUTO, ntp_pll, CTLFLAG_RW, 0, "ntp_gettime");

static int
sysctl_gettime(SYSCTL_HANDLER_ARGS)
{
	struct ntptimeval ntv;

	bzero(&ntv, sizeof(ntv));
	nanotime(&ntv.time);
	lwkt_gettoken(&ntp_token);
	ntv.maxerror = ntp_maxerror;
	ntv.esterror = ntp_esterror;
	ntv.tai = ntp_tai;
	ntv.time_state = ntp_state();
	lwkt_reltoken(&ntp_token);
	return (SYSCTL_OUT(req, &ntv, sizeof(ntv)));
}
SYSCTL_PROC(_kern_ntp_pll, OID_AUTO, gettime, CTLTYPE_OPAQUE | CTLFLAG_RD,
    NULL, 0, sysctl_gettime, "S,ntptimeval", "Time and its errors");

/* Nanoseconds that the clock is to be slewed by. */
static int
sysctl_delta(SYSCTL_HANDLER_ARGS)
{
	int64_t delta = kern_adjtime_left(), left;
	int error;

	error = sysctl_handle_quad(oidp, &delta, 0, req);
	if (error == 0 && req->newptr != NULL)
		kern_adjtime(delta, &left);
	return (error);
}
SYSCTL_PROC(_kern_ntp, OID_AUTO, delta, CTLTYPE_QUAD | CTLFLAG_RW, NULL, 0,
    sysctl_delta, "Q", "Nanoseconds to be slewed");

/* The correction of the rate: nanoseconds a second, << 32. */
static int
sysctl_permanent(SYSCTL_HANDLER_ARGS)
{
	int64_t value;
	int error;

	lwkt_gettoken(&ntp_token);
	value = (int64_t)ntp_freq * 1000 << 16;
	error = sysctl_handle_quad(oidp, &value, 0, req);
	if (error == 0 && req->newptr != NULL) {
		ntp_freq = clamp((value >> 16) / 1000,
		    (MAXFREQ / 1000L) << 16);
		clock_set_rate((ntp_freq * 1000) >> 16);
	}
	lwkt_reltoken(&ntp_token);
	return (error);
}
SYSCTL_PROC(_kern_ntp, OID_AUTO, permanent, CTLTYPE_QUAD | CTLFLAG_RW, NULL,
    0, sysctl_permanent, "Q", "Correction of the rate, ns/s << 32");
