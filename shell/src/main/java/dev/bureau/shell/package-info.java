/// A shell in a node: lines of Java, each run by a process of the node, typed at a terminal of its own or one that is attached
/// to a live node.
///
/// [AttachPoint] opens a running node to `bureau attach`; [ProgramCode] says what lines see there; [Prompt] has the words one
/// has at the prompt. How it works: `dev.bureau.shell.session` (one person's lines), `dev.bureau.shell.attach` (sockets and
/// what goes over them), `dev.bureau.shell.console` (the terminal).
package dev.bureau.shell;
