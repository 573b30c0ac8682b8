# P-07: a spawn request is answered by a message, if that is wanted
ref = :erlang.spawn_request(fn -> :ok end)
out(ref, next())
:erlang.spawn_request(fn -> :ok end, reply: :error_only)
:erlang.spawn_request(fn -> :ok end, reply: :no)
out(mail())
other = :erlang.spawn_request(fn -> :ok end, reply: :success_only)
out(other, next())
out(:erlang.spawn_request_abandon(other))
