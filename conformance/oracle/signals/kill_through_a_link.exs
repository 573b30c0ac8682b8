# X-09: kill that comes through a link is a reason like any other
Process.flag(:trap_exit, true)
spawn_link(fn -> exit(:kill) end)
out(next())

{_, ref} =
  spawn_monitor(fn ->
    spawn_link(fn -> exit(:kill) end)
    Process.sleep(:infinity)
  end)

out(down(ref))
