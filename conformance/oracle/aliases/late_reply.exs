# A-06 G-12 G-13: a reply that comes too late never enters the mailbox
boss = self()

server =
  spawn(fn ->
    receive do
      {:"$gen_call", from, :question} ->
        receive do: (:now -> GenServer.reply(from, :answer))
        send(boss, :replied)
    end
  end)

out(attempt(fn -> GenServer.call(server, :question, 20) end))
send(server, :now)
out(mail())
