#ifndef INC_CHECK_CASES_H
#define INC_CHECK_CASES_H

#include "buf.h"
#include "finding.h"
#include "pack.h"

/*
 * inc-check's cases: each record is taken the way of the programs and held
 * against what is expected of it.
 */

/*
 * Tries the cases of a file, or, where file is NULL, those of the first
 * directory of the pack, if any; of these it is found too which rows of the
 * rules no case reaches. Adds to sum how many there were, failed, and what they
 * cover; nothing where there was none.
 */
void check_cases(
    struct pack *p, const char *file, struct findings *found, struct buf *sum);

#endif
