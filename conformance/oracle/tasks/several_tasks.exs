# T-07: several tasks are awaited and yielded in their order, and who awaits ends as soon as one fails
Process.flag(:trap_exit, true)

told = fn
  {:exit, reason} -> {:exited, reason}
  nil -> :nothing
  other -> other
end

task = fn
  :slow -> Task.async(fn -> Process.sleep(:infinity) end)
  {after_ms, value} -> Task.async(fn -> Process.sleep(after_ms) && value end)
  reason -> Task.async(fn -> exit(reason) end)
end

exits = fn -> for {:EXIT, _, reason} <- mail(), do: reason end

out(Task.await_many([task.({60, :a}), task.({0, :b}), task.({30, :c})]), length(exits.()))
{:caught, {reason, {Task, :await_many, _}}} = attempt(fn -> Task.await_many([task.(:slow), task.(:broken), task.({0, :a})]) end)
out(reason)
out(Enum.sort(exits.()))
{:caught, {reason, {Task, :await_many, _}}} = attempt(fn -> Task.await_many([task.({0, :a}), task.(:slow)], 200) end)
out(reason, exits.())
out(Task.await_many([]), Task.yield_many([]))

tasks = [task.(:slow), task.({0, :a}), task.(:broken)]
out(for {task, result} <- Task.yield_many(tasks, 200), do: {:told, task in tasks, told.(result)})
out(told.(Task.yield(hd(tasks), 0)), told.(Task.shutdown(hd(tasks))), Enum.sort(exits.()))
