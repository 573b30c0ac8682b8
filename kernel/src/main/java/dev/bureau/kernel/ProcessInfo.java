package dev.bureau.kernel;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// What is known of a process at one instant (OTP PI-03, PI-05). Cheap, whatever the length of its mailbox.
///
/// @param pid the process
/// @param name its local name
/// @param label what it calls itself
/// @param status what it is doing
/// @param messageQueueLength how many messages it has received and not taken
/// @param mailbox how its mailbox fares, if that has a limit
/// @param links the processes it is linked to
/// @param monitors what it monitors
/// @param monitoredBy who monitors it
/// @param trapExits whether exit signals become messages
/// @param priority its priority
/// @param groupLeader its group leader
/// @param parent the process that spawned it
/// @param initialCall the class of the body it was started with
/// @param dictionary its process-local variables, as text
/// @param suspending the processes it has suspended
/// @param slices how often it has been given a carrier
/// @param cpuTime for how long it has been on a carrier: timed while it runs slice after slice, else sampled each millisecond
public record ProcessInfo(
        Pid pid,
        Optional<String> name,
        Optional<Object> label,
        Status status,
        int messageQueueLength,
        Optional<MailboxUse> mailbox,
        List<Pid> links,
        List<Destination> monitors,
        List<Pid> monitoredBy,
        boolean trapExits,
        Priority priority,
        Pid groupLeader,
        Optional<Pid> parent,
        String initialCall,
        Map<String, String> dictionary,
        List<Pid> suspending,
        long slices,
        Duration cpuTime) {
    /// What a process is doing (OTP PI-04). Who has begun to end is told of as gone.
    public enum Status {
        /// A carrier runs it.
        RUNNING,
        /// It waits for a carrier.
        RUNNABLE,
        /// It waits for a message, for time to pass, or in blocking Java code; its stack tells which.
        WAITING,
        /// It has been suspended.
        SUSPENDED
    }
}
