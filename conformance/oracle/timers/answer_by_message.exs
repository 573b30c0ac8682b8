# TM-05: cancelling and reading can answer by message
ref = Process.send_after(self(), :hello, 10_000)
:erlang.cancel_timer(ref, async: true)
{:cancel_timer, told, left} = next()
out(told == ref, left > 9_000)
:erlang.cancel_timer(ref, async: true)
out(next())
