# G-19: a reply can be given by any process, once the callback has returned
defmodule Asking do
  use GenServer
  def init(_), do: {:ok, []}

  def handle_call(:ask, from, state) do
    spawn(fn ->
      shake()
      GenServer.reply(from, :answer)
      GenServer.reply(from, :again)
    end)

    shake()
    {:noreply, state}
  end
end

{:ok, pid} = GenServer.start(Asking, [])
out(GenServer.call(pid, :ask), GenServer.call(pid, :ask))
