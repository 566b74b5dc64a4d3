/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Screen and keyboard through UEFI.
 *
 * The core writes the serial port itself.  Firmware consoles often include
 * that port too; so we write to the text output of the graphics devices only,
 * and take the firmware's terminal drivers off the serial ports, lest they
 * eat half of what is typed there.  A machine without a 16550 at COM1 gets
 * the firmware's own choice of consoles.
 */
#include "../common/boot.h"
#include "efi.h"

#define SCAN_UP		0x01
#define SCAN_DOWN	0x02
#define SCAN_ESC	0x17

static struct efi_text_output **outputs;
static size_t noutputs;

static void
release_serial_ports(void)
{
	efi_handle *handles;
	size_t i, n;

	n = efi_handles(&efi_guid_serial_io, &handles);
	for (i = 0; i < n; i++)
		efi_bs->disconnect(handles[i], NULL, NULL);
	free(handles);
}

void
fw_screen_init(void)
{
	struct efi_text_output *out;
	efi_handle *handles;
	size_t i, n;

	if ((cons_active & CONS_SERIAL) == 0) {
		if (efi_st->con_out != NULL) {
			outputs = xmalloc(sizeof(*outputs));
			outputs[0] = efi_st->con_out;
			noutputs = 1;
		}
	} else {
		release_serial_ports();
		n = efi_handles(&efi_guid_gop, &handles);
		outputs = xmalloc((n + 1) * sizeof(*outputs));
		for (i = 0; i < n; i++) {
			out = efi_protocol(handles[i], &efi_guid_text_output);
			if (out != NULL && handles[i] !=
			    efi_st->con_out_handle)
				outputs[noutputs++] = out;
		}
		free(handles);
	}
	for (i = 0; i < noutputs; i++) {
		outputs[i]->clear(outputs[i]);
		outputs[i]->enable_cursor(outputs[i], true);
	}
}

void
fw_screen_putc(int c)
{
	efi_char text[2] = { c & 0x7f, 0 };
	size_t i;

	for (i = 0; i < noutputs; i++)
		outputs[i]->output(outputs[i], text);
}

void
fw_screen_clear(void)
{
	size_t i;

	for (i = 0; i < noutputs; i++)
		outputs[i]->clear(outputs[i]);
}

int
fw_key_poll(void)
{
	struct efi_input_key key;

	if (efi_st->con_in == NULL ||
	    EFI_ERROR(efi_st->con_in->read_key(efi_st->con_in, &key)))
		return (-1);
	if (key.unicode != 0)
		return (key.unicode < 128 ? key.unicode : '?');
	switch (key.scan) {
	case SCAN_UP:
		return (16);
	case SCAN_DOWN:
		return (14);
	case SCAN_ESC:
		return (27);
	default:
		return (-1);
	}
}
