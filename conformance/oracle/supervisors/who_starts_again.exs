# S-01 S-08 S-20: the siblings that start again, in the order of their specs
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

for strategy <- [:one_for_one, :rest_for_one, :one_for_all] do
  {:ok, supervisor} = Supervisor.start_link(Enum.map([:a, :b, :c], &Worker.spec/1), strategy: strategy)
  [_, {:begun, :b, b}, _] = for _ <- 1..3, do: next()
  Process.exit(b, :kill)
  out(for {:begun, name, _} <- mail(), do: name)
  out(for {id, _, _, _} <- Supervisor.which_children(supervisor), do: id)
  Process.unlink(supervisor)
  Supervisor.stop(supervisor)
end
