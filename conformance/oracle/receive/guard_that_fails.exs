# V-03: a guard that fails is no match
send(self(), 0)
send(self(), 1)
out(receive(do: (n when div(10, n) == 10 -> n)))
out(mail())
