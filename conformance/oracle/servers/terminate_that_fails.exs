# G-25: when terminate fails, that is the reason
defmodule Bad do
  use GenServer
  def init(_), do: {:ok, []}
  def handle_cast(:stop, state), do: {:stop, :normal, state}
  def terminate(_, _), do: raise("in terminate")
end

{:ok, pid} = GenServer.start(Bad, [])
ref = Process.monitor(pid)
GenServer.cast(pid, :stop)
out(down(ref))
