/// Probes in the code of traced methods. Not for users: [dev.bureau.observer.trace.Trace] puts them in and takes them out.
///
/// [CallProbe] is what changed code calls, [Probes] which methods have one, [ProbedCode] how they get it, [CodeAccess] where the JVM's leave to
/// change code comes from, with [Attach] and [Handover]. There is one set of probes in a JVM, since there is one code.
package dev.bureau.observer.probe;
