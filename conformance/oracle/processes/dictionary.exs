# P-10: the dictionary is private, and putting returns what was there
out(Process.put(:key, 1), Process.put(:key, 2), Process.get(:key))
boss = self()
spawn(fn -> send(boss, {:child, Process.get(:key), Process.put(:key, 3)}) end)
out(next(), Process.get(:key), Process.delete(:key), Process.get(:key))
