/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * mfiutil: what its files share.
 *
 * A command is a function with the arguments from its own name on; it
 * returns 0, or an errno after having said what is wrong.  Everything asked
 * of the controller goes through access.c.
 */
#ifndef _MFIUTIL_H_
#define _MFIUTIL_H_

#include <sys/types.h>
#include <stdbool.h>
#include <stdint.h>
#include <stddef.h>

#include <dev/raid/mfi/mfi_ioctl.h>

typedef int mfi_command_t(int ac, char **av);

struct mfi_command {
	const char	*group;		/* "show", or NULL */
	const char	*name;
	mfi_command_t	*func;
	const char	*syntax;	/* after the names; NULL: an alias */
	const char	*what;
};

extern const struct mfi_command commands[];
extern const struct mfi_command show_commands[], drive_commands[],
    volume_commands[], config_commands[], foreign_commands[],
    other_commands[];

extern int	mfi_unit;
#define NAME_BY_ID	0x1
#define NAME_BY_PLACE	0x2
extern int	mfi_naming;		/* NAME_*, of -d and -e */

/* access.c: the controller; -1 with errno after a failure */
int	mfi_open(void);			/* says so itself; -1 */
/*
 * Run a DCMD.  mbox may be NULL.  With status NULL a refusal is reported
 * here and is EIO; else it is stored there and the call succeeds.
 */
int	mfi_dcmd(int fd, uint32_t opcode, void *buf, size_t size,
	    const uint8_t *mbox, size_t mboxlen, uint8_t *status);
const char *mfi_status(uint8_t status);
/* Whether the driver can cope with volumes that come and go. */
bool	mfi_can_reconfigure(void);

/* query.c: asking; memory is from malloc */
int	mfi_ctrl_info(int fd, struct mfi_ctrl_info *info);
int	mfi_pd_info(int fd, uint16_t id, struct mfi_pd_info *info,
	    uint8_t *status);
int	mfi_ld_info(int fd, uint8_t target, struct mfi_ld_info *info,
	    uint8_t *status);
int	mfi_ld_list(int fd, struct mfi_ld_list *list);
struct mfi_pd_list *mfi_pd_list(int fd);
/* opcode: CFG_READ, CFG_FOREIGN_DISPLAY, ... */
struct mfi_config *mfi_config_read(int fd, uint32_t opcode,
	    const uint8_t *mbox, size_t mboxlen);
bool	mfi_query_disk(int fd, uint8_t target, struct mfi_query_disk *q);
/* The array, volume, spare number i, or NULL past what there is. */
const struct mfi_array *mfi_config_array(const struct mfi_config *c, int i);
const struct mfi_ld_config *mfi_config_ld(const struct mfi_config *c, int i);
const struct mfi_spare *mfi_config_spare(const struct mfi_config *c, int i);
/* Arguments of commands: an errno, reported. */
int	mfi_find_drive(int fd, char *arg, uint16_t *id);
int	mfi_find_volume(int fd, const char *arg, uint8_t *target);

/* names.c: words; those that take buf return it or a constant */
#define SIZE_LEN	16
#define NAME_LEN	64
#define INQUIRY_LEN	64
char	*size_text(char buf[SIZE_LEN], uint64_t sectors);
char	*stripe_text(char buf[SIZE_LEN], uint8_t code);
const char *level_text(char buf[NAME_LEN], uint8_t primary,
	    uint8_t secondary);
const char *ld_state_text(char buf[NAME_LEN], uint8_t state);
const char *pd_state_text(char buf[NAME_LEN], uint16_t state, bool foreign);
const char *inquiry_text(char buf[INQUIRY_LEN], const uint8_t *inquiry);
const char *place_text(char buf[NAME_LEN], const struct mfi_pd_info *info);
/* As the options say; def: NAME_* without any. */
const char *drive_text(int fd, char buf[NAME_LEN], uint16_t id, int def);
const char *volume_text(int fd, char buf[NAME_LEN], uint8_t target);
void	print_progress(const char *label, const struct mfi_progress *p);
/* A fixed field that need not be ended. */
void	field_text(char *to, size_t size, const char *from, size_t len);

/* Ask; a word that begins with y or Y. */
bool	confirm(const char *fmt, ...) __attribute__((format(printf, 1, 2)));
/* "what: extra arguments" if there are; an errno. */
int	no_arguments(int ac, const char *what);
/* Open, or 0 < errno. */
int	mfi_begin(int *fd);

/* Where others print the same. */
void	print_drive(const struct mfi_pd_info *info, int width);
int	show_progress_of_drive(const struct mfi_pd_info *info,
	    const char *prefix);
int	show_progress_of_volume(const struct mfi_ld_info *info,
	    const char *prefix);
void	print_images(const struct mfi_image *active, uint32_t nactive,
	    const struct mfi_image *pending, uint32_t npending,
	    const char *pending_status);
int	foreign_drives(int ac, char **av);
int	show_config(int ac, char **av);
int	show_events(int ac, char **av);
int	show_patrol(int ac, char **av);
int	show_battery(int ac, char **av);
int	spare_add(int ac, char **av);
int	spare_remove(int ac, char **av);
int	volume_create(int ac, char **av);
int	config_clear(int ac, char **av);
int	volume_delete(int ac, char **av);
int	volume_cache(int ac, char **av);
int	volume_name(int ac, char **av);
int	patrol(int ac, char **av);
int	patrol_start(int ac, char **av);
int	patrol_stop(int ac, char **av);
int	flash(int ac, char **av);
int	version(int ac, char **av);

#endif /* !_MFIUTIL_H_ */
