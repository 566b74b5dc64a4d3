/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Hardware sensors.
 */
#ifndef _SYS_SENSORS_H_
#define _SYS_SENSORS_H_

#include <sys/cdefs.h>
#include <sys/types.h>
#include <sys/time.h>

enum sensor_type {
	SENSOR_TEMP = 0,
	SENSOR_FANRPM = 1,
	SENSOR_VOLTS_DC = 2,
	SENSOR_VOLTS_AC = 3,
	SENSOR_OHMS = 4,
	SENSOR_WATTS = 5,
	SENSOR_AMPS = 6,
	SENSOR_WATTHOUR = 7,
	SENSOR_AMPHOUR = 8,
	SENSOR_INDICATOR = 9,
	SENSOR_INTEGER = 10,
	SENSOR_PERCENT = 11,
	SENSOR_LUX = 12,
	SENSOR_DRIVE = 13,
	SENSOR_TIMEDELTA = 14,
	SENSOR_ECC = 15,
	SENSOR_FREQ = 16,
	SENSOR_RESERVED_B = 17,
	SENSOR_RESERVED_C = 18,
	SENSOR_RESERVED_D = 19,
	SENSOR_RESERVED_E = 20,
	SENSOR_RESERVED_F = 21,
	SENSOR_MAX_TYPES = 22
};

enum sensor_status {
	SENSOR_S_UNSPEC = 0,
	SENSOR_S_OK = 1,
	SENSOR_S_WARN = 2,
	SENSOR_S_CRIT = 3,
	SENSOR_S_UNKNOWN = 4
};

#define SENSOR_DRIVE_EMPTY	1
#define SENSOR_DRIVE_READY	2
#define SENSOR_DRIVE_POWERUP	3
#define SENSOR_DRIVE_ONLINE	4
#define SENSOR_DRIVE_IDLE	5
#define SENSOR_DRIVE_ACTIVE	6
#define SENSOR_DRIVE_REBUILD	7
#define SENSOR_DRIVE_POWERDOWN	8
#define SENSOR_DRIVE_FAIL	9
#define SENSOR_DRIVE_PFAIL	10
#define SENSOR_FINVALID		1
#define SENSOR_FUNKNOWN		2

#define MAXSENSORDEVICES	32

struct sensor {
	char	desc[32];
	struct timeval tv;
	int64_t	value;
	enum sensor_type type;
	enum sensor_status status;
	int	numt;
	int	flags;
};

struct sensordev {
	int	num;
	char	xname[16];
	int	maxnumt[22];
	int	sensors_count;
};

#endif /* !_SYS_SENSORS_H_ */
