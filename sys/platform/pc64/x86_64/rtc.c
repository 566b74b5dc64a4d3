/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The battery-backed clock (MC146818): time of day at boot, and writing it
 * back when the system's time is set.
 */
#include <sys/param.h>
#include <sys/systm.h>
#include <sys/kernel.h>
#include <sys/sysctl.h>
#include <sys/time.h>
#include <machine/acpi_tables.h>
#include <machine/atomic.h>
#include <machine/clock.h>
#include <machine/cpufunc.h>

#define IO_RTC		0x70	/* register number, then data */
#define RTC_SEC		0x00
#define RTC_MIN		0x02
#define RTC_HOUR	0x04
#define RTC_WDAY	0x06
#define RTC_DAY		0x07
#define RTC_MONTH	0x08
#define RTC_YEAR	0x09
#define RTC_STATUSA	0x0a
#define RTCSA_UPDATING	0x80
#define RTC_STATUSB	0x0b
#define RTCSB_24HR	0x02
#define RTCSB_BINARY	0x04
#define RTCSB_HALT	0x80
#define RTCHOUR_PM	0x80
#define SECDAY		86400

int	adjkerntz;
int	wall_cmos_clock;
int	disable_rtc_set;

SYSCTL_INT(_machdep, OID_AUTO, adjkerntz, CTLFLAG_RW, &adjkerntz, 0,
    "Seconds that the RTC's local time is behind UTC");
SYSCTL_INT(_machdep, OID_AUTO, wall_cmos_clock, CTLFLAG_RW,
    &wall_cmos_clock, 0, "RTC keeps local time");
SYSCTL_INT(_machdep, OID_AUTO, disable_rtc_set, CTLFLAG_RW,
    &disable_rtc_set, 0, "Never write the RTC");

static volatile u_int rtc_busy;

struct rtc_time {
	int	sec, min, hour, day, month, year;
};

static u_long
rtc_lock(void)
{
	u_long flags = intr_disable();

	while (!atomic_cmpset_int(&rtc_busy, 0, 1))
		cpu_pause();
	return (flags);
}

static void
rtc_unlock(u_long flags)
{
	atomic_store_rel_int(&rtc_busy, 0);
	intr_restore(flags);
}

int
rtcin(int reg)
{
	u_long flags = rtc_lock();
	int val;

	outb(IO_RTC, reg);
	val = inb(IO_RTC + 1);
	rtc_unlock(flags);
	return (val);
}

void
writertc(u_char reg, u_char val)
{
	u_long flags = rtc_lock();

	outb(IO_RTC, reg);
	outb(IO_RTC + 1, val);
	rtc_unlock(flags);
}

/* Register holding the century in BCD, 0 if the machine has none. */
static int
century_reg(void)
{
	const struct acpi_fadt *fadt = acpi_table_find("FACP", 0);

	if (fadt == NULL || fadt->h.length <= offsetof(struct acpi_fadt,
	    century))
		return (0);
	return (fadt->century < 0x80 ? fadt->century : 0);
}

static int
from_rtc(int val, int binary)
{
	return (binary ? val : (val >> 4) * 10 + (val & 15));
}

static int
to_rtc(int val, int binary)
{
	return (binary ? val : (val / 10) << 4 | (val % 10));
}

static void
rtc_read(struct rtc_time *rt)
{
	int binary, status, hour, cent = century_reg(), tries = 100000;

	while ((rtcin(RTC_STATUSA) & RTCSA_UPDATING) && --tries > 0)
		cpu_pause();
	status = rtcin(RTC_STATUSB);
	binary = (status & RTCSB_BINARY) != 0;
	rt->sec = from_rtc(rtcin(RTC_SEC), binary);
	rt->min = from_rtc(rtcin(RTC_MIN), binary);
	hour = rtcin(RTC_HOUR);
	rt->hour = from_rtc(hour & ~RTCHOUR_PM, binary);
	if ((status & RTCSB_24HR) == 0)
		rt->hour = rt->hour % 12 + ((hour & RTCHOUR_PM) ? 12 : 0);
	rt->day = from_rtc(rtcin(RTC_DAY), binary);
	rt->month = from_rtc(rtcin(RTC_MONTH), binary);
	rt->year = from_rtc(rtcin(RTC_YEAR), binary);
	if (cent != 0)
		rt->year += from_rtc(rtcin(cent), binary) * 100;
	else
		rt->year += rt->year < 70 ? 2000 : 1900;
}

