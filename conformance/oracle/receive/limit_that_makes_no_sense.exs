# V-06: a negative limit is refused if no message matches
negative = String.to_integer("-1")
wait = fn -> receive(do: (n when is_integer(n) -> n), after: (negative -> :late)) end
send(self(), 1)
out(attempt(wait))
out(match?({:caught, _}, attempt(wait)))
