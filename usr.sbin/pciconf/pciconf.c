/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * pciconf - PCI devices and their registers
 *
 * usage: pciconf -l [-bcv] [device]
 *	  pciconf -a device
 *	  pciconf -r [-b | -h] device addr[:addr2]
 *	  pciconf -w [-b | -h] device addr value
 *
 * A device is "name0", "pciD:B:S:F" or "pciB:S:F", the latter perhaps with
 * the former before it, as the list has them.
 */
#include <sys/types.h>
#include <sys/ioctl.h>
#include <sys/pciio.h>

#include <ctype.h>
#include <err.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sysexits.h>
#include <unistd.h>

#define DEVICE		"/dev/pci"
#define VENDORS		"/usr/share/misc/pci_vendors"

/* Registers (PCI Local Bus 3.0, chapter 6). */
#define REG_STATUS	0x06
#define STATUS_CAPS	0x10
#define REG_BAR0	0x10
#define REG_CAPS	0x34

static void
usage(void)
{
	fprintf(stderr,
	    "usage: pciconf -l [-bcv] [device]\n"
	    "       pciconf -a device\n"
	    "       pciconf -r [-b | -h] device addr[:addr2]\n"
	    "       pciconf -w [-b | -h] device addr value\n");
	exit(EX_USAGE);
}

static const struct {
	int	class, subclass;	/* subclass -1: the class itself */
	const char *name;
} classes[] = {
	{ 0x00, -1, "old" },
	{ 0x01, -1, "mass storage" }, { 0x01, 0x00, "SCSI" },
	{ 0x01, 0x01, "ATA" }, { 0x01, 0x04, "RAID" },
	{ 0x01, 0x06, "SATA" }, { 0x01, 0x07, "SAS" },
	{ 0x01, 0x08, "NVM" },
	{ 0x02, -1, "network" }, { 0x02, 0x00, "ethernet" },
	{ 0x03, -1, "display" }, { 0x03, 0x00, "VGA" },
	{ 0x04, -1, "multimedia" }, { 0x04, 0x01, "audio" },
	{ 0x04, 0x03, "HDA" },
	{ 0x05, -1, "memory" }, { 0x05, 0x00, "RAM" },
	{ 0x06, -1, "bridge" }, { 0x06, 0x00, "HOST-PCI" },
	{ 0x06, 0x01, "PCI-ISA" }, { 0x06, 0x04, "PCI-PCI" },
	{ 0x07, -1, "simple comms" }, { 0x07, 0x00, "UART" },
	{ 0x08, -1, "base peripheral" }, { 0x08, 0x00, "interrupt controller" },
	{ 0x08, 0x05, "SD host controller" },
	{ 0x09, -1, "input device" }, { 0x0a, -1, "docking station" },
	{ 0x0b, -1, "processor" },
	{ 0x0c, -1, "serial bus" }, { 0x0c, 0x00, "FireWire" },
	{ 0x0c, 0x03, "USB" }, { 0x0c, 0x05, "SMBus" },
	{ 0x0d, -1, "wireless controller" },
	{ 0x0e, -1, "intelligent I/O controller" },
	{ 0x0f, -1, "satellite communication" },
	{ 0x10, -1, "encrypt/decrypt" }, { 0x11, -1, "dasp" },
	{ 0xff, -1, "undefined" },
};

static const char *
class_name(int class, int subclass)
{
	size_t i;

	for (i = 0; i < sizeof(classes) / sizeof(classes[0]); i++)
		if (classes[i].class == class &&
		    classes[i].subclass == subclass)
			return (classes[i].name);
	return (NULL);
}

/*
 * The table of names, if it is installed: a vendor "VVVV<blanks>Name", its
 * devices behind it as "<tab>DDDD<blanks>Name".
 */
static void
print_names(const struct pci_conf *c)
{
	FILE *f = fopen(VENDORS, "r");
	char line[512], *p;
	int ours = 0;

	while (f != NULL && fgets(line, sizeof(line), f) != NULL) {
		line[strcspn(line, "\n")] = '\0';
		p = line + (*line == '\t');
		if (!isxdigit((unsigned char)*p) || p[0] == '\0' ||
		    strlen(p) < 6)
			continue;
		if (*line != '\t') {
			if (ours)
				break;
			ours = strtoul(p, NULL, 16) == c->pc_vendor;
			if (ours)
				printf("    vendor     = '%s'\n",
				    p + 4 + strspn(p + 4, " \t"));
		} else if (ours && strtoul(p, NULL, 16) == c->pc_device) {
			printf("    device     = '%s'\n",
			    p + 4 + strspn(p + 4, " \t"));
		}
	}
	if (f != NULL)
		fclose(f);
	if (class_name(c->pc_class, -1) != NULL)
		printf("    class      = %s\n", class_name(c->pc_class, -1));
	if (class_name(c->pc_class, c->pc_subclass) != NULL)
		printf("    subclass   = %s\n",
		    class_name(c->pc_class, c->pc_subclass));
}

