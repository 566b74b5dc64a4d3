/* SPDX-License-Identifier: BSD-2-Clause */
/* In place of <sys/spinlock2.h>: locks that know whether they are held. */
#ifndef _MODEL_SPINLOCK2_H_
#define _MODEL_SPINLOCK2_H_

#include <sys/spinlock.h>

void	model_check(int good, const char *what);

static inline void
spin_init(struct spinlock *s, const char *name)
{
	s->lock = 0;
}

static inline void
spin_uninit(struct spinlock *s)
{
}

static inline void
spin_lock(struct spinlock *s)
{
	model_check(s->lock == 0, "a spinlock is not taken twice");
	s->lock = 1;
}

static inline void
spin_unlock(struct spinlock *s)
{
	model_check(s->lock == 1, "a spinlock that is released is held");
	s->lock = 0;
}

#endif /* !_MODEL_SPINLOCK2_H_ */
