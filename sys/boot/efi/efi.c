/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The UEFI side of the loader: entry, time, memory, tables, leaving.
 */
#include <sys/boot_info.h>

#include "../common/boot.h"
#include "efi.h"

#define HIGH_LIMIT	0xffffffffULL
#define MAP_SPARE	32		/* descriptors the map may still grow */
#define RESET_COLD	0
#define WATCHDOG_OFF	0

const char fw_name[] = "UEFI";
struct efi_system_table *efi_st;
struct efi_boot_services *efi_bs;
efi_handle efi_image;

const struct efi_guid efi_guid_block_io = { 0x964e5b21, 0x6459, 0x11d2,
    { 0x8e, 0x39, 0x00, 0xa0, 0xc9, 0x69, 0x72, 0x3b } };
const struct efi_guid efi_guid_gop = { 0x9042a9de, 0x23dc, 0x4a38,
    { 0x96, 0xfb, 0x7a, 0xde, 0xd0, 0x80, 0x51, 0x6a } };
const struct efi_guid efi_guid_text_output = { 0x387477c2, 0x69c7, 0x11d2,
    { 0x8e, 0x39, 0x00, 0xa0, 0xc9, 0x69, 0x72, 0x3b } };
const struct efi_guid efi_guid_serial_io = { 0xbb25cf6f, 0xf1d4, 0x11d2,
    { 0x9a, 0x0c, 0x00, 0x90, 0x27, 0x3f, 0xc1, 0xfd } };
const struct efi_guid efi_guid_device_path = { 0x09576e91, 0x6d3f, 0x11d2,
    { 0x8e, 0x39, 0x00, 0xa0, 0xc9, 0x69, 0x72, 0x3b } };
const struct efi_guid efi_guid_loaded_image = { 0x5b1b31a1, 0x9562, 0x11d2,
    { 0x8e, 0x3f, 0x00, 0xa0, 0xc9, 0x69, 0x72, 0x3b } };
const struct efi_guid efi_guid_rng = { 0x3152bca5, 0xeade, 0x433d,
    { 0x86, 0x2e, 0xc0, 0x1c, 0xdc, 0x29, 0x1f, 0x44 } };
const struct efi_guid efi_guid_acpi10 = { 0xeb9d2d30, 0x2d88, 0x11d3,
    { 0x9a, 0x16, 0x00, 0x90, 0x27, 0x3f, 0xc1, 0x4d } };
const struct efi_guid efi_guid_acpi20 = { 0x8868e871, 0xe4f1, 0x11d3,
    { 0xbc, 0x22, 0x00, 0x80, 0xc7, 0x3c, 0x88, 0x81 } };
const struct efi_guid efi_guid_smbios = { 0xeb9d2d31, 0x2d88, 0x11d3,
    { 0x9a, 0x16, 0x00, 0x90, 0x27, 0x3f, 0xc1, 0x4d } };
const struct efi_guid efi_guid_smbios3 = { 0xf2fd1544, 0x9794, 0x4a2c,
    { 0x99, 0x2e, 0xe5, 0xbb, 0xcf, 0x20, 0xe3, 0x94 } };

static uint64_t tsc_per_ms;

bool
guid_equal(const struct efi_guid *a, const struct efi_guid *b)
{
	return (memcmp(a, b, sizeof(*a)) == 0);
}

size_t
efi_handles(const struct efi_guid *guid, efi_handle **handles)
{
	size_t size = 0;
	efi_status status;

	*handles = NULL;
	status = efi_bs->locate_handle(EFI_BY_PROTOCOL, guid, NULL, &size,
	    NULL);
	if (status != EFI_BUFFER_TOO_SMALL)
		return (0);
	*handles = xmalloc(size);
	status = efi_bs->locate_handle(EFI_BY_PROTOCOL, guid, NULL, &size,
	    *handles);
	return (EFI_ERROR(status) ? 0 : size / sizeof(efi_handle));
}

