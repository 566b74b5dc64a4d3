#!/bin/sh
# SPDX-License-Identifier: BSD-2-Clause
#
# Makes the bootable image from an installed root directory.
#
# usage: mkimage.sh root label image
#
# Everything on it belongs to root:wheel but for what ROOT.owners lists (lines
# "PATH OWNER:GROUP", names of the image's own /etc/master.passwd and group).

set -eu
[ $# -eq 3 ] || { echo "usage: mkimage.sh root label image" >&2; exit 64; }
root=$1 label=$2 image=$3

# The EFI system partition: a FAT image that holds the loader.  Dates come
# from SOURCE_DATE_EPOCH and the serial number is fixed: same bytes each time.
esp=$image.esp
rm -f "$esp"
truncate -s 1440k "$esp"
mformat -i "$esp" -f 1440 -N 44664c79 -v EFIBOOT ::
mmd -i "$esp" ::/EFI ::/EFI/BOOT
touch -d "@${SOURCE_DATE_EPOCH:-0}" "$root/boot/loader.efi"
mcopy -m -i "$esp" "$root/boot/loader.efi" ::/EFI/BOOT/BOOTX64.EFI
# For the EFI partition of a disk the system is installed on.
cp "$esp" "$root/boot/efiboot.img"

# The owners as commands to xorriso, by number.
owners() {
	[ -s "$root.owners" ] || return 0
	sort -u "$root.owners" | awk -v root="$root" '
	function id(file, name,    line, f) {
		while ((getline line < file) > 0) {
			split(line, f, ":")
			if (f[1] == name) { close(file); return f[3] }
		}
		close(file)
		print "mkimage: no " name " in " file > "/dev/stderr"
		exit 1
	}
	{
		split($2, who, ":")
		print "-chown", id(root "/etc/master.passwd", who[1]), $1, "--"
		print "-chgrp", id(root "/etc/group", who[2]), $1, "--"
	}'
}
owners=$(owners)

# One image for El Torito (BIOS and UEFI) and, written raw to a disk, for both
# again: isombr in sector 0 finds cdboot through the block number xorriso stores
# for --grub2-mbr, and the EFI partition is in the partition table.
xorriso -as mkisofs -quiet -R -D -iso-level 3 -V "$label" \
    --grub2-mbr "$root/boot/isombr" -partition_offset 16 \
    -append_partition 2 0xef "$esp" \
    -b boot/cdboot -no-emul-boot -boot-load-size 4 \
    -eltorito-alt-boot -e --interval:appended_partition_2:all:: \
    -no-emul-boot \
    -o "$image.tmp" "$root" -- \
    -chown_r 0 / -- -chgrp_r 0 / -- $owners
rm -f "$esp"
mv "$image.tmp" "$image"
