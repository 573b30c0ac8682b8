# T-12 T-13: children that nobody awaits, as many as allowed and started again if they are to be; who works for whom
{:ok, supervisor} = Task.Supervisor.start_link(max_children: 2)
boss = self()
start = fn work, options -> Task.Supervisor.start_child(supervisor, work, options) end
wait = fn -> receive do: (:go -> exit(:broken)) end

{:ok, once} = start.(wait, [])
{:ok, again} = start.(fn -> send(boss, {:begun, self()}) && wait.() end, restart: :transient)
{:begun, ^again} = next()
out(start.(wait, []) == {:error, :max_children})
out(attempt(fn -> Task.Supervisor.async(supervisor, wait) end) |> elem(0))
out(length(Task.Supervisor.children(supervisor)))
send(once, :go)
gone(once)
send(again, :go)
{:begun, anew} = next()
out(anew != again, mail(), Task.Supervisor.children(supervisor) == [anew])
out(Task.Supervisor.terminate_child(supervisor, anew), mail(), Task.Supervisor.children(supervisor))
out(elem(Task.Supervisor.terminate_child(supervisor, anew), 1))

callers = fn -> Process.get(:"$callers") || [] end

inner =
  Task.Supervisor.async(supervisor, fn ->
    mine = callers.()
    {mine, Task.await(Task.async(fn -> callers.() end)), self()}
  end)

{mine, of_inner, pid} = Task.await(inner)
out(mine, of_inner == [pid, boss], callers.())
start.(fn -> send(boss, {:callers, callers.()}) end, [])
out(next())
spawn(fn -> send(boss, {:callers, callers.()}) end)
out(next())
