/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * /dev/pci: which devices there are, and their configuration registers.
 *
 * Everybody may list devices; registers are read and written through a
 * descriptor that is open for writing, which the device's mode leaves to root.
 * The list is taken anew by each call: an offset counts matching devices.
 */
#include <sys/param.h>
#include <sys/systm.h>
#include <sys/bus.h>
#include <sys/conf.h>
#include <sys/fcntl.h>
#include <sys/kernel.h>
#include <sys/malloc.h>
#include <sys/pciio.h>

#include <bus/pci/pcivar.h>

#define MAX_PATTERNS	64		/* more is EINVAL */

static d_ioctl_t pci_user_ioctl;

static struct dev_ops pci_user_ops = {
	{ "pci", 0, D_MPSAFE },
	.d_ioctl = pci_user_ioctl,
};

typedef int pci_visit_fn(device_t dev, struct pci_devinfo *di, void *arg);

/* Calls fn for each device until it returns non-zero, which is returned. */
static int
pci_visit(pci_visit_fn *fn, void *arg)
{
	devclass_t buses = devclass_find("pci");
	device_t bus, *list;
	int unit, i, n, rv = 0;

	if (buses == NULL)
		return (0);
	for (unit = 0; rv == 0 && unit <= devclass_get_maxunit(buses); unit++) {
		bus = devclass_get_device(buses, unit);
		if (bus == NULL || device_get_children(bus, &list, &n) != 0)
			continue;
		for (i = 0; rv == 0 && i < n; i++)
			rv = fn(list[i], device_get_ivars(list[i]), arg);
		kfree(list, M_TEMP);
	}
	return (rv);
}

static bool
matches(const struct pci_match_conf *m, const struct pci_conf *c)
{
	pci_getconf_flags f = m->flags;

	return ((!(f & PCI_GETCONF_MATCH_DOMAIN) ||
	    m->pc_sel.pc_domain == c->pc_sel.pc_domain) &&
	    (!(f & PCI_GETCONF_MATCH_BUS) ||
	    m->pc_sel.pc_bus == c->pc_sel.pc_bus) &&
	    (!(f & PCI_GETCONF_MATCH_DEV) ||
	    m->pc_sel.pc_dev == c->pc_sel.pc_dev) &&
	    (!(f & PCI_GETCONF_MATCH_FUNC) ||
	    m->pc_sel.pc_func == c->pc_sel.pc_func) &&
	    (!(f & PCI_GETCONF_MATCH_NAME) ||
	    strncmp(m->pd_name, c->pd_name, sizeof(m->pd_name)) == 0) &&
	    (!(f & PCI_GETCONF_MATCH_UNIT) || m->pd_unit == c->pd_unit) &&
	    (!(f & PCI_GETCONF_MATCH_VENDOR) ||
	    m->pc_vendor == c->pc_vendor) &&
	    (!(f & PCI_GETCONF_MATCH_DEVICE) ||
	    m->pc_device == c->pc_device) &&
	    (!(f & PCI_GETCONF_MATCH_CLASS) || m->pc_class == c->pc_class));
}

struct getconf {
	struct pci_conf_io *io;
	const struct pci_match_conf *patterns;
	uint32_t	seen;		/* matching devices */
	uint32_t	room;		/* how many the caller has room for */
};

static int
getconf_one(device_t dev, struct pci_devinfo *di, void *arg)
{
	struct getconf *g = arg;
	struct pci_conf c;
	uint32_t i;
	int error;

	bzero(&c, sizeof(c));
	c.pc_sel.pc_bus = di->bus;
	c.pc_sel.pc_dev = di->slot;
	c.pc_sel.pc_func = di->func;
	c.pc_hdr = di->hdrtype;
	c.pc_subvendor = di->subvendor;
	c.pc_subdevice = di->subdevice;
	c.pc_vendor = di->vendor;
	c.pc_device = di->device;
	c.pc_class = di->class;
	c.pc_subclass = di->subclass;
	c.pc_progif = di->progif;
	c.pc_revid = di->revid;
	if (device_get_name(dev) != NULL) {
		strlcpy(c.pd_name, device_get_name(dev), sizeof(c.pd_name));
		c.pd_unit = device_get_unit(dev);
	}
	for (i = 0; i < g->io->num_patterns; i++)
		if (matches(&g->patterns[i], &c))
			break;
	if (g->io->num_patterns != 0 && i == g->io->num_patterns)
		return (0);
	if (g->seen++ < g->io->offset)
		return (0);
	if (g->io->num_matches == g->room) {
		g->io->status = PCI_GETCONF_MORE_DEVS;
		return (EOVERFLOW);
	}
	error = copyout(&c, &g->io->matches[g->io->num_matches], sizeof(c));
	if (error == 0)
		g->io->num_matches++;
	return (error);
}

