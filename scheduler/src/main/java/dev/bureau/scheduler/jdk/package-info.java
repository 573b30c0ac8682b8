/// The one place that touches the inside of the JDK: virtual threads over an executor of our own.
package dev.bureau.scheduler.jdk;
