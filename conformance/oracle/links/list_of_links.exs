# L-11 PI-05: the links in process info are the live ones
Process.flag(:trap_exit, true)
a = spawn_link(fn -> Process.sleep(:infinity) end)
b = spawn_link(fn -> Process.sleep(:infinity) end)
links = fn -> self() |> Process.info(:links) |> elem(1) |> Enum.sort() end
out(links.() == Enum.sort([a, b]))
Process.exit(a, :gone)
out(next(), links.())
Process.unlink(b)
out(links.())
