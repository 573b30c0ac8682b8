# M-06 M-07 M-09: demonitor as the other ends: it was still there, or its message is
# legal: true []
# legal: false [{DOWN, ref1, pid1, gone}]
{_, ref} =
  spawn_monitor(fn ->
    shake()
    exit(:gone)
  end)

shake()
live = Process.demonitor(ref, [:info])
at_once = receive do: ({:DOWN, _, _, _, _} = down -> [down]), after: (0 -> [])
out(live, at_once ++ mail())
