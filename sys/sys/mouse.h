/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * ioctl commands and protocols of mice.
 */
#ifndef _SYS_MOUSE_H_
#define _SYS_MOUSE_H_

#include <sys/types.h>
#include <sys/ioccom.h>

#define MOUSE_BUTTON1DOWN		1
#define MOUSE_BUTTON2DOWN		2
#define MOUSE_BUTTON3DOWN		4
#define MOUSE_BUTTON4DOWN		8
#define MOUSE_BUTTON5DOWN		16
#define MOUSE_BUTTON6DOWN		32
#define MOUSE_BUTTON7DOWN		64
#define MOUSE_BUTTON8DOWN		128
#define MOUSE_MAXBUTTON			31
#define MOUSE_STDBUTTONS		7
#define MOUSE_EXTBUTTONS		0x7ffffff8
#define MOUSE_BUTTONS			0x7fffffff
#define MOUSE_STDBUTTONSCHANGED		7
#define MOUSE_EXTBUTTONSCHANGED		0x7ffffff8
#define MOUSE_BUTTONSCHANGED		0x7fffffff
#define MOUSE_POSCHANGED		0x80000000
#define MOUSE_IF_UNKNOWN		(-1)
#define MOUSE_IF_SERIAL			0
#define MOUSE_IF_BUS			1
#define MOUSE_IF_INPORT			2
#define MOUSE_IF_PS2			3
#define MOUSE_IF_SYSMOUSE		4
#define MOUSE_IF_USB			5
#define MOUSE_UNKNOWN			(-1)
#define MOUSE_MOUSE			0
#define MOUSE_TRACKBALL			1
#define MOUSE_STICK			2
#define MOUSE_PAD			3
#define MOUSE_MODEL_UNKNOWN		(-1)
#define MOUSE_MODEL_GENERIC		0
#define MOUSE_MODEL_GLIDEPOINT		1
#define MOUSE_MODEL_NETSCROLL		2
#define MOUSE_MODEL_NET			3
#define MOUSE_MODEL_INTELLI		4
#define MOUSE_MODEL_THINK		5
#define MOUSE_MODEL_EASYSCROLL		6
#define MOUSE_MODEL_MOUSEMANPLUS	7
#define MOUSE_MODEL_KIDSPAD		8
#define MOUSE_MODEL_VERSAPAD		9
#define MOUSE_MODEL_EXPLORER		10
#define MOUSE_MODEL_4D			11
#define MOUSE_MODEL_4DPLUS		12
#define MOUSE_MODEL_SYNAPTICS		13
#define MOUSE_MODEL_TRACKPOINT		14
#define MOUSE_MODEL_ELANTECH		15
#define MOUSE_PROTO_UNKNOWN		(-1)
#define MOUSE_PROTO_MS			0
#define MOUSE_PROTO_MSC			1
#define MOUSE_PROTO_LOGI		2
#define MOUSE_PROTO_MM			3
#define MOUSE_PROTO_LOGIMOUSEMAN	4
#define MOUSE_PROTO_BUS			5
#define MOUSE_PROTO_INPORT		6
#define MOUSE_PROTO_PS2			7
#define MOUSE_PROTO_HITTAB		8
#define MOUSE_PROTO_GLIDEPOINT		9
#define MOUSE_PROTO_INTELLI		10
#define MOUSE_PROTO_THINK		11
#define MOUSE_PROTO_SYSMOUSE		12
#define MOUSE_PROTO_X10MOUSEREM		13
#define MOUSE_PROTO_KIDSPAD		14
#define MOUSE_PROTO_VERSAPAD		15
#define MOUSE_PROTO_JOGDIAL		16
#define MOUSE_PROTO_GTCO_DIGIPAD	17
#define MOUSE_RES_UNKNOWN		(-1)
#define MOUSE_RES_DEFAULT		0
#define MOUSE_RES_LOW			(-2)
#define MOUSE_RES_MEDIUMLOW		(-3)
#define MOUSE_RES_MEDIUMHIGH		(-4)
#define MOUSE_RES_HIGH			(-5)
#define MOUSE_VARS_PS2_SIG		0x325350
#define MOUSE_VARS_BUS_SIG		0x535542
#define MOUSE_VARS_INPORT_SIG		0x504e49
#define MOUSE_SYNAPTICS_PACKETSIZE	6
#define MOUSE_ELANTECH_PACKETSIZE	6
#define MOUSE_MSS_PACKETSIZE		3
#define MOUSE_MSS_SYNCMASK		64
#define MOUSE_MSS_SYNC			64
#define MOUSE_MSS_BUTTONS		48
#define MOUSE_MSS_BUTTON1DOWN		32
#define MOUSE_MSS_BUTTON2DOWN		0
#define MOUSE_MSS_BUTTON3DOWN		16
#define MOUSE_LMAN_BUTTON2DOWN		32
#define MOUSE_ALPS_BUTTON2DOWN		32
#define MOUSE_ALPS_TAP			16
#define MOUSE_THINK_BUTTON2DOWN		32
#define MOUSE_THINK_BUTTON4DOWN		16
#define MOUSE_INTELLI_PACKETSIZE	4
#define MOUSE_INTELLI_BUTTON2DOWN	16
#define MOUSE_MSC_PACKETSIZE		5
#define MOUSE_MSC_SYNCMASK		248
#define MOUSE_MSC_SYNC			128
#define MOUSE_MSC_BUTTONS		7
#define MOUSE_MSC_BUTTON1UP		4
#define MOUSE_MSC_BUTTON2UP		2
#define MOUSE_MSC_BUTTON3UP		1
#define MOUSE_MSC_MAXBUTTON		3
#define MOUSE_MM_PACKETSIZE		3
#define MOUSE_MM_SYNCMASK		224
#define MOUSE_MM_SYNC			128
#define MOUSE_MM_BUTTONS		7
#define MOUSE_MM_BUTTON1DOWN		4
#define MOUSE_MM_BUTTON2DOWN		2
#define MOUSE_MM_BUTTON3DOWN		1
#define MOUSE_MM_XPOSITIVE		16
#define MOUSE_MM_YPOSITIVE		8
#define MOUSE_PS2_PACKETSIZE		3
#define MOUSE_PS2_SYNCMASK		200
#define MOUSE_PS2_SYNC			8
#define MOUSE_PS2_BUTTONS		7
#define MOUSE_PS2_BUTTON1DOWN		1
#define MOUSE_PS2_BUTTON2DOWN		4
#define MOUSE_PS2_BUTTON3DOWN		2
#define MOUSE_PS2_TAP			8
#define MOUSE_PS2_XNEG			16
#define MOUSE_PS2_YNEG			32
#define MOUSE_PS2_XOVERFLOW		64
#define MOUSE_PS2_YOVERFLOW		128
#define MOUSE_PS2PLUS_SYNCMASK		72
#define MOUSE_PS2PLUS_SYNC		72
#define MOUSE_PS2PLUS_ZNEG		8
#define MOUSE_PS2PLUS_BUTTON4DOWN	16
#define MOUSE_PS2PLUS_BUTTON5DOWN	32
#define MOUSE_SPOINT_ZNEG		128
#define MOUSE_SPOINT_WNEG		8
#define MOUSE_PS2INTELLI_PACKETSIZE	4
#define MOUSE_PS2INTELLI_BUTTON4DOWN	64
#define MOUSE_PS2INTELLI_BUTTON5DOWN	128
#define MOUSE_EXPLORER_ZNEG		8
#define MOUSE_EXPLORER_BUTTON4DOWN	16
#define MOUSE_EXPLORER_BUTTON5DOWN	32
#define MOUSE_VERSA_PACKETSIZE		6
#define MOUSE_VERSA_IN_USE		4
#define MOUSE_VERSA_SYNCMASK		195
#define MOUSE_VERSA_SYNC		192
#define MOUSE_VERSA_BUTTONS		48
#define MOUSE_VERSA_BUTTON1DOWN		32
#define MOUSE_VERSA_BUTTON2DOWN		0
#define MOUSE_VERSA_BUTTON3DOWN		16
#define MOUSE_VERSA_TAP			8
#define MOUSE_PS2VERSA_PACKETSIZE	6
#define MOUSE_PS2VERSA_IN_USE		16
#define MOUSE_PS2VERSA_SYNCMASK		232
#define MOUSE_PS2VERSA_SYNC		200
#define MOUSE_PS2VERSA_BUTTONS		5
#define MOUSE_PS2VERSA_BUTTON1DOWN	4
#define MOUSE_PS2VERSA_BUTTON2DOWN	0
#define MOUSE_PS2VERSA_BUTTON3DOWN	1
#define MOUSE_PS2VERSA_TAP		2
#define MOUSE_4D_PACKETSIZE		3
#define MOUSE_4D_WHEELBITS		240
#define MOUSE_4DPLUS_PACKETSIZE		3
#define MOUSE_4DPLUS_ZNEG		4
#define MOUSE_4DPLUS_BUTTON4DOWN	8
#define MOUSE_SYS_PACKETSIZE		8
#define MOUSE_SYS_SYNCMASK		248
#define MOUSE_SYS_SYNC			128
#define MOUSE_SYS_BUTTON1UP		4
#define MOUSE_SYS_BUTTON2UP		2
#define MOUSE_SYS_BUTTON3UP		1
#define MOUSE_SYS_BUTTON4UP		1
#define MOUSE_SYS_BUTTON5UP		2
#define MOUSE_SYS_BUTTON6UP		4
#define MOUSE_SYS_BUTTON7UP		8
#define MOUSE_SYS_BUTTON8UP		16
#define MOUSE_SYS_BUTTON9UP		32
#define MOUSE_SYS_BUTTON10UP		64
#define MOUSE_SYS_MAXBUTTON		10
#define MOUSE_SYS_STDBUTTONS		7
#define MOUSE_SYS_EXTBUTTONS		127