void *
efi_protocol(efi_handle handle, const struct efi_guid *guid)
{
	void *p;

	if (EFI_ERROR(efi_bs->handle_protocol(handle, guid, &p)))
		return (NULL);
	return (p);
}

efi_status
efi_main(efi_handle image, struct efi_system_table *st)
{
	uint64_t tsc;

	efi_image = image;
	efi_st = st;
	efi_bs = st->boot;
	efi_bs->set_watchdog(WATCHDOG_OFF, 0, 0, NULL);
	tsc = rdtsc();
	efi_bs->stall(2000);
	tsc_per_ms = (rdtsc() - tsc) / 2 + 1;
	loader_main();
	return (EFI_SUCCESS);
}

void
fw_pause(bool idle)
{
	if (idle)
		efi_bs->stall(1000);
}

uint64_t
fw_milliseconds(void)
{
	return (rdtsc() / tsc_per_ms);
}

/*
 * Alignment beyond a page is bought by asking for more and giving the ends
 * back.
 */
uint64_t
fw_phys_alloc(uint64_t size, uint64_t align)
{
	uint64_t base = HIGH_LIMIT, start, extra = align - PAGE_SIZE;

	if (EFI_ERROR(efi_bs->allocate_pages(EFI_MAX_ADDRESS,
	    EFI_LOADER_DATA, (size + extra) / PAGE_SIZE, &base)))
		return (0);
	start = roundup2(base, align);
	if (start > base)
		efi_bs->free_pages(base, (start - base) / PAGE_SIZE);
	if (base + extra > start)
		efi_bs->free_pages(start + size,
		    (base + extra - start) / PAGE_SIZE);
	return (start);
}

void
fw_phys_free(uint64_t base, uint64_t size)
{
	efi_bs->free_pages(base, size / PAGE_SIZE);
}

static void
fill_framebuffer(struct boot_framebuffer *fb)
{
	struct efi_gop *gop;
	struct efi_gop_info *gi;
	efi_handle *handles;
	size_t n;

	n = efi_handles(&efi_guid_gop, &handles);
	if (n == 0)
		return;
	gop = efi_protocol(handles[0], &efi_guid_gop);
	free(handles);
	if (gop == NULL || gop->mode == NULL || gop->mode->info == NULL)
		return;
	gi = gop->mode->info;
	switch (gi->format) {
	case EFI_PIXEL_RGBX:
		fb->bfb_mask_red = 0x0000ff;
		fb->bfb_mask_green = 0x00ff00;
		fb->bfb_mask_blue = 0xff0000;
		break;
	case EFI_PIXEL_BGRX:
		fb->bfb_mask_red = 0xff0000;
		fb->bfb_mask_green = 0x00ff00;
		fb->bfb_mask_blue = 0x0000ff;
		break;
	case EFI_PIXEL_MASK:
		fb->bfb_mask_red = gi->red;
		fb->bfb_mask_green = gi->green;
		fb->bfb_mask_blue = gi->blue;
		break;
	default:			/* no linear frame buffer */
		return;
	}
	fb->bfb_addr = gop->mode->base;
	fb->bfb_size = gop->mode->size;
	fb->bfb_width = gi->width;
	fb->bfb_height = gi->height;
	fb->bfb_stride = gi->stride * 4;
	fb->bfb_depth = 32;
}

void
fw_fill_info(struct boot_info *info)
{
	struct efi_configuration_table *t;
	uint64_t acpi10 = 0, smbios = 0;
	size_t i;

	info->bi_firmware = BOOT_FIRMWARE_UEFI;
	info->bi_efi_systab = (uint64_t)efi_st;
	for (i = 0; i < efi_st->table_count; i++) {
		t = &efi_st->tables[i];
		if (guid_equal(&t->guid, &efi_guid_acpi20))
			info->bi_rsdp = (uint64_t)t->table;
		else if (guid_equal(&t->guid, &efi_guid_acpi10))
			acpi10 = (uint64_t)t->table;
		else if (guid_equal(&t->guid, &efi_guid_smbios3))
			info->bi_smbios = (uint64_t)t->table;
		else if (guid_equal(&t->guid, &efi_guid_smbios))
			smbios = (uint64_t)t->table;
	}
	if (info->bi_rsdp == 0)
		info->bi_rsdp = acpi10;
	if (info->bi_smbios == 0)
		info->bi_smbios = smbios;
	fill_framebuffer(&info->bi_fb);
}

