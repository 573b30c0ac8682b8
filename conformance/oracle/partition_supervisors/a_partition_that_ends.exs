# PS-01 PS-02 S-08 S-11: a partition that fails starts again under its number, others stay; one failure too many ends all
defmodule Part do
  use GenServer
  def start_link(boss), do: GenServer.start_link(__MODULE__, boss)

  def init(boss) do
    send(boss, :begun)
    {:ok, nil}
  end
end

Process.flag(:trap_exit, true)

{:ok, supervisor} =
  PartitionSupervisor.start_link(
    child_spec: {Part, self()},
    name: :ps_ends,
    partitions: 3,
    max_restarts: 1,
    max_seconds: 60
  )

found = fn key -> GenServer.whereis({:via, PartitionSupervisor, {:ps_ends, key}}) end
out(mail())
before = Enum.map(0..2, found)
Process.exit(Enum.at(before, 1), :kill)
out(next())
out(eventually(fn -> is_pid(found.(1)) and found.(1) != Enum.at(before, 1) end))
out(for {old, new} <- Enum.zip(before, Enum.map(0..2, found)), do: old == new)
out(for {id, pid, _, _} <- PartitionSupervisor.which_children(:ps_ends), do: pid == found.(id))
end_of_first = Process.monitor(hd(before))
Process.exit(found.(2), :kill)
out(ended(supervisor) in [:shutdown, :noproc], down(end_of_first))
out(for {:EXIT, ^supervisor, reason} <- mail(), do: reason)
