# A parser of JSON written for this, as is the one in Java, so that no library decides: UTF-8 to maps, lists,
# binaries, integers, floats, booleans and nil.
defmodule Bench.JsonText do
  # A list of so many records, some 130 bytes each.
  def of(records) do
    body =
      Enum.map_intersperse(0..(records - 1), ", ", fn i ->
        [
          ~s({"id": #{i}, "name": "item number #{i}", "price": #{i}.25, "tags": ["red", "green"]),
          ~S(, "active": true, "parent": null, "note": "a \"quoted\" line\n\u00e9"})
        ]
      end)

    IO.iodata_to_binary(["[", body, "]"])
  end

  def parse(text) do
    {value, rest} = value(text)
    "" = space(rest)
    value
  end

  defp value(<<c, rest::binary>>) when c <= ?\s, do: value(rest)
  defp value(<<?{, rest::binary>>), do: first_member(rest)
  defp value(<<?[, rest::binary>>), do: first_element(rest)
  defp value(<<?", rest::binary>>), do: string(rest, rest, 0)
  defp value(<<"true", rest::binary>>), do: {true, rest}
  defp value(<<"false", rest::binary>>), do: {false, rest}
  defp value(<<"null", rest::binary>>), do: {nil, rest}
  defp value(<<?-, rest::binary>> = text), do: integer(rest, text, 0, 1, -1)
  defp value(<<c, _::binary>> = text) when c in ?0..?9, do: integer(text, text, 0, 0, 1)

  defp first_member(<<c, rest::binary>>) when c <= ?\s, do: first_member(rest)
  defp first_member(<<?}, rest::binary>>), do: {%{}, rest}
  defp first_member(rest), do: members(rest, [])

  defp members(rest, members) do
    <<?", rest::binary>> = space(rest)
    {name, rest} = string(rest, rest, 0)
    <<?:, rest::binary>> = space(rest)
    {value, rest} = value(rest)
    members = [{name, value} | members]

    case space(rest) do
      <<?,, rest::binary>> -> members(rest, members)
      <<?}, rest::binary>> -> {:maps.from_list(members), rest}
    end
  end

  defp first_element(<<c, rest::binary>>) when c <= ?\s, do: first_element(rest)
  defp first_element(<<?], rest::binary>>), do: {[], rest}
  defp first_element(rest), do: elements(rest, [])

  defp elements(rest, elements) do
    {value, rest} = value(rest)

    case space(rest) do
      <<?,, rest::binary>> -> elements(rest, [value | elements])
      <<?], rest::binary>> -> {:lists.reverse(elements, [value]), rest}
    end
  end

  # A part of the text as long as there is no escape in it.
  defp string(<<?", rest::binary>>, start, length), do: {binary_part(start, 0, length), rest}

  defp string(<<?\\, rest::binary>>, start, length) do
    {char, rest} = escape(rest)
    escaped(rest, rest, 0, [binary_part(start, 0, length), char])
  end

  defp string(<<_, rest::binary>>, start, length), do: string(rest, start, length + 1)

  defp escaped(<<?", rest::binary>>, start, length, parts) do
    {IO.iodata_to_binary([parts | binary_part(start, 0, length)]), rest}
  end

  defp escaped(<<?\\, rest::binary>>, start, length, parts) do
    {char, rest} = escape(rest)
    escaped(rest, rest, 0, [parts, binary_part(start, 0, length), char])
  end

  defp escaped(<<_, rest::binary>>, start, length, parts) do
    escaped(rest, start, length + 1, parts)
  end

  defp escape(<<?n, rest::binary>>), do: {"\n", rest}
  defp escape(<<?t, rest::binary>>), do: {"\t", rest}
  defp escape(<<?r, rest::binary>>), do: {"\r", rest}
  defp escape(<<?b, rest::binary>>), do: {"\b", rest}
  defp escape(<<?f, rest::binary>>), do: {"\f", rest}

  defp escape(<<?u, code::binary-size(4), rest::binary>>) do
    {<<String.to_integer(code, 16)::utf8>>, rest}
  end

  defp escape(<<c, rest::binary>>), do: {<<c>>, rest}

  defp integer(<<c, rest::binary>>, text, whole, length, sign) when c in ?0..?9 do
    integer(rest, text, whole * 10 + c - ?0, length + 1, sign)
  end

  defp integer(<<c, _::binary>> = rest, text, _whole, length, _sign) when c in '.eE' do
    float(rest, text, length)
  end

  defp integer(rest, _text, whole, _length, sign), do: {sign * whole, rest}

  defp float(<<c, rest::binary>>, text, length) when c in '+-.eE0123456789' do
    float(rest, text, length + 1)
  end

  defp float(rest, text, length), do: {:erlang.binary_to_float(binary_part(text, 0, length)), rest}

  defp space(<<c, rest::binary>>) when c <= ?\s, do: space(rest)
  defp space(rest), do: rest
end
