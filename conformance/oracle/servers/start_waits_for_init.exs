# G-01 G-08: a start waits for init, and calls by name wait in the mailbox meanwhile
defmodule Slow do
  use GenServer

  def init(boss) do
    send(boss, :in_init)
    receive do: (:go -> :ok)
    send(boss, :done)
    {:ok, boss}
  end

  def handle_call(:who, _, boss), do: {:reply, :me, boss}
end

boss = self()

spawn(fn ->
  {:ok, _} = GenServer.start(Slow, boss, name: :g_slow)
  send(boss, :started)
  Process.sleep(:infinity)
end)

out(next())
spawn(fn -> send(boss, {:told, GenServer.call(:g_slow, :who)}) end)
shake()
out(next(50))
send(:g_slow, :go)
out(next(), Enum.sort([next(), next()]))
GenServer.stop(:g_slow)
