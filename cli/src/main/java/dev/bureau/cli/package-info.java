/// The `bureau` command.
package dev.bureau.cli;
