/// jcstress tests, and what the Lincheck tests share.
package dev.bureau.concurrency;
