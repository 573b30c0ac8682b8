# A-06 G-12 G-13: a call is answered or times out, and the answer is nowhere else
boss = self()

server =
  spawn(fn ->
    receive do
      {:"$gen_call", from, :question} ->
        Process.sleep(:rand.uniform(3))
        GenServer.reply(from, :answer)
        send(boss, :replied)
    end
  end)

answer = attempt(fn -> GenServer.call(server, :question, 2) end)
out(answer in [:answer, {:caught, {:timeout, {GenServer, :call, [server, :question, 2]}}}], mail())
