# TM-06: a timer outlives who set it, and ends with the process it is for
boss = self()
gone(spawn(fn -> Process.send_after(boss, :from_the_dead, 30) end))
out(next())
target = idle()
ref = Process.send_after(target, :hello, 10_000)
Process.exit(target, :kill)
gone(target)
out(eventually(fn -> Process.read_timer(ref) == false end), Process.cancel_timer(ref))