static int
pci_getconf(struct pci_conf_io *io)
{
	struct pci_match_conf *patterns = NULL;
	struct getconf g = { .io = io };
	size_t size;
	int error = 0;

	if (io->num_patterns > MAX_PATTERNS ||
	    io->pat_buf_len < io->num_patterns * sizeof(*patterns)) {
		io->status = PCI_GETCONF_ERROR;
		return (EINVAL);
	}
	size = io->num_patterns * sizeof(*patterns);
	if (size != 0) {
		patterns = kmalloc(size, M_TEMP, M_WAITOK);
		error = copyin(io->patterns, patterns, size);
	}
	g.patterns = patterns;
	g.room = io->match_buf_len / sizeof(struct pci_conf);
	io->num_matches = 0;
	io->generation = 0;
	io->status = PCI_GETCONF_LAST_DEVICE;
	if (error == 0)
		error = pci_visit(getconf_one, &g);
	if (error == EOVERFLOW)
		error = 0;
	io->offset += io->num_matches;
	if (patterns != NULL)
		kfree(patterns, M_TEMP);
	return (error);
}

struct find {
	const struct pcisel *sel;
	device_t	dev;
	struct pci_devinfo *di;
};

static int
find_one(device_t dev, struct pci_devinfo *di, void *arg)
{
	struct find *f = arg;

	if (f->sel->pc_domain != 0 || f->sel->pc_bus != di->bus ||
	    f->sel->pc_dev != di->slot || f->sel->pc_func != di->func)
		return (0);
	f->dev = dev;
	f->di = di;
	return (EEXIST);
}

static int
pci_register(u_long cmd, struct pci_io *io)
{
	struct find f = { .sel = &io->pi_sel };

	if (pci_visit(find_one, &f) != EEXIST)
		return (ENODEV);
	if (cmd == PCIOCATTACHED) {
		io->pi_data = device_is_attached(f.dev) != 0;
		return (0);
	}
	if ((io->pi_width != 1 && io->pi_width != 2 && io->pi_width != 4) ||
	    io->pi_reg < 0 || io->pi_reg > pci_cfg_maxreg(f.di->bus) ||
	    io->pi_reg % io->pi_width != 0)
		return (EINVAL);
	if (cmd == PCIOCREAD)
		io->pi_data = pci_read_config(f.dev, io->pi_reg,
		    io->pi_width);
	else
		pci_write_config(f.dev, io->pi_reg, io->pi_data,
		    io->pi_width);
	return (0);
}

static int
pci_getbar(struct pci_bar_io *io)
{
	struct find f = { .sel = &io->pbi_sel };
	struct pci_bar *b;
	int i;

	if (pci_visit(find_one, &f) != EEXIST)
		return (ENODEV);
	for (i = 0; i < PCI_BARS_NORMAL; i++) {
		b = &f.di->bar[i];
		if (b->b_reg != io->pbi_reg || b->b_reg == 0 || b->b_size == 0)
			continue;
		/* The lowest bits are as in the register. */
		io->pbi_base = b->b_base |
		    (pci_read_config(f.dev, b->b_reg, 4) &
		    (b->b_type == SYS_RES_IOPORT ? 0x3 : 0xf));
		io->pbi_length = b->b_size;
		io->pbi_enabled = (pci_read_config(f.dev, PCIR_COMMAND, 2) &
		    (b->b_type == SYS_RES_IOPORT ? PCIM_CMD_PORTEN :
		    PCIM_CMD_MEMEN)) != 0;
		return (0);
	}
	return (EINVAL);
}

static int
pci_user_ioctl(struct dev_ioctl_args *ap)
{
	if (ap->a_cmd == PCIOCGETCONF)
		return (pci_getconf((struct pci_conf_io *)ap->a_data));
	if ((ap->a_fflag & FWRITE) == 0)
		return (EPERM);
	switch (ap->a_cmd) {
	case PCIOCREAD:
	case PCIOCWRITE:
	case PCIOCATTACHED:
		return (pci_register(ap->a_cmd, (struct pci_io *)ap->a_data));
	case PCIOCGETBAR:
		return (pci_getbar((struct pci_bar_io *)ap->a_data));
	default:
		return (ENOTTY);
	}
}

static void
pci_user_init(void *unused)
{
	make_dev(&pci_user_ops, 0, UID_ROOT, GID_WHEEL, 0644, "pci");
}
SYSINIT(pci_user, SI_SUB_DRIVERS, SI_ORDER_MIDDLE, pci_user_init, NULL);
