/// The way from a terminal to a node: Unix domain sockets that only their user can open, and frames that go over them.
///
/// Reading order: [Frame], [Wire]; [SocketFolder] (names and files); [Listener], [ServedSession], [Outbox] and [Commands] on
/// the node's side; [NodeConnection] and [NodeList] on the terminal's.
///
/// All of it runs on threads of the operating system, never in a process: an interrupt would close a channel, and a busy node
/// has no carrier to spare.
package dev.bureau.shell.attach;
