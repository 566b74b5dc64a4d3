/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * ioctl commands of /dev/pci.
 */
#ifndef _SYS_PCIIO_H_
#define _SYS_PCIIO_H_

#include <sys/types.h>
#include <sys/ioccom.h>

typedef enum {
	PCI_GETCONF_LAST_DEVICE = 0,
	PCI_GETCONF_LIST_CHANGED = 1,
	PCI_GETCONF_MORE_DEVS = 2,
	PCI_GETCONF_ERROR = 3
} pci_getconf_status;

typedef enum {
	PCI_GETCONF_NO_MATCH = 0,
	PCI_GETCONF_MATCH_DOMAIN = 1,
	PCI_GETCONF_MATCH_BUS = 2,
	PCI_GETCONF_MATCH_DEV = 4,
	PCI_GETCONF_MATCH_FUNC = 8,
	PCI_GETCONF_MATCH_NAME = 16,
	PCI_GETCONF_MATCH_UNIT = 32,
	PCI_GETCONF_MATCH_VENDOR = 64,
	PCI_GETCONF_MATCH_DEVICE = 128,
	PCI_GETCONF_MATCH_CLASS = 256
} pci_getconf_flags;

#define PCI_MAXNAMELEN	16

struct pcisel {
	uint32_t pc_domain;
	uint8_t	pc_bus;
	uint8_t	pc_dev;
	uint8_t	pc_func;
};

struct pci_conf {
	struct pcisel pc_sel;
	uint8_t	pc_hdr;
	uint16_t pc_subvendor;
	uint16_t pc_subdevice;
	uint16_t pc_vendor;
	uint16_t pc_device;
	uint8_t	pc_class;
	uint8_t	pc_subclass;
	uint8_t	pc_progif;
	uint8_t	pc_revid;
	char	pd_name[17];
	u_long	pd_unit;
};

struct pci_match_conf {
	struct pcisel pc_sel;
	char	pd_name[17];
	u_long	pd_unit;
	uint16_t pc_vendor;
	uint16_t pc_device;
	uint8_t	pc_class;
	pci_getconf_flags flags;
};

struct pci_conf_io {
	uint32_t pat_buf_len;
	uint32_t num_patterns;
	struct pci_match_conf *patterns;
	uint32_t match_buf_len;
	uint32_t num_matches;
	struct pci_conf *matches;
	uint32_t offset;
	uint32_t generation;
	pci_getconf_status status;
};

struct pci_io {
	struct pcisel pi_sel;
	int	pi_reg;
	int	pi_width;
	uint32_t pi_data;
};

struct pci_bar_io {
	struct pcisel pbi_sel;
	int	pbi_reg;
	int	pbi_enabled;
	uint64_t pbi_base;
	uint64_t pbi_length;
};

#define PCIOCGETCONF	_IOWR('p', 5, struct pci_conf_io)
#define PCIOCREAD	_IOWR('p', 2, struct pci_io)
#define PCIOCWRITE	_IOWR('p', 3, struct pci_io)

#define PCIOCATTACHED	_IOWR('p', 4, struct pci_io)
#define PCIOCGETBAR	_IOWR('p', 6, struct pci_bar_io)

#endif /* !_SYS_PCIIO_H_ */
