# G-27: stop waits for the end; none, another reason or one that comes too late fail
defmodule Slowly do
  use GenServer
  def init(what), do: {:ok, what}
  def terminate(_, :fast), do: :ok
  def terminate(_, :odd), do: exit(:odd)
  def terminate(_, :slow), do: Process.sleep(:infinity)
end

{:ok, pid} = GenServer.start(Slowly, :fast)
out(GenServer.stop(pid), Process.alive?(pid))
{:ok, pid} = GenServer.start(Slowly, :fast)
ref = Process.monitor(pid)
out(GenServer.stop(pid, :shutdown), down(ref))
first = fn {:caught, {reason, _}} -> reason end
{:ok, pid} = GenServer.start(Slowly, :odd)
out(first.(attempt(fn -> GenServer.stop(pid) end)))
{:ok, pid} = GenServer.start(Slowly, :slow)
out(first.(attempt(fn -> GenServer.stop(pid, :normal, 30) end)), Process.alive?(pid))
Process.exit(pid, :kill)
out(first.(attempt(fn -> GenServer.stop(dead()) end)))
out(mail())