static uint32_t
read_register(int fd, const struct pcisel *sel, int reg, int width)
{
	struct pci_io io = { .pi_sel = *sel, .pi_reg = reg,
	    .pi_width = width };

	if (ioctl(fd, PCIOCREAD, &io) != 0)
		err(1, "register %#x", reg);
	return (io.pi_data);
}

static void
print_bars(int fd, const struct pci_conf *c)
{
	struct pci_bar_io io;
	const char *type;
	uint64_t base;
	int reg;

	for (reg = REG_BAR0; reg < REG_BAR0 + 6 * 4; reg += 4) {
		memset(&io, 0, sizeof(io));
		io.pbi_sel = c->pc_sel;
		io.pbi_reg = reg;
		if (ioctl(fd, PCIOCGETBAR, &io) != 0)
			continue;
		if (io.pbi_base & 1) {
			type = "I/O Port";
			base = io.pbi_base & ~(uint64_t)3;
		} else {
			type = (io.pbi_base & 8) ? "Prefetchable Memory" :
			    "Memory";
			base = io.pbi_base & ~(uint64_t)0xf;
		}
		printf("    bar   [%02x] = type %s, range %d, base %#jx, "
		    "size %ju, %s\n", reg, type, (io.pbi_base & 7) == 4 ?
		    64 : 32, (uintmax_t)base, (uintmax_t)io.pbi_length,
		    io.pbi_enabled ? "enabled" : "disabled");
	}
}

static void
print_capabilities(int fd, const struct pci_conf *c)
{
	static const char *names[] = { [1] = "powerspec", [2] = "AGP",
	    [3] = "VPD", [5] = "MSI", [9] = "vendor", [13] = "PCI Bridge",
	    [16] = "PCI-Express", [17] = "MSI-X", [18] = "SATA",
	    [19] = "PCI Advanced Features" };
	int at, id, count;

	if (!(read_register(fd, &c->pc_sel, REG_STATUS, 2) & STATUS_CAPS))
		return;
	at = (int)read_register(fd, &c->pc_sel, REG_CAPS, 1) & ~3;
	for (count = 0; at >= 0x40 && count < 48; count++) {
		id = (int)read_register(fd, &c->pc_sel, at, 1);
		printf("    cap %02x[%02x] = %s\n", id, at,
		    (size_t)id < sizeof(names) / sizeof(names[0]) &&
		    names[id] != NULL ? names[id] : "unknown");
		at = (int)read_register(fd, &c->pc_sel, at + 1, 1) & ~3;
	}
}

static void
get_selector(const char *text, struct pci_match_conf *m)
{
	const char *at = strrchr(text, '@'), *p;
	unsigned v[4];
	char end = '\0', *e;
	size_t n;
	int fields;

	p = at != NULL ? at + 1 : text;
	memset(m, 0, sizeof(*m));
	if (strncmp(p, "pci", 3) == 0 && isdigit((unsigned char)p[3])) {
		fields = sscanf(p + 3, "%u:%u:%u:%u%c", &v[0], &v[1], &v[2],
		    &v[3], &end);
		if (fields == 3) {
			v[3] = v[2];
			v[2] = v[1];
			v[1] = v[0];
			v[0] = 0;
		} else if (fields != 4 && !(fields == 5 && end == ':')) {
			errx(EX_USAGE, "%s: not a device", text);
		}
		m->pc_sel.pc_domain = v[0];
		m->pc_sel.pc_bus = (uint8_t)v[1];
		m->pc_sel.pc_dev = (uint8_t)v[2];
		m->pc_sel.pc_func = (uint8_t)v[3];
		m->flags = PCI_GETCONF_MATCH_DOMAIN | PCI_GETCONF_MATCH_BUS |
		    PCI_GETCONF_MATCH_DEV | PCI_GETCONF_MATCH_FUNC;
		return;
	}
	n = strlen(text);
	while (n > 0 && isdigit((unsigned char)text[n - 1]))
		n--;
	if (n == 0 || n >= sizeof(m->pd_name) || text[n] == '\0')
		errx(EX_USAGE, "%s: not a device", text);
	memcpy(m->pd_name, text, n);
	m->pd_unit = strtoul(text + n, &e, 10);
	m->flags = PCI_GETCONF_MATCH_NAME | PCI_GETCONF_MATCH_UNIT;
}

/* The next devices of those that match; 0 at the end. */
static unsigned
next_devices(int fd, struct pci_conf_io *io, struct pci_match_conf *m,
    struct pci_conf *list, size_t size)
{
	io->pat_buf_len = m != NULL ? sizeof(*m) : 0;
	io->num_patterns = m != NULL;
	io->patterns = m;
	io->match_buf_len = (uint32_t)size;
	io->matches = list;
	if (ioctl(fd, PCIOCGETCONF, io) != 0)
		err(1, "%s", DEVICE);
	return (io->num_matches);
}

