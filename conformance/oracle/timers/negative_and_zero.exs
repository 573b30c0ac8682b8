# TM-07: a negative time is refused, zero fires soon
out(attempt(fn -> Process.send_after(self(), :hello, -1) end))
Process.send_after(self(), :soon, 0)
out(next())
Process.send_after(dead(), :hello, 0)
out(mail())
