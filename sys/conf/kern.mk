# SPDX-License-Identifier: BSD-2-Clause
#
# Compiler flags of kernel and modules.  S is sys/, the build directory is
# the first place headers are looked up in.

_GCCINC		!= ${CC} -print-file-name=include
KERN_INCLUDES	= -nostdinc -I. -I${S}
KERN_CFLAGS	= -std=gnu11 -O2 -g -pipe -ffreestanding ${KERN_INCLUDES} \
		  -D_KERNEL ${OPTION_FLAGS} -include ${S}/conf/kern_pre.h \
		  -fpie -fvisibility=hidden -mno-red-zone -mno-mmx -mno-sse \
		  -msoft-float -fno-omit-frame-pointer \
		  -fstack-protector-strong -mstack-protector-guard=global \
		  -fno-strict-aliasing -fwrapv \
		  -fno-common -fno-asynchronous-unwind-tables \
		  -ffile-prefix-map=${SRCTOP}=/usr/src
KERN_WARNINGS	= -Wall -Wextra -Wno-unused-parameter -Wno-sign-compare \
		  -Wmissing-prototypes -Wpointer-arith \
		  -Wno-missing-field-initializers -Werror
CONTRIB_CFLAGS	= -w ${CONTRIB_INCLUDES}
NORMAL_C	= ${CC} -c ${KERN_CFLAGS} ${KERN_WARNINGS} -MMD -MP -MF .depend.${.TARGET}
NORMAL_S	= ${CC} -c -x assembler-with-cpp ${KERN_INCLUDES} -D_KERNEL -DLOCORE \
		  -D__ASSEMBLER__ ${OPTION_FLAGS} -fpie -g \
		  -MMD -MP -MF .depend.${.TARGET}
