# System-wide start-up of every C shell; see csh(1).
