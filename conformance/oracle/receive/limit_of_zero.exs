# V-05 V-07: a limit of zero looks through the whole mailbox once
for n <- 1..1000, do: send(self(), n)
out(receive(do: (1000 -> :found), after: (0 -> :late)))
out(receive(do: (1000 -> :found), after: (0 -> :late)))
out(Process.info(self(), :message_queue_len))
