# G-02 G-03 G-04 G-06: what init returns or raises decides what start returns, and terminate does not run
defmodule Odd do
  use GenServer
  def init({_, body}), do: body.()
  def terminate(_, _), do: raise("not called")
end

boss = self()

bodies = [
  ignore: fn -> :ignore end,
  stop: fn -> {:stop, :gone} end,
  exit: fn -> exit(:gone) end,
  raise: fn -> raise "boom" end,
  shutdown: fn -> {:stop, :shutdown} end,
  normal: fn -> {:stop, :normal} end
]

for {name, body} <- bodies do
  body = fn ->
    send(boss, {:told, self()})
    body.()
  end

  result = GenServer.start(Odd, {name, body}, name: :g_odd)
  {:told, pid} = next()
  out(name, result, Process.whereis(:g_odd))
  gone(pid)
end
