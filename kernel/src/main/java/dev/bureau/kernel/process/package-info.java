/// What a process is made of; not exported.
///
/// Read in this order: [SignalQueue] (how signals come in, and how a process sleeps), [LocalProcess] (who may touch
/// what), [Signal] and [Reception] (what each signal does), [Mailbox] and [Receiving], [Links], [Monitors], then
/// [Termination], [Undertaker] and [Runaways] (how a process ends, who ends one that does not, and what is left of it). [Spawning], [Sending], [Calling], [Linking], [Monitoring], [Sleeping], [Hibernating], [Suspensions] and
/// [Inspection] are the operations behind `Bureau`; their first argument is the process that acts, and they are called on
/// its thread. [LocalNode], [ProcessTable], [Names] and [Routing] are the node.
///
/// [Tracing] tells [Tracer]s and [Token]s what processes do.
///
/// [Reports] is where all reports are made: of [Draft]s, through [ReportLimit] into [ReportLog].
package dev.bureau.kernel.process;
