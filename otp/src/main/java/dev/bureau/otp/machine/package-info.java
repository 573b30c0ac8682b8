/// How a state machine works: its loop, its queue of events and its timeouts. Its process alone touches them.
@NullMarked
package dev.bureau.otp.machine;

import org.jspecify.annotations.NullMarked;
