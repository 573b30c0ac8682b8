# TM-01: a timer sends the bare message, or one that names it
ref = Process.send_after(self(), :bare, 1)
out(next(), ref)
ref = :erlang.start_timer(1, self(), :named)
out(next(), ref)
