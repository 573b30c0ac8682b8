# P-11 F-01: setting a flag returns what it was
out(Process.flag(:trap_exit, true), Process.flag(:trap_exit, true), Process.flag(:trap_exit, false))
out(Process.flag(:priority, :high), Process.flag(:priority, :low), Process.flag(:priority, :normal))
