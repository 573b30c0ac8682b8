# M-07: demonitor can say whether the monitor was still there
live = Process.monitor(idle())
out(Process.demonitor(live, [:info]), Process.demonitor(live, [:info]))
fired = Process.monitor(dead())
eventually(fn -> Process.info(self(), :message_queue_len) == {:message_queue_len, 1} end)
out(Process.demonitor(fired, [:info]), Process.demonitor(fired, [:flush, :info]), mail())
