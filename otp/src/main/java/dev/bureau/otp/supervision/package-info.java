/// How supervisors do it: what all kinds share ([Supervising]), the kinds themselves ([SupervisorLoop],
/// [DynamicSupervisorLoop], [PartitionSupervisorLoop]), starting and stopping a child ([ChildStart], [ChildStop]).
@NullMarked
package dev.bureau.otp.supervision;

import org.jspecify.annotations.NullMarked;
