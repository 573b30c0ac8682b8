/// Processes, and what a program does with them.
package dev.bureau.kernel;
