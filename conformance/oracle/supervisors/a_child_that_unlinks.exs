# S-26: the end of a child that has unlinked itself is not noticed; it stays listed, and is stopped without complaint
defmodule Leaving do
  def start do
    supervisor = self()

    {:ok,
     spawn_link(fn ->
       receive do: (:leave -> Process.unlink(supervisor))
       exit(:broken)
     end)}
  end
end

{:ok, supervisor} =
  Supervisor.start_link([%{id: :a, start: {Leaving, :start, []}}], strategy: :one_for_one)

[{:a, child, _, _}] = Supervisor.which_children(supervisor)
reference = Process.monitor(child)
send(child, :leave)
out(down(reference))
out(for {id, pid, _, _} <- Supervisor.which_children(supervisor), do: {:listed, id, pid == child})
counts = Supervisor.count_children(supervisor)
out(counts.specs, counts.active, counts.workers)
out(Supervisor.terminate_child(supervisor, :a) == :ok)
out(for {id, pid, _, _} <- Supervisor.which_children(supervisor), do: {:listed, id, is_pid(pid)})
out(elem(Supervisor.restart_child(supervisor, :a), 0) == :ok)
out(Supervisor.count_children(supervisor).active)
