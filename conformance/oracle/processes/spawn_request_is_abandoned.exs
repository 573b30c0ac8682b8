# P-07: a spawn request is abandoned or answered, never both
# legal: true []
# legal: false [{spawn_reply, ref1, ok, pid1}]
ref = :erlang.spawn_request(fn -> :ok end)
shake()
abandoned = :erlang.spawn_request_abandon(ref)
out(abandoned, mail())
