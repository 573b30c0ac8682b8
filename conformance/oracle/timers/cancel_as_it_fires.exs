# TM-04: a timer is cancelled or fires, never both and never neither
# legal: true []
# legal: false [hello]
ref = Process.send_after(self(), :hello, 1)
shake()
out(is_integer(Process.cancel_timer(ref)), mail())
