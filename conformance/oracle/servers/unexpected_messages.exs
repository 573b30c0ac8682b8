# G-21: an unexpected message is passed over, and the server goes on
defmodule Plain do
  use GenServer
  def init(_), do: {:ok, 0}
  def handle_call(:ask, _, n), do: {:reply, n, n + 1}
end

{:ok, pid} = GenServer.start(Plain, [])
send(pid, :what)
out(GenServer.call(pid, :ask), GenServer.call(pid, :ask))
