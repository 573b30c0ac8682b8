# V-01: for each message the clauses are tried in their order, and an older message goes before an earlier clause
send(self(), 7)
send(self(), :word)

handle = fn ->
  receive do
    word when is_atom(word) -> {:word, word}
    n when n > 5 -> {:big, n}
    n -> {:number, n}
  end
end

out(handle.(), handle.())
