# G-29: a request is waited for again and again, found among messages, or given up, and tells how a server fails
defmodule Later do
  use GenServer
  def init(_), do: {:ok, []}
  def handle_call(:ask, from, waiting), do: {:noreply, waiting ++ [from]}
  def handle_call(:fail, _, state), do: {:stop, :broken, state}

  def handle_info(:go, [first | waiting]) do
    GenServer.reply(first, :answer)
    {:noreply, waiting}
  end
end

told = fn
  {:reply, value} -> {:answer, value}
  {:error, {reason, _}} -> {:failed, reason}
  none when none in [:timeout, :no_reply] -> :none
end

{:ok, pid} = GenServer.start(Later, [])
first = :gen_server.send_request(pid, :ask)
out(told.(:gen_server.wait_response(first, 10)), told.(:gen_server.wait_response(first, 0)))
send(pid, :go)
out(told.(:gen_server.wait_response(first, 2_000)))

checked = :gen_server.send_request(pid, :ask)
send(self(), :other)
send(pid, :go)
out(told.(:gen_server.check_response(next(), checked)), told.(:gen_server.check_response(next(), checked)))

late = :gen_server.send_request(pid, :ask)
out(told.(:gen_server.receive_response(late, 10)))
send(pid, :go)
out(:sys.get_state(pid), mail())

one = :gen_server.send_request(pid, :ask)
two = :gen_server.send_request(pid, :fail)
out(told.(:gen_server.receive_response(two, 2_000)), told.(:gen_server.receive_response(one, 2_000)))
out(told.(:gen_server.receive_response(:gen_server.send_request(pid, :ask), 2_000)))
out(told.(:gen_server.receive_response(:gen_server.send_request(:g_nobody, :ask), 2_000)), mail())
