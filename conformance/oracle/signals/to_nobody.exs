# X-02 X-15: what is sent to the dead, or to a name of a node that nobody has, vanishes
out(send(dead(), :hello), send({:nobody_here, node()}, :hello), Process.exit(dead(), :gone))
out(mail())
