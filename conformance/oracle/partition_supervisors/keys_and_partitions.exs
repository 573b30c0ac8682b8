# PS-02: an integer leads to the partition of its remainder, whatever its sign, and any other key always to the same one
defmodule Part do
  use GenServer
  def start_link(number), do: GenServer.start_link(__MODULE__, number)
  def init(number), do: {:ok, number}
  def handle_call(:number, _, number), do: {:reply, number, number}
  def handle_info({:tell, boss}, number), do: {:noreply, send(boss, {:told, number}) && number}
  def handle_cast({:tell, boss}, number), do: {:noreply, send(boss, {:told, number}) && number}
end

{:ok, _} =
  PartitionSupervisor.start_link(
    child_spec: %{id: :ignored, start: {Part, :start_link, [:none]}},
    name: :ps_keys,
    partitions: 4,
    with_arguments: fn [:none], number -> [number] end
  )

via = fn key -> {:via, PartitionSupervisor, {:ps_keys, key}} end
ask = fn key -> GenServer.call(via.(key), :number) end
big = 9_223_372_036_854_775_807
out(for key <- [0, 1, 2, 3, 4, 7, -1, -2, -4, -7, big, -big - 1, big + 5, -big - 6], do: ask.(key))
for key <- ["a", :b, 1.5, [1, 2], self()], do: out(ask.(key) in 0..3, ask.(key) == ask.(key))
GenServer.cast(via.(6), {:tell, self()})
out(next())
pid = GenServer.whereis(via.(-5))
send(pid, {:tell, self()})
out(next())
PartitionSupervisor.stop(:ps_keys)
