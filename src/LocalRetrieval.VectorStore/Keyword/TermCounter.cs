using System.Runtime.InteropServices;

namespace LocalRetrieval.VectorData.Keyword;

/// <summary>Counts the terms of a text, in the order in which they first come up.</summary>
/// <remarks>Not safe for concurrent use. A term seen before, in another text too, costs no string.</remarks>
internal sealed class TermCounter
{
    private readonly Dictionary<string, int> _strings = new(StringComparer.Ordinal);
    private readonly Dictionary<string, int>.AlternateLookup<ReadOnlySpan<char>> _lookup;
    private readonly List<(string Term, int Count)> _counts = [];

    public TermCounter() => _lookup = _strings.GetAlternateLookup<ReadOnlySpan<char>>();

    /// <summary>How many terms were added since the last reset, repeated ones counted each time.</summary>
    public int Total { get; private set; }

    /// <summary>The different terms since the last reset.</summary>
    public IReadOnlyList<(string Term, int Count)> Counts => _counts;

    public void Add(ReadOnlySpan<char> term)
    {
        Total++;
        // The index is that of the term's count, or of another term's in a text before.
        ref int index = ref CollectionsMarshal.GetValueRefOrAddDefault(_lookup, term, out bool known);
        if (known && index < _counts.Count && term.SequenceEqual(_counts[index].Term))
        {
            _counts[index] = (_counts[index].Term, _counts[index].Count + 1);
            return;
        }

        index = _counts.Count;
        _lookup.TryGetValue(term, out string? text, out _);
        _counts.Add((text!, 1));
    }

    /// <summary>Starts another text.</summary>
    public void Reset()
    {
        _counts.Clear();
        Total = 0;
    }
}
