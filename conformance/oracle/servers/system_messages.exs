# Y-03 Y-04: the state of a server can be asked for and replaced; suspended it handles nothing but that
defmodule Counting do
  use GenServer
  def init(_), do: {:ok, 1}
  def handle_call(:next, _, n), do: {:reply, n, n + 1}
end

{:ok, pid} = GenServer.start(Counting, [])
boss = self()
out(:sys.get_state(pid), GenServer.call(pid, :next), :sys.get_state(pid))
out(:sys.replace_state(pid, &(&1 + 10)), GenServer.call(pid, :next))
:sys.suspend(pid)
spawn(fn -> send(boss, {:told, GenServer.call(pid, :next)}) end)
out(mail(), :sys.get_state(pid))
:sys.resume(pid)
out(next())
:sys.terminate(pid, :shutdown)
out(Process.alive?(pid), attempt(fn -> :sys.get_state(dead()) end) != nil)
