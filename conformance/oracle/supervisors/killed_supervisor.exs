# S-24: the children of a supervisor that is killed hear of it by their links, and terminate if they trap exits
defmodule Worker do
  use GenServer

  def spec(name, traps),
    do: %{id: name, start: {__MODULE__, :start_link, [{self(), name, traps}]}}

  def start_link(argument), do: GenServer.start_link(__MODULE__, argument)

  def init({_, _, traps} = state) do
    Process.flag(:trap_exit, traps)
    {:ok, state}
  end

  def terminate(reason, {boss, name, _}), do: send(boss, {:stopped, name, reason})
end

Process.flag(:trap_exit, true)

inner = %{
  id: :inner,
  type: :supervisor,
  start: {Supervisor, :start_link, [[Worker.spec(:below, true)], [strategy: :one_for_one]]}
}

children = [Worker.spec(:plain, false), Worker.spec(:trapping, true), inner]
{:ok, supervisor} = Supervisor.start_link(children, strategy: :one_for_one)

child = fn supervisor, name ->
  [pid] = for {^name, pid, _, _} <- Supervisor.which_children(supervisor), do: pid
  pid
end

ends =
  for name <- [:plain, :trapping, :inner], do: {name, Process.monitor(child.(supervisor, name))}

below = Process.monitor(child.(child.(supervisor, :inner), :below))
Process.exit(supervisor, :kill)
for {name, reference} <- ends, do: out(name, down(reference))
out(:below, down(below))

for name <- [:trapping, :below] do
  receive do: ({:stopped, ^name, reason} -> out(name, reason))
end

out(mail() == [{:EXIT, supervisor, :killed}])
