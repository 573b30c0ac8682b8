# V-01: the oldest that matches is taken, the others keep place and order
for message <- [:a, {:n, 1}, :b, {:n, 2}, :c], do: send(self(), message)
out(receive(do: ({:n, n} -> n)), receive(do: (:b -> :b)))
out(mail())