/* Days from 1 January 1970, by the proleptic Gregorian calendar. */
static long
days_from_civil(int year, int month, int day)
{
	long y = month <= 2 ? year - 1 : year;
	long era = y / 400, yoe = y - era * 400;
	long doy = (153 * (month + (month > 2 ? -3 : 9)) + 2) / 5 + day - 1;

	return (era * 146097 + yoe * 365 + yoe / 4 - yoe / 100 + doy - 719468);
}

static void
civil_from_days(long days, struct rtc_time *rt)
{
	long z = days + 719468, era = z / 146097, doe = z - era * 146097;
	long yoe = (doe - doe / 1460 + doe / 36524 - doe / 146096) / 365;
	long doy = doe - (365 * yoe + yoe / 4 - yoe / 100);
	long mp = (5 * doy + 2) / 153;

	rt->day = doy - (153 * mp + 2) / 5 + 1;
	rt->month = mp < 10 ? mp + 3 : mp - 9;
	rt->year = yoe + era * 400 + (rt->month <= 2);
}

/*
 * Set the time of day from the RTC; base (from a filesystem) is used if the
 * RTC says nonsense.
 */
void
inittodr(int64_t base)
{
	struct rtc_time a, b;
	struct timespec ts;
	int i;

	rtc_read(&a);
	for (i = 0; i < 10; ++i) {
		/* Two equal readings: no update came in between. */
		rtc_read(&b);
		if (memcmp(&a, &b, sizeof(a)) == 0)
			break;
		a = b;
	}
	ts.tv_nsec = 0;
	if (a.month < 1 || a.month > 12 || a.day < 1 || a.day > 31 ||
	    a.hour > 23 || a.min > 59 || a.sec > 60) {
		kprintf("rtc: invalid time; check and reset the date\n");
		ts.tv_sec = base;
	} else {
		ts.tv_sec = days_from_civil(a.year, a.month, a.day) * SECDAY +
		    a.hour * 3600 + a.min * 60 + a.sec;
		ts.tv_sec += wall_cmos_clock ? adjkerntz : 0;
	}
	set_timeofday(&ts);
}

void
resettodr(void)
{
	struct rtc_time rt;
	struct timespec ts;
	int binary, status, cent = century_reg();
	long tod;

	if (disable_rtc_set)
		return;
	nanotime(&ts);
	ts.tv_sec -= wall_cmos_clock ? adjkerntz : 0;
	civil_from_days(ts.tv_sec / SECDAY, &rt);
	tod = ts.tv_sec % SECDAY;

	status = (rtcin(RTC_STATUSB) & ~RTCSB_HALT) | RTCSB_24HR;
	binary = (status & RTCSB_BINARY) != 0;
	writertc(RTC_STATUSB, status | RTCSB_HALT);
	writertc(RTC_SEC, to_rtc(tod % 60, binary));
	writertc(RTC_MIN, to_rtc(tod / 60 % 60, binary));
	writertc(RTC_HOUR, to_rtc(tod / 3600, binary));
	writertc(RTC_WDAY, to_rtc((ts.tv_sec / SECDAY + 4) % 7 + 1, binary));
	writertc(RTC_DAY, to_rtc(rt.day, binary));
	writertc(RTC_MONTH, to_rtc(rt.month, binary));
	writertc(RTC_YEAR, to_rtc(rt.year % 100, binary));
	if (cent != 0)
		writertc(cent, to_rtc(rt.year / 100, binary));
	writertc(RTC_STATUSB, status);
}
