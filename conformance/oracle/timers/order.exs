# TM-03: timers fire in the order of their times
for {time, message} <- [{150, :b}, {300, :d}, {20, :a}, {220, :c}], do: Process.send_after(self(), message, time)
out(next(), next(), next(), next())
