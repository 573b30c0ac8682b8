# G-18 G-22: who stops with a reply terminates first and replies then; who has replied before is heard too
defmodule Last do
  use GenServer
  def init(boss), do: {:ok, boss}
  def handle_call(:stop, _, boss), do: {:stop, :normal, :answer, boss}

  def handle_call(:reply_and_crash, from, _) do
    GenServer.reply(from, :early)
    exit(:gone)
  end

  def terminate(reason, boss), do: send(boss, {:told, reason})
end

{:ok, pid} = GenServer.start(Last, self())
answer = GenServer.call(pid, :stop)
out(answer, next(0))
{:ok, pid} = GenServer.start(Last, self())
out(attempt(fn -> GenServer.call(pid, :reply_and_crash) end), next())
