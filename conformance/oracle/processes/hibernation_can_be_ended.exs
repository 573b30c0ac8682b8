# P-13 X-06: who hibernates is woken by exit signals like any other
def wake, do: receive(do: (message -> message))
sleeper = spawn(fn -> :erlang.hibernate(__MODULE__, :wake, []) end)
shake()
ref = Process.monitor(sleeper)
Process.exit(sleeper, :normal)
Process.exit(sleeper, :gone)
out(down(ref))
