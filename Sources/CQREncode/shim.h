// libqrencode, which works out the dots of QR codes.
#pragma once
#include <qrencode.h>
