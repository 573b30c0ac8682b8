# DS-02 DS-05: as many children as allowed, of one id if need be, and stopped by pid
defmodule Worker do
  use GenServer

  def spec(name), do: %{id: name, start: {__MODULE__, :start_link, [{self(), name}]}}
  def start_link(argument), do: GenServer.start_link(__MODULE__, argument)

  def init({boss, name}) do
    send(boss, {:begun, name, self()})
    {:ok, nil}
  end
end

{:ok, supervisor} = DynamicSupervisor.start_link(strategy: :one_for_one, max_children: 2)
started? = fn -> match?({:ok, _}, DynamicSupervisor.start_child(supervisor, Worker.spec(:a))) end
{:ok, first} = DynamicSupervisor.start_child(supervisor, Worker.spec(:a))
out(started?.())
out(started?.())
out(DynamicSupervisor.terminate_child(supervisor, first) == :ok)
out(DynamicSupervisor.terminate_child(supervisor, first) == :ok)
out(started?.())
out(DynamicSupervisor.count_children(supervisor).active)
