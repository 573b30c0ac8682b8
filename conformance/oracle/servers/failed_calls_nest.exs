# G-15: a server that fails by a call of its own passes both on
defmodule Passing do
  use GenServer
  def init(to), do: {:ok, to}
  def handle_call(:ask, _, nil), do: exit(:gone)
  def handle_call(:ask, _, to), do: {:reply, GenServer.call(to, :ask, 2_000), to}
end

{:ok, last} = GenServer.start(Passing, nil)
{:ok, first} = GenServer.start(Passing, last)
out(attempt(fn -> GenServer.call(first, :ask, 3_000) end))
