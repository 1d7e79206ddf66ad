// The plain C face of this library for Swift: integers, pointers and opaque types only.
#pragma once
#include <stddef.h>
#include <stdint.h>
#include "CKernelsScoring.h"
#include "CKernelsText.h"
#include "CKernelsScan.h"
#include "CKernelsCRC.h"
#include "CKernelsPacking.h"
#include "CKernelsPositions.h"
#include "CKernelsKeys.h"
#include "CKernelsTerms.h"
#ifdef __cplusplus
extern "C" {
#endif

#ifdef __cplusplus
}
#endif
