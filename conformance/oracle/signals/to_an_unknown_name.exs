# X-03: sending to a local name that nobody has fails at once
out(attempt(fn -> send(:nobody_here, :hello) end))
