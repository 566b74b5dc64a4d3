/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * ioctl commands of keyboards.
 */
#ifndef _SYS_KBIO_H_
#define _SYS_KBIO_H_

#include <sys/types.h>
#include <sys/ioccom.h>

#define K_RAW		0
#define K_XLATE		1
#define K_CODE		2

#define CLKED		1
#define NLKED		2
#define SLKED		4

#define ALKED		8
#define LOCK_MASK	15

#define KB_OTHER	0
#define KB_84		1
#define KB_101		2

#define LED_CAP		1
#define LED_NUM		2
#define LED_SCR		4
#define LED_MASK	7

#define NUM_KEYS	0x0100
#define NUM_STATES	0x0008
#define ALTGR_OFFSET	0x0080

#define NUM_DEADKEYS	15
#define NUM_ACCENTCHARS	52
#define NUM_FKEYS	96

#define MAXFK		16

#define FLAG_LOCK_O	0
#define FLAG_LOCK_C	1
#define FLAG_LOCK_N	2

#define NOP		0
#define LSH		2
#define RSH		3

#define CLK		4
#define NLK		5
#define SLK		6

#define LALT		7
#define BTAB		8
#define LCTR		9

#define NEXT		10
#define F_SCR		11
#define L_SCR		26

#define F_FN		27
#define L_FN		122
#define RCTR		128

#define RALT		129
#define ALK		130
#define ASH		131

#define META		132
#define RBT		133
#define DBG		134

#define SUSP		135
#define SPSC		136
#define F_ACC		137

#define DGRA		137
#define DACU		138
#define DCIR		139

#define DTIL		140
#define DMAC		141
#define DBRE		142

#define DDOT		143
#define DUML		144
#define DDIA		144

#define DSLA		145
#define DRIN		146
#define DCED		147

#define DAPO		148
#define DDAC		149
#define DOGO		150

#define DCAR		151
#define L_ACC		151
#define STBY		152

#define PREV		153
#define PNC		154
#define LSHA		155

#define RSHA		156
#define LCTRA		157
#define RCTRA		158

#define LALTA		159
#define RALTA		160
#define HALT		161

#define PDWN		162
#define PASTE		163
#define NOKEY		256

#define FKEY		0x0200
#define MKEY		0x0400
#define BKEY		0x0800

#define SPCLKEY		0x8000
#define RELKEY		0x4000
#define ERRKEY		0x2000

typedef struct keyboard_info {
	int	kb_index;
	char	kb_name[16];
	int	kb_unit;
	int	kb_type;
	int	kb_config;
	int	kb_flags;
} keyboard_info_t;

typedef struct keyboard_repeat {
	int	kb_repeat[2];
} keyboard_repeat_t;

struct keyent_t {
	u_char	map[8];
	u_char	spcl;
	u_char	flgs;
};

typedef struct keymap {
	u_short	n_keys;
	struct keyent_t key[256];
} keymap_t;

struct acc_t {
	u_char	accchar;
	u_char	map[52][2];
};

typedef struct accentmap {
	u_short	n_accs;
	struct acc_t acc[15];
} accentmap_t;

typedef struct keyarg {
	u_short	keynum;
	struct keyent_t key;
} keyarg_t;

typedef struct fkeytab {
	u_char	str[16];
	u_char	len;
} fkeytab_t;

typedef struct fkeyarg {
	u_short	keynum;
	char	keydef[16];
	char	flen;
} fkeyarg_t;

#define KDGKBMODE	_IOR('K', 6, int)
#define KDSKBMODE	_IO('K', 7)
#define KDMKTONE	_IO('K', 8)

#define KDGKBSTATE	_IOR('K', 19, int)
#define KDSKBSTATE	_IO('K', 20)
#define KDENABIO	_IO('K', 60)

#define KDDISABIO	_IO('K', 61)
#define KIOCSOUND	_IO('K', 63)
#define KDGKBTYPE	_IOR('K', 64, int)

#define KDGETLED	_IOR('K', 65, int)
#define KDSETLED	_IO('K', 66)
#define KBADDKBD	_IOW('K', 68, keyboard_info_t)

#define KBRELKBD	_IOW('K', 69, keyboard_info_t)
#define KDGKBINFO	_IOR('K', 101, keyboard_info_t)
#define KDSETREPEAT	_IOW('K', 102, keyboard_repeat_t)

#define KDGETREPEAT	_IOR('K', 103, keyboard_repeat_t)
#define GETFKEY		_IOWR('k', 0, fkeyarg_t)
#define SETFKEY		_IOWR('k', 1, fkeyarg_t)

#define GIO_KEYMAP	_IOR('k', 6, keymap_t)
#define PIO_KEYMAP	_IOW('k', 7, keymap_t)
#define GIO_DEADKEYMAP	_IOR('k', 8, accentmap_t)

#define PIO_DEADKEYMAP	_IOW('k', 9, accentmap_t)
#define GIO_KEYMAPENT	_IOWR('k', 10, keyarg_t)
#define PIO_KEYMAPENT	_IOW('k', 11, keyarg_t)

#endif /* !_SYS_KBIO_H_ */
