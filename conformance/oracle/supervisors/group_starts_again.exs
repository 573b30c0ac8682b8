# S-09 S-10 S-13: a group that starts again revives who had been stopped or had ended, forgets temporary children, counts once
defmodule Worker do
  use GenServer

  def spec(name, restart \\ :permanent),
    do: %{id: name, start: {__MODULE__, :start_link, [{self(), name}]}, restart: restart}

  def start_link(argument), do: GenServer.start_link(__MODULE__, argument)

  def init({boss, name}) do
    Process.flag(:trap_exit, true)
    send(boss, {:begun, name, self()})
    {:ok, {boss, name}}
  end

  def terminate(reason, {boss, name}), do: send(boss, {:stopped, name, reason})
end

Process.flag(:trap_exit, true)

told = fn ->
  Enum.map(mail(), fn
    {:begun, name, _} -> {:begun, name}
    other -> other
  end)
end

for strategy <- [:one_for_all, :rest_for_one] do
  children = [
    Worker.spec(:a),
    Worker.spec(:b),
    Worker.spec(:c, :transient),
    Worker.spec(:once, :temporary),
    Worker.spec(:d)
  ]

  {:ok, supervisor} = Supervisor.start_link(children, strategy: strategy, max_restarts: 1, max_seconds: 60)
  pids = for {:begun, name, pid} <- mail(), into: %{}, do: {name, pid}
  :ok = Supervisor.terminate_child(supervisor, :d)
  GenServer.stop(pids.c)
  out(told.(), for({id, pid, _, _} <- Supervisor.which_children(supervisor), do: {:listed, id, is_pid(pid)}))
  Process.exit(pids.b, :kill)
  out(told.(), for({id, pid, _, _} <- Supervisor.which_children(supervisor), do: {:listed, id, is_pid(pid)}))
  Process.unlink(supervisor)
  Supervisor.stop(supervisor)
  mail()
end

{:ok, supervisor} =
  Supervisor.start_link([Worker.spec(:once, :temporary), Worker.spec(:a)], strategy: :one_for_all, max_restarts: 0)

[{:begun, :once, once}, _] = mail()
GenServer.stop(once)
out(told.(), for({id, _, _, _} <- Supervisor.which_children(supervisor), do: id))
