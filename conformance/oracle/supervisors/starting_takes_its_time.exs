# S-25: while a child starts its supervisor does nothing else: who asks waits, and so does its end
defmodule Slow do
  def start(boss) do
    send(boss, {:starting, self()})
    receive do: (:go -> :ok)
    {:ok, spawn_link(fn -> Process.sleep(:infinity) end)}
  end
end

Process.flag(:trap_exit, true)
boss = self()
{:ok, supervisor} = Supervisor.start_link([], strategy: :one_for_one)
slow = %{id: :slow, start: {Slow, :start, [boss]}}
spawn(fn -> send(boss, {:start, elem(Supervisor.start_child(supervisor, slow), 0)}) end)
{:starting, ^supervisor} = next()
asking = spawn(fn -> send(boss, {:children, length(Supervisor.which_children(supervisor))}) end)
out(mail())
out(eventually(fn -> {:message_queue_len, 1} == Process.info(supervisor, :message_queue_len) end))
Process.exit(supervisor, :shutdown)
out(mail(), Process.alive?(supervisor))
send(supervisor, :go)
gone(asking)
reason = ended(supervisor)
out(reason in [:shutdown, :noproc])
receive do: ({:start, :ok} -> out(:started))
receive do: ({:children, count} -> out(count))
out(mail())
