# PS-01 S-20: partitions are children numbered from 0, each started for its number, as many as schedulers if not told
defmodule Part do
  use GenServer
  def start_link({boss, number}), do: GenServer.start_link(__MODULE__, {boss, number})

  def init({boss, number}) do
    send(boss, {:begun, number})
    {:ok, number}
  end
end

{:ok, _} =
  PartitionSupervisor.start_link(
    child_spec: %{id: :ignored, start: {Part, :start_link, [{self(), :none}]}},
    name: :ps_numbered,
    partitions: 3,
    with_arguments: fn [{boss, :none}], number -> [{boss, number}] end
  )

out(mail())
out(for {id, _, type, _} <- PartitionSupervisor.which_children(:ps_numbered), do: {:listed, id, type})
out(PartitionSupervisor.partitions(:ps_numbered))
counts = PartitionSupervisor.count_children(:ps_numbered)
out(counts.specs, counts.active, counts.supervisors, counts.workers)
{:ok, _} = PartitionSupervisor.start_link(child_spec: {Part, {self(), 0}}, name: :ps_default)
out(PartitionSupervisor.partitions(:ps_default) == System.schedulers_online())
first = GenServer.whereis({:via, PartitionSupervisor, {:ps_default, 0}})
out(for {0, pid, _, _} <- Supervisor.which_children(:ps_default), do: pid == first)
for name <- [:ps_numbered, :ps_default], do: PartitionSupervisor.stop(name)
out(Process.whereis(:ps_numbered))
