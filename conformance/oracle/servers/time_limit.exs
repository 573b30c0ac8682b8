# G-11: a time limit fires when no message comes in time, any message ends it, one that waits goes first
defmodule Timed do
  use GenServer

  def init({boss, limit}) do
    if limit == 0, do: send(self(), :queued)
    {:ok, boss, limit}
  end

  def handle_info(message, boss) do
    send(boss, {:told, message})
    {:noreply, boss}
  end
end

GenServer.start(Timed, {self(), 20})
out(mail())
GenServer.start(Timed, {self(), 0})
out(mail())
{:ok, pid} = GenServer.start(Timed, {self(), 200})
send(pid, :early)
out(mail())
Process.sleep(150)
out(mail())
