# M-06 M-07: flushing as the other ends leaves nothing, whichever was first
# legal: true []
# legal: false []
{_, ref} =
  spawn_monitor(fn ->
    shake()
    exit(:gone)
  end)

shake()
out(Process.demonitor(ref, [:flush, :info]), mail())
