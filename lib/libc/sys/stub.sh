#!/bin/sh
# SPDX-License-Identifier: BSD-2-Clause
#
# usage: stub.sh name number "names of wrapped calls"
#
# Prints the assembly of a system call's stub.  A wrapped call gets only the
# inner names; a call whose name begins with two underscores has no _X.
name=$1 number=$2 wrapped=$3

echo '#include "SYS.h"'
echo "STUB(__sys_$name, $number)"
case $name in
exit)	echo "ALIAS(__sys_exit, _exit)"
	echo "ALIAS(__sys_exit, _Exit)" ;;
yield)	echo "ALIAS(__sys_yield, _yield)"
	echo "WEAK_ALIAS(__sys_yield, yield)" ;;
syscall|__syscall)
	echo "WEAK_ALIAS(__sys_$name, $name)" ;;
__*)	echo "WEAK_ALIAS(__sys_$name, $name)" ;;
*)	echo "ALIAS(__sys_$name, _$name)"
	case " $wrapped " in
	*" $name "*) ;;
	*) echo "WEAK_ALIAS(__sys_$name, $name)" ;;
	esac ;;
esac
echo END_FILE
