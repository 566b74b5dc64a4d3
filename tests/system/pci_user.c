/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * /dev/pci: the list of devices, by pieces and by patterns; registers; what
 * must be refused.  And pciconf, which shows it.
 */
#include <sys/types.h>
#include <sys/ioctl.h>
#include <sys/pciio.h>
#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <unistd.h>

#include "tap.h"

static int fd;

static int
getconf(struct pci_conf_io *io, struct pci_match_conf *m, int nm,
    struct pci_conf *c, int nc)
{
	io->pat_buf_len = (uint32_t)(nm * (int)sizeof(*m));
	io->num_patterns = (uint32_t)nm;
	io->patterns = m;
	io->match_buf_len = (uint32_t)(nc * (int)sizeof(*c));
	io->matches = c;
	return (ioctl(fd, PCIOCGETCONF, io) == 0 ? (int)io->num_matches : -1);
}

static struct pci_conf *
find_ahci(struct pci_conf *c, int n)
{
	for (; n > 0; n--, c++)
		if (c->pc_class == 1 && c->pc_subclass == 6)
			return (c);
	return (NULL);
}

static void
registers(const struct pci_conf *ahci)
{
	struct pci_io io = { .pi_sel = ahci->pc_sel, .pi_reg = 0,
	    .pi_width = 4 };
	struct pci_bar_io bar = { .pbi_sel = ahci->pc_sel, .pbi_reg = 0x24 };
	int ro;

	ok(ioctl(fd, PCIOCREAD, &io) == 0 && io.pi_data ==
	    ((uint32_t)ahci->pc_device << 16 | ahci->pc_vendor),
	    "register_0_is_the_device's_number");
	ok(ioctl(fd, PCIOCATTACHED, &io) == 0 && io.pi_data == 1,
	    "a_driver_has_it");
	ok(ioctl(fd, PCIOCGETBAR, &bar) == 0 && bar.pbi_length == 4096 &&
	    bar.pbi_enabled && bar.pbi_base != 0, "its_registers_are_mapped");
	bar.pbi_reg = 0x11;
	ok(ioctl(fd, PCIOCGETBAR, &bar) == -1 && errno == EINVAL,
	    "no_bar_there");
	io.pi_reg = 2;
	ok(ioctl(fd, PCIOCREAD, &io) == -1 && errno == EINVAL,
	    "a_register_across_two_is_refused");
	io.pi_reg = -4;
	ok(ioctl(fd, PCIOCREAD, &io) == -1 && errno == EINVAL,
	    "so_is_one_below");
	io.pi_reg = 0x10000;
	ok(ioctl(fd, PCIOCREAD, &io) == -1 && errno == EINVAL,
	    "and_one_beyond");
	io.pi_reg = 0;
	io.pi_width = 3;
	ok(ioctl(fd, PCIOCREAD, &io) == -1 && errno == EINVAL,
	    "and_a_width_of_3");
	io.pi_width = 4;
	io.pi_sel.pc_dev = 99;
	ok(ioctl(fd, PCIOCREAD, &io) == -1 && errno == ENODEV,
	    "a_device_that_is_not_there");
	ro = open("/dev/pci", O_RDONLY);
	io.pi_sel = ahci->pc_sel;
	ok(ioctl(ro, PCIOCREAD, &io) == -1 && errno == EPERM,
	    "reading_registers_needs_the_right_to_write");
	close(ro);
}

int
main(void)
{
	static struct pci_conf all[256], some[256];
	struct pci_match_conf m[2];
	struct pci_conf_io io;
	struct pci_conf *ahci;
	int n, got, k;

	fd = open("/dev/pci", O_RDWR);
	memset(&io, 0, sizeof(io));
	n = getconf(&io, NULL, 0, all, 256);
	ok(n > 3 && io.status == PCI_GETCONF_LAST_DEVICE, "devices_are_listed");
	memset(&io, 0, sizeof(io));
	for (got = 0; (k = getconf(&io, NULL, 0, some + got, 2)) > 0; got += k)
		;
	ok(got == n && memcmp(all, some, sizeof(*all) * (size_t)n) == 0,
	    "two_at_a_time_they_are_the_same");
	ahci = find_ahci(all, n);
	ok(ahci != NULL && strcmp(ahci->pd_name, "ahci") == 0,
	    "a_device_has_its_driver's_name");
	if (ahci == NULL)
		return (tap_done());
	memset(m, 0, sizeof(m));
	strcpy(m[0].pd_name, "ahci");
	m[0].flags = PCI_GETCONF_MATCH_NAME;
	m[1].pc_vendor = 0xfffe;
	m[1].flags = PCI_GETCONF_MATCH_VENDOR;
	memset(&io, 0, sizeof(io));
	ok(getconf(&io, m, 2, some, 256) == 1 &&
	    memcmp(some, ahci, sizeof(*ahci)) == 0, "patterns_select");
	memset(&io, 0, sizeof(io));
	ok(getconf(&io, (void *)8, 1, some, 256) == -1 && errno == EFAULT,
	    "bad_patterns");
	memset(&io, 0, sizeof(io));
	ok(getconf(&io, NULL, 0, (void *)8, 256) == -1 && errno == EFAULT,
	    "bad_room");
	memset(&io, 0, sizeof(io));
	io.num_patterns = 1000000;
	ok(ioctl(fd, PCIOCGETCONF, &io) == -1 && errno == EINVAL,
	    "too_many_patterns");
	registers(ahci);
	ok(system("pciconf -l ahci0 | grep -q '^ahci0@pci0:.*class=0x010601'")
	    == 0 && system("pciconf -lbcv ahci0 | "
	    "grep -q 'bar *.24. = type Memory.*enabled'") == 0 &&
	    system("pciconf -r -h ahci0 0 | grep -q 8086") == 0,
	    "pciconf_shows_it");
	ok(system("pciconf -l none99 2> /dev/null") != 0,
	    "pciconf_tells_of_what_is_not_there");
	return (tap_done());
}
