# PI-03: mailbox and its length agree, however many send meanwhile
pid = idle()

for _ <- 1..3 do
  spawn(fn ->
    for n <- 1..500, do: send(pid, n)
  end)
end

agree =
  for _ <- 1..50 do
    [messages: messages, message_queue_len: length] = Process.info(pid, [:messages, :message_queue_len])
    length(messages) == length
  end

out(Enum.uniq(agree))
out(eventually(fn -> Process.info(pid, :message_queue_len) == {:message_queue_len, 1500} end))
