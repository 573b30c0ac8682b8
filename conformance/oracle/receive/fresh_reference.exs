# V-08: what is awaited by a fresh reference is found behind a full mailbox, which stays
for n <- 1..1000, do: send(self(), n)
server = spawn(fn -> receive(do: ({:"$gen_call", from, :ask} -> GenServer.reply(from, :answer))) end)
out(GenServer.call(server, :ask))
ref = Process.monitor(dead())
out(receive(do: ({:DOWN, ^ref, _, _, reason} -> reason)))
out(Process.info(self(), :message_queue_len))
