# AG-01 AG-02: functions run in the order in which they came; one that fails ends agent and caller
{:ok, agent} = Agent.start(fn -> [] end)
for item <- 1..3, do: Agent.cast(agent, fn items -> items ++ [item] end)
out(Agent.get(agent, & &1))
out(Agent.get_and_update(agent, fn items -> {length(items), [7]} end))
out(Agent.get(agent, & &1))
reference = Process.monitor(agent)
out(match?({:caught, _}, attempt(fn -> Agent.update(agent, fn _ -> exit(:bad) end) end)))
out(down(reference))
