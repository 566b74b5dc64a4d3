/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * A model of MegaRAID firmware behind the driver's register functions: what
 * the emulator does not have, and what no firmware should do.
 */
#ifndef _MODEL_H_
#define _MODEL_H_

#include <sys/param.h>
#include <sys/systm.h>
#include <sys/errno.h>
#include <sys/spinlock2.h>
#include <dev/raid/mfi/mfivar.h>

#define DISK_SECTORS	8192

struct model {
	struct mfi_softc sc;
	const int	*script;	/* start-up states, ending with READY */
	int		reads;		/* of the state register, in a state */
	int		state;
	int		maxcmd, maxsge;
	uint32_t	mask;
	uint64_t	now_ms;		/* time that pauses took */
	uint32_t	low;		/* half of a descriptor */

	uint64_t	ring, producer, consumer, entries; /* from INIT */
	uint64_t	requests;
	uint32_t	next;		/* reply slot */

	uint8_t		disk[DISK_SECTORS * 512];
	uint64_t	last_lba;
	int		last_cdb, last_segs, last_chain;
	int		flushes, resets, stops, shutdowns, posted;
	uint64_t	event_frame;	/* EVENT_WAIT under way */

	/* What is wrong with it. */
	bool		refuse_init;
	bool		silent;		/* answers nothing more */
	bool		keeps_aborted;	/* D-14 */
	bool		posts_polled;	/* as the emulator does */
	bool		no_reset;	/* the register never unlocks */
	bool		busy_scan;	/* DEVICE_SCAN makes progress */
	int		seq;		/* of the unlocking writes */
};

extern struct model m;

void	model_reset(const struct mfi_family *f);
/* Bring the driver's part up, as attaching does; its errno. */
int	model_attach(void);
void	model_detach(void);
/* Put a context, or a descriptor, into the reply ring. */
void	model_reply(uint64_t what);

#endif /* !_MODEL_H_ */
