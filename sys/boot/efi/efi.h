/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The parts of the UEFI specification (2.10) that the loader uses.  Members
 * we never call are pointers without a type.
 */
#ifndef _EFI_H_
#define _EFI_H_

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define EFIAPI	__attribute__((__ms_abi__))

typedef uint64_t efi_status;
typedef void	*efi_handle;
typedef uint16_t efi_char;

#define EFI_ERROR_BIT		0x8000000000000000ULL
#define EFI_SUCCESS		0
#define EFI_BUFFER_TOO_SMALL	(EFI_ERROR_BIT | 5)
#define EFI_ERROR(s)		(((s) & EFI_ERROR_BIT) != 0)

struct efi_guid {
	uint32_t	a;
	uint16_t	b, c;
	uint8_t		d[8];
};

struct efi_table_header {
	uint64_t	signature;
	uint32_t	revision, size, crc, reserved;
};

struct efi_input_key {
	uint16_t	scan;
	efi_char	unicode;
};

struct efi_text_input {
	void		*reset;
	efi_status	(EFIAPI *read_key)(struct efi_text_input *,
			    struct efi_input_key *);
	void		*wait_for_key;
};

struct efi_text_output {
	efi_status	(EFIAPI *reset)(struct efi_text_output *, bool);
	efi_status	(EFIAPI *output)(struct efi_text_output *,
			    const efi_char *);
	void		*test;
	void		*query_mode;
	void		*set_mode;
	void		*set_attribute;
	efi_status	(EFIAPI *clear)(struct efi_text_output *);
	void		*set_cursor;
	efi_status	(EFIAPI *enable_cursor)(struct efi_text_output *,
			    bool);
	void		*mode;
};

enum efi_allocate_type { EFI_ANY_PAGES, EFI_MAX_ADDRESS, EFI_ADDRESS };

enum efi_memory_type {
	EFI_RESERVED, EFI_LOADER_CODE, EFI_LOADER_DATA, EFI_BS_CODE,
	EFI_BS_DATA, EFI_RT_CODE, EFI_RT_DATA, EFI_CONVENTIONAL,
	EFI_UNUSABLE, EFI_ACPI_RECLAIM, EFI_ACPI_NVS, EFI_MMIO,
	EFI_MMIO_PORTS, EFI_PAL_CODE, EFI_PERSISTENT, EFI_UNACCEPTED,
};

struct efi_memory_descriptor {
	uint32_t	type;
	uint32_t	pad;
	uint64_t	physical;
	uint64_t	virtual;
	uint64_t	pages;
	uint64_t	attribute;
};

struct efi_boot_services {
	struct efi_table_header header;
	void		*raise_tpl;
	void		*restore_tpl;
	efi_status	(EFIAPI *allocate_pages)(int type, int memory_type,
			    size_t pages, uint64_t *address);
	efi_status	(EFIAPI *free_pages)(uint64_t address, size_t pages);
	efi_status	(EFIAPI *get_memory_map)(size_t *size, void *map,
			    size_t *key, size_t *desc_size,
			    uint32_t *desc_version);
	efi_status	(EFIAPI *allocate_pool)(int type, size_t, void **);
	efi_status	(EFIAPI *free_pool)(void *);
	void		*event[6];
	void		*protocol[3];
	efi_status	(EFIAPI *handle_protocol)(efi_handle,
			    const struct efi_guid *, void **);
	void		*reserved;
	void		*register_notify;
	efi_status	(EFIAPI *locate_handle)(int search,
			    const struct efi_guid *, void *key, size_t *size,
			    efi_handle *);
	void		*locate_device_path;
	void		*install_configuration_table;
	void		*load_image;
	void		*start_image;
	efi_status	(EFIAPI *exit)(efi_handle, efi_status, size_t,
			    efi_char *);
	void		*unload_image;
	efi_status	(EFIAPI *exit_boot_services)(efi_handle, size_t key);
	void		*get_next_monotonic_count;
	efi_status	(EFIAPI *stall)(size_t microseconds);
	efi_status	(EFIAPI *set_watchdog)(size_t seconds, uint64_t code,
			    size_t size, const efi_char *);
	efi_status	(EFIAPI *connect)(efi_handle, void *, void *, bool);
	efi_status	(EFIAPI *disconnect)(efi_handle, efi_handle driver,
			    efi_handle child);
};

