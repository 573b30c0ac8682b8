# L-06: unlinking from strangers and from the dead does nothing
out(Process.unlink(idle()), Process.unlink(dead()), mail())
