/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Looking at and changing memory and registers.
 */
#include <sys/param.h>
#include <sys/systm.h>
#include <vm/vm.h>
#include <vm/pmap.h>
#include <ddb/ddb.h>

static db_addr_t db_dot;	/* where the last examine ended */

u_long *
db_register(const char *name)
{
	int i;

	if (db_regs == NULL)
		return (NULL);
	for (i = 0; i < db_nregisters; ++i) {
		if (strcmp(db_registers[i].name, name) == 0)
			return ((u_long *)((char *)db_regs +
			    db_registers[i].offset));
	}
	return (NULL);
}

void
db_show_registers(struct db_line *line __unused, const char *modif __unused)
{
	u_long value;
	int i;

	for (i = 0; i < db_nregisters; ++i) {
		value = *(u_long *)((char *)db_regs + db_registers[i].offset);
		db_printf("%-7s %#18lx%s%s\n", db_registers[i].name, value,
		    value >= VM_MAX_USER_ADDRESS ? "  " : "",
		    value >= VM_MAX_USER_ADDRESS ? db_symbol(value) : "");
	}
}

void
db_set_cmd(struct db_line *line, const char *modif __unused)
{
	db_expr_t value;
	char name[16];
	u_long *reg;

	if (!db_word(line, name, sizeof(name)) ||
	    (reg = db_register(name[0] == '$' ? name + 1 : name)) == NULL) {
		db_printf("set $register value\n");
		return;
	}
	if (db_expression(line, &value))
		*reg = (u_long)value;
}

void
db_print_cmd(struct db_line *line, const char *modif __unused)
{
	db_expr_t value;

	if (!db_expression(line, &value))
		return;
	db_printf("%#lx  %ld  %s\n", value, value,
	    db_symbol((db_addr_t)value));
}

/* Bytes of a unit by its letter; 0: no such letter. */
static int
unit_size(int c)
{
	switch (c) {
	case 'b':
		return (1);
	case 'h':
		return (2);
	case 'l':
		return (4);
	case 'g':
	case 'q':
		return (8);
	}
	return (0);
}

static void
examine_string(void)
{
	char c;

	db_printf("%s:\t\"", db_symbol(db_dot));
	while (db_read_bytes(db_dot, 1, &c) == 0 && !db_quit()) {
		++db_dot;
		if (c == '\0')
			break;
		db_printf("%c", isprint(c) ? c : '.');
	}
	db_printf("\"\n");
}

static void
print_unit(u_long value, int size, int format)
{
	switch (format) {
	case 'd':
		db_printf("%ld\t", size == 1 ? (long)(int8_t)value :
		    size == 2 ? (long)(int16_t)value :
		    size == 4 ? (long)(int32_t)value : (long)value);
		break;
	case 'u':
		db_printf("%lu\t", value);
		break;
	case 'c':
		db_printf("%c", isprint((int)value) ? (int)value : '.');
		break;
	case 'a':
		db_printf("%s\t", db_symbol(value));
		break;
	default:
		db_printf("%0*lx\t", size * 2, value);
		break;
	}
}

/* x/nuf addr: count, unit (b h l g) and format (x d u c s a). */
void
db_examine_cmd(struct db_line *line, const char *modif)
{
	int count = 0, size = 8, format = 'x', perline;
	db_expr_t addr;
	u_long value;
	int i;

	for (; *modif != '\0'; ++modif) {
		if (isdigit(*modif))
			count = count * 10 + *modif - '0';
		else if (unit_size(*modif))
			size = unit_size(*modif);
		else
			format = *modif;
	}
	if (!db_at_end(line)) {
		if (!db_expression(line, &addr))
			return;
		db_dot = (db_addr_t)addr;
	}
	if (format == 's') {
		for (i = 0; i < MAX(count, 1) && !db_quit(); ++i)
			examine_string();
		return;
	}
	if (format == 'c')
		size = 1;
	if (format == 'a')
		size = 8;
	perline = format == 'a' ? 1 : format == 'c' ? 64 : 16 / size;
	if (count == 0)
		count = perline;
	for (i = 0; i < count && !db_quit(); ++i) {
		value = 0;
		if (i % perline == 0)
			db_printf("%s%s:\t", i ? "\n" : "", db_symbol(db_dot));
		if (db_read_bytes(db_dot, size, (char *)&value) != 0) {
			db_printf("no memory at %#lx", db_dot);
			break;
		}
		print_unit(value, size, format);
		db_dot += size;
	}
	db_printf("\n");
}

void
db_write_cmd(struct db_line *line, const char *modif)
{
	int size = unit_size(modif[0]);
	db_expr_t addr, value;

	if (size == 0)
		size = 4;
	if (!db_expression(line, &addr))
		return;
	while (!db_at_end(line)) {
		if (!db_expression(line, &value))
			return;
		if (db_write_bytes((db_addr_t)addr, size,
		    (const char *)&value) != 0) {
			db_printf("cannot write at %#lx\n", addr);
			return;
		}
		addr += size;
	}
}
