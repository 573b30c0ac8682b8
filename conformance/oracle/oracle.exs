# The BEAM's side of the oracle: what scenarios may use, the notation of what they print, and the runner.
#
#   elixir conformance/oracle/oracle.exs RUNS LIMIT_MS AT_ONCE RESULT SCENARIO.exs ...
#
# The result has a line for the release, and one for each run: scenario, tab, what was printed, with \n for the
# end of a line. Notation.java and Lines.java are the same for the JVM; what changes here changes there.

defmodule Oracle do
  @moduledoc "What a scenario may use."

  @doc "Prints a line: the terms in common notation. Only for the process that runs main."
  for count <- 1..8 do
    terms = Macro.generate_arguments(count, __MODULE__)
    def out(unquote_splicing(terms)), do: print([unquote_splicing(terms)])
  end

  defp print(terms) do
    {line, seen} = Oracle.Notation.line(terms, Process.get(:oracle_seen))
    Process.put(:oracle_seen, seen)
    send(Process.get(:oracle_collector), {:line, line})
    :ok
  end

  @doc "What the function returns, or {:caught, reason} if it raises, exits or throws."
  def attempt(function) do
    function.()
  catch
    :error, reason -> {:caught, {:oracle_error, Exception.normalize(:error, reason, __STACKTRACE__)}}
    :exit, reason -> {:caught, reason}
    :throw, value -> {:caught, {:nocatch, value}}
  end

  @doc "Waits a moment, or not: so that a race has all its outcomes."
  def shake do
    case :rand.uniform(4) do
      1 -> :ok
      2 -> :erlang.yield()
      3 -> spin(:rand.uniform(2_000))
      4 -> Process.sleep(1)
    end
  end

  defp spin(0), do: :ok
  defp spin(n), do: spin(n - 1)

  @doc "A process that waits to be ended."
  def idle, do: spawn(fn -> Process.sleep(:infinity) end)

  @doc "A process that traps exits and tells the caller of each message: {:told, what}."
  def trapper do
    boss = self()
    pid = spawn(fn ->
      Process.flag(:trap_exit, true)
      send(boss, {:ready, self()})
      tell(boss)
    end)
    receive do: ({:ready, ^pid} -> pid)
  end

  defp tell(boss) do
    receive do: (message -> send(boss, {:told, message}))
    tell(boss)
  end

  @doc "The pid of a process that has ended."
  def dead, do: gone(spawn(fn -> :ok end))

  @doc "Waits until the process has ended; returns its pid."
  def gone(pid) do
    ended(pid)
    pid
  end

  @doc "Waits until the process has ended; returns the reason, or noproc if it was too late for that."
  def ended(pid) do
    ref = Process.monitor(pid)
    receive do: ({:DOWN, ^ref, _, _, reason} -> reason)
  end

  @doc "The reason of a monitor's message, which is waited for."
  def down(ref) do
    receive do: ({:DOWN, ^ref, _, _, reason} -> reason)
  end

  @doc "The next message; :nothing if none comes within a time that is long enough for any that will."
  def next(limit \\ 2_000) do
    receive do
      message -> message
    after
      limit -> :nothing
    end
  end

  @doc "All messages, until none has come for a while."
  def mail(quiet \\ 100) do
    case next(quiet) do
      :nothing -> []
      message -> [message | mail(quiet)]
    end
  end

  @doc "Waits until the condition holds; false if it does not for two seconds."
  def eventually(condition, tries \\ 400) do
    cond do
      condition.() -> true
      tries == 0 -> false
      true ->
        Process.sleep(5)
        eventually(condition, tries - 1)
    end
  end
end

