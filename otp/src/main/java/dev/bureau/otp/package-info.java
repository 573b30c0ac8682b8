/// Behaviours: the parts of which systems of processes are made, as in OTP and Elixir.
///
/// Each is an ordinary process whose loop is written here; what you write are its callbacks.
///
/// Begin with [GenServer], a process that keeps a state and answers, and [Supervisor], which starts it again. Then what there
/// is for one purpose each: [Task] and [TaskSupervisor] (work with a result), [DynamicSupervisor] and [PartitionSupervisor]
/// (children by the thousand), [Registry] (finding them), [StateMachine], [EventManager], [Agent] and [Table] (state for
/// others), [Application] (a tree that is started and stopped as a whole). [ChildSpec] and [StartOptions] say how they are started, [RequestId] asks without waiting, and [Sys] looks inside.
///
/// All functions may be called by any process; a thread that is none becomes a guest, which is one too.
@NullMarked
package dev.bureau.otp;

import org.jspecify.annotations.NullMarked;
