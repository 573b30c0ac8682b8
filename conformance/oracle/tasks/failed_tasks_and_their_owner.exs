# T-02 T-04 T-07: who traps exits is told by await and keeps the exit message; a task of somebody else is none
Process.flag(:trap_exit, true)

told = fn task ->
  result =
    case attempt(fn -> Task.await(task) end) do
      {:caught, {reason, {Task, :await, _}}} -> {:failed, reason}
      value -> value
    end

  gone(task.pid)
  exits = for {:EXIT, pid, reason} <- mail(), do: {:exited, pid == task.pid, reason}
  out(result, exits)
end

told.(Task.async(fn -> :done end))
told.(Task.async(fn -> exit(:broken) end))
told.(Task.async(fn -> exit(:normal) end))
told.(Task.async(fn -> exit({:shutdown, :enough}) end))
told.(Task.async(fn -> raise "boom" end))
told.(Task.async(fn -> Process.exit(self(), :kill) end))

yielded = fn task ->
  result =
    case Task.yield(task, 2_000) do
      {:exit, reason} -> {:exited, reason}
      other -> other
    end

  out(result, length(mail()))
end

yielded.(Task.async(fn -> :done end))
yielded.(Task.async(fn -> exit(:broken) end))
yielded.(Task.async(fn -> exit(:normal) end))

boss = self()
task = Task.async(fn -> :done end)

for function <- [&Task.await/1, &Task.yield/1, &Task.shutdown/1] do
  spawn(fn ->
    {:caught, {:oracle_error, error}} = attempt(fn -> function.(task) end)
    send(boss, {:refused, error.__struct__ == ArgumentError})
  end)

  {:refused, refused?} = receive(do: ({:refused, _} = refused -> refused))
  out(refused?)
end

out(Task.await(task))
