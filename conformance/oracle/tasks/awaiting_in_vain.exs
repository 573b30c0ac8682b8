# T-03 T-06: an await that is over ends who awaits, drops the late result and leaves the task alone; a second one is in vain
reason = fn function ->
  case attempt(function) do
    {:caught, {reason, {Task, _, _}}} -> {:failed, reason}
    value -> value
  end
end

work = fn ->
  receive do: (:go -> :done)
end

late = Task.async(work)
out(reason.(fn -> Task.await(late, 10) end), Process.alive?(late.pid))
send(late.pid, :go)
gone(late.pid)
out(mail())
out(reason.(fn -> Task.await(late, 10) end))

twice = Task.async(fn -> :once end)
out(Task.await(twice), reason.(fn -> Task.await(twice, 10) end), mail())

# through the link it ends with its owner
boss = self()

owner =
  spawn(fn ->
    linked = Task.async(work)
    send(boss, linked.pid)
    Task.await(linked, 10)
  end)

reference = Process.monitor(owner)
task = receive(do: (pid when is_pid(pid) -> pid))
end_of_task = Process.monitor(task)
{end_of_owner, {Task, :await, _}} = down(reference)
out(end_of_owner)

reason =
  case down(end_of_task) do
    {reason, {Task, :await, _}} -> reason
    reason -> reason
  end

out(reason in [:timeout, :noproc])
