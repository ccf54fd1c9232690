#ifndef INC_NOTIFY_PROOF_H
#define INC_NOTIFY_PROOF_H

#include "codes.h"
#include "directory.h"
#include "options.h"
#include "pack.h"
#include "route.h"

/*
 * inc-notify --proof: whether every wording has room in every medium for the
 * longest values that the procedures allow (fit.h).
 */
struct proof_means {
	struct pack *pack;
	const struct codes *codes;
	const struct directory *directory;
	struct routes *routes;
	size_t reason; /* of whose routes alone, else COLUMNS_NONE */
};

/*
 * Writes a row for each wording and medium that has it.  Says what is wrong
 * and counts its status: STATUS_NO where agreed words would be cut.
 */
void notify_proof(const struct proof_means *means, const struct options *o);

#endif
