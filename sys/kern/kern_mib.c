/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The roots of the sysctl tree and the variables that belong to no subsystem:
 * who this system is, what POSIX options it has, what machine it runs on.
 * Fixed numbers: doc/reference/abi/process-abi.md 15.3.
 */
#include <sys/param.h>
#include <sys/systm.h>
#include <sys/exec.h>
#include <sys/kernel.h>
#include <sys/lock.h>
#include <sys/proc.h>
#include <sys/reboot.h>
#include <sys/sysctl.h>
#include <sys/syslimits.h>
#include <sys/uio.h>
#include <sys/unistd.h>
#include <machine/md_var.h>
#include <machine/vmparam.h>

SYSCTL_NODE(, CTL_KERN, kern, CTLFLAG_RW, 0, "High kernel, proc, limits &c");
SYSCTL_NODE(, CTL_VM, vm, CTLFLAG_RW, 0, "Virtual memory");
SYSCTL_NODE(, CTL_NET, net, CTLFLAG_RW, 0, "Network");
SYSCTL_NODE(, CTL_DEBUG, debug, CTLFLAG_RW, 0, "Debugging");
SYSCTL_NODE(, CTL_HW, hw, CTLFLAG_RW, 0, "Hardware");
SYSCTL_NODE(, CTL_MACHDEP, machdep, CTLFLAG_RW, 0, "Machine dependent");
SYSCTL_NODE(, CTL_USER, user, CTLFLAG_RW, 0, "User level");
SYSCTL_NODE(, CTL_P1003_1B, p1003_1b, CTLFLAG_RW, 0, "POSIX 1003.1b options");
SYSCTL_NODE(, OID_AUTO, security, CTLFLAG_RW, 0, "Security");
SYSCTL_NODE(, OID_AUTO, compat, CTLFLAG_RW, 0, "Compatibility");

char hostname[MAXHOSTNAMELEN];
char domainname[MAXHOSTNAMELEN];
u_long hostid;
int securelevel = -1;
char kernelname[MAXPATHLEN] = "/boot/kernel/kernel";

SYSCTL_STRING(_kern, KERN_OSTYPE, ostype, CTLFLAG_RD, ostype, 0,
    "Operating system type");
SYSCTL_STRING(_kern, KERN_OSRELEASE, osrelease, CTLFLAG_RD, osrelease, 0,
    "Operating system release");
SYSCTL_INT(_kern, KERN_OSREV, osrevision, CTLFLAG_RD, NULL, BSD,
    "Operating system revision");
SYSCTL_STRING(_kern, KERN_VERSION, version, CTLFLAG_RD, version, 0,
    "Kernel version");
SYSCTL_INT(_kern, KERN_OSRELDATE, osreldate, CTLFLAG_RD, &osreldate, 0,
    "Version of the interfaces");
SYSCTL_INT(_kern, KERN_ARGMAX, argmax, CTLFLAG_RD, NULL, ARG_MAX,
    "Bytes of arguments and environment of execve");
SYSCTL_STRING(_kern, KERN_NISDOMAINNAME, domainname, CTLFLAG_RW, domainname,
    sizeof(domainname), "NIS domain name");
SYSCTL_ULONG(_kern, KERN_HOSTID, hostid, CTLFLAG_RW, &hostid, 0,
    "Host identification");
SYSCTL_STRING(_kern, KERN_BOOTFILE, bootfile, CTLFLAG_RW, kernelname,
    sizeof(kernelname), "Name of the kernel file booted");
SYSCTL_INT(_kern, KERN_POSIX1, posix1version, CTLFLAG_RD, NULL,
    _POSIX_VERSION, "Version of POSIX attempting to comply to");
SYSCTL_INT(_kern, KERN_NGROUPS, ngroups, CTLFLAG_RD, NULL, NGROUPS_MAX,
    "Maximum number of groups a user can belong to");
SYSCTL_INT(_kern, KERN_JOB_CONTROL, job_control, CTLFLAG_RD, NULL, 1,
    "Whether job control is available");
SYSCTL_INT(_kern, KERN_SAVED_IDS, saved_ids, CTLFLAG_RD, NULL, 1,
    "Whether saved set-ids are available");
SYSCTL_INT(_kern, KERN_IOV_MAX, iov_max, CTLFLAG_RD, NULL, UIO_MAXIOV,
    "Maximum number of elements in an I/O vector");
SYSCTL_INT(_kern, OID_AUTO, boothowto, CTLFLAG_RD, &boothowto, 0,
    "Flags of the boot");