#define _PATH_MOUSEREMOTE	"/var/run/MouseRemote"

typedef struct mousestatus {
	int	flags;
	int	button;
	int	obutton;
	int	dx;
	int	dy;
	int	dz;
} mousestatus_t;

typedef struct mousehw {
	int	buttons;
	int	iftype;
	int	type;
	int	model;
	int	hwid;
} mousehw_t;

typedef struct synapticshw {
	int	infoMajor;
	int	infoMinor;
	int	infoRot180;
	int	infoPortrait;
	int	infoSensor;
	int	infoHardware;
	int	infoNewAbs;
	int	capPen;
	int	infoSimplC;
	int	infoGeometry;
	int	capExtended;
	int	capSleep;
	int	capFourButtons;
	int	capMultiFinger;
	int	capPalmDetect;
	int	capPassthrough;
	int	capMiddle;
	int	capLowPower;
	int	capMultiFingerReport;
	int	capBallistics;
	int	nExtendedButtons;
	int	nExtendedQueries;
	int	capClickPad;
	int	capDeluxeLEDs;
	int	noAbsoluteFilter;
	int	capReportsV;
	int	capUniformClickPad;
	int	capReportsMin;
	int	capInterTouch;
	int	capReportsMax;
	int	capClearPad;
	int	capAdvancedGestures;
	int	multiFingerMode;
	int	capCoveredPad;
	int	verticalScroll;
	int	horizontalScroll;
	int	verticalWheel;
	int	capEWmode;
	int	minimumXCoord;
	int	minimumYCoord;
	int	maximumXCoord;
	int	maximumYCoord;
	int	infoXupmm;
	int	infoYupmm;
} synapticshw_t;