static struct pcisel
find_device(int fd, const char *text)
{
	struct pci_match_conf m;
	struct pci_conf_io io;
	struct pci_conf c;

	get_selector(text, &m);
	memset(&io, 0, sizeof(io));
	if (next_devices(fd, &io, &m, &c, sizeof(c)) == 0)
		errx(1, "%s: no such device", text);
	return (c.pc_sel);
}

static void
list_devices(int fd, const char *text, int bars, int caps, int names)
{
	struct pci_match_conf m;
	struct pci_conf list[32], *c;
	struct pci_conf_io io;
	unsigned n, nameless = 0, total = 0;

	if (text != NULL)
		get_selector(text, &m);
	memset(&io, 0, sizeof(io));
	while ((n = next_devices(fd, &io, text != NULL ? &m : NULL, list,
	    sizeof(list))) > 0) {
		total += n;
		for (c = list; c < list + n; c++) {
			printf("%s%lu@pci%u:%u:%u:%u:\tclass=0x%06x "
			    "card=0x%08x chip=0x%08x rev=0x%02x hdr=0x%02x\n",
			    c->pd_name[0] != '\0' ? c->pd_name : "none",
			    c->pd_name[0] != '\0' ? c->pd_unit : nameless++,
			    c->pc_sel.pc_domain, c->pc_sel.pc_bus,
			    c->pc_sel.pc_dev, c->pc_sel.pc_func,
			    c->pc_class << 16 | c->pc_subclass << 8 |
			    c->pc_progif,
			    (unsigned)c->pc_subdevice << 16 | c->pc_subvendor,
			    (unsigned)c->pc_device << 16 | c->pc_vendor,
			    c->pc_revid, c->pc_hdr);
			if (names)
				print_names(c);
			if (bars)
				print_bars(fd, c);
			if (caps)
				print_capabilities(fd, c);
		}
	}
	if (text != NULL && total == 0)
		errx(1, "%s: no such device", text);
}

static long
number(const char *s, char end)
{
	char *e;
	long v = strtol(s, &e, 0);

	if (e == s || (*e != '\0' && *e != end) || v < 0)
		errx(EX_USAGE, "%s: not a number", s);
	return (v);
}

static void
print_registers(int fd, const char *device, const char *range, int width)
{
	struct pcisel sel = find_device(fd, device);
	const char *colon = strchr(range, ':');
	long from = number(range, ':'), to, reg;
	int column = 0;

	to = colon != NULL ? number(colon + 1, '\0') : from;
	for (reg = from; reg <= to; reg += width) {
		printf("%s%0*x", column > 0 ? " " : "", width * 2,
		    read_register(fd, &sel, (int)reg, width));
		if (++column * width == 16) {
			putchar('\n');
			column = 0;
		}
	}
	if (column > 0)
		putchar('\n');
}

static void
write_register(int fd, const char *device, const char *reg,
    const char *value, int width)
{
	struct pci_io io = { .pi_sel = find_device(fd, device),
	    .pi_reg = (int)number(reg, '\0'), .pi_width = width,
	    .pi_data = (uint32_t)number(value, '\0') };

	if (ioctl(fd, PCIOCWRITE, &io) != 0)
		err(1, "register %s", reg);
}

int
main(int argc, char **argv)
{
	int c, fd, what = 0, bars = 0, caps = 0, names = 0, width = 4;
	struct pci_io io;

	while ((c = getopt(argc, argv, "abchlrvw")) != -1) {
		switch (c) {
		case 'a': case 'l': case 'r': case 'w': what = c; break;
		case 'b': bars = 1; width = 1; break;
		case 'c': caps = 1; break;
		case 'h': width = 2; break;
		case 'v': names = 1; break;
		default: usage();
		}
	}
	argc -= optind;
	argv += optind;
	/* Looking at registers takes the right to change them. */
	fd = open(DEVICE, what != 'l' || bars || caps ? O_RDWR : O_RDONLY);
	if (fd < 0)
		err(1, "%s", DEVICE);
	if (what == 'l' && argc <= 1) {
		list_devices(fd, argv[0], bars, caps, names);
	} else if (what == 'a' && argc == 1) {
		memset(&io, 0, sizeof(io));
		io.pi_sel = find_device(fd, argv[0]);
		if (ioctl(fd, PCIOCATTACHED, &io) != 0)
			err(1, "%s", argv[0]);
		printf("%s: %s\n", argv[0], io.pi_data != 0 ? "attached" :
		    "not attached");
	} else if (what == 'r' && argc == 2) {
		print_registers(fd, argv[0], argv[1], width);
	} else if (what == 'w' && argc == 3) {
		write_register(fd, argv[0], argv[1], argv[2], width);
	} else {
		usage();
	}
	return (fflush(stdout) != 0);
}