defmodule Oracle.Notation do
  @moduledoc """
  The common notation. Words (atoms, strings, constants) are bare; tuples and records are {a, b}; lists [a, b];
  the process of main is self, others and references are numbered as they first appear: pid1, ref1.
  An error with its stack is error(what); a failed call is {reason, {call, server, request, timeout}}.
  """

  def line(terms, seen) do
    {words, seen} = Enum.map_reduce(terms, seen || %{}, &write/2)
    {Enum.join(words, " "), seen}
  end

  # exits and monitors
  defp write({:DOWN, ref, :process, object, reason}, seen),
    do: tuple([:DOWN, ref, object, reason], seen)

  defp write({tag, ref, :process, object, reason}, seen) when is_reference(ref),
    do: tuple([tag, ref, object, reason], seen)

  defp write({reason, {:gen_server, :call, arguments}}, seen),
    do: write({reason, {GenServer, :call, arguments}}, seen)

  defp write({reason, {GenServer, :call, [server, request]}}, seen),
    do: tuple([reason, {:call, server, request, 5000}], seen)

  defp write({reason, {GenServer, :call, [server, request, timeout]}}, seen),
    do: tuple([reason, {:call, server, request, timeout}], seen)

  defp write({:oracle_error, error}, seen), do: error(error, seen)
  defp write({reason, [{m, f, _, _} | _]}, seen) when is_atom(m) and is_atom(f), do: error(reason, seen)
  defp write({reason, [{f, _, _} | _]}, seen) when is_function(f), do: error(reason, seen)

  # a name with its node is a name
  defp write({name, at}, seen) when is_atom(name) and at == node(), do: write(name, seen)
  # the tag of a request, whatever its form
  defp write([:alias | ref], seen) when is_reference(ref), do: write(ref, seen)

  defp write(tuple, seen) when is_tuple(tuple), do: tuple(Tuple.to_list(tuple), seen)

  defp write(list, seen) when is_list(list) do
    {words, seen} = Enum.map_reduce(list, seen, &write/2)
    {"[" <> Enum.join(words, ", ") <> "]", seen}
  end

  defp write(pid, seen) when is_pid(pid) and pid == self(), do: {"self", seen}
  defp write(pid, seen) when is_pid(pid), do: numbered("pid", pid, seen)
  defp write(ref, seen) when is_reference(ref), do: numbered("ref", ref, seen)
  defp write(text, seen) when is_binary(text), do: {text, seen}
  defp write(word, seen) when is_atom(word), do: {String.replace_prefix(Atom.to_string(word), "Elixir.", ""), seen}
  defp write(number, seen) when is_number(number), do: {"#{number}", seen}

  defp write(map, seen) when is_map(map) and not is_struct(map) do
    {words, seen} =
      Enum.map_reduce(Enum.sort(map), seen, fn {key, value}, seen ->
        {key, seen} = write(key, seen)
        {value, seen} = write(value, seen)
        {key <> ": " <> value, seen}
      end)

    {"%{" <> Enum.join(words, ", ") <> "}", seen}
  end

  defp write(other, seen), do: {inspect(other), seen}

  defp tuple(items, seen) do
    {words, seen} = Enum.map_reduce(items, seen, &write/2)
    {"{" <> Enum.join(words, ", ") <> "}", seen}
  end

  defp numbered(kind, id, seen) do
    count = Enum.count(seen, fn {_, word} -> String.starts_with?(word, kind) end)
    seen = Map.put_new(seen, id, "#{kind}#{count + 1}")
    {seen[id], seen}
  end

  # What went wrong: errors that both languages have get one name, others their message.
  defp error(%ArgumentError{}, seen), do: {"error(badarg)", seen}
  defp error(:badarg, seen), do: {"error(badarg)", seen}
  defp error(%ArithmeticError{}, seen), do: {"error(badarith)", seen}
  defp error(:badarith, seen), do: {"error(badarith)", seen}
  defp error(%ErlangError{original: reason}, seen), do: error(reason, seen)
  defp error(%SystemLimitError{}, seen), do: {"error(system_limit)", seen}
  defp error(error, seen) when is_exception(error), do: {"error(#{Exception.message(error)})", seen}

  defp error(reason, seen) do
    {word, seen} = write(reason, seen)
    {"error(#{word})", seen}
  end
end

defmodule Oracle.Runner do
  @moduledoc "Compiles scenarios and runs each so many times, one run after the other, several scenarios at once."

  def main([runs, limit, at_once, result | files]) do
    # reports are for nobody, unless a scenario adds a handler
    for handler <- :logger.get_handler_ids(), do: :logger.remove_handler(handler)
    Code.compiler_options(ignore_module_conflict: true)
    [runs, limit, at_once] = Enum.map([runs, limit, at_once], &String.to_integer/1)

    outcomes =
      files
      |> Enum.map(&{Path.basename(&1, ".exs"), compile(&1)})
      |> Task.async_stream(
        fn {name, module} -> for _ <- 1..runs, do: [name, ?\t, run(module, limit), ?\n] end,
        max_concurrency: at_once,
        timeout: :infinity
      )
      |> Enum.map(fn {:ok, lines} -> lines end)

    release = "#{:erlang.system_info(:otp_release)}\t#{System.version()}\n"
    File.write!(result, [release, outcomes])
  end

  # The modules that a file defines, and the rest of it as the main function of a module around them.
  defp compile(file) do
    {:__block__, _, forms} =
      case Code.string_to_quoted!(File.read!(file), file: file) do
        {:__block__, _, _} = block -> block
        form -> {:__block__, [], [form]}
      end

    {definitions, body} = Enum.split_with(forms, &match?({kind, _, _} when kind in [:defmodule, :def, :defp], &1))
    name = Module.concat(Oracle.Scenario, Macro.camelize(Path.basename(file, ".exs")))

    Code.compile_quoted(
      quote do
        defmodule unquote(name) do
          import Oracle
          unquote_splicing(definitions)
          def main, do: unquote({:__block__, [], body})
        end
      end,
      file
    )

    name
  end

  defp run(module, limit) do
    collector = self()

    {pid, ref} =
      spawn_monitor(fn ->
        Process.put(:oracle_collector, collector)
        module.main()
      end)

    lines(pid, ref, System.monotonic_time(:millisecond) + limit, [])
    |> Enum.reverse()
    |> Enum.join("\\n")
  end

  defp lines(pid, ref, deadline, lines) do
    receive do
      {:line, line} -> lines(pid, ref, deadline, [line | lines])
      {:DOWN, ^ref, _, _, :normal} -> lines
      {:DOWN, ^ref, _, _, reason} -> ["main ended: " <> elem(Oracle.Notation.line([reason], %{}), 0) | lines]
    after
      max(0, deadline - System.monotonic_time(:millisecond)) ->
        Process.exit(pid, :kill)
        down(ref)
        ["main is not done" | lines]
    end
  end

  # Nothing of a run is left for the next.
  defp down(ref) do
    receive do
      {:line, _} -> down(ref)
      {:DOWN, ^ref, _, _, _} -> :ok
    end
  end
end

Oracle.Runner.main(System.argv())