size_t
fw_entropy(uint8_t *buf, size_t len)
{
	struct efi_rng *rng;
	efi_handle *handles;
	size_t n;

	n = efi_handles(&efi_guid_rng, &handles);
	rng = n > 0 ? efi_protocol(handles[0], &efi_guid_rng) : NULL;
	free(handles);
	if (rng == NULL || EFI_ERROR(rng->get(rng, NULL, len, buf)))
		return (0);
	return (len);
}

static uint32_t
map_type(uint32_t type)
{
	switch (type) {
	case EFI_LOADER_CODE:
	case EFI_LOADER_DATA:
	case EFI_BS_CODE:
	case EFI_BS_DATA:
	case EFI_CONVENTIONAL:
		return (BOOT_MEM_RAM);
	case EFI_RT_CODE:
	case EFI_RT_DATA:
		return (BOOT_MEM_EFI_RUNTIME);
	case EFI_UNUSABLE:
		return (BOOT_MEM_BAD);
	case EFI_ACPI_RECLAIM:
		return (BOOT_MEM_ACPI_RECLAIM);
	case EFI_ACPI_NVS:
		return (BOOT_MEM_ACPI_NVS);
	default:
		return (BOOT_MEM_RESERVED);
	}
}

static size_t hint;			/* what fw_memory_hint() promised */

size_t
fw_memory_hint(void)
{
	size_t size = 0, key, desc_size = 0;
	uint32_t version;

	efi_bs->get_memory_map(&size, NULL, &key, &desc_size, &version);
	hint = desc_size != 0 ? size / desc_size + MAP_SPARE : 0;
	return (hint);
}

int
fw_exit(struct memory_list *list)
{
	struct efi_memory_descriptor *d;
	size_t size, key, desc_size = sizeof(*d) + 64, i, n;
	uint32_t version;
	char *buf;
	int try;

	if (hint == 0)
		return (BE_NOMEM);
	list->map = xmalloc((hint + 1) * sizeof(*list->map));
	buf = xmalloc(hint * desc_size);
	/* The first attempt may itself change the map; then ask again. */
	for (try = 0; try < 4; try++) {
		size = hint * desc_size;
		if (EFI_ERROR(efi_bs->get_memory_map(&size, buf, &key, &n,
		    &version)))
			break;
		if (EFI_ERROR(efi_bs->exit_boot_services(efi_image, key)))
			continue;
		list->count = size / n;
		if (list->count > hint)
			list->count = hint;
		for (i = 0; i < list->count; i++) {
			d = (struct efi_memory_descriptor *)(buf + i * n);
			list->map[i].bm_base = d->physical;
			list->map[i].bm_length = d->pages * PAGE_SIZE;
			list->map[i].bm_type = map_type(d->type);
			list->map[i].bm_reserved = 0;
		}
		list->map[i].bm_base = 0;
		list->map[i].bm_length = PAGE_SIZE;
		list->map[i].bm_type = BOOT_MEM_RESERVED;
		list->map[i].bm_reserved = 0;
		list->count++;
		__asm volatile("cli");
		return (0);
	}
	free(buf);
	free(list->map);
	printf("The firmware does not let go of the machine.\n");
	return (BE_SILENT);
}

void
fw_quit(void)
{
	efi_bs->exit(efi_image, EFI_SUCCESS, 0, NULL);
}

void
fw_reset(void)
{
	efi_st->runtime->reset_system(RESET_COLD, EFI_SUCCESS, 0, NULL);
	for (;;)
		__asm volatile("cli; hlt");
}
