/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * What nvi includes as <db.h>.
 */
#ifndef _NVI_DB_H_
#define _NVI_DB_H_

#include "../nvidb.h"

typedef struct nvi_db	 DB;
typedef struct nvi_dbt	 DBT;
typedef struct nvi_dbc	 DBC;
typedef struct nvi_dbenv DB_ENV;
typedef struct nvi_txn	 DB_TXN;
typedef struct nvi_lsn	 DB_LSN;

#define DB_RECNO	3

#endif
