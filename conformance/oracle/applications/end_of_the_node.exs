# AP-03 AP-05: an application that ends by itself ends the node if it is permanent, or transient and not normal; a node that ends stops all, the last first
code = """
defmodule Ending do
  def start(_type, {file, name}) do
    {:ok, spawn_link(fn -> receive do: ({:end, reason} -> exit(reason)) end), {file, name}}
  end

  def stop({file, name}), do: File.write!(file, "\#{name} ", [:append])
end

defmodule Remote do
  def start(file, name, type) do
    what = [description: 'x', vsn: '1', applications: [:elixir], mod: {Ending, {file, name}}]
    :ok = :application.load({:application, name, what})
    :ok = :application.start(name, type)
  end

  def end_of(name, reason) do
    {:ok, top} = top(name)
    send(top, {:end, reason})
    gone(name)
  end

  defp top(name) do
    [{_, master}] = for {^name, master} <- :application.info()[:running], do: {name, master}
    {top, _} = :application_master.get_child(master)
    {:ok, top}
  end

  defp gone(name) do
    if List.keymember?(:application.which_applications(), name, 0) do
      Process.sleep(5)
      gone(name)
    else
      :ok
    end
  end
end
"""

# a node of its own, and its applications
run = fn first, ends ->
  file = Path.join(System.tmp_dir!(), "oracle_#{System.pid()}_#{System.unique_integer([:positive])}")

  {:ok, peer, _} =
    :peer.start(%{
      connection: :standard_io,
      args: ['-pa', :code.lib_dir(:elixir) ++ '/ebin'],
      env: [{'ERL_CRASH_DUMP_SECONDS', '0'}]
    })

  reference = Process.monitor(peer)
  {:ok, _} = :peer.call(peer, :application, :ensure_all_started, [:elixir])
  :peer.call(peer, Code, :eval_string, [code])
  for name <- [:one, :two], do: :peer.call(peer, Remote, :start, [file, name, :temporary])

  lives =
    for {type, reason} <- first do
      name = :"#{type}_#{reason}"
      :peer.call(peer, Remote, :start, [file, name, type])
      {:result, name, :peer.call(peer, Remote, :end_of, [name, reason])}
    end

  attempt(fn -> ends.(peer, file) end)
  down(reference)
  stopped = File.read!(file) |> String.split()
  File.rm!(file)
  [lives, stopped]
end

dies = fn type, reason ->
  fn peer, file ->
    :peer.call(peer, Remote, :start, [file, :dying, type])
    :peer.call(peer, Remote, :end_of, [:dying, reason])
  end
end

survivors = [temporary: :normal, temporary: :shutdown, temporary: :broken, transient: :normal]

nodes =
  for {first, ends} <- [
        {survivors, dies.(:permanent, :normal)},
        {[], dies.(:transient, :shutdown)},
        {[], fn peer, _ -> :peer.call(peer, :init, :stop, []) end}
      ] do
    Task.async(fn -> run.(first, ends) end)
  end

for result <- Task.await_many(nodes, 60_000), line <- result, do: out(line)
