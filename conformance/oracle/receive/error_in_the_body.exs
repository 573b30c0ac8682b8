# V-09: an error in handling a message comes after it was taken
send(self(), :bad)
send(self(), :good)
out(attempt(fn -> receive(do: (:bad -> raise "bad")) end))
out(mail())
