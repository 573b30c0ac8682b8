# G-07: a start that takes too long kills the process and leaves no message, even to who traps
defmodule Hanging do
  use GenServer

  def init(boss) do
    send(boss, {:told, self()})
    Process.sleep(:infinity)
  end
end

Process.flag(:trap_exit, true)
out(GenServer.start_link(Hanging, self(), timeout: 50))
{:told, pid} = next()
out(Process.alive?(pid), mail())