#define EFI_BY_PROTOCOL		2	/* locate_handle search type */

struct efi_runtime_services {
	struct efi_table_header header;
	void		*time[4];
	void		*virtual[2];
	void		*variable[3];
	void		*get_next_high_count;
	void		(EFIAPI *reset_system)(int type, efi_status, size_t,
			    const void *);
};

struct efi_configuration_table {
	struct efi_guid	guid;
	void		*table;
};

struct efi_system_table {
	struct efi_table_header header;
	efi_char	*vendor;
	uint32_t	revision;
	efi_handle	con_in_handle;
	struct efi_text_input *con_in;
	efi_handle	con_out_handle;
	struct efi_text_output *con_out;
	efi_handle	std_err_handle;
	struct efi_text_output *std_err;
	struct efi_runtime_services *runtime;
	struct efi_boot_services *boot;
	size_t		table_count;
	struct efi_configuration_table *tables;
};

struct efi_loaded_image {
	uint32_t	revision;
	efi_handle	parent;
	struct efi_system_table *system;
	efi_handle	device;
	void		*file_path;
	void		*reserved;
	uint32_t	options_size;
	efi_char	*options;
};

struct efi_block_media {
	uint32_t	id;
	bool		removable;
	bool		present;
	bool		logical_partition;
	bool		read_only;
	bool		write_caching;
	uint32_t	block_size;
	uint32_t	io_align;
	uint64_t	last_block;
};

struct efi_block_io {
	uint64_t	revision;
	struct efi_block_media *media;
	void		*reset;
	efi_status	(EFIAPI *read)(struct efi_block_io *, uint32_t id,
			    uint64_t lba, size_t size, void *);
};

struct efi_device_path {
	uint8_t		type;
	uint8_t		subtype;
	uint8_t		length[2];
};
#define EFI_PATH_END		0x7f

struct efi_gop_info {
	uint32_t	version;
	uint32_t	width, height;
	uint32_t	format;
	uint32_t	red, green, blue, reserved;
	uint32_t	stride;		/* pixels */
};
#define EFI_PIXEL_RGBX		0
#define EFI_PIXEL_BGRX		1
#define EFI_PIXEL_MASK		2

struct efi_gop {
	void		*query_mode;
	void		*set_mode;
	void		*blt;
	struct {
		uint32_t	max;
		uint32_t	current;
		struct efi_gop_info *info;
		size_t		info_size;
		uint64_t	base;
		size_t		size;
	} *mode;
};

struct efi_rng {
	void		*get_info;
	efi_status	(EFIAPI *get)(struct efi_rng *,
			    const struct efi_guid *, size_t, uint8_t *);
};

extern struct efi_system_table *efi_st;
extern struct efi_boot_services *efi_bs;
extern efi_handle efi_image;

extern const struct efi_guid efi_guid_block_io, efi_guid_gop,
    efi_guid_text_output, efi_guid_serial_io, efi_guid_device_path,
    efi_guid_loaded_image, efi_guid_rng, efi_guid_acpi10, efi_guid_acpi20,
    efi_guid_smbios, efi_guid_smbios3;

bool		guid_equal(const struct efi_guid *, const struct efi_guid *);
/* All handles with a protocol, in heap memory; the count is returned. */
size_t		efi_handles(const struct efi_guid *, efi_handle **);
void		*efi_protocol(efi_handle, const struct efi_guid *);
efi_status	efi_main(efi_handle, struct efi_system_table *);

#endif /* !_EFI_H_ */
