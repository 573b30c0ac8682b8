/// Runs processes: own carriers under virtual threads, run queues, timers, and a watchdog.
///
/// Read in this order: [Fiber] (what is run, and how it waits), [CarrierScheduler] (where ready work goes), [Carrier],
/// [Lane], [RunQueue], [SharedQueues], [Rank] and [Background] (who goes before whom), then [Watchdog] (who ends slices),
/// [Deputy] (who does if that cannot) and [Spares] (what happens when a carrier does not come back), [CpuMeter], [CpuTime] and
/// [StealTime] (what somebody has run), [SystemClock], [TimerWheel] and [Timer]; [Promptness], [Cores] and [MachineLoad] ask Linux.
/// [JdkScheduler] is the fallback, and [SystemLog] writes what there is to say. What woven code calls is in `dev.bureau.scheduler.woven`.
///
/// The kernel is the only user. Everything here may be called from any thread unless it says "own thread" (of the
/// fiber), "driver" (of the wheel) or "watchdog".
package dev.bureau.scheduler;
