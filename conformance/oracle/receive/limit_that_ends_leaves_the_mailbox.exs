# V-07: a receive that times out leaves the mailbox as it was
for message <- [:a, :b, :c], do: send(self(), message)
out(receive(do: (n when is_integer(n) -> n), after: (20 -> :late)))
out(mail())
