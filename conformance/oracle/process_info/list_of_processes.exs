# PI-08: the list of processes has all who are alive, and not the dead
alive = for _ <- 1..20, do: idle()
dead = dead()
out(alive -- Process.list(), self() in Process.list(), dead in Process.list())
