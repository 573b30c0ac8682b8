# T-08 T-09: a task that is shut down or ignored gives what it has come to, and leaves nothing in the mailbox
Process.flag(:trap_exit, true)
boss = self()

told = fn
  {:exit, reason} -> {:exited, reason}
  nil -> :nothing
  other -> other
end

nap = fn -> Process.sleep(:infinity) end

deaf = fn ->
  Process.flag(:trap_exit, true)
  send(boss, :deaf)
  nap.()
end

done = Task.async(fn -> :done end)
gone(done.pid)
out(told.(Task.shutdown(done)))
out(told.(Task.shutdown(Task.async(nap))))
out(told.(Task.shutdown(Task.async(nap), :brutal_kill)))

broken = Task.async(fn -> exit(:broken) end)
gone(broken.pid)
out(told.(Task.shutdown(broken)))
broken = Task.async(fn -> exit(:broken) end)
gone(broken.pid)
out(told.(Task.shutdown(broken, :brutal_kill)))

listening = Task.async(deaf)
receive do: (:deaf -> :ok)
out(told.(Task.shutdown(listening, 20)))
listening = Task.async(deaf)
receive do: (:deaf -> :ok)
out(told.(Task.shutdown(listening, :brutal_kill)))

hearing =
  Task.async(fn ->
    Process.flag(:trap_exit, true)
    send(boss, :deaf)
    receive do: ({:EXIT, ^boss, :shutdown} -> :heard)
  end)

receive do: (:deaf -> :ok)
out(told.(Task.shutdown(hearing)))

ignored =
  Task.async(fn ->
    receive do: (:go -> exit(:unheard))
  end)

out(told.(Task.ignore(ignored)))
send(ignored.pid, :go)
out(ended(ignored.pid) in [:unheard, :noproc])

done = Task.async(fn -> :done end)
gone(done.pid)
out(told.(Task.ignore(done)))
# of those that had ended before
out(for {:EXIT, _, reason} <- mail(), do: reason)
