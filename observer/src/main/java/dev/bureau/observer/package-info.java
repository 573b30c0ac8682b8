/// The one model of a running node, which the shell, the command line, JSON and the web read.
///
/// Begin with [Observer], whose methods are the views; then what they return: [Top] (who does most), [ProcessDetails],
/// [ProcessStack], [ProcessState] and [MailboxHead] (one process), [SupervisionTree], [TableList], [RegistryList],
/// [SchedulerLoad] and [Crashes] (the system). [Control] changes something.
///
/// Any thread may call any of it, a process or not. Nothing here stops a process or the node to look at it. What is returned is
/// immutable: its components are the data, its `toString` is a table for people.
package dev.bureau.observer;
