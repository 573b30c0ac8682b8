# DS-06: a dynamic supervisor that stops tells all children at once, and gives each the time of its own spec
defmodule Worker do
  use GenServer

  def spec(name, shutdown),
    do: %{id: name, start: {__MODULE__, :start_link, [{self(), name}]}, shutdown: shutdown}

  def start_link(argument), do: GenServer.start_link(__MODULE__, argument)

  def init(state) do
    Process.flag(:trap_exit, true)
    {:ok, state}
  end

  def terminate(reason, {boss, name}) do
    send(boss, {:told, name, reason, self()})
    receive do: (:go -> :ok)
  end
end

{:ok, supervisor} = DynamicSupervisor.start_link(strategy: :one_for_one)

ends =
  for {name, shutdown} <- [a: 5000, late: 20, b: :infinity, killed: :brutal_kill, c: 5000] do
    {:ok, pid} = DynamicSupervisor.start_child(supervisor, Worker.spec(name, shutdown))
    {name, Process.monitor(pid)}
  end

stopping = spawn(fn -> DynamicSupervisor.stop(supervisor) end)
out(down(ends[:late]), down(ends[:killed]))

told =
  for name <- [:a, :b, :c] do
    receive do
      {:told, ^name, reason, pid} ->
        out(name, reason)
        pid
    end
  end

out(Process.alive?(supervisor), Process.alive?(stopping))
for pid <- told, do: send(pid, :go)
for name <- [:a, :b, :c], do: out(name, down(ends[name]))
gone(stopping)
out(Process.alive?(supervisor))
