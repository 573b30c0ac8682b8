# N-03: a timer finds the holder of a name when it fires; none is silent
Process.send_after(:n_later, :hello, 200)
Process.register(self(), :n_later)
out(next())
Process.send_after(:n_later, :hello, 1)
Process.unregister(:n_later)
Process.send_after(:n_nobody, :hello, 1)
# whether the second came before the name was given back is a race
out(mail() -- [:hello])
