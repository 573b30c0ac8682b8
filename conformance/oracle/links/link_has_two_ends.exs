# L-01 X-11: either end takes the other along, whoever made the link
boss = self()

linker =
  spawn(fn ->
    other = idle()
    Process.link(other)
    send(boss, {:other, other})
    Process.sleep(:infinity)
  end)

other = receive do: ({:other, other} -> other)
ref = Process.monitor(linker)
Process.exit(other, :gone)
out(down(ref))

linker =
  spawn(fn ->
    other = idle()
    Process.link(other)
    send(boss, {:other, other})
    Process.sleep(:infinity)
  end)

other = receive do: ({:other, other} -> other)
ref = Process.monitor(other)
Process.exit(linker, :gone)
out(down(ref))