/* May be raised by root and lowered by nobody but init. */
static int
sysctl_kern_securelevel(SYSCTL_HANDLER_ARGS)
{
	int level = securelevel, error;

	error = sysctl_handle_int(oidp, &level, 0, req);
	if (error != 0 || req->newptr == NULL)
		return (error);
	if (level < securelevel && req->td != NULL &&
	    (req->td->td_proc == NULL || req->td->td_proc->p_pid != 1))
		return (EPERM);
	securelevel = level;
	return (0);
}
SYSCTL_PROC(_kern, KERN_SECURELVL, securelevel, CTLTYPE_INT | CTLFLAG_RW, 0, 0,
    sysctl_kern_securelevel, "I", "Current secure level");

/* Hardware. */
static char machine_name[] = "x86_64";
static char platform_name[] = "pc64";

SYSCTL_STRING(_hw, HW_MACHINE, machine, CTLFLAG_RD, machine_name, 0,
    "Machine class");
SYSCTL_STRING(_hw, HW_MACHINE_ARCH, machine_arch, CTLFLAG_RD, machine_name, 0,
    "Machine architecture");
SYSCTL_STRING(_hw, HW_MACHINE_PLATFORM, platform, CTLFLAG_RD, platform_name, 0,
    "Machine platform");
SYSCTL_INT(_hw, HW_NCPU, ncpu, CTLFLAG_RD, &ncpus, 0, "Number of active CPUs");
SYSCTL_INT(_hw, HW_BYTEORDER, byteorder, CTLFLAG_RD, NULL, BYTE_ORDER,
    "Machine byte order");
SYSCTL_INT(_hw, HW_PAGESIZE, pagesize, CTLFLAG_RD, NULL, PAGE_SIZE,
    "System memory page size");

static int
sysctl_hw_physmem(SYSCTL_HANDLER_ARGS)
{
	u_long bytes = ptoa(physmem);

	return (sysctl_handle_long(oidp, &bytes, 0, req));
}
SYSCTL_PROC(_hw, HW_PHYSMEM, physmem, CTLTYPE_ULONG | CTLFLAG_RD, 0, 0,
    sysctl_hw_physmem, "LU", "Amount of physical memory");

/*
 * Limits of utilities: the values come from the C library, the rows exist so
 * that the names do.
 */
SYSCTL_STRING(_user, USER_CS_PATH, cs_path, CTLFLAG_RD,
    __DECONST(char *, ""), 0, "PATH that finds all the standard utilities");
#define USER_ROW(nbr, name) \
	SYSCTL_INT(_user, nbr, name, CTLFLAG_RD, NULL, 0, "Given by libc")
USER_ROW(USER_BC_BASE_MAX, bc_base_max);
USER_ROW(USER_BC_DIM_MAX, bc_dim_max);
USER_ROW(USER_BC_SCALE_MAX, bc_scale_max);
USER_ROW(USER_BC_STRING_MAX, bc_string_max);
USER_ROW(USER_COLL_WEIGHTS_MAX, coll_weights_max);
USER_ROW(USER_EXPR_NEST_MAX, expr_nest_max);
USER_ROW(USER_LINE_MAX, line_max);
USER_ROW(USER_RE_DUP_MAX, re_dup_max);
USER_ROW(USER_POSIX2_VERSION, posix2_version);
USER_ROW(USER_POSIX2_C_BIND, posix2_c_bind);
USER_ROW(USER_POSIX2_C_DEV, posix2_c_dev);
USER_ROW(USER_POSIX2_CHAR_TERM, posix2_char_term);
USER_ROW(USER_POSIX2_FORT_DEV, posix2_fort_dev);
USER_ROW(USER_POSIX2_FORT_RUN, posix2_fort_run);
USER_ROW(USER_POSIX2_LOCALEDEF, posix2_localedef);
USER_ROW(USER_POSIX2_SW_DEV, posix2_sw_dev);
USER_ROW(USER_POSIX2_UPE, posix2_upe);
USER_ROW(USER_STREAM_MAX, stream_max);
USER_ROW(USER_TZNAME_MAX, tzname_max);

/* POSIX options; what is not provided reads as -1 or 0. */
#define POSIX_ROW(nbr, name, value) \
	SYSCTL_INT(_p1003_1b, nbr, name, CTLFLAG_RD, NULL, value, "")
POSIX_ROW(CTL_P1003_1B_ASYNCHRONOUS_IO, asynchronous_io, -1);
POSIX_ROW(CTL_P1003_1B_MAPPED_FILES, mapped_files, 200112);
POSIX_ROW(CTL_P1003_1B_FSYNC, fsync, 200112);
POSIX_ROW(CTL_P1003_1B_PAGESIZE, pagesize, PAGE_SIZE);
