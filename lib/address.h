#ifndef INC_ADDRESS_H
#define INC_ADDRESS_H

#include <stdbool.h>

#include "buf.h"
#include "slice.h"

/*
 * Addresses by which people are reached, as people and programs write them.
 */

/*
 * Adds the address of the one mailbox that text names (RFC 5322, 3.4):
 * ann@example.org, Ann <ann@example.org>, ann@example.org (Ann).  Returns 0, or
 * -1 where it names none, or several.
 */
int address_mailbox(struct slice text, struct buf *address);

/*
 * Whether two texts are the same address.  Telephone numbers are the same by
 * phone_same(): what only may be the number of whoever was told, in some
 * country, must not acknowledge for them.  Of mailboxes the address counts, be
 * its letters small or capital.
 */
bool address_same(struct slice a, struct slice b);

#endif
