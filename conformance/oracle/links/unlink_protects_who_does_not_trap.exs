# L-05: who unlinks while the other end dies ends before, or never
# legal: gone
# legal: survived
{_, ref} =
  spawn_monitor(fn ->
    pid =
      spawn_link(fn ->
        shake()
        exit(:gone)
      end)

    shake()
    Process.unlink(pid)
    gone(pid)
    for _ <- 1..3, do: shake()
    exit(:survived)
  end)

out(down(ref))
