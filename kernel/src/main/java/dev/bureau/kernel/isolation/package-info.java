/// What may cross from one process to another: the mechanism behind "memory is never shared by a message".
///
/// What is deeply immutable goes by reference, what is mutable and known is copied, the rest is refused by name. Static
/// fields, and enum constants whatever fields they have, belong to the program and not to a message: they are not looked at.
///
/// ## Threads
///
/// [Isolation#pass] runs in the thread of the giver, which owns all that is mutable in the message; nothing is locked. What
/// is known about classes is kept in a [ClassValue], computed by any number of threads at once, always to the
/// same result, and published only when complete. A walk and its frames belong to one call.
///
/// ## Reading order
///
/// 1. [Isolation], the entry; [Immutable] and [Movable], by which types of the runtime take part.
/// 2. [Verdict], [ClassVerdicts], [StaticTypes]: what a class alone tells. [KnownTypes] and [Mending]: the JDK's classes.
/// 3. [Shape], [Shell], [Container]: what has to be looked into, and how a copy is made.
/// 4. [Walk] with [Frame], [Seen], [Knot] and [Path]: the way through one message.
/// 5. The shapes: [ArrayShape], [CollectionShape], [MapShape], [JdkViews], [UnmodifiableShape], [LeafShape], [SmallShell],
///    [FieldShell] ([Records], [Lambdas], [PlainObjects]), [ThrowableShape], [ClosedComparator].
package dev.bureau.kernel.isolation;
