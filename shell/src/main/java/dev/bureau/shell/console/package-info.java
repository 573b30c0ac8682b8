/// The terminal: a prompt with history and completion, and `top` on the full screen.
///
/// Everything a node has to do with comes over a `NodeConnection`, also when the node is in the same virtual machine. The
/// prompt belongs to the thread that calls; what processes print meanwhile comes from another.
package dev.bureau.shell.console;
