# F-02: the group leader is inherited, changed for one process at a time, and may be dead
boss = self()
mine = Process.group_leader()
leader = dead()

child =
  spawn(fn ->
    send(boss, {:leader, Process.group_leader()})
    receive do: (:go -> :ok)
    spawn(fn -> send(boss, {:leader, Process.group_leader()}) end)
    Process.sleep(:infinity)
  end)

out(next() == {:leader, mine})
Process.group_leader(child, leader)
send(child, :go)
out(next() == {:leader, leader}, Process.group_leader() == mine)
