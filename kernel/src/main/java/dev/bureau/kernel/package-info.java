/// Processes for Java: the public face of the kernel.
///
/// Begin with [Bureau], whose static methods are the words of the model, and [Pid]. Then [ExitReason], [Exit] and [Down]
/// (how ends are told), [Call], [From] and [Request] (questions and answers), [Ref] and [Tagged] (belonging together),
/// [Owned] (resources), [MailboxLimit] (too many messages), [ProcessLocal], [Node], [Guest], [Runaway] and [Report] (what
/// is told of failures).
///
/// Everything may be called from any thread. All values are immutable, [Owned] and [ProcessLocal] excepted.
package dev.bureau.kernel;
