# S-23: a supervisor ends with its parent, whatever the reason, and passes over the ends of others
defmodule Worker do
  use GenServer

  def start_link(boss), do: GenServer.start_link(__MODULE__, boss)

  def init(boss) do
    Process.flag(:trap_exit, true)
    {:ok, boss}
  end

  def terminate(reason, boss), do: send(boss, {:stopped, reason})
end

boss = self()
start = fn -> Supervisor.start_link([{Worker, boss}], strategy: :one_for_one) end

for reason <- [:normal, :shutdown, {:shutdown, :enough}, :broken] do
  parent =
    spawn(fn ->
      {:ok, supervisor} = start.()
      send(boss, {:up, supervisor})
      receive do: (:go -> exit(reason))
    end)

  {:up, supervisor} = next()
  reference = Process.monitor(supervisor)
  send(parent, :go)
  out(down(reference), next())
end

Process.flag(:trap_exit, true)
{:ok, supervisor} = start.()

for reason <- [:normal, :broken, :shutdown] do
  gone(
    spawn(fn ->
      Process.link(supervisor)
      exit(reason)
    end)
  )

  gone(spawn(fn -> Process.exit(supervisor, reason) end))
end

out(Supervisor.count_children(supervisor).active, mail())
Process.exit(supervisor, :shutdown)
out(next(), next())
