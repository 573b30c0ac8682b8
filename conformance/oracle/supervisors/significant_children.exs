# S-21: a supervisor shuts down when significant children have ended by themselves, not when they are stopped
defmodule Worker do
  use GenServer

  def spec(name),
    do: %{
      id: name,
      start: {__MODULE__, :start_link, [name]},
      restart: :transient,
      significant: name != :plain
    }

  def start_link(argument), do: GenServer.start_link(__MODULE__, argument)
  def init(name), do: {:ok, name}
end

defmodule Top do
  def start(shutdown, children), do: :supervisor.start_link(__MODULE__, {shutdown, children})

  # Erlang's, since Elixir passes this flag on from 1.15 only
  def init({shutdown, children}),
    do: {:ok, {%{strategy: :one_for_one, auto_shutdown: shutdown}, children}}
end

Process.flag(:trap_exit, true)

child = fn supervisor, name ->
  [pid] = for {^name, pid, _, _} <- Supervisor.which_children(supervisor), do: pid
  pid
end

for shutdown <- [:any_significant, :all_significant] do
  {:ok, supervisor} = Top.start(shutdown, Enum.map([:a, :b, :c, :plain], &Worker.spec/1))

  GenServer.stop(child.(supervisor, :plain))
  Supervisor.terminate_child(supervisor, :a)
  b = child.(supervisor, :b)
  Process.exit(b, :kill)
  out(eventually(fn -> child.(supervisor, :b) not in [b, :restarting] end))
  out(Supervisor.count_children(supervisor).active, mail())
  GenServer.stop(child.(supervisor, :b), :shutdown)
  out(shutdown, for({:EXIT, ^supervisor, reason} <- mail(), do: reason))

  if Process.alive?(supervisor) do
    GenServer.stop(child.(supervisor, :c))
    out(for({:EXIT, ^supervisor, reason} <- mail(), do: reason))
  end
end

refused = fn shutdown, spec -> match?({:error, {:start_spec, _}}, Top.start(shutdown, [spec])) end
out(refused.(:never, Worker.spec(:a)))
out(refused.(:any_significant, %{Worker.spec(:a) | restart: :permanent}))
