/// Carriers, run queues, the timer wheel and the watchdog.
package dev.bureau.scheduler;
