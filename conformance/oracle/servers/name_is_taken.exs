# G-08: with a name that is taken init does not run, and start tells by whom
defmodule Named do
  use GenServer

  def init(boss) do
    send(boss, :init)
    {:ok, boss}
  end
end

{:ok, first} = GenServer.start(Named, self(), name: :g_taken)
out(next())
{:error, {:already_started, pid}} = GenServer.start(Named, self(), name: :g_taken)
out(pid == first, mail())
GenServer.stop(first)
out(Process.whereis(:g_taken))
