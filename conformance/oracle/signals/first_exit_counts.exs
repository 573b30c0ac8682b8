# X-14: of two exit signals the first received gives the reason
pid = idle()
ref = Process.monitor(pid)
Process.exit(pid, :first)
Process.exit(pid, :second)
out(down(ref))
