# G-14 G-18: a call to a server as it ends is answered, or fails with its reason or for want of it
# legal: answer
# legal: gone
# legal: noproc
defmodule Mortal do
  use GenServer
  def init(_), do: {:ok, []}
  def handle_call(:ask, _, state), do: {:reply, :answer, state}
end

{:ok, pid} = GenServer.start(Mortal, [])

spawn(fn ->
  shake()
  Process.exit(pid, :gone)
end)

shake()

case attempt(fn -> GenServer.call(pid, :ask) end) do
  {:caught, {reason, _}} -> out(reason)
  answer -> out(answer)
end
