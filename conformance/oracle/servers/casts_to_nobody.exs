# G-20: a cast succeeds, whoever is there
out(GenServer.cast(dead(), :hello), GenServer.cast(:g_nobody, :hello), mail())
