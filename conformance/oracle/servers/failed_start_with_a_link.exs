# G-03 G-05: a failed start takes a linked caller along, if it does not trap and the server has exited for a reason
defmodule Failing do
  use GenServer
  def init(reason), do: {:stop, reason}
end

for reason <- [:gone, :normal, :shutdown] do
  {_, ref} =
    spawn_monitor(fn ->
      GenServer.start_link(Failing, reason)
      mail()
      exit(:survived)
    end)

  out(down(ref))
end
