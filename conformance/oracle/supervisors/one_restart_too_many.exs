# S-11 S-13: one restart more than allowed, of any child, ends the supervisor and its children
defmodule Worker do
  use GenServer

  def spec(name), do: %{id: name, start: {__MODULE__, :start_link, [{self(), name}]}}
  def start_link(argument), do: GenServer.start_link(__MODULE__, argument)

  def init({boss, name}) do
    send(boss, {:begun, name, self()})
    {:ok, nil}
  end
end

Process.flag(:trap_exit, true)

{:ok, supervisor} =
  Supervisor.start_link(Enum.map([:a, :b], &Worker.spec/1),
    strategy: :one_for_one,
    max_restarts: 1,
    max_seconds: 60
  )

reference = Process.monitor(supervisor)
{:begun, :a, a} = next()
{:begun, :b, b} = next()
Process.exit(a, :kill)
{:begun, :a, again} = next()
last = Process.monitor(again)
Process.exit(b, :kill)
out(down(reference))
out(down(last))
out(mail())
