# G-14 G-15: a call that fails tells of what, to whom and with what
defmodule Ending do
  use GenServer
  def init(_), do: {:ok, []}
  def handle_call({:stop, reason}, _, state), do: {:stop, reason, state}
  def handle_call(:raise, _, _), do: raise("boom")
  def handle_call(:exit, _, _), do: exit(:gone)
  def handle_call(:kill, _, _), do: Process.exit(self(), :kill)
end

call = fn request ->
  {:ok, pid} = GenServer.start(Ending, [])
  out(attempt(fn -> GenServer.call(pid, request, 2_000) end))
end

for reason <- [:normal, :gone, :shutdown, {:shutdown, :enough}], do: call.({:stop, reason})
for request <- [:raise, :exit, :kill], do: call.(request)
pid = dead()
out(attempt(fn -> GenServer.call(pid, :raise) end))
out(attempt(fn -> GenServer.call(:g_nobody, :raise, :infinity) end) != nil)
out(attempt(fn -> GenServer.call(self(), :raise) end))
