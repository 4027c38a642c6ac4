// Nettle, which works out SHA-256.
#pragma once
#include <nettle/sha2.h>
