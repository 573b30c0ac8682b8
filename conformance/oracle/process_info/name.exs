# PI-02: a process without a name shows none
out(Process.info(self(), :registered_name))
Process.register(self(), :pi_name)
out(Process.info(self(), :registered_name))
Process.unregister(:pi_name)
out(Process.info(self(), :registered_name))
