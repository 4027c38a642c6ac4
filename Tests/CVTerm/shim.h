// libvterm, an emulator without a screen, and openpty, which Swift's Glibc leaves out.
#pragma once
#include <pty.h>
#include <vterm.h>
