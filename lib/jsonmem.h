#ifndef INC_JSONMEM_H
#define INC_JSONMEM_H

#include <yajl/yajl_common.h>

/*
 * The memory of yajl, for yajl_alloc() and yajl_gen_alloc(): checked as all
 * other is, so that neither these nor what is done with them can run out of it
 * unnoticed.
 */
extern yajl_alloc_funcs jsonmem;

#endif
