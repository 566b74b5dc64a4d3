# SPDX-License-Identifier: BSD-2-Clause
#
# Dependencies the compiler wrote down on the previous run.  OBJS lists the
# objects.  A dependency file of a header that has since gone is harmless:
# the compiler writes an empty rule for each header (-MP).

.for _o in ${OBJS:U:O:u} ${SOBJS:U:O:u}
.dinclude "${.OBJDIR}/.depend.${_o:T}"
.endfor
