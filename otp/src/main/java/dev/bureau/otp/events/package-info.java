/// How an event manager works: its loop, what it is asked, and the handlers it has. Its process alone touches them.
@NullMarked
package dev.bureau.otp.events;

import org.jspecify.annotations.NullMarked;
