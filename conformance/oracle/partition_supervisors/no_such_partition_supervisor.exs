# PS-03: asking a partition supervisor that is not there, or the partition of a key behind it, ends who asks
failed = fn function ->
  case attempt(function) do
    {:caught, {reason, _}} -> {:failed, reason}
    {:caught, reason} -> {:failed, reason}
    value -> value
  end
end

via = {:via, PartitionSupervisor, {:ps_nobody, 1}}
out(failed.(fn -> PartitionSupervisor.partitions(:ps_nobody) end))
out(failed.(fn -> PartitionSupervisor.count_children(:ps_nobody) end))
out(failed.(fn -> PartitionSupervisor.which_children(:ps_nobody) end))
out(failed.(fn -> PartitionSupervisor.stop(:ps_nobody) end))
out(failed.(fn -> GenServer.call(via, :ask) end))
out(failed.(fn -> GenServer.whereis(via) end))
out(failed.(fn -> GenServer.cast(via, :tell) end))
out(mail())
