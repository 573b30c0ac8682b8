# G-16: a linked caller who traps gets the failed call and the exit message
defmodule Crashing do
  use GenServer
  def init(_), do: {:ok, []}
  def handle_call(:crash, _, state), do: {:stop, :gone, state}
end

Process.flag(:trap_exit, true)
{:ok, pid} = GenServer.start_link(Crashing, [])
out(attempt(fn -> GenServer.call(pid, :crash, 2_000) end))
out(mail())
