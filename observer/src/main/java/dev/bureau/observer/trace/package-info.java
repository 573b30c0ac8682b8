/// What processes do, told as they do it: messages, spawns, exits, links, calls of methods.
///
/// Begin with [Trace], which is started with [TraceOptions] (of what, of whom, how much) and tells [TraceEvent]s, then ends by itself, with a
/// [TraceSummary]. [SequenceDiagram] draws who speaks to whom while a piece of code runs.
///
/// Any thread may start a trace. What it tells is told on a thread of its own, so neither a slow listener nor one that fails
/// harms a process. While nothing is traced nobody pays for it.
package dev.bureau.observer.trace;
