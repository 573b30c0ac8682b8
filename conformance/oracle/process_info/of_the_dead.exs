# PI-01: info on the dead is nothing
out(Process.info(dead()), Process.info(dead(), :links))
