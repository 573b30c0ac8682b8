# N-01 X-03: a name is an address as long as somebody has it
Process.register(self(), :n_me)
send(:n_me, :one)
send({:n_me, node()}, :two)
Process.unregister(:n_me)
out(mail(), attempt(fn -> send(:n_me, :three) end))
