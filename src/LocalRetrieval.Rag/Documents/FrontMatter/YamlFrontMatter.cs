using YamlDotNet.Core;
using YamlDotNet.Core.Events;

namespace LocalRetrieval.Rag;

/// <summary>Reads the YAML between two lines of <c>---</c>.</summary>
/// <remarks>Events are replayed where an alias names them; nothing is made of tags.</remarks>
internal sealed class YamlFrontMatter
{
    private readonly List<ParsingEvent> _events = [];
    private readonly Dictionary<string, TextRange> _anchors = [];
    private readonly Dictionary<int, TextRange> _aliases = [];
    private readonly Stack<bool?> _expectsKey = new();
    private readonly Stack<(string? Anchor, int Start)> _open = new();
    private readonly FrontMatterEntries _entries;

    private YamlFrontMatter(FrontMatterEntries entries) => _entries = entries;

    /// <summary>Adds the values of <paramref name="content"/>, scalars as they are written.</summary>
    /// <returns>Whether it is a mapping, or nothing at all; false for other YAML, which any text is.</returns>
    /// <exception cref="FrontMatterSyntaxException">It is no YAML.</exception>
    public static bool Read(string content, FrontMatterEntries entries, CancellationToken cancellationToken)
    {
        YamlFrontMatter reader = new(entries);
        Parser parser = new(new StringReader(content));
        try
        {
            reader.Load(parser, cancellationToken);
        }
        catch (YamlException exception)
        {
            throw new FrontMatterSyntaxException(exception.Message, (int)exception.End.Line, exception);
        }
        catch (Exception exception) when (exception is InvalidOperationException or ArgumentException)
        {
            // What the scanner throws where a list or a tag does not end.
            throw new FrontMatterSyntaxException(reader.Unended(), (int)(parser.Current?.End.Line ?? 1), exception);
        }

        return reader.Replay();
    }

    private void Load(Parser parser, CancellationToken cancellationToken)
    {
        while (parser.MoveNext())
        {
            cancellationToken.ThrowIfCancellationRequested();
            ParsingEvent current = parser.Current!;
            if (current is StreamStart or StreamEnd or DocumentStart or DocumentEnd)
            {
                continue;
            }

            int index = _events.Count;
            _events.Add(current);
            if (current.NestingIncrease > 0)
            {
                // Here, since the parser itself takes the square of the depth.
                _open.Push((AnchorOf(current), index));
                _entries.ThrowIfDeeper(_open.Count);
            }
            else
            {
                (string? anchor, int start) = current.NestingIncrease < 0 ? _open.Pop() : (AnchorOf(current), index);
                if (anchor is not null)
                {
                    _anchors[anchor] = new TextRange(start, index + 1);
                }
                else if (current is AnchorAlias alias && _anchors.TryGetValue(alias.Value.Value, out TextRange meant))
                {
                    // A later anchor of the same name is another one.
                    _aliases[index] = meant;
                }
            }
        }
    }

    private string Unended() => _open.Any(open => _events[open.Start] is SequenceStart { Style: SequenceStyle.Flow })
        ? "a list that a '[' begins does not end; add the ']'"
        : "a list or a tag in it does not end";

    private static string? AnchorOf(ParsingEvent current) => current is NodeEvent { Anchor.IsEmpty: false } node ? node.Anchor.Value : null;

    private bool Replay()
    {
        if (_events.Count == 0 || _events[0] is Scalar { Value.Length: 0 })
        {
            return true;
        }

        if (_events[0] is not MappingStart)
        {
            return false;
        }

        Stack<TextRange> ranges = new();
        ranges.Push(new TextRange(0, _events.Count));
        while (ranges.TryPop(out TextRange range))
        {
            if (range.IsEmpty)
            {
                continue;
            }

            ranges.Push(range with { Start = range.Start + 1 });
            if (_events[range.Start] is AnchorAlias alias)
            {
                ranges.Push(Find(alias, range.Start));
            }
            else
            {
                Replay(_events[range.Start]);
            }
        }

        return true;
    }

    private TextRange Find(AnchorAlias alias, int index) =>
        _aliases.TryGetValue(index, out TextRange range)
            ? range
            : throw new FrontMatterSyntaxException($"the alias '*{alias.Value.Value}' stands for nothing before it", (int)alias.Start.Line);

    private void Replay(ParsingEvent current)
    {
        bool isKey = _expectsKey.TryPeek(out bool? expects) && expects == true;
        if (isKey && current is not (Scalar or MappingEnd))
        {
            throw new FrontMatterSyntaxException("a key is no plain text", (int)current.Start.Line);
        }

        if (expects is { } flag && current is not MappingEnd)
        {
            _expectsKey.Pop();
            _expectsKey.Push(!flag);
        }

        switch (current)
        {
            case MappingStart:
                _entries.BeginMap();
                _expectsKey.Push(true);
                break;
            case SequenceStart:
                _entries.BeginList();
                _expectsKey.Push(null);
                break;
            case MappingEnd or SequenceEnd:
                _entries.End();
                _expectsKey.Pop();
                break;
            case Scalar key when isKey:
                _entries.Key(key.Value == "<<" ? "" : key.Value);
                break;
            case Scalar scalar:
                _entries.Add(IsNull(scalar) ? null : scalar.Value);
                break;
        }
    }

    private static bool IsNull(Scalar scalar) => scalar is { Style: ScalarStyle.Plain, Value: "" or "~" or "null" or "Null" or "NULL" };
}
