# System-wide start-up of C shells at login; see csh(1).
umask 022
setenv BLOCKSIZE K
setenv PAGER less
setenv EDITOR vi
