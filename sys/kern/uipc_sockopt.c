/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Socket options: those of SOL_SOCKET here, others by the protocol.
 */
#include <sys/param.h>
#include <sys/systm.h>
#include <sys/kernel.h>
#include <sys/domain.h>
#include <sys/mbuf.h>
#include <sys/proc.h>
#include <sys/protosw.h>
#include <sys/socketvar.h>
#include <sys/time.h>
#include <sys/thread2.h>
#include <net/netmsg.h>

/* Those that are one bit of so_options. */
#define SO_FLAGS	(SO_DEBUG | SO_REUSEADDR | SO_KEEPALIVE |	\
			 SO_DONTROUTE | SO_BROADCAST | SO_USELOOPBACK |	\
			 SO_OOBINLINE | SO_REUSEPORT | SO_TIMESTAMP |	\
			 SO_NOSIGPIPE | SO_RERROR)

int
sooptcopyin(struct sockopt *sopt, void *buf, size_t len)
{
	if (sopt->sopt_valsize < len)
		return (EINVAL);
	bcopy(sopt->sopt_val, buf, len);
	return (0);
}

/* What does not fit is cut off, as always with getsockopt(2). */
int
sooptcopyout(struct sockopt *sopt, const void *buf, size_t len)
{
	sopt->sopt_valsize = MIN(sopt->sopt_valsize, len);
	if (sopt->sopt_val != NULL)
		bcopy(buf, sopt->sopt_val, sopt->sopt_valsize);
	return (0);
}

static int
soset_linger(struct socket *so, struct sockopt *sopt)
{
	struct linger l;
	int error;

	error = sooptcopyin(sopt, &l, sizeof(l));
	if (error)
		return (error);
	if (l.l_linger < 0 || l.l_linger > SHRT_MAX)
		return (EDOM);
	so->so_linger = l.l_linger;
	if (l.l_onoff)
		atomic_set_int(&so->so_options, SO_LINGER);
	else
		atomic_clear_int(&so->so_options, SO_LINGER);
	return (0);
}

static int
soset_timeo(struct socket *so, struct sockopt *sopt)
{
	struct timeval tv;
	int error, timo;

	error = sooptcopyin(sopt, &tv, sizeof(tv));
	if (error)
		return (error);
	if (tv.tv_sec < 0 || tv.tv_usec < 0 || tv.tv_usec >= 1000000 ||
	    tv.tv_sec > INT_MAX / hz - 1)
		return (EDOM);
	timo = tv.tv_sec == 0 && tv.tv_usec == 0 ? 0 : tvtohz_high(&tv);
	if (sopt->sopt_name == SO_SNDTIMEO)
		so->so_sndtimeo = timo;
	else
		so->so_rcvtimeo = timo;
	return (0);
}

/* Sizes and low water marks of the buffers. */
static int
soset_buffer(struct socket *so, int name, int val)
{
	struct sockbuf *sb;

	if (val < 1)
		return (EINVAL);
	sb = name == SO_SNDBUF || name == SO_SNDLOWAT ? so->so_snd :
	    so->so_rcv;
	switch (name) {
	case SO_SNDBUF:
	case SO_RCVBUF:
		return (sb_reserve(sb, val));
	case SO_SNDLOWAT:
		sb->sb_wlowat = MIN((u_long)val, sb->sb_hiwat);
		return (0);
	default:
		sb->sb_rlowat = MIN((u_long)val, sb->sb_hiwat);
		return (0);
	}
}

int
sosetopt(struct socket *so, struct sockopt *sopt)
{
	int error, val;

	if (sopt->sopt_level != SOL_SOCKET)
		return (so_pru_ctloutput(so, sopt));
	switch (sopt->sopt_name) {
	case SO_LINGER:
		return (soset_linger(so, sopt));
	case SO_SNDTIMEO:
	case SO_RCVTIMEO:
		return (soset_timeo(so, sopt));
	case SO_DEBUG:
	case SO_REUSEADDR:
	case SO_KEEPALIVE:
	case SO_DONTROUTE:
	case SO_BROADCAST:
	case SO_USELOOPBACK:
	case SO_OOBINLINE:
	case SO_REUSEPORT:
	case SO_TIMESTAMP:
	case SO_NOSIGPIPE:
	case SO_RERROR:
		error = sooptcopyin(sopt, &val, sizeof(val));
		if (error)
			return (error);
		if (val)
			atomic_set_int(&so->so_options, sopt->sopt_name);
		else
			atomic_clear_int(&so->so_options, sopt->sopt_name);
		return (0);
	case SO_SNDBUF:
	case SO_RCVBUF:
	case SO_SNDLOWAT:
	case SO_RCVLOWAT:
		error = sooptcopyin(sopt, &val, sizeof(val));
		if (error == 0)
			error = soset_buffer(so, sopt->sopt_name, val);
		return (error);
	default:
		return (ENOPROTOOPT);
	}
}

static void
ticks_to_tv(int timo, struct timeval *tv)
{
	tv->tv_sec = timo / hz;
	tv->tv_usec = (long)(timo % hz) * 1000000 / hz;
}

int
sogetopt(struct socket *so, struct sockopt *sopt)
{
	struct timeval tv;
	struct linger l;
	int val;

	if (sopt->sopt_level != SOL_SOCKET)
		return (so_pru_ctloutput(so, sopt));
	switch (sopt->sopt_name) {
	case SO_LINGER:
		l.l_onoff = (so->so_options & SO_LINGER) != 0;
		l.l_linger = so->so_linger;
		return (sooptcopyout(sopt, &l, sizeof(l)));
	case SO_SNDTIMEO:
	case SO_RCVTIMEO:
		ticks_to_tv(sopt->sopt_name == SO_SNDTIMEO ?
		    so->so_sndtimeo : so->so_rcvtimeo, &tv);
		return (sooptcopyout(sopt, &tv, sizeof(tv)));
	case SO_TYPE:
		val = so->so_type;
		break;
	case SO_ERROR:
		val = sotakeerror(so);
		break;
	case SO_SNDBUF:
		val = so->so_snd->sb_hiwat;
		break;
	case SO_RCVBUF:
		val = so->so_rcv->sb_hiwat;
		break;
	case SO_SNDLOWAT:
		val = so->so_snd->sb_wlowat;
		break;
	case SO_RCVLOWAT:
		val = so->so_rcv->sb_rlowat;
		break;
	case SO_SNDSPACE:
		val = MAX(sb_space(so->so_snd), 0);
		break;
	case SO_CPUHINT:
		val = -1;	/* no CPU is better than another */
		break;
	default:
		if (sopt->sopt_name != SO_ACCEPTCONN &&
		    ((sopt->sopt_name & SO_FLAGS) == 0 ||
		    (sopt->sopt_name & ~SO_FLAGS) != 0))
			return (ENOPROTOOPT);
		val = (so->so_options & sopt->sopt_name) != 0 ?
		    sopt->sopt_name : 0;
		break;
	}
	return (sooptcopyout(sopt, &val, sizeof(val)));
}
