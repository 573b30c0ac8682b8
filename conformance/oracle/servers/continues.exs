# G-10 G-17: a continuation runs before any message, after init, a call and a cast
defmodule Going do
  use GenServer

  def init(_) do
    send(self(), :queued)
    {:ok, [], {:continue, :init}}
  end

  def handle_continue(what, seen), do: {:noreply, seen ++ [{:continued, what}]}
  def handle_info(message, seen), do: {:noreply, seen ++ [message]}
  def handle_cast(:cast, seen), do: {:noreply, seen ++ [:cast], {:continue, :cast}}
  def handle_call(:seen, _, seen), do: {:reply, seen, seen, {:continue, :call}}
end

{:ok, pid} = GenServer.start(Going, [])
out(GenServer.call(pid, :seen))
GenServer.cast(pid, :cast)
out(GenServer.call(pid, :seen))
