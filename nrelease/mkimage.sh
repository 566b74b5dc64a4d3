#!/bin/sh
# SPDX-License-Identifier: BSD-2-Clause
#
# Makes the bootable image from an installed root directory.
#
# usage: mkimage.sh root bootobj label image

set -eu
[ $# -eq 4 ] || { echo "usage: mkimage.sh root bootobj label image" >&2; exit 64; }
root=$1 bootobj=$2 label=$3 image=$4

# The EFI system partition: a FAT image that holds the loader.
esp=$root/boot/efiboot.img
size=$(( $(stat -c %s "$root/boot/loader.efi") / 1024 + 512 ))
rm -f "$esp"
truncate -s "${size}K" "$esp"
mkfs.fat -F 12 -n EFI -i 19700101 --invariant "$esp" > /dev/null
mmd -i "$esp" ::/EFI ::/EFI/BOOT
mcopy -i "$esp" "$root/boot/loader.efi" ::/EFI/BOOT/BOOTX64.EFI

xorriso -as mkisofs -quiet -R -D -iso-level 3 -uid 0 -gid 0 -V "$label" \
    -b boot/cdboot -no-emul-boot -boot-load-size 4 \
    -eltorito-alt-boot -e boot/efiboot.img -no-emul-boot \
    -isohybrid-gpt-basdat \
    -G "$root/boot/mbr" \
    -o "$image.tmp" "$root"
mv "$image.tmp" "$image"