typedef struct mousemode {
	int	protocol;
	int	rate;
	int	resolution;
	int	accelfactor;
	int	level;
	int	packetsize;
	unsigned char syncmask[2];
} mousemode_t;

typedef struct mousedata {
	int	len;
	int	buf[16];
} mousedata_t;

typedef struct mousevar {
	int	var[16];
} mousevar_t;

#define MOUSE_GETSTATUS		_IOR('M', 0, mousestatus_t)
#define MOUSE_GETHWINFO		_IOR('M', 1, mousehw_t)
#define MOUSE_GETMODE		_IOR('M', 2, mousemode_t)
#define MOUSE_SETMODE		_IOW('M', 3, mousemode_t)
#define MOUSE_GETLEVEL		_IOR('M', 4, int)
#define MOUSE_SETLEVEL		_IOW('M', 5, int)
#define MOUSE_GETVARS		_IOR('M', 6, mousevar_t)
#define MOUSE_SETVARS		_IOW('M', 7, mousevar_t)
#define MOUSE_READSTATE		_IOWR('M', 8, mousedata_t)
#define MOUSE_READDATA		_IOWR('M', 9, mousedata_t)
#define MOUSE_SYN_GETHWINFO	_IOR('M', 100, synapticshw_t)

#endif /* !_SYS_MOUSE_H_ */
